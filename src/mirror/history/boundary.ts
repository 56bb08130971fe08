import type { ObjectId } from '../../protocol/object-id.ts'
import { skipEmptyPack } from '../pack/opened-pack.ts'
import { askKnownIds } from './known-ids.ts'
import type { UploadPackPool } from '../sessions/upload-pack-pool.ts'

/** Deeper questions cost a server seconds; what is not found by then is taken as not shared. */
const DEEPEST_COMMITS = 65_536
/** Tips that are asked about at once. */
const TIPS_ASKED = 64

export interface Boundary {
  /** Commits of the destination to offer as haves, the known ones among them. */
  readonly ids: readonly ObjectId[]
  /** The source has at least one of them. */
  readonly shared: boolean
  /** Commits between the tips and the boundary. */
  readonly depth: number
}

/**
 * Looks for the place where two histories part, without a clone: the destination's upload-pack is asked for
 * the commits N steps behind `tips` (`want T`, `have T`, `deepen N`, `done`: shallow lines and an empty pack,
 * gitprotocol-v2 "fetch"), at growing N, until the source knows one of them; then N is narrowed down.
 * @throws MirrorError of either server.
 */
export async function findBoundary(options: {
  readonly destination: UploadPackPool
  readonly source: UploadPackPool
  readonly tips: readonly ObjectId[]
  /** A tip of the source, for servers that answer no question without a want. */
  readonly want: ObjectId | undefined
}): Promise<Boundary> {
  const { destination, source, want } = options
  const tips = options.tips.slice(0, TIPS_ASKED)
  const asked = new Map<number, Boundary>()
  const ask = async (depth: number): Promise<Boundary> => {
    const before = asked.get(depth)
    if (before) return before
    const ids = await askBoundary(destination, tips, depth)
    const common = ids.length === 0 ? new Set<ObjectId>() : await askKnownIds(source, { ids, want })
    const boundary = { ids, shared: common.size > 0, depth }
    asked.set(depth, boundary)
    return boundary
  }
  let low = 1
  for (let depth = 2; depth <= DEEPEST_COMMITS; depth *= depth < 512 ? 2 : 8) {
    const found = await ask(depth)
    if (found.shared) return await narrow(low, found, ask)
    if (found.ids.length === 0) break
    low = depth
  }
  return { ids: [], shared: false, depth: low }
}

async function narrow(
  low: number,
  found: Boundary,
  ask: (depth: number) => Promise<Boundary>,
): Promise<Boundary> {
  let best = found
  let under = low
  while (best.depth - under > 1) {
    const middle = await ask(Math.floor((under + best.depth) / 2))
    if (middle.shared) best = middle
    else under = middle.depth
  }
  return best
}

/** The commits `depth` steps behind `tips`; empty where the whole history is shorter. */
export async function askBoundary(
  server: UploadPackPool,
  tips: readonly ObjectId[],
  depth: number,
): Promise<readonly ObjectId[]> {
  const session = await server.lease()
  const fetching = await session.fetch({
    wants: tips,
    haves: tips,
    thin: true,
    ofsDelta: true,
    deepen: depth,
  })
  await skipEmptyPack(fetching)
  server.release(session)
  return fetching.answer.shallow
}
