import { OVERS, type Over } from './servers.ts'

/** One bar: how long a program took, as a part of what the case's reference took. */
export interface Bar {
  readonly program: string
  readonly over: Over
  /** Undefined: it failed. */
  readonly ratio: number | undefined
}

/** A row of the chart: one case with the bars of its programs on every road. */
export interface PlotRow {
  readonly title: string
  /** What 1 stands for: what git does for the same. */
  readonly reference: string
  readonly bars: readonly Bar[]
}

export interface PlotOptions {
  readonly title: string
  /** Lines below the chart: where and how the figures were measured. */
  readonly notes: readonly string[]
  readonly rows: readonly PlotRow[]
}

const LABEL_WIDTH = 270
const PANEL_WIDTH = 150
const PANEL_GAP = 14
const BAR_HEIGHT = 12
const BAR_STEP = 16
const ROW_GAP = 12
const MARGIN = 20
const HEAD_HEIGHT = 100
const FOOT_HEIGHT = 46
const NOTE_HEIGHT = 16
/** Half of what a panel shows, in doublings: from an eighth to eight times as long. */
const MOST_DOUBLINGS = 3
/** Programs beyond these share the last look. */
const LOOKS = 4

const STYLE = `
  svg { --back: #ffffff; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --one: #59636e;
    --p0: #0a66c2; --p1: #b35900; --p2: #7a4fbf; --p3: #6e7781; }
  @media (prefers-color-scheme: dark) {
    svg { --back: #0d1117; --text: #f0f6fc; --soft: #9198a1; --line: #3d444d; --one: #9198a1;
      --p0: #58a6ff; --p1: #f0883e; --p2: #bc8cff; --p3: #8b949e; }
  }
  text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: var(--text); }
  .title { font-size: 16px; font-weight: 600; }
  .soft { fill: var(--soft); font-size: 11px; }
  .back { fill: var(--back); }
  .line { stroke: var(--line); }
  .one { stroke: var(--one); stroke-width: 1.5; }
  ${Array.from({ length: LOOKS }, (_, look) => `.p${look} { fill: var(--p${look}); }`).join(' ')}
`

/**
 * An SVG image with one panel for each road. Bars go from 1 to the left where a program took less time than the
 * reference and to the right where it took more; each doubling has the same width. It follows the reader's light or
 * dark scheme, loads nothing, and says all figures in its description.
 */
export function plotRatios({ title, notes, rows }: PlotOptions): string {
  const overs = OVERS.filter((over) => rows.some(({ bars }) => bars.some((bar) => bar.over === over)))
  const programs = [...new Set(rows.flatMap(({ bars }) => bars.map(({ program }) => program)))]
  const width = 2 * MARGIN + LABEL_WIDTH + overs.length * (PANEL_WIDTH + PANEL_GAP)
  const parts: string[] = []
  let top = HEAD_HEIGHT
  for (const row of rows) {
    const its = programs.filter((program) => row.bars.some((bar) => bar.program === program))
    const height = Math.max(2, its.length) * BAR_STEP
    parts.push(
      text(MARGIN, top + 11, row.title),
      text(MARGIN, top + 26, `against ${row.reference}`, 'class="soft"'),
    )
    for (const [panel, over] of overs.entries()) {
      const middle = middleOf(panel)
      for (const [index, program] of its.entries()) {
        const bar = row.bars.find((one) => one.program === program && one.over === over)
        if (bar)
          parts.push(drawBar(bar, { middle, top: top + index * BAR_STEP, look: lookOf(programs, program) }))
      }
    }
    top += height + ROW_GAP
  }
  const height = top + FOOT_HEIGHT + notes.length * NOTE_HEIGHT - ROW_GAP
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escape(title)}</title>`,
    `<desc id="desc">${escape(describe(rows))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="back" width="${width}" height="${height}" rx="8"/>`,
    text(MARGIN, 32, title, 'class="title"'),
    ...drawLegend(programs),
    ...overs.flatMap((over, panel) => drawPanel(over, { middle: middleOf(panel), end: top })),
    ...parts,
    ...notes.map((note, index) => text(MARGIN, top + 32 + index * NOTE_HEIGHT, note, 'class="soft"')),
    '</svg>',
  ].join('\n')}\n`
}

function middleOf(panel: number): number {
  return MARGIN + LABEL_WIDTH + panel * (PANEL_WIDTH + PANEL_GAP) + PANEL_WIDTH / 2
}

function lookOf(programs: readonly string[], program: string): number {
  return Math.min(programs.indexOf(program), LOOKS - 1)
}

/** Pixels from 1, below 0 to the left. What is beyond the panel ends at its rim. */
function widthOf(ratio: number): number {
  const doublings = Math.max(-MOST_DOUBLINGS, Math.min(MOST_DOUBLINGS, Math.log2(ratio)))
  return Number(((doublings / MOST_DOUBLINGS) * (PANEL_WIDTH / 2)).toFixed(1))
}

function drawLegend(programs: readonly string[]): readonly string[] {
  let left = MARGIN
  return programs.flatMap((program) => {
    const at = left
    left += 34 + program.length * 7
    const box = `<rect class="p${lookOf(programs, program)}" x="${at}" y="46" width="${BAR_HEIGHT}" height="${BAR_HEIGHT}" rx="2"/>`
    return [box, text(at + 18, 56, program)]
  })
}

function drawPanel(over: Over, at: { readonly middle: number; readonly end: number }): readonly string[] {
  const { middle, end } = at
  const ticks = Array.from({ length: 2 * MOST_DOUBLINGS + 1 }, (_, index) => index - MOST_DOUBLINGS)
  const [kind, distance] = over.split('@')
  const centred = 'text-anchor="middle"'
  return [
    text(middle, HEAD_HEIGHT - 24, distance === undefined ? kind! : `${kind}, ${distance} ms`, centred),
    ...ticks.map((tick) => {
      const x = middle + widthOf(2 ** tick)
      const look = tick === 0 ? 'one' : 'line'
      return `<line class="${look}" x1="${x}" x2="${x}" y1="${HEAD_HEIGHT - 10}" y2="${end - ROW_GAP / 2}"/>`
    }),
    ...ticks
      .filter((tick) => tick % 2 === 0)
      .map((tick) =>
        text(
          middle + widthOf(2 ** tick),
          end + 8,
          tick < 0 ? `1/${2 ** -tick}` : `${2 ** tick}`,
          `class="soft" ${centred}`,
        ),
      ),
  ]
}

/** The figure stands on the side of 1 to which the bar does not go, where it always has room. */
function drawBar(
  { program, over, ratio }: Bar,
  at: { readonly middle: number; readonly top: number; readonly look: number },
): string {
  const { middle, top, look } = at
  const baseline = top + BAR_HEIGHT - 2
  if (ratio === undefined) return text(middle + 4, baseline, 'failed', 'class="soft"')
  const width = widthOf(ratio)
  const isFaster = ratio <= 1
  const [left, anchor] = isFaster ? [middle + 4, 'start'] : [middle - 4, 'end']
  const said = `${program} over ${over}: ${ratio.toFixed(2)}`
  return [
    `<rect class="p${look}" x="${isFaster ? middle + width : middle}" y="${top}" width="${Math.abs(width)}" height="${BAR_HEIGHT}"><title>${escape(said)}</title></rect>`,
    text(left, baseline, ratio.toFixed(2), `text-anchor="${anchor}"`),
  ].join('')
}

function describe(rows: readonly PlotRow[]): string {
  const lines = rows.map(({ title, reference, bars }) => {
    const figures = bars.map(
      ({ program, over, ratio }) =>
        `${program} over ${over} ${ratio === undefined ? 'failed' : ratio.toFixed(2)}`,
    )
    return `${title}, against ${reference}: ${figures.join(', ')}.`
  })
  return `Time as a part of what the reference takes; below 1 is faster. ${lines.join(' ')}`
}

function text(x: number, y: number, words: string, attributes = ''): string {
  const more = attributes === '' ? '' : ` ${attributes}`
  return `<text x="${x}" y="${y}"${more}>${escape(words)}</text>`
}

/** For content and for attributes; what XML can't hold at all becomes a question mark. */
function escape(words: string): string {
  return words
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?')
    .replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
}
