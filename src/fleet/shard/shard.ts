import { loadCrypto } from '../../base/crypto.ts'
import { MirrorError } from '../../base/errors.ts'

/** One of several parts of a fleet; `index` from 1. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** GitHub runs no job of a matrix that has more. */
export const MOST_SHARDS = 256
const DEFAULT_MOST_SHARDS = 64
const MIRRORS_PER_SHARD = 50
/** For Kubernetes and others that run more at once than a matrix may have jobs. */
const MOST_PARTS = 100_000

/** The shard, from 1, in which a name is: the same wherever it is asked, whatever other names there are. */
export function shardOf(name: string, count: number): number {
  const hash = loadCrypto().createHash('sha256').update(name).digest()
  return (hash.readUInt32BE(0) % count) + 1
}

/** How many shards a matrix has for so many mirrors, where nobody says it. */
export function defaultShardCount(mirrors: number): number {
  return Math.min(DEFAULT_MOST_SHARDS, Math.ceil(mirrors / MIRRORS_PER_SHARD))
}

interface Engine {
  readonly index: string
  readonly first: 0 | 1
  readonly count: readonly string[]
}

/** Variables by which engines tell a process which of several it is. */
const ENGINES: readonly Engine[] = [
  { index: 'JOB_COMPLETION_INDEX', first: 0, count: ['KALANDRA_SHARDS'] },
  { index: 'CI_NODE_INDEX', first: 1, count: ['CI_NODE_TOTAL'] },
  { index: 'AWS_BATCH_JOB_ARRAY_INDEX', first: 0, count: ['AWS_BATCH_JOB_ARRAY_SIZE', 'KALANDRA_SHARDS'] },
  { index: 'NOMAD_ALLOC_INDEX', first: 0, count: ['KALANDRA_SHARDS'] },
]

/**
 * Reads `I/N`, or `auto` by the variables of Kubernetes (Indexed Job), GitLab CI (`parallel`), AWS Batch and Nomad.
 * @throws MirrorError `usage` that names `label`
 */
export function readShard(text: string, env: NodeJS.ProcessEnv, label: string): Shard {
  if (text.trim().toLowerCase() === 'auto') return readAuto(env, label)
  const parts = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim())
  const index = Number(parts?.[1])
  const count = Number(parts?.[2])
  if (index >= 1 && index <= count && count <= MOST_PARTS) return { index, count }
  throw new MirrorError(`${label}: this is not a shard`, {
    code: 'usage',
    hint: 'Write I/N, such as 3/20 for the third of twenty, or auto.',
  })
}

function readAuto(env: NodeJS.ProcessEnv, label: string): Shard {
  const engine = ENGINES.find(({ index }) => (env[index] ?? '') !== '')
  if (engine === undefined) {
    throw new MirrorError(`${label}: auto finds none of ${ENGINES.map(({ index }) => index).join(', ')}`, {
      code: 'usage',
      hint: 'Write I/N where no engine says which part of the fleet a process has.',
    })
  }
  const named = engine.count.find((name) => (env[name] ?? '') !== '')
  const index = readWhole(env, engine.index, label) + 1 - engine.first
  const count = named === undefined ? Number.NaN : readWhole(env, named, label)
  if (named === undefined) {
    throw new MirrorError(`${label}: auto finds ${engine.index}, and not ${engine.count[0]}`, {
      code: 'usage',
      hint: `Set ${engine.count.at(-1)} to the number of shards.`,
    })
  }
  if (index >= 1 && index <= count && count <= MOST_PARTS) return { index, count }
  throw new MirrorError(`${label}: ${engine.index} is ${env[engine.index]}, and ${named} is ${env[named]}`, {
    code: 'usage',
    hint: 'There are fewer shards than processes: give both the same number.',
  })
}

function readWhole(env: NodeJS.ProcessEnv, name: string, label: string): number {
  const text = env[name]?.trim() ?? ''
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new MirrorError(`${label}: ${name} is not a whole number`, { code: 'usage' })
}
