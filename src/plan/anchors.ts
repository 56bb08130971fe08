import type { AdvertisedRef } from '../protocol/advertisement.ts'
import type { ObjectId } from '../protocol/object-id.ts'

/**
 * Refs of ours at a destination that is filled in pieces: they keep what arrived, and a run that was cut goes
 * on behind them. Tags, because a branch may become the default branch or start somebody's workflow, and other
 * namespaces are refused by some hosts (D6).
 */
export const ANCHOR_PREFIX = 'refs/tags/kalandra-pieces/'

export function isAnchor(name: string): boolean {
  return name.startsWith(ANCHOR_PREFIX)
}

/** The name of the anchor of one commit; `since` is the cut, in seconds since 1970. */
export function anchorName(since: number, id: ObjectId): string {
  return `${ANCHOR_PREFIX}${since}-${id.slice(0, 16)}`
}

/** The cut of the latest piece that arrived whole; undefined where there is none. */
export function latestCut(refs: readonly AdvertisedRef[]): number | undefined {
  let latest: number | undefined
  for (const ref of refs) {
    const since = isAnchor(ref.name) ? Number.parseInt(ref.name.slice(ANCHOR_PREFIX.length), 10) : Number.NaN
    if (!Number.isNaN(since) && (latest === undefined || since > latest)) latest = since
  }
  return latest
}
