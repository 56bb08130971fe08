import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ACTION_FLEETS,
  BAD_FLEETS,
  fillFleet,
  isStarted,
  judgeFleet,
  judgeFleetAction,
} from '../support/bad-fleets.ts'
import { type FakeApiOptions, manyRepositories, startFakeApi } from '../support/fake-api.ts'
import { hashFolder, makePair, type Pair } from '../support/pair.ts'
import { runAction, runCli } from '../support/runner.ts'
import { makeTempFolder } from '../support/temp.ts'

let pair: Pair

beforeAll(async () => {
  pair = await makePair()
})

afterAll(async () => {
  await pair[Symbol.asyncDispose]()
})

const fill = (fleet: { readonly text: string }): string => fillFleet(fleet, pair)

describe('a file of mirrors that is wrong', () => {
  // Every row is shown at the function behind it: wrong-inputs.test.ts in test/action and test/cli.
  it.each(BAD_FLEETS.filter(isStarted))(
    'ends a round before anything is touched: $what',
    { timeout: 120_000 },
    async (row) => {
      await using folder = await makeTempFolder()
      const file = join(folder.path, 'mirrors.yml')
      await writeFile(file, fill(row))
      const before = await hashFolder(pair.destination)
      const { exitCode, stdout, stderr } = await runCli(['round', file], { env: row.env })
      judgeFleet(row, file, { status: exitCode, stdout, stderr })
      expect(await hashFolder(pair.destination)).toEqual(before)
    },
  )

  it.each(ACTION_FLEETS.filter(isStarted))(
    'is told by the action, as its one result: $what',
    { timeout: 120_000 },
    async (row) => {
      const before = await hashFolder(pair.destination)
      const inputs = { command: 'round', config: `${fill(row)}\n` }
      judgeFleetAction(row, await runAction({ inputs, env: row.env }))
      expect(await hashFolder(pair.destination)).toEqual(before)
    },
  )
})

const REFUSALS: readonly (readonly [what: string, api: Partial<FakeApiOptions>, words: RegExp])[] = [
  ['an owner without repositories', { repositories: [] }, /found no repository/],
  [
    'pages that go round in a circle',
    {
      intercept: ({ path }, _, origin) => ({
        status: 200,
        headers: { link: `<${origin}${path}?page=2>; rel="next"` },
        body: '[]',
      }),
    },
    /go round in a circle/,
  ],
  [
    'a page at another host',
    {
      intercept: () => ({
        status: 200,
        headers: { link: '<http://192.0.2.1/x?page=2>; rel="next"' },
        body: '[]',
      }),
    },
    /leads to another server/,
  ],
  [
    'a page in the middle that is refused',
    {
      repositories: manyRepositories(1000),
      intercept: ({ query }) => (query.get('page') === '7' ? { status: 403, body: '{}' } : undefined),
    },
    /refused the token \(HTTP 403\)/,
  ],
  [
    'a limit that ends in 54 minutes',
    {
      intercept: () => ({
        status: 403,
        headers: {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 54 * 60),
        },
        body: '{}',
      }),
    },
    /asks to wait 5[34] min/,
  ],
]

describe('[F9] [F18] a list that cannot be had', () => {
  it.each(REFUSALS)(
    'is one failure, and the other mirrors run: %s',
    { timeout: 120_000 },
    async (_, options, words) => {
      await using api = await startFakeApi({ owner: 'acme', repositories: manyRepositories(3), ...options })
      await using folder = await makeTempFolder()
      const file = join(folder.path, 'mirrors.yml')
      const found = `  - { name: 'm/{path}', discover: { github: '${api.origin}/acme' }, destination: '${folder.path}/{path}' }\n`
      await writeFile(file, fill({ text: `version: 1\nmirrors:\n  - GOOD\n${found}` }))
      const before = await hashFolder(folder.path)
      const { exitCode, stdout, stderr } = await runCli(['round', file])
      expect(exitCode, stderr).toBe(1)
      expect(stdout.split('\n').filter((line) => line.startsWith('failed'))).toEqual([
        expect.stringMatching(words),
      ])
      expect(stdout).toMatch(/1 mirror: 1 discovered nothing or not all, 1 (?:changed|up to date)/)
      expect(stderr).not.toMatch(/^\s+at /m)
      expect(await hashFolder(folder.path)).toEqual(before)
    },
  )
})

describe('[F5] a file as Windows writes it', () => {
  it.each([
    ['with a byte order mark', (text: string) => `\uFEFF${text}`],
    ['with CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ])('is read: %s', { timeout: 60_000 }, async (_, change) => {
    await using folder = await makeTempFolder()
    const file = join(folder.path, 'mirrors.yml')
    await writeFile(file, change(fill({ text: 'version: 1\nmirrors:\n  - GOOD\n' })))
    expect(await runCli(['check', file])).toMatchObject({ exitCode: 0, stderr: '' })
  })
})
