import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BAD_FLEETS, fillFleet, judgeFleet } from '../support/bad-fleets.ts'
import { commandOf, judgeCommand } from '../support/bad-input-checks.ts'
import { type BadInput, makeBadInputs } from '../support/bad-inputs.ts'
import { hashFolder, makePair, type Pair } from '../support/pair.ts'
import { startCommand } from '../support/start-command.ts'
import { makeTempFolder } from '../support/temp.ts'

const PLAIN_ENV: NodeJS.ProcessEnv = { PATH: process.env['PATH'], HOME: '/dev/null' }

let pair: Pair
let before: Readonly<Record<string, string>>
let badInputs: readonly BadInput[]

beforeAll(async () => {
  pair = await makePair()
  badInputs = await makeBadInputs(pair)
  before = await hashFolder(pair.destination)
})

afterAll(() => pair[Symbol.asyncDispose]())

it('wrong inputs are named by the command line with what to do, and touch nothing', async () => {
  const rows = badInputs.filter((row) => row.actionOnly !== true)
  const wrong: string[] = []
  for (const row of rows) {
    const { args, env } = commandOf(row, pair)
    const { status, stdout, stderr } = await startCommand(args, { ...PLAIN_ENV, ...env }).run()
    const said = `${stderr}\n${stdout}`
    expect(said).not.toMatch(/^\s+at /m)
    for (const fault of judgeCommand(row, { said, status }))
      wrong.push(`${row.input}: ${JSON.stringify(row.value.slice(0, 80))}: ${fault}`)
  }
  expect(wrong).toEqual([])
  expect(rows.length).toBeGreaterThan(60)
  expect(await hashFolder(pair.destination)).toEqual(before)
})

describe('a file of mirrors that is wrong', () => {
  it.each(BAD_FLEETS)('ends a round before anything is touched: $what', async (row) => {
    await using folder = await makeTempFolder()
    const file = join(folder.path, 'mirrors.yml')
    await writeFile(file, fillFleet(row, pair))
    const ended = await startCommand(['round', file], { ...PLAIN_ENV, ...row.env }).run()
    judgeFleet(row, file, ended)
    expect(await hashFolder(pair.destination)).toEqual(before)
  })
})
