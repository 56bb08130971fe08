import type { PackGlance } from './carry-options.ts'
import type { FoundPointers } from './pointers/find-pointers.ts'

/**
 * A pack that is collected before any of it is sent on: it takes no longer than a question to the source would, and nearly
 * all pushes are smaller.
 */
const SMALL_PACK_BYTES = 1024 * 1024
/** On a slow road the question is quicker. */
const SMALL_PACK_MS = 2000

/** What the pack of a push shows by itself, where it is small and came quickly. @throws the signal's reason. */
export async function glanceFirst(glance: PackGlance | undefined): Promise<FoundPointers | undefined> {
  return await glance?.read(SMALL_PACK_BYTES, SMALL_PACK_MS)
}

/** Nothing of LFS is in it: nobody need be asked, and there is nothing to remember. */
export function isPlain({ pointers, isTracked, mayHaveConfig, unreadable }: FoundPointers): boolean {
  return pointers.length === 0 && !isTracked && !mayHaveConfig && unreadable === 0
}
