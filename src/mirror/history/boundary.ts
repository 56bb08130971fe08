import type { ObjectId } from '../../protocol/object-id.ts'
import { skipEmptyPack } from '../pack/opened-pack.ts'
import { askKnownIds } from './known-ids.ts'
import type { UploadPackPool } from '../sessions/upload-pack-pool.ts'

/** Deeper questions cost a server seconds; what is not found by then is taken as not shared. */
const DEEPEST_COMMITS = 65_536
/** Tips that are asked about at once. */
const TIPS_ASKED = 64
/** Tips that are asked about one by one, where all of them together show nothing. */
const TIPS_ASKED_ALONE = 8

export interface Boundary {
  /** Commits of the destination to offer as haves, the known ones among them. */
  readonly ids: readonly ObjectId[]
  /** The source has at least one of them. */
  readonly shared: boolean
  /** Commits between the tips and the boundary. */
  readonly depth: number
}

interface BoundaryOptions {
  readonly destination: UploadPackPool
  readonly source: UploadPackPool
  readonly tips: readonly ObjectId[]
  /** A tip of the source, for servers that answer no question without a want. */
  readonly want: ObjectId | undefined
}

/**
 * Looks for the place where two histories part, without a clone: the destination's upload-pack is asked for
 * the commits N steps behind `tips` (`want T`, `have T`, `deepen N`, `done`: shallow lines and an empty pack,
 * gitprotocol-v2 "fetch"), at growing N, until the source knows one of them; then N is narrowed down.
 * @throws MirrorError of either server.
 */
export async function findBoundary(options: BoundaryOptions): Promise<Boundary> {
  try {
    return await findAmong(options, options.tips.slice(0, TIPS_ASKED))
  } finally {
    options.destination.leaveIdle()
  }
}

async function findAmong(options: BoundaryOptions, all: readonly ObjectId[]): Promise<Boundary> {
  const found = await searchBoundary({ ...options, tips: all })
  if (found.shared || all.length === 1) return found
  // A short history may share its first commit alone, which no depth shows when a longer one is asked about with it.
  for (const tip of all.slice(0, TIPS_ASKED_ALONE)) {
    const alone = await searchBoundary({ ...options, tips: [tip] })
    if (alone.shared) return alone
  }
  return found
}

async function searchBoundary({ destination, source, tips, want }: BoundaryOptions): Promise<Boundary> {
  const ask = async (depth: number): Promise<Boundary> => {
    const ids = await askBoundary(destination, tips, depth)
    const common = await askKnownIds(source, { ids, want })
    return { ids, shared: common.size > 0, depth }
  }
  let low = 1
  for (let depth = 2; depth <= DEEPEST_COMMITS; depth *= depth < 512 ? 2 : 8) {
    const found = await ask(depth)
    if (found.shared) return await narrow(low, found, ask)
    if (found.ids.length === 0) return await searchEnd(low, depth, ask)
    low = depth
  }
  return { ids: [], shared: false, depth: low }
}

/** The first commits stand between a depth that shows commits and one that shows none. */
async function searchEnd(
  low: number,
  high: number,
  ask: (depth: number) => Promise<Boundary>,
): Promise<Boundary> {
  let [under, over] = [low, high]
  while (over - under > 1) {
    const middle = await ask(Math.floor((under + over) / 2))
    if (middle.shared) return await narrow(under, middle, ask)
    if (middle.ids.length === 0) over = middle.depth
    else under = middle.depth
  }
  return { ids: [], shared: false, depth: under }
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
  // Such questions come in series, or the pack is asked for after them.
  server.openAhead()
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
