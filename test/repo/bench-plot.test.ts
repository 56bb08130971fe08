import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, it } from 'vitest'
import { toPlotRows } from '../../bench/plot-rows.ts'
import { type PlotOptions, plotRatios } from '../../bench/plot.ts'
import type { Case } from '../../bench/case.ts'
import type { Line } from '../../bench/summary.ts'

const HOSTILE = `</text><script>alert(1)</script> & "quoted" 'too' ]]> <!-- \u0000\u001b\ud800`

const OPTIONS: PlotOptions = {
  title: 'Ratios',
  notes: ['measured here', 'in a moment'],
  rows: [
    {
      title: 'one commit',
      reference: 'git',
      bars: [
        { program: 'kalandra', over: 'http', ratio: 0.5 },
        { program: 'other', over: 'http', ratio: 2 },
        { program: 'kalandra', over: 'ssh@50', ratio: 1 / 64 },
        { program: 'other', over: 'ssh@50', ratio: undefined },
      ],
    },
  ],
}

function parse(xml: string) {
  return new DOMParser({
    onError(level, message) {
      throw new Error(`${level}: ${message}`)
    },
  }).parseFromString(xml, 'image/svg+xml')
}

function textsOf(xml: string, name: string): readonly string[] {
  return [...parse(xml).getElementsByTagName(name)].map(({ textContent }) => textContent ?? '')
}

describe('plotRatios', () => {
  it('is well-formed, names itself, says every figure in words and loads nothing', () => {
    const svg = plotRatios(OPTIONS)
    const root = parse(svg).documentElement!
    expect(root.getAttribute('role')).toBe('img')
    expect(root.getAttribute('aria-labelledby')).toBe('title desc')
    expect(parse(svg).getElementById('title')?.textContent).toBe('Ratios')
    expect(parse(svg).getElementById('desc')?.textContent).toContain(
      'one commit, against git: kalandra over http 0.50, other over http 2.00, kalandra over ssh@50 0.02, other over ssh@50 failed.',
    )
    expect(svg).toContain('prefers-color-scheme: dark')
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /url\(|href|@import|@font-face|<script|\/\//,
    )
  })

  it('draws less to the left of 1, more to the right of it, and ends at the rim of its panel', () => {
    const bars = [...parse(plotRatios(OPTIONS)).getElementsByTagName('rect')]
      .filter((rect) => rect.getElementsByTagName('title').length > 0)
      .map((rect) => ({
        said: rect.textContent,
        left: Number(rect.getAttribute('x')),
        width: Number(rect.getAttribute('width')),
      }))
    expect(bars.map(({ said }) => said)).toEqual([
      'kalandra over http: 0.50',
      'other over http: 2.00',
      'kalandra over ssh@50: 0.02',
    ])
    const [half, double, tiny] = bars
    expect(half!.width).toBe(25)
    expect(double!.width).toBe(25)
    expect(half!.left + half!.width).toBe(double!.left)
    expect(tiny!.width).toBe(75)
  })

  it('shows the names of programs and cases as they are, whatever is in them', () => {
    const [row] = OPTIONS.rows
    const bars = row!.bars.map((bar) => ({ ...bar, program: HOSTILE }))
    const svg = plotRatios({
      title: HOSTILE,
      notes: [HOSTILE],
      rows: [{ title: HOSTILE, reference: HOSTILE, bars }],
    })
    // What XML can't hold.
    const shown = HOSTILE.replaceAll(/[\u0000\u001b]|\ud800/g, '?')
    expect(textsOf(svg, 'script')).toEqual([])
    const texts = textsOf(svg, 'text')
    expect(texts.filter((words) => words === shown)).toHaveLength(4)
    expect(texts).toContain(`against ${shown}`)
    expect(textsOf(svg, 'title')).toContain(`${shown} over http: 0.50`)
  })

  it('is an image of no rows, too', () => {
    expect(textsOf(plotRatios({ title: 'none', notes: [], rows: [] }), 'title')).toEqual(['none'])
  })
})

describe('toPlotRows', () => {
  const caseOf = (name: string, kind: Case['kind']): Case => ({
    name,
    title: `the ${name}`,
    kind,
    repository: 'history',
    overs: ['http'],
    contenders: [],
  })
  const line = (name: string, contender: string, seconds: number | undefined): Line =>
    ({ case: name, over: 'http', contender, seconds }) as Line

  it('tells each mirror program against what git does for the same', () => {
    const rows = toPlotRows(
      [caseOf('first', 'first'), caseOf('nothing', 'nothing'), caseOf('commit', 'commit')],
      [
        line('first', 'git', 4),
        line('first', 'limit', 2),
        line('first', 'other', undefined),
        line('first', 'kalandra', 2),
        line('nothing', 'git', 1),
        line('nothing', 'ls-remote', 0.25),
        line('nothing', 'kalandra', 0.5),
        line('commit', 'kalandra', 1),
      ],
    )
    expect(rows).toEqual([
      {
        title: 'the first',
        reference: 'git clone and push',
        bars: [
          { program: 'kalandra', over: 'http', ratio: 0.5 },
          { program: 'other', over: 'http', ratio: undefined },
        ],
      },
      {
        title: 'the nothing',
        reference: 'git ls-remote of both',
        bars: [{ program: 'kalandra', over: 'http', ratio: 2 }],
      },
    ])
  })
})
