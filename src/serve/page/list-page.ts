import { html as markup } from 'hono/html'
import { printableLine } from '../../base/printable.ts'
import { formatBytes, formatCount, formatPlural, formatSeconds } from '../../report/wording.ts'
import type { MirrorView } from '../run/mirror-view.ts'
import type { RunRecord } from '../../fleet/state/records.ts'
import type { Html } from './layout.ts'
import {
  describeAge,
  exactTime,
  linkOf,
  outcomeOf,
  ROW_STATUSES,
  type RowStatus,
  rowStatusOf,
  shortAddress,
  SIGNS,
  WORDS,
} from './words.ts'

export interface ListPage {
  readonly views: readonly MirrorView[]
  readonly now: number
  /** Part of a name, of an address or of a label. */
  readonly filter: string
  readonly status: RowStatus | undefined
  /** For the buttons; undefined: there are none. */
  readonly formToken: string | undefined
}

const LONGEST_TEXT_LENGTH = 300
/** Rows above which addresses are text: the page of a mirror links them. */
const MOST_LINKED_ROWS = 500
/** Running mirrors that are shown above the table. */
const MOST_RUNNING = 20

export function renderList(page: ListPage): Html {
  const shown = page.views
    .filter((view) => matches(view, page))
    .map((view) => ({ view, status: rowStatusOf(view) }))
    .toSorted((a, b) => urgencyOf(a.view) - urgencyOf(b.view) || (a.view.name < b.view.name ? -1 : 1))
  return markup`<main id="main">
<h1>Mirrors</h1>
${renderCounts(page)} ${renderRunning(page)} ${renderFilter(page, shown.length)}
${shown.length === 0 ? renderNothing(page) : renderTable(page, shown)}
</main>`
}

function urgencyOf(view: MirrorView): number {
  return ROW_STATUSES.indexOf(outcomeOf(view))
}

function matches(view: MirrorView, { filter, status }: ListPage): boolean {
  if (status !== undefined && rowStatusOf(view) !== status && outcomeOf(view) !== status) return false
  const word = filter.toLowerCase()
  return [view.name, view.source, ...view.destinations, ...view.labels].some((text) =>
    text.toLowerCase().includes(word),
  )
}

function renderCounts({ views }: ListPage): Html {
  const counts = ROW_STATUSES.map((status) => ({
    status,
    count: views.filter((view) => rowStatusOf(view) === status).length,
  })).filter(({ count }) => count > 0)
  return markup`<ul class="counts">
<li><a href="/">${formatPlural(views.length, 'mirror')}</a></li>
${counts.map(
  ({ status, count }) =>
    markup`<li>
<a class="${status}" href="/?status=${status}"
><span aria-hidden="true">${SIGNS[status]}</span> ${formatCount(count)} ${WORDS[status]}</a
>
</li> `,
)}
</ul>`
}

function renderRunning({ views, now }: ListPage): Html {
  const running = views.filter(({ progress }) => progress !== undefined)
  if (running.length === 0) return markup``
  return markup`<section aria-labelledby="running">
<h2 id="running">Running now</h2>
<ul class="now">
${running.slice(0, MOST_RUNNING).map(
  ({ name, progress }) =>
    markup`<li>
<a href="/page/mirrors/${name}">${name}</a> ${progress?.phase ?? 'begins'},
${formatBytes(progress?.bytes ?? 0)}, for ${describeAge(now - (progress?.began ?? now))}
</li> `,
)}
</ul>
</section>`
}

function renderFilter({ filter, status }: ListPage, count: number): Html {
  return markup`<form class="filter" method="get" action="/" role="search">
<label for="q">Find</label>
<input id="q" name="q" type="search" value="${printableLine(filter, LONGEST_TEXT_LENGTH)}" />
<label for="status">Status</label>
<select id="status" name="status">
<option value="">any</option>
${ROW_STATUSES.map((one) => markup`<option value="${one}" ${one === status ? ' selected' : ''}>${WORDS[one]}</option>`)}
</select>
<button>Show</button> <span class="shown">${formatCount(count)} shown</span>
</form>`
}

function renderNothing({ views, filter, status }: ListPage): Html {
  if (filter !== '' || status !== undefined) return markup`<p>No mirror fits. <a href="/">Show all</a></p>`
  return views.length > 0
    ? markup``
    : markup`<p>
There is no mirror yet: either the config has none, or its owners were not asked for their
repositories yet.
</p>`
}

function renderTable(
  page: ListPage,
  rows: readonly { readonly view: MirrorView; readonly status: RowStatus }[],
): Html {
  const table = markup`<table class="mirrors">
<caption class="unseen">
Mirrors, those that failed first
</caption>
<thead>
<tr>
<th scope="col">Mirror</th>
<th scope="col">Status</th>
<th scope="col">Last success</th>
<th scope="col">Last run</th>
<th scope="col">Next</th>
${page.formToken === undefined ? '' : markup`<th scope="col"><span class="unseen">Actions</span></th>`}
</tr>
</thead>
<tbody>
${rows.map((row) => renderRow(page, row, rows.length > MOST_LINKED_ROWS))}
</tbody>
</table>`
  if (page.formToken === undefined) return table
  return markup`<form method="post" action="/page/act">
<input type="hidden" name="form" value="${page.formToken}" />${table}
</form>`
}

function renderRow(
  { now, formToken }: ListPage,
  { view, status }: { readonly view: MirrorView; readonly status: RowStatus },
  isLong: boolean,
): Html {
  const { name, record } = view
  const last = record.runs.at(-1)
  return markup`<tr class="${status}"><th scope="row"><a href="/page/mirrors/${name}">${name}</a>${renderWay(view, isLong)}</th><td>${WORDS[status]}${renderTrouble(view)}</td><td>${renderTime(record.lastSuccess, now)}</td><td>${describeRun(last)}</td><td>${renderTime(view.next, now)}</td>${formToken === undefined ? '' : markup`<td>${renderButton(view)}</td>`}</tr>
`
}

function describeRun(run: RunRecord | undefined): string {
  if (run === undefined) return ''
  return run.bytes === 0
    ? formatSeconds(run.seconds)
    : `${formatSeconds(run.seconds)}, ${formatBytes(run.bytes)}`
}

function renderButton({ name, paused }: MirrorView): Html {
  if (paused !== undefined) return markup``
  return markup`<button name="sync" value="${name}" aria-label="Sync ${name}">Sync</button>`
}

/** `github.com/a/b → gitlab.com/a/b`. */
function renderWay({ source, destinations }: MirrorView, isLong: boolean): Html {
  if (source === '') return markup``
  if (isLong) {
    const way = `${shortAddress(source)} → ${destinations.map(shortAddress).join(', ')}`
    return markup`<small>${printableLine(way, LONGEST_TEXT_LENGTH)}</small>`
  }
  return markup`<small>${renderAddress(source)} → ${destinations.map((address, index) => markup`${index > 0 ? ', ' : ''}${renderAddress(address)}`)}</small>`
}

export function renderAddress(address: string): Html {
  const link = linkOf(address)
  const text = printableLine(shortAddress(address), LONGEST_TEXT_LENGTH)
  return link === undefined ? markup`${text}` : markup`<a href="${link}">${text}</a>`
}

/** What went wrong, and what to do. */
export function renderTrouble({ record, paused }: MirrorView): Html {
  if (record.error === undefined || paused !== undefined) return markup``
  const { message, hint } = record.error
  return markup`<small class="error">${printableLine(message, LONGEST_TEXT_LENGTH)}</small
>${hint === undefined ? '' : markup`<small class="remedy">${printableLine(hint, LONGEST_TEXT_LENGTH)}</small>`}`
}

/** An age, or a time to come, with the exact time at hand. */
export function renderTime(time: number | undefined, now: number): Html {
  if (time === undefined) return markup`<span class="none">–</span>`
  const words = time > now ? `in ${describeAge(time - now)}` : describeAge(now - time)
  return markup`<time title="${exactTime(time)}">${words}</time>`
}
