import type { AdvertisedRef } from '../protocol/advertisement.ts'
import type { ObjectId } from '../protocol/object-id.ts'

/**
 * Refs of ours at a destination that is filled in pieces: they keep what arrived, and a run that was cut goes
 * on behind them. No branches, which may become the default branch or start somebody's workflow; and no tags, which
 * hosts show as releases, where the server takes another namespace.
 */
export const ANCHOR_PREFIX = 'refs/kalandra/pieces/'

/** A ref that is made to learn whether a server takes the namespace. */
export const ANCHOR_PROBE = `${ANCHOR_PREFIX}probe`

/** For servers that take nothing but branches and tags. */
export const ANCHOR_TAG_PREFIX = 'refs/tags/kalandra-pieces/'

const ANCHOR_PREFIXES = [ANCHOR_PREFIX, ANCHOR_TAG_PREFIX]

export function isAnchor(name: string): boolean {
  return prefixOf(name) !== undefined
}

export function isProbe(name: string): boolean {
  return name === ANCHOR_PROBE
}

/** The name of the anchor of one commit; `since` is the cut, in seconds since 1970. */
export function anchorName(prefix: string, since: number, id: ObjectId): string {
  return `${prefix}${since}-${id.slice(0, 16)}`
}

/** The namespace that a server is known to take, by the anchors that it shows. */
export function shownPrefix(refs: readonly AdvertisedRef[]): string | undefined {
  return ANCHOR_PREFIXES.find((prefix) => refs.some((ref) => ref.name.startsWith(prefix)))
}

/** The cut of the latest piece that arrived whole; undefined where there is none. */
export function latestCut(refs: readonly AdvertisedRef[]): number | undefined {
  let latest: number | undefined
  for (const { name } of refs) {
    const since = Number.parseInt(name.slice(prefixOf(name)?.length ?? name.length), 10)
    if (!Number.isNaN(since) && (latest === undefined || since > latest)) latest = since
  }
  return latest
}

function prefixOf(name: string): string | undefined {
  return ANCHOR_PREFIXES.find((prefix) => name.startsWith(prefix))
}
