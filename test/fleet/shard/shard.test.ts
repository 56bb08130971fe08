import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { makeMatrix } from '../../../src/fleet/shard/matrix.ts'
import { defaultShardCount, readShard, shardOf } from '../../../src/fleet/shard/shard.ts'

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `github.com/acme/repository-${index}`)
}

function refusal(text: string, env: NodeJS.ProcessEnv = {}): string {
  try {
    readShard(text, env, '--shard')
    return 'taken'
  } catch (error) {
    return (error as MirrorError).message
  }
}

describe('readShard', () => {
  it.each([
    ['3/20', {}, { index: 3, count: 20 }],
    [' 1/1 ', {}, { index: 1, count: 1 }],
    ['auto', { JOB_COMPLETION_INDEX: '0', KALANDRA_SHARDS: '20' }, { index: 1, count: 20 }],
    ['auto', { CI_NODE_INDEX: '1', CI_NODE_TOTAL: '20' }, { index: 1, count: 20 }],
    ['auto', { AWS_BATCH_JOB_ARRAY_INDEX: '19', AWS_BATCH_JOB_ARRAY_SIZE: '20' }, { index: 20, count: 20 }],
    ['AUTO', { NOMAD_ALLOC_INDEX: '4', KALANDRA_SHARDS: '5' }, { index: 5, count: 5 }],
  ])('reads %s with %j', (text, env, shard) => {
    expect(readShard(text, env, '--shard')).toEqual(shard)
  })

  it.each(['', '0/3', '4/3', '1', 'a/b', '1/0', '-1/3', '1/3/5', '1.5/3', '1/9999999'])(
    'refuses %j',
    (text) => {
      expect(refusal(text)).toBe('--shard: this is not a shard')
    },
  )

  it('says which variable is missing or wrong', () => {
    expect(refusal('auto')).toMatch(/auto finds none of JOB_COMPLETION_INDEX, CI_NODE_INDEX/)
    expect(refusal('auto', { JOB_COMPLETION_INDEX: '0' })).toMatch(/and not KALANDRA_SHARDS/)
    expect(refusal('auto', { JOB_COMPLETION_INDEX: 'x', KALANDRA_SHARDS: '2' })).toMatch(
      /INDEX is not a whole number/,
    )
    expect(refusal('auto', { JOB_COMPLETION_INDEX: '5', KALANDRA_SHARDS: '5' })).toMatch(
      /INDEX is 5, and KALANDRA_SHARDS is 5/,
    )
  })
})

describe('shardOf', () => {
  it('puts every name into one shard, whatever others there are', () => {
    for (const count of [1, 7, 256]) {
      for (const name of names(500)) {
        const shard = shardOf(name, count)
        expect(shard).toBeGreaterThanOrEqual(1)
        expect(shard).toBeLessThanOrEqual(count)
        expect(shardOf(name, count)).toBe(shard)
      }
    }
    const hash = createHash('sha256').update('linux').digest('hex')
    expect(shardOf('linux', 20)).toBe((Number.parseInt(hash.slice(0, 8), 16) % 20) + 1)
  })

  it('fills the fullest of 100 shards of 5,000 names to at most 1.7 of the mean', () => {
    const counts = new Map<number, number>()
    for (const name of names(5000)) counts.set(shardOf(name, 100), (counts.get(shardOf(name, 100)) ?? 0) + 1)
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(1.7 * 50)
  })
})

describe('[F16] a matrix', () => {
  it.each([0, 1, 255, 256, 257, 5000])(
    'of %d mirrors holds each of them once, in at most 256 jobs',
    (count) => {
      const matrix = makeMatrix(names(count), Math.max(1, defaultShardCount(count)))
      expect((matrix?.include ?? []).reduce((sum, { count }) => sum + count, 0)).toBe(count)
      expect(matrix?.include.length ?? 0).toBeLessThanOrEqual(64)
      const large = makeMatrix(names(count), 5000)
      expect((large?.include ?? []).reduce((sum, { count }) => sum + count, 0)).toBe(count)
      expect(large?.include.length ?? 0).toBeLessThanOrEqual(256)
      expect(JSON.stringify(large ?? {}).length).toBeLessThan(20_000)
    },
  )

  it('is none where nothing is to do, and has no job that has nothing to do', () => {
    expect(makeMatrix([], 4)).toBeUndefined()
    expect(makeMatrix(['one'], 8)).toEqual({ include: [{ shard: `${shardOf('one', 8)}/8`, count: 1 }] })
  })

  it('has 50 mirrors a job by default, and at most 64 jobs', () => {
    expect([0, 1, 50, 51, 3200, 5000, 50_000].map(defaultShardCount)).toEqual([0, 1, 1, 2, 64, 64, 64])
  })
})
