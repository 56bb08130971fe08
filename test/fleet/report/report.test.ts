import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { findTroubles, stateOf } from '../../../src/fleet/report/findings.ts'
import { joinReports } from '../../../src/fleet/report/join-reports.ts'
import { renderRoundSummary } from '../../../src/fleet/report/round-summary.ts'
import { renderRoundText } from '../../../src/fleet/report/round-text.ts'
import { describeRound } from '../../../src/fleet/report/verdict.ts'
import { PAYLOADS } from '../../support/harmless.ts'
import { changed, discovery, failed, fileOf, paused, reportOf, skipped, unchanged } from './reports.ts'

describe('a verdict', () => {
  it.each([
    [[unchanged('a')], '1 mirror: 1 up to date, in 12 s.'],
    [[changed('a'), unchanged('b'), paused('c')], '3 mirrors: 1 changed, 1 up to date, 1 paused, in 12 s.'],
    [[failed('a'), skipped('b'), unchanged('c')], '3 mirrors: 1 failed, 1 not tried, 1 up to date, in 12 s.'],
    [[], '0 mirrors: nothing to do, in 12 s.'],
  ])('says it in a line', (mirrors, text) => {
    expect(describeRound(reportOf(mirrors))).toBe(text)
  })

  it('tells of discoveries that failed, and of reports that are missing', () => {
    const error = new MirrorError('found no repository', { code: 'not-found', hint: 'Check the name.' })
    const report = reportOf([unchanged('a')], {
      discoveries: [discovery(error)],
      missing: ['shard 2/3 left no report'],
      ok: false,
    })
    expect(describeRound(report)).toBe(
      '1 report missing; 1 mirror: 1 discovered nothing or not all, 1 up to date, in 12 s.',
    )
    expect(renderRoundText(report)).toEqual([
      'missing shard 2/3 left no report',
      'failed discover github acme: found no repository',
      'What to do: Check the name.',
      describeRound(report),
    ])
  })
})

describe('a summary', () => {
  it('groups what failed by its cause, the most frequent first', () => {
    const mirrors = [
      failed('a'),
      failed('b', 'no entry', 'Ask.'),
      failed('c', 'no entry', 'Ask.'),
      skipped('d'),
    ]
    expect(findTroubles(reportOf(mirrors))).toEqual([
      { cause: 'destination: no entry', remedy: 'Ask.', names: ['b', 'c'] },
      { cause: 'destination: there is no repository', remedy: 'Make one.', names: ['a'] },
      { cause: 'not tried: the credential for h was refused 3 times', remedy: undefined, names: ['d'] },
    ])
    expect(mirrors.map(stateOf)).toEqual(['failed', 'failed', 'failed', 'skipped'])
  })

  it('says what failed first, then what changed, then what was found', () => {
    const page = renderRoundSummary(
      reportOf([changed('b'), failed('a'), unchanged('c')], { discoveries: [discovery()] }),
    )
    const order = [
      '## ❌ 3 mirrors',
      '| Failed |',
      '| a |',
      '| Changed |',
      '| b | 1 |',
      '| Discovered |',
      '1 excluded, 2 archived',
      '1 ref moved',
    ]
    const places = order.map((text) => page.indexOf(text))
    expect(
      places.every((place) => place >= 0),
      page,
    ).toBe(true)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(page).not.toContain('| c |')
  })

  it.each([1, 300, 5000])('of %d mirrors is short where all is well', (count) => {
    const mirrors = Array.from({ length: count }, (_, index) => unchanged(`m${index}`))
    expect(Buffer.byteLength(renderRoundSummary(reportOf(mirrors)))).toBeLessThan(200)
  })

  it('of 5,000 mirrors that failed, each for a long reason of its own, is cut before the runner drops it', () => {
    const mirrors = Array.from({ length: 5000 }, (_, index) =>
      failed(`m${index}`, `${index} ${'reason <b> '.repeat(60)}`),
    )
    const page = renderRoundSummary(reportOf(mirrors))
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000)
    expect(Buffer.byteLength(page)).toBeGreaterThan(500_000)
    expect(page).toMatch(/… and [\d,]+ more causes: see the report files/)
    expect(page).toContain('## ❌ 5,000 mirrors: 5,000 failed')
  })

  it('of 5,000 mirrors that changed shows some, and counts all', () => {
    const mirrors = Array.from({ length: 5000 }, (_, index) => changed(`m${index}`))
    const page = renderRoundSummary(reportOf(mirrors))
    expect(page).toContain('… and 4,500 more mirrors')
    expect(page).toContain('5,000 refs moved')
  })

  it('shows hostile texts as they are', () => {
    for (const payload of PAYLOADS.slice(0, 40)) {
      const page = renderRoundSummary(reportOf([failed('a', payload, payload)]))
      expect(page).not.toMatch(/<(script|img|table|\/td)/i)
      expect(page.split('\n').filter((line) => line.startsWith('| a |'))).toHaveLength(1)
      for (const line of renderRoundText(reportOf([failed('a', payload)]))) {
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]|##\[|^\s*::/)
      }
    }
  })
})

describe('reports of shards', () => {
  const shard = (index: number, filled: readonly number[], count = 3) => ({
    shard: `${index}/${count}`,
    filled,
  })

  it('are joined to one', () => {
    const report = joinReports([
      { name: '1', text: fileOf([changed('b'), discovery()], { ...shard(1, [1, 3]), seconds: 4 }) },
      { name: '3', text: fileOf([unchanged('a'), discovery()], { ...shard(3, [1, 3]), seconds: 7 }) },
    ])
    expect(report.mirrors.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(report).toMatchObject({ ok: true, missing: [], seconds: 7 })
    expect(report.discoveries).toHaveLength(1)
  })

  it('[F17] fail where one is missing, or ends in the middle', () => {
    const first = { name: 'one', text: fileOf([unchanged('a')], shard(1, [1, 2])) }
    expect(joinReports([first])).toMatchObject({ ok: false, missing: ['shard 2/3 left no report'] })
    const cut = fileOf([unchanged('b')], shard(2, [1, 2])).slice(0, -20)
    expect(joinReports([first, { name: 'two', text: cut }])).toMatchObject({
      ok: false,
      missing: ['two ends in the middle: its round did not', 'shard 2/3 left no report'],
    })
    expect(joinReports([{ name: 'empty', text: '' }]).ok).toBe(false)
    expect(joinReports([first, { name: 'x', text: fileOf([], shard(1, [1], 4)) }]).missing).toEqual([
      'the files are of rounds with 3 and 4 shards',
    ])
  })

  it('fail where lines of one are lost, or its end says that it failed and no line does', () => {
    const text = fileOf([changed('a'), failed('b'), unchanged('c')], {
      ...shard(1, [1]),
      mirrors: 3,
      ok: false,
    })
    const lines = text.split('\n')
    const lost = [...lines.slice(0, 1), ...lines.slice(2)].join('\n')
    expect(joinReports([{ name: 'one', text: lost }])).toMatchObject({
      ok: false,
      missing: ['one lacks 1 of the 3 mirrors of its round'],
    })
    expect(joinReports([{ name: 'one', text }]).missing).toEqual([])
    const stopped = fileOf([unchanged('a')], { mirrors: 1, ok: false })
    expect(joinReports([{ name: 'one', text: stopped }])).toMatchObject({
      ok: false,
      missing: ['one says that its round did not end well, and not why'],
    })
  })

  it('fail where a mirror failed in one of them', () => {
    const files = [
      { name: '1', text: fileOf([failed('a')], { ...shard(1, [1]), ok: false }) },
      { name: '2', text: fileOf([unchanged('a')], shard(1, [1])) },
    ]
    expect(joinReports(files).ok).toBe(false)
    expect(joinReports(files.toReversed()).ok).toBe(false)
  })

  it.each(['hello\n', '{}\n{}\n', '{"name":1,"ok":true}\n\n', '[]\n', 'null\n\n'])(
    'refuse what is none: %j',
    (text) => {
      expect(() => joinReports([{ name: 'x', text }])).toThrow(/^x:1: this is no line of a report$/)
    },
  )
})
