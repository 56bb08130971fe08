import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadCore } from '../../src/action/core.ts'
import { computeOutputs, OUTPUT_NAMES, writeOutputs } from '../../src/action/outputs.ts'
import {
  ID_A,
  ID_B,
  makeChanges,
  makeDestination,
  makeRejected,
  makeResult,
  NO_ID,
} from '../support/results.ts'
import { makeTempFolder } from '../support/temp.ts'

afterEach(() => vi.unstubAllEnvs())

describe('computeOutputs', () => {
  it('tells what changed and what was rejected, by destination', () => {
    const result = makeResult([
      makeDestination({
        destination: 'd1',
        status: 'mirrored',
        changed: [
          { ref: 'refs/heads/new', action: 'create', old: NO_ID, new: ID_A },
          { ref: 'refs/heads/main', action: 'update', old: ID_A, new: ID_B },
          { ref: 'refs/heads/wild', action: 'force', old: ID_B, new: ID_A },
          { ref: 'refs/heads/gone', action: 'delete', old: ID_A, new: NO_ID },
        ],
        figures: { ...makeDestination().figures, packBytes: 100, lfsObjects: 2, lfsBytes: 3000 },
      }),
      makeDestination({
        destination: 'd2',
        status: 'rejected',
        rejected: [makeRejected({ reason: 'no\nway' })],
        figures: { ...makeDestination().figures, packBytes: 11, lfsObjects: 1, lfsBytes: 7 },
      }),
    ])
    const { values, leftOut } = computeOutputs(result)
    expect(leftOut).toBe(0)
    expect(values).toMatchObject({
      changed: 'true',
      created: '1',
      updated: '2',
      deleted: '1',
      rejected: '1',
      'pack-bytes': '111',
      'lfs-objects': '3',
      'lfs-bytes': '3007',
    })
    expect(JSON.parse(values['updated-refs'])).toEqual([
      { destination: 'd1', ref: 'refs/heads/new', action: 'create', old: NO_ID, new: ID_A },
      { destination: 'd1', ref: 'refs/heads/main', action: 'update', old: ID_A, new: ID_B },
      { destination: 'd1', ref: 'refs/heads/wild', action: 'force', old: ID_B, new: ID_A },
      { destination: 'd1', ref: 'refs/heads/gone', action: 'delete', old: ID_A, new: NO_ID },
    ])
    const [rejected] = JSON.parse(values['rejected-refs'])
    expect(Object.keys(rejected)).toEqual(['destination', 'ref', 'action', 'reason'])
    expect(rejected.destination).toBe('d2')
    expect(rejected.reason).not.toContain('\n')
  })

  it('says false and empty lists where nothing happened', () => {
    expect(computeOutputs(makeResult([])).values).toEqual({
      changed: 'false',
      'updated-refs': '[]',
      'rejected-refs': '[]',
      created: '0',
      updated: '0',
      deleted: '0',
      rejected: '0',
      'pack-bytes': '0',
      'lfs-objects': '0',
      'lfs-bytes': '0',
    })
  })

  it('has changed nothing in a dry run, and tells what would', () => {
    const planned = makeDestination({ status: 'planned', changed: makeChanges(2) })
    const { values } = computeOutputs(makeResult([planned], { dryRun: true }))
    expect(values.changed).toBe('false')
    expect(values.created).toBe('2')
    expect(JSON.parse(values['updated-refs'])).toHaveLength(2)
  })

  it('stays below the limit of a job with any number of refs, and still counts them all', () => {
    const rejected = Array.from({ length: 50_000 }, (_, index) =>
      makeRejected({ ref: `refs/heads/日本${index}` }),
    )
    const result = makeResult([
      makeDestination({ changed: makeChanges(100_000), rejected, status: 'rejected' }),
    ])
    const { values, leftOut } = computeOutputs(result)
    const lists = [values['updated-refs'], values['rejected-refs']]
    const bytes = lists.map((json) => Math.max(json.length * 2, Buffer.byteLength(json)))
    expect(bytes[0]! + bytes[1]!).toBeLessThan(900_000)
    const kept = lists.map((json) => JSON.parse(json).length)
    expect(kept[0]).toBeGreaterThan(1000)
    expect(kept[1]).toBeGreaterThan(1000)
    expect(leftOut).toBe(150_000 - kept[0] - kept[1])
    expect(values.created).toBe('100000')
    expect(values.rejected).toBe('50000')
  })
})

it('writes every output to the file of the runner', async () => {
  await using folder = await makeTempFolder()
  const path = join(folder.path, 'output')
  await writeFile(path, '')
  vi.stubEnv('GITHUB_OUTPUT', path)
  writeOutputs(computeOutputs(makeResult([])), await loadCore())
  const text = await readFile(path, 'utf8')
  // A plan alone has a matrix.
  for (const name of OUTPUT_NAMES) {
    if (name !== 'matrix') expect(text).toMatch(new RegExp(`^${name}<<`, 'm'))
  }
})
