import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/advice/advise.ts'
import { ADVICE_TABLE } from '../../src/advice/table.ts'
import { MirrorError } from '../../src/base/errors.ts'
import { listFiles, readFile } from '../repo/files.ts'
import { type ErrorCase, type RefCase } from './advice-cases.ts'
import { ROW_CASES } from './cases/row-cases.ts'
import { alternativesOf, ownSentences } from './patterns.ts'

/** Every line that a case has a server say. */
function linesOf(given: RefCase | ErrorCase): readonly string[] {
  if (typeof given === 'string') return [given]
  const lines = given.lines ?? []
  const text = 'code' in given ? given.text : given.reason
  return [...lines, ...(text ?? '').split('\n')].map((line) => line.replace(/^remote: ?/, ''))
}

const SAID: ReadonlyMap<string, readonly string[]> = new Map(
  ROW_CASES.map(({ id, is }) => [id, is.flatMap((given) => linesOf(given))]),
)

/** Two words, such as a topic of `doctor`, are no sentence. */
const OWN = ownSentences().filter((text) => text.split(' ').length > 2)

const PATTERNS = ADVICE_TABLE.flatMap(({ id, says }) => (says === undefined ? [] : [{ id, says }]))

describe('the table of advice', () => {
  it('knows the sentences of this program', () => {
    expect(OWN.length).toBeGreaterThan(300)
    for (const sentence of ['does not answer as a smart Git server', 'asks to slow down'])
      expect(OWN.some((text) => text.includes(sentence))).toBe(true)
  })

  it('names each row once', () => {
    const ids = ADVICE_TABLE.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(80)
  })

  it.each(ADVICE_TABLE.map((row) => [row.id, row] as const))(
    '%s: one sentence of meaning, one of what to do',
    (_, row) => {
      for (const sentence of [row.meaning, row.todo]) {
        expect(sentence).toMatch(/^[A-Z][^\n]+\.$/)
        expect(sentence).not.toMatch(/[.!?] [A-Z]/)
      }
    },
  )

  it('looks at the name of a host for errors alone', () => {
    const rows = ADVICE_TABLE.filter(({ hosts }) => hosts !== undefined)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ codes }) => codes === undefined)).toEqual([])
  })

  it('remembers nothing between two questions', () => {
    expect(PATTERNS.filter(({ says }) => says.global || says.sticky)).toEqual([])
  })

  it.each(PATTERNS)(
    '$id: each alternative has a sentence that a server says, and that is none of this program',
    ({ id, says }) => {
      const theirs = (SAID.get(id) ?? []).filter((line) => !OWN.some((sentence) => line.includes(sentence)))
      for (const alternative of alternativesOf(says)) {
        const isNeeded = theirs.some((line) => alternative.test(line))
        expect([alternative.source, isNeeded]).toEqual([alternative.source, true])
      }
    },
  )

  it('has a row for each name that an error gives', () => {
    const ids = new Set(ADVICE_TABLE.map(({ id }) => id))
    const named = new Set<string>()
    for (const path of listFiles('src', /\.ts$/)) {
      for (const [line] of readFile(path).matchAll(/\badvice: [^,}]*'[^\n]*/g))
        for (const [, id] of line.matchAll(/(?:advice: |\? |: )'([a-z][a-z-]+)'/g)) named.add(id!)
    }
    expect(named.size).toBeGreaterThan(8)
    expect([...named].filter((id) => !ids.has(id))).toEqual([])
  })
})

describe('the order of the table', () => {
  // Each of these fits several rows; the first one names the cause.
  it.each([
    ['error: GH001: Large files detected; not allowed by policy', 'large-file'],
    ['push exceeded: repo has exceeded its quota', 'no-room'],
    ['VS403713: The push was rejected because it contains a file that is too large', 'large-file'],
    ['TF402462: its size is greater than the 5120 MB limit for pushes', 'pack-too-large'],
    ['TF402455: Pushes to this branch are not permitted; use a pull request', 'azure-pull-request'],
    ['branch main is protected from changing file a', 'gitea-protected-files'],
    ['prohibited by Gerrit: not permitted: create signed tag', 'gerrit-tag'],
    ['prohibited by Gerrit: project state does not permit write', 'gerrit-read-only'],
    [
      "cannot lock ref 'refs/heads/main': Unable to create '/r/refs/heads/main.lock': File exists.",
      'stale-lock',
    ],
    [
      "cannot lock ref 'refs/heads/a/b': 'refs/heads/a' exists; cannot create 'refs/heads/a/b'",
      'folder-conflict',
    ],
    [
      'GitLab: You are not allowed to force push code to a protected branch on this project.',
      'gitlab-force-push',
    ],
    ['protected branch hook declined', 'github-protected-branch'],
  ])('%s: %s', (reason, id) => {
    const fits = PATTERNS.filter(({ says }) => says.test(reason)).map((row) => row.id)
    expect(fits.length).toBeGreaterThan(1)
    const refusal = { ref: 'refs/heads/main', action: 'update', reason } as const
    expect(diagnose({ phase: 'transfer', words: [], host: undefined, refusal })?.advice.id).toBe(id)
  })
})

/** Of a pattern for a megabyte: what goes back and forth takes minutes. */
const MOST_MICROSECONDS = 1_000_000

describe('hostile words', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .constantFrom(...[...SAID.values()].flat())
      .chain((line) =>
        fc
          .tuple(fc.nat(line.length), fc.string({ unit: 'binary' }))
          .map(([at, noise]) => line.slice(0, at) + noise + line.slice(at)),
      ),
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')),
  )

  it('never make it throw, and never give more than a row', () => {
    fc.assert(
      fc.property(fc.array(anything), anything, fc.option(anything), (words, reason, host) => {
        const refusal = { ref: `refs/heads/${reason}`, action: 'update', reason } as const
        const error = new MirrorError('x', { code: 'server', serverText: reason, advice: reason })
        for (const about of [{ refusal }, { error }]) {
          const found = diagnose({ phase: 'transfer', words, host: host ?? undefined, ...about })
          if (found) expect(ADVICE_TABLE.map(({ id }) => id)).toContain(found.advice.id)
        }
      }),
    )
  })

  /** Beginnings of every alternative, again and again: what makes a pattern go back and forth. */
  const floods = [
    ...new Set(
      PATTERNS.flatMap(({ says }) => alternativesOf(says))
        .map(({ source }) => /[\w '(:-]{4,}/.exec(source.replace(/\\[bdsSw]|\^/g, ''))?.[0] ?? '')
        .filter((text) => text !== ''),
    ),
    ' ',
    "'refs/",
    'object aaaaaaaaaaaaaaaaaaaa',
  ]

  it('take no pattern longer than their length, in lines of a megabyte', () => {
    expect(floods.length).toBeGreaterThan(100)
    const slow: unknown[] = []
    for (const flood of floods) {
      const line = flood.repeat(Math.ceil(1_000_000 / flood.length))
      for (const { id, says } of PATTERNS) {
        if (!says.source.includes(flood.trim().slice(0, 6))) continue
        const started = process.cpuUsage()
        says.test(line)
        const { user } = process.cpuUsage(started)
        if (user > MOST_MICROSECONDS) slow.push([id, flood, user])
      }
    }
    expect(slow).toEqual([])
  }, 120_000)

  it('are read at once, however long the lines are', () => {
    const words = Array.from({ length: 200 }, (_, at) => floods[at % floods.length]!.repeat(100_000))
    const started = process.cpuUsage()
    const refusal = { ref: 'refs/heads/main', action: 'update', reason: 'failed'.repeat(200_000) } as const
    diagnose({ phase: 'transfer', words, host: 'x'.repeat(1_000_000), refusal })
    expect(process.cpuUsage(started).user).toBeLessThan(3 * MOST_MICROSECONDS)
  })
})
