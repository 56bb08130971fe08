import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  commandOf,
  inputsOf,
  judgeAction,
  judgeCommand,
  oneOfEach,
  readTried,
  type Tried,
} from '../support/bad-input-checks.ts'
import { type BadInput, makeBadInputs } from '../support/bad-inputs.ts'
import { forEachRef, makeBareRepository } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { hashFolder, makePair, type Pair } from '../support/pair.ts'
import { runAction, runCli } from '../support/runner.ts'
import { sshdMissing, startSshd } from '../support/sshd.ts'
import { makeTempFolder } from '../support/temp.ts'

let pair: Pair
let badInputs: readonly BadInput[]

beforeAll(async () => {
  pair = await makePair()
  badInputs = await makeBadInputs(pair)
})

afterAll(async () => {
  console.log(`bad inputs: ${badInputs.length} rows`)
  await pair[Symbol.asyncDispose]()
})

async function tryAction(row: BadInput): Promise<Tried> {
  return readTried(await runAction({ inputs: inputsOf(row, pair), env: row.env }))
}

async function tryCommand(row: BadInput): Promise<Tried> {
  const { args, env } = commandOf(row, pair)
  const result = await runCli(args, { env })
  expect(`${result.stdout}${result.stderr}`).not.toMatch(/^\s+at /m)
  return { said: `${result.stderr}\n${result.stdout}`, status: result.exitCode }
}

/** So many rows are tried side by side. */
const AT_ONCE = 4

async function tryAll(
  attempt: (row: BadInput) => Promise<readonly string[]>,
  rows: readonly BadInput[],
): Promise<readonly string[]> {
  const wrong: string[] = []
  const left = [...rows.entries()]
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [, row] = next
      const faults = await attempt(row).catch((error: unknown) => [String(error)])
      for (const fault of faults)
        wrong.push(`${row.input}: ${JSON.stringify(row.value.slice(0, 80))}: ${fault}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return wrong
}

// Every row is shown at the function behind it: wrong-inputs.test.ts in test/action and test/cli.
describe('wrong inputs', () => {
  it('are named by the action with what to do, and touch nothing, one of each input', async () => {
    const before = await hashFolder(pair.destination)
    const rows = oneOfEach(badInputs)
    const wrong = await tryAll(async (row) => judgeAction(row, await tryAction(row)), rows)
    expect(wrong).toEqual([])
    expect(rows.length).toBeGreaterThan(15)
    expect(await hashFolder(pair.destination)).toEqual(before)
  })

  it('are named by the command line with what to do, and touch nothing, one of each input', async () => {
    const before = await hashFolder(pair.destination)
    const rows = oneOfEach(badInputs.filter((row) => row.actionOnly !== true))
    const wrong = await tryAll(async (row) => judgeCommand(row, await tryCommand(row)), rows)
    expect(wrong).toEqual([])
    expect(rows.length).toBeGreaterThan(15)
    expect(await hashFolder(pair.destination)).toEqual(before)
  })
})

const MARK = `PWNED-${process.pid}`
const ODD_NAMES: readonly string[] = [
  `x'$(touch ${MARK})'.git`,
  `$(touch ${MARK}).git`,
  `\`touch ${MARK}\`.git`,
  `a';touch ${MARK};'.git`,
  `a"; touch ${MARK}; ".git`,
  `a & touch ${MARK} &.git`,
  `a | touch ${MARK} #.git`,
  `a > ${MARK}.git`,
  `a\\'\\$(touch ${MARK}).git`,
  'with  spaces.git',
  'bang!bang.git',
  '~tilde.git',
  '%2e%2e%2f.git',
  'ünï #hash?query&x=y.git',
  '*[a-z]?{x,y}.git',
  'C:\\windows.git',
]

async function isThere(...parts: readonly string[]): Promise<boolean> {
  return await access(join(...parts)).then(
    () => true,
    () => false,
  )
}

/** Runs one source to a destination of every odd name, and from some of those names back. */
async function mirrorOddNames(
  folder: string,
  given: {
    readonly from: (path: string) => string
    readonly to: (path: string) => string
    readonly inputs: Readonly<Record<string, string>>
  },
): Promise<void> {
  const paths: string[] = []
  for (const name of ODD_NAMES) paths.push((await makeBareRepository({ parent: folder, name })).path)
  const inputs = { 'source-token': '', ...given.inputs }
  const there = await runAction({
    inputs: { ...inputs, source: given.from(pair.source), destination: paths.map(given.to).join('\n') },
  })
  expect(there.exitCode, there.log).toBe(0)
  const expected = await forEachRef(pair.source)
  for (const path of paths) expect(await forEachRef(path), path).toEqual(expected)
  for (const path of paths.slice(0, 5)) {
    const copy = await makeBareRepository({
      parent: folder,
      name: `copy of ${path.slice(folder.length + 1)}`,
    })
    const back = await runAction({
      inputs: { ...inputs, source: given.from(path), destination: given.to(copy.path) },
    })
    expect(back.exitCode, back.log).toBe(0)
    expect(await forEachRef(copy.path)).toEqual(expected)
  }
  for (const place of [homedir(), folder, ...paths]) expect(await isThere(place, MARK)).toBe(false)
}

describe('paths that a shell would run', () => {
  it.skipIf(sshdMissing())('are names and nothing more to the shell of an ssh server', async () => {
    await using folder = await makeTempFolder()
    await using sshd = await startSshd()
    // The one form with a port that is not percent-encoded.
    const url = (path: string): string => `[${sshd.user}@127.0.0.1:${sshd.port}]:${path}`
    const { privateKey } = sshd.clientKey
    const inputs = {
      'source-ssh-key': privateKey,
      'destination-ssh-key': privateKey,
      'ssh-known-hosts': sshd.knownHosts,
    }
    await mirrorOddNames(folder.path, { from: url, to: url, inputs })
  })

  it('are names and nothing more on this machine and over http', async () => {
    await using folder = await makeTempFolder()
    await using server = await startHttpBackend({ root: folder.path })
    const to = (path: string): string =>
      `${server.url}/${encodeURIComponent(path.slice(folder.path.length + 1))}`
    await mirrorOddNames(folder.path, { from: (path) => path, to, inputs: {} })
  })
})
