import { html as markup } from 'hono/html'
import { printableLine } from '../../base/printable.ts'
import type { MirrorLine } from '../../fleet/report/round-lines.ts'
import { ACTION_SIGNS, formatBytes, formatCount, formatSeconds, shortId } from '../../report/wording.ts'
import type { MirrorView } from '../run/mirror-view.ts'
import { renderChart } from './chart.ts'
import type { Html } from './layout.ts'
import { renderAddress, renderTime, renderTrouble } from './list-page.ts'
import { describeAge, exactTime, rowStatusOf, SIGNS, WORDS } from './words.ts'

export interface MirrorPage {
  readonly view: MirrorView
  /** Of the last run of this process. */
  readonly line: MirrorLine | undefined
  readonly log: readonly string[]
  readonly now: number
  readonly formToken: string | undefined
}

const MOST_REFS = 100
const LONGEST_TEXT_LENGTH = 500

export function renderMirror(page: MirrorPage): Html {
  const { view, log } = page
  const status = rowStatusOf(view)
  return markup`<main id="main">
<nav aria-label="Path"><a href="/">All mirrors</a></nav>
<h1>${view.name}</h1>
<p class="status ${status}">
<span class="sign" aria-hidden="true">${SIGNS[status]}</span> ${WORDS[status]}${renderTrouble(view)}
</p>
${renderActions(page)} ${renderFacts(page)} ${renderRuns(view)} ${renderRefs(page)}
<section aria-labelledby="log">
<h2 id="log">Log of the last run</h2>
${log.length === 0 ? markup`<p>Nothing was said in this process yet.</p>` : markup`<pre tabindex="0" role="region" aria-label="Lines of the log">${log.join('\n')}</pre>`}
</section>
</main>`
}

function renderActions({ view, formToken }: MirrorPage): Html {
  if (formToken === undefined) return markup``
  const { name, paused } = view
  return markup`<form class="actions" method="post" action="/page/act">
<input type="hidden" name="form" value="${formToken}" /><input
type="hidden"
name="back"
value="${name}"
/>
<button name="sync" value="${name}" ${paused === undefined ? '' : ' disabled'}>Sync now</button>
${paused === undefined ? markup`<button name="pause" value="${name}">Pause</button>` : ''}${paused === 'memory' ? markup`<button name="resume" value="${name}">Resume</button>` : ''}
${paused === 'file' ? markup`<span>It is paused in the config.</span>` : ''}
</form>`
}

function renderFacts({ view, now }: MirrorPage): Html {
  const { record, progress } = view
  const rows: readonly (readonly [string, Html])[] = [
    ['Source', view.source === '' ? markup`–` : renderAddress(view.source)],
    ['Destinations', markup`${view.destinations.map((address) => markup`${renderAddress(address)}<br />`)}`],
    ...(progress === undefined
      ? []
      : [
          [
            'Running',
            markup`${progress.phase ?? 'begins'}, ${formatBytes(progress.bytes)}, for
${describeAge(now - progress.began)}`,
          ] as const,
        ]),
    ...(view.notice === undefined
      ? []
      : [
          [
            'The host says',
            markup`${printableLine(view.notice.text, LONGEST_TEXT_LENGTH)}, ${renderTime(view.notice.at, now)} ago`,
          ] as const,
        ]),
    ['Last success', renderTime(record.lastSuccess, now)],
    ['Last run', renderTime(record.lastRun, now)],
    ['Schedule', markup`${view.schedule ?? 'none: on demand and by hooks'}`],
    ['Next', renderTime(view.next, now)],
    ['Labels', markup`${view.labels.length === 0 ? '–' : view.labels.join(', ')}`],
    ['Fingerprint', markup`<code>${record.fingerprint ?? '–'}</code>`],
  ]
  return markup`<dl>
${rows.map(
  ([name, value]) =>
    markup`<div>
<dt>${name}</dt>
<dd>${value}</dd>
</div> `,
)}
</dl>`
}

function renderRuns({ record }: MirrorView): Html {
  const { runs } = record
  if (runs.length === 0) return markup``
  return markup`<section aria-labelledby="runs">
<h2 id="runs">Last runs</h2>
<div class="charts">
${renderChart({
  id: 'chart-seconds',
  title: 'Duration',
  runs,
  valueOf: ({ seconds }) => seconds,
  format: formatSeconds,
})}
${renderChart({ id: 'chart-bytes', title: 'Sent', runs, valueOf: ({ bytes }) => bytes, format: formatBytes })}
</div>
<div class="scroll" tabindex="0" role="region" aria-label="Table of the last runs">
<table>
<thead>
<tr>
<th scope="col">Ended</th>
<th scope="col">Status</th>
<th scope="col">Duration</th>
<th scope="col">Sent</th>
<th scope="col">Refs changed</th>
</tr>
</thead>
<tbody>
${runs.toReversed().map(
  (run) =>
    markup`<tr class="${run.status}">
<th scope="row">${exactTime(run.ended)}</th>
<td>${run.status}</td>
<td>${formatSeconds(run.seconds)}</td>
<td>${formatBytes(run.bytes)}</td>
<td>${formatCount(run.changed)}</td>
</tr> `,
)}
</tbody>
</table>
</div>
</section>`
}

function renderRefs({ line }: MirrorPage): Html {
  const destinations = line?.result?.destinations ?? []
  const rows = destinations.flatMap(({ destination, changed, rejected }) => [
    ...rejected.map(({ ref, action, reason }) => ({
      destination,
      ref,
      what: `${action} rejected: ${reason}`,
    })),
    ...changed.map((change) => ({
      destination,
      ref: change.ref,
      what: `${ACTION_SIGNS[change.action]} ${change.action} ${[shortId(change.old), shortId(change.new)].filter((id) => id !== '').join('..')}`,
    })),
  ])
  if (rows.length === 0) return markup``
  return markup`<section aria-labelledby="refs">
<h2 id="refs">Refs of the last run</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Table of the refs">
<table>
<thead>
<tr>
<th scope="col">Ref</th>
<th scope="col">What</th>
<th scope="col">Destination</th>
</tr>
</thead>
<tbody>
${rows.slice(0, MOST_REFS).map(
  ({ destination, ref, what }) =>
    markup`<tr>
<th scope="row">${printableLine(ref, LONGEST_TEXT_LENGTH)}</th>
<td>${printableLine(what, LONGEST_TEXT_LENGTH)}</td>
<td>${renderAddress(destination)}</td>
</tr> `,
)}
</tbody>
</table>
</div>
${rows.length > MOST_REFS ? markup`<p>… and ${formatCount(rows.length - MOST_REFS)} more.</p>` : ''}
</section>`
}
