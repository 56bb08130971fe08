import type { MirrorError } from '../base/errors.ts'
import { escapeMarkdown, printableLine } from '../base/printable.ts'
import type { DestinationResult, MirrorResult, Phase, RefChange, RejectedRef } from '../report/result.ts'
import {
  describeDestination,
  describeLeftovers,
  describeLfs,
  describeVerdict,
  formatBytes,
  formatCount,
  formatPlural,
  formatSeconds,
  hasEmptyScope,
  PHASES,
  shortId,
} from '../report/wording.ts'
import { groupAdvice } from '../report/group-advice.ts'
import { findLinks, type WebLinks } from '../hosts/web-links.ts'

/** The runner drops a summary above 1 MiB as a whole. */
const SUMMARY_BYTES = 900_000
/** Rows of one table. */
const TABLE_ROWS = 300
/** Rows of all tables of a summary, roughly. */
const ALL_ROWS = 3000
/** UTF-16 units of a cell. */
const CELL_LENGTH = 250
/** Warnings of one destination. */
const WARNINGS_SHOWN = 20

/** The job summary in Markdown, below 900 kB: verdict, changed and rejected refs by destination, figures. */
export function renderSummary(result: MirrorResult, env: NodeJS.ProcessEnv): string {
  const most = Math.min(TABLE_ROWS, Math.floor(ALL_ROWS / Math.max(1, result.destinations.length)))
  for (let rows = most; rows > 0; rows = Math.floor(rows / 5)) {
    const text = renderAll(result, env, rows)
    if (Buffer.byteLength(text) < SUMMARY_BYTES) return text
  }
  return [renderHead(result), '', 'The result is too long for a summary; the log has it.', ''].join('\n')
}

function renderAll(result: MirrorResult, env: NodeJS.ProcessEnv, rows: number): string {
  const parts = [renderHead(result)]
  for (const destination of result.destinations) {
    parts.push(
      renderDestination(destination, result, { rows, links: findLinks(destination.destination, env) }),
    )
  }
  if (result.destinations.length > 0) parts.push(renderFigures(result))
  return `${parts.join('\n\n')}\n`
}

function renderHead(result: MirrorResult): string {
  const mark = hasEmptyScope(result) ? '⚠️' : result.ok ? '✅' : '❌'
  const lines = [`## ${mark} ${escapeMarkdown(describeVerdict(result))}`]
  if (result.source !== '') lines.push('', `Source: ${code(result.source)}`)
  if (result.error) lines.push('', ...renderHint(result.error))
  return lines.join('\n')
}

interface View {
  readonly rows: number
  readonly links: WebLinks | undefined
}

function renderDestination(destination: DestinationResult, result: MirrorResult, view: View): string {
  const title = view.links
    ? `[${inline(destination.destination)}](${view.links.home})`
    : inline(destination.destination)
  const lines = [`### ${title}`, '', sentence(inline(describeDestination(destination)))]
  if (destination.error && destination.error !== result.error)
    lines.push('', ...renderHint(destination.error))
  if (destination.rejected.length > 0) lines.push('', ...renderRejected(destination.rejected, view))
  if (destination.changed.length > 0)
    lines.push('', ...renderChanged(destination.changed, view, result.dryRun))
  const leftovers = describeLeftovers(destination)
  if (leftovers !== undefined) lines.push('', `⚠️ ${sentence(inline(leftovers))}`)
  const warnings = destination.warnings.slice(0, WARNINGS_SHOWN)
  if (warnings.length > 0) lines.push('', ...warnings.map((warning) => `* ⚠️ ${inline(warning)}`))
  const more = destination.warnings.length - warnings.length
  if (more > 0) lines.push(`* … and ${formatPlural(more, 'more warning')}`)
  return lines.join('\n')
}

function renderHint(error: MirrorError): readonly string[] {
  const lines: string[] = []
  if (error.hint !== undefined) lines.push(`**What to do:** ${inline(error.hint)}`)
  const text = (error.serverText ?? '').trim()
  if (text !== '') lines.push('', `The server said: ${code(text, 1000)}`)
  return lines
}

function renderChanged(changes: readonly RefChange[], view: View, dryRun: boolean): readonly string[] {
  const rows = changes
    .slice(0, view.rows)
    .map((change) =>
      row(code(change.ref), change.action, idCell(change, 'old', view), idCell(change, 'new', view)),
    )
  return [
    row('Ref', dryRun ? 'Would be' : 'Change', 'Old', 'New'),
    '| --- | --- | --- | --- |',
    ...rows,
    ...moreRow(changes.length - rows.length, 4),
  ]
}

/** Below a cell that says it. */
const SAME = '″'

function renderRejected(rejected: readonly RejectedRef[], view: View): readonly string[] {
  const rows = groupAdvice(rejected)
    .flatMap(({ advice = '', refs }) =>
      refs.map((ref) => ({ ref, advice: ref === refs[0] || advice === '' ? advice : SAME })),
    )
    .slice(0, view.rows)
    .map(({ ref, advice }) =>
      row(
        `${ref.warning ? '⚠️' : '❌'} ${code(ref.ref)}`,
        ref.action,
        inline(ref.reason, CELL_LENGTH),
        inline(advice, CELL_LENGTH * 2),
      ),
    )
  return [
    row('Rejected', 'Change', 'Reason', 'What to do'),
    '| --- | --- | --- | --- |',
    ...rows,
    ...moreRow(rejected.length - rows.length, 4),
  ]
}

const PHASE_HEADS: Readonly<Record<Phase, string>> = {
  list: 'List',
  lfs: 'LFS',
  negotiate: 'Negotiate',
  transfer: 'Transfer',
  verify: 'Verify',
}

function renderFigures(result: MirrorResult): string {
  const hasLfs = result.destinations.some((destination) => describeLfs(destination) !== undefined)
  const phases = PHASES.filter((phase) => hasLfs || phase !== 'lfs')
  const rows = result.destinations.map((given) => {
    const { destination, figures, upToDate } = given
    return row(
      inline(destination),
      formatCount(upToDate),
      formatBytes(figures.packBytes),
      formatCount(figures.objects),
      formatCount(figures.pushes),
      ...(hasLfs ? [describeLfs(given) ?? '–'] : []),
      ...phases.map((phase) => formatSeconds(figures.seconds[phase])),
    )
  })
  const heads = [
    'Destination',
    'Up to date',
    'Sent',
    'Objects',
    'Pushes',
    ...(hasLfs ? ['Carried'] : []),
    ...phases.map((phase) => PHASE_HEADS[phase]),
  ]
  return [
    '<details><summary>Figures</summary>',
    '',
    row(...heads),
    `|${' --- |'.repeat(heads.length)}`,
    ...rows,
    '',
    `${formatPlural(result.sourceRefs, 'ref')} in scope at the source; ${formatSeconds(result.seconds)} in all.`,
    '',
    '</details>',
  ].join('\n')
}

/** Ids of branches are commits and have a page; ids of tags may be tag objects, which have none. */
function idCell(change: RefChange, which: 'old' | 'new', view: View): string {
  const id = change[which]
  const short = shortId(id)
  if (short === '') return '–'
  const linked = view.links !== undefined && change.ref.startsWith('refs/heads/')
  return linked ? `[\`${short}\`](${view.links?.commit(id)})` : `\`${short}\``
}

function moreRow(count: number, columns: number): readonly string[] {
  return count > 0 ? [row(`… and ${formatCount(count)} more`, ...Array<string>(columns - 1).fill(''))] : []
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** One line of text from anywhere, harmless in Markdown. */
function inline(text: string, max = 1000): string {
  return escapeMarkdown(printableLine(text, max))
}

/** As `inline`, in a typewriter face. HTML, since no backtick can end it. */
function code(text: string, max = CELL_LENGTH): string {
  return `<code>${inline(text, max)}</code>`
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
