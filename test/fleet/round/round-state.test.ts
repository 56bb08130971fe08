import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../../../src/fleet/report/findings.ts'
import type { RoundReport } from '../../../src/fleet/report/round-lines.ts'
import { runRound } from '../../../src/fleet/round/round.ts'
import { inTurn } from '../../../src/fleet/state/order.ts'
import { openRoundState, type RoundState } from '../../../src/fleet/state/round-state.ts'
import { type FakeRepository, startFakeApi } from '../../support/fake-api.ts'
import { git, makeBareRepository } from '../../support/git.ts'
import { addCommits } from '../../support/repositories.ts'
import { makeTempFolder } from '../../support/temp.ts'
import { fleetOf, refusalOf } from '../fleet-of.ts'

const HOUR_MS = 3_600_000
const LONG_AGO = '2026-01-01T00:00:00Z'

interface Bench extends AsyncDisposable {
  readonly root: string
  /** What GitHub says of each repository; may be changed. */
  readonly listed: FakeRepository[]
  /** Hours by which the clock of the state is ahead. */
  hours: number
  readonly warnings: string[]
  open(): RoundState
  round(more?: {
    readonly span?: string
    readonly more?: string
    readonly state?: RoundState | undefined
  }): Promise<RoundReport>
}

/** Repositories `a`, `b` and `c` of a fake GitHub, that are read from and mirrored to folders. */
async function makeBench(): Promise<Bench> {
  const folder = await makeTempFolder()
  for (const name of ['a', 'b', 'c']) {
    const { path } = await makeBareRepository({ parent: folder.path, name: `${name}.git` })
    await addCommits(path, 1)
    await makeBareRepository({ parent: folder.path, name: `${name}-mirror.git` })
  }
  const listed: FakeRepository[] = ['a', 'b', 'c'].map((path) => ({ path, pushed: LONG_AGO }))
  const api = await startFakeApi({ owner: 'acme', repositories: listed })
  const path = join(folder.path, 'state.json')
  const bench: Bench = {
    root: folder.path,
    listed,
    hours: 0,
    warnings: [],
    open: () =>
      openRoundState({
        path,
        onWarning: (text) => bench.warnings.push(text),
        now: () => Date.now() - bench.hours * HOUR_MS,
      }),
    async round({ span = '24h', more = '', state = bench.open() } = {}) {
      const fleet = await fleetOf(
        `version: 1
mirrors:
  - name: '{repository}'
    discover: { github: '${api.origin}/acme' }
    source: '${folder.path}/{repository}.git'
    destination: '${folder.path}/{repository}-mirror.git'
    retries: 0
    skip-unpushed: ${span}
${more}`,
        { lastFound: state.found },
      )
      bench.warnings.push(...fleet.notices.map(({ text }) => text))
      const { signal } = new AbortController()
      return await runRound({ fleet, shard: undefined, isWhole: true, state, dryRun: false, env: {}, signal })
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
  return bench
}

const statesOf = ({ mirrors }: RoundReport): string => mirrors.map(stateOf).join(' ')

describe('skip-unpushed', () => {
  it('looks only at what was pushed to, by the list', { timeout: 60_000 }, async () => {
    await using bench = await makeBench()
    expect(statesOf(await bench.round())).toBe('changed changed changed')
    await addCommits(join(bench.root, 'b.git'), 1)
    bench.listed[1] = { path: 'b', pushed: '2026-02-01T00:00:00Z' }
    const report = await bench.round()
    expect(statesOf(report)).toBe('unpushed changed unpushed')
    expect(report.ok).toBe(true)
    expect(report.mirrors[0]?.skipped).toMatch(
      /^its source was not pushed to since the last success, 20\d\d-/,
    )
    expect(statesOf(await bench.round())).toBe('unpushed unpushed unpushed')
  })

  it('looks at everything once the time is over, and finds what drifted', { timeout: 60_000 }, async () => {
    await using bench = await makeBench()
    bench.hours = 25
    await bench.round()
    await git(join(bench.root, 'a-mirror.git'), 'update-ref', '-d', 'refs/heads/main')
    bench.hours = 0
    expect(statesOf(await bench.round())).toBe('changed unchanged unchanged')
    await git(join(bench.root, 'a-mirror.git'), 'update-ref', '-d', 'refs/heads/main')
    expect(statesOf(await bench.round())).toBe('unpushed unpushed unpushed')
  })

  it(
    'looks at a mirror that has another destination, other refs or other options',
    { timeout: 120_000 },
    async () => {
      await using bench = await makeBench()
      await bench.round()
      for (const more of ['    refs: refs/heads/*\n', '    refs: refs/heads/*\n    prune: false\n'])
        expect(statesOf(await bench.round({ more }))).toBe('unchanged unchanged unchanged')
      expect(statesOf(await bench.round({ more: '    refs: refs/heads/*\n    prune: false\n' }))).toBe(
        'unpushed unpushed unpushed',
      )
    },
  )

  it('trusts no time of a push that may have another push behind it', { timeout: 60_000 }, async () => {
    await using bench = await makeBench()
    bench.listed[0] = { path: 'a', pushed: new Date(Date.now() - 1000).toISOString() }
    bench.listed[1] = { path: 'b' }
    await bench.round()
    expect(statesOf(await bench.round())).toBe('unchanged unchanged unpushed')
  })

  it('looks again at what failed, and at what it knows nothing of', { timeout: 60_000 }, async () => {
    await using bench = await makeBench()
    await writeFile(join(bench.root, 'c.git', 'HEAD'), 'nonsense')
    expect(statesOf(await bench.round())).toBe('changed changed failed')
    expect(statesOf(await bench.round())).toBe('unpushed unpushed failed')
    await writeFile(join(bench.root, 'c.git', 'HEAD'), 'ref: refs/heads/main\n')
    expect(statesOf(await bench.round())).toBe('unpushed unpushed changed')
    await writeFile(join(bench.root, 'state.json'), '{"version":1,"mirrors":{"a":{"ru')
    expect(statesOf(await bench.round())).toBe('unchanged unchanged unchanged')
    expect(bench.warnings).toEqual([
      expect.stringMatching(/could not be read: it was renamed to end in \.bad/),
    ])
    expect(await readFile(join(bench.root, 'state.json.bad'), 'utf8')).toContain('"ru')
  })

  it.each([
    ['source: /a', '24h', '4:20  mirror "x": skip-unpushed needs a list that says'],
    ['discover: { gitlab: acme }', '24h', '4:20  skip-unpushed needs a list that says'],
    ['discover: { github: acme }', 'often', '4:20  mirror "x": skip-unpushed is not a time such as 24h'],
  ])('is refused for %s and %s', async (from, span, words) => {
    const text = `version: 1\nmirrors:\n  - ${from}\n    skip-unpushed: ${span}\n    name: x\n    destination: /d\n`
    const [found = ''] = await refusalOf(text, { discovers: false })
    expect(found.replace('mirror "x": ', '')).toContain(words.replace('mirror "x": ', ''))
  })
})

describe('the state of a round', () => {
  it('puts first what failed, then what has waited longest', async () => {
    await using bench = await makeBench()
    const state = bench.open()
    const line = (name: string, ok: boolean) =>
      ({
        name,
        ok,
        skipped: null,
        fingerprint: null,
        result: {
          destinations: [
            { status: ok ? 'unchanged' : 'failed', changed: [], figures: { packBytes: 0 }, rejected: [] },
          ],
        },
      }) as unknown as Parameters<RoundState['take']>[0]
    for (const [name, hours, ok] of [
      ['old', 9, true],
      ['new', 1, true],
      ['bad', 1, false],
    ] as const) {
      bench.hours = hours
      state.take(line(name, ok))
    }
    state.end(undefined)
    expect(inTurn(['new', 'never', 'old', 'bad', 'also-never'], bench.open().record)).toEqual([
      'bad',
      'also-never',
      'never',
      'old',
      'new',
    ])
  })

  it(
    'warns of a list that is less than half of the last one, and forgets what is gone',
    { timeout: 60_000 },
    async () => {
      await using bench = await makeBench()
      await bench.round()
      bench.listed.splice(1)
      const report = await bench.round()
      expect(statesOf(report)).toBe('unpushed')
      expect(bench.warnings).toEqual([
        expect.stringMatching(
          /^discover github http.*: found 1 mirror, and 3 the last time\. Nothing is deleted/,
        ),
      ])
      expect(
        Object.keys(
          (JSON.parse(await readFile(join(bench.root, 'state.json'), 'utf8')) as { mirrors: object }).mirrors,
        ),
      ).toEqual(['a'])
      await bench.round()
      expect(bench.warnings).toHaveLength(1)
    },
  )

  it('that cannot be written is told once, and stops nothing', async () => {
    await using bench = await makeBench()
    const state = openRoundState({
      path: join(bench.root, 'no', 'such', 'folder', 'state.json'),
      onWarning: (text) => bench.warnings.push(text),
      now: Date.now,
    })
    expect(statesOf(await bench.round({ state }))).toBe('changed changed changed')
    expect(bench.warnings).toEqual([expect.stringMatching(/can't be written \(ENOENT\)/)])
  })
})
