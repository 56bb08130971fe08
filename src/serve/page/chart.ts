import { html as markup } from 'hono/html'
import type { RunRecord } from '../../fleet/state/records.ts'
import type { Html } from './layout.ts'
import { exactTime } from './words.ts'

const WIDTH = 400
const HEIGHT = 80
const GAP = 3
/** Of the smallest value that is not nothing. */
const LEAST_HEIGHT = 2

/** Bars for the last runs, oldest first: those that did not go well are marked by colour and by a mark below. */
export function renderChart(chart: {
  readonly id: string
  readonly title: string
  readonly runs: readonly RunRecord[]
  readonly valueOf: (run: RunRecord) => number
  readonly format: (value: number) => string
}): Html {
  const { runs, valueOf, format } = chart
  const most = Math.max(...runs.map(valueOf), 0)
  const step = WIDTH / Math.max(runs.length, 1)
  return markup`<figure>
<figcaption id="${chart.id}">${chart.title}, at most ${format(most)}</figcaption>
<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT + 12}" role="img" aria-labelledby="${chart.id}">
<line class="axis" x1="0" y1="${HEIGHT}" x2="${WIDTH}" y2="${HEIGHT}" />
${runs.map((run, index) => {
  const value = valueOf(run)
  const height = most === 0 || value === 0 ? 0 : Math.max(LEAST_HEIGHT, (value / most) * HEIGHT)
  const isWell = run.status === 'mirrored' || run.status === 'unchanged'
  const x = index * step
  return markup`<g class="${isWell ? 'well' : 'failed'}"
><title>${exactTime(run.ended)}: ${format(value)}, ${run.status}</title
><rect
x="${x.toFixed(1)}"
y="${(HEIGHT - height).toFixed(1)}"
width="${(step - GAP).toFixed(1)}"
height="${height.toFixed(1)}"
/>${isWell ? '' : markup`<text x="${(x + (step - GAP) / 2).toFixed(1)}" y="${HEIGHT + 10}" text-anchor="middle">✕</text>`}</g
> `
})}
</svg>
</figure>`
}
