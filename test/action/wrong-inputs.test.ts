import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACTION_FLEETS, fillFleet, judgeFleetAction } from '../support/bad-fleets.ts'
import { inputsOf, judgeAction, readTried } from '../support/bad-input-checks.ts'
import { type BadInput, makeBadInputs } from '../support/bad-inputs.ts'
import { hashFolder, makePair, type Pair } from '../support/pair.ts'
import { runActionHere } from '../support/run-action-here.ts'

let pair: Pair
let before: Readonly<Record<string, string>>
let badInputs: readonly BadInput[]

beforeAll(async () => {
  pair = await makePair()
  badInputs = await makeBadInputs(pair)
  before = await hashFolder(pair.destination)
})

afterAll(() => pair[Symbol.asyncDispose]())

it('wrong inputs are named by the action with what to do, and touch nothing', async () => {
  const wrong: string[] = []
  for (const row of badInputs) {
    const tried = readTried(await runActionHere({ inputs: inputsOf(row, pair), env: row.env }))
    for (const fault of judgeAction(row, tried))
      wrong.push(`${row.input}: ${JSON.stringify(row.value.slice(0, 80))}: ${fault}`)
  }
  expect(wrong).toEqual([])
  expect(badInputs.length).toBeGreaterThan(60)
  expect(await hashFolder(pair.destination)).toEqual(before)
})

describe('a file of mirrors that is wrong', () => {
  it.each(ACTION_FLEETS)('is told by the action, as its one result: $what', async (row) => {
    const inputs = { command: 'round', config: `${fillFleet(row, pair)}\n` }
    judgeFleetAction(row, await runActionHere({ inputs, env: row.env }))
    expect(await hashFolder(pair.destination)).toEqual(before)
  })
})
