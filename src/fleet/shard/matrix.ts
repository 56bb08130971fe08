import { MOST_SHARDS, shardOf } from './shard.ts'

/** What `strategy.matrix` of a workflow takes. */
export interface Matrix {
  readonly include: readonly { readonly shard: string; readonly count: number }[]
}

/** How many mirrors each shard has, in order. `keys`: for each mirror, the name by which it is put into a shard. */
export function countShards(keys: readonly string[], count: number): readonly number[] {
  const counts = Array.from({ length: count }, () => 0)
  for (const key of keys) counts[shardOf(key, count) - 1]! += 1
  return counts
}

/**
 * A matrix of the shards that have something to do. It holds numbers alone: an output with a masked value is dropped
 * as a whole. Undefined: nothing is to do, and an empty matrix would fail the workflow.
 */
export function makeMatrix(keys: readonly string[], count: number): Matrix | undefined {
  const shards = Math.min(count, MOST_SHARDS)
  const include = countShards(keys, shards).flatMap((mirrors, index) =>
    mirrors === 0 ? [] : [{ shard: `${index + 1}/${shards}`, count: mirrors }],
  )
  return include.length === 0 ? undefined : { include }
}
