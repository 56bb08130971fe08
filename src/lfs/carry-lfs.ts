import { type Carried, type CarryOptions, NOTHING } from './carry-options.ts'
import { choosePointers } from './choose-pointers.ts'

/**
 * Carries what LFS keeps beside the objects of a push, before the push: finds the pointers that become visible at the
 * destination, asks both servers, relays what is missing, and asks the destination again.
 * @throws MirrorError for an object that the destination did not take, or does not list afterwards; with `true` and
 *   `full` for everything that cannot be carried; the signal's reason.
 */
export async function carryLfs(options: CarryOptions): Promise<Carried> {
  const { member } = options
  try {
    const pointers = await choosePointers(options)
    if (pointers.length === 0) return NOTHING
    const { carryPointers } = await import('./carry-pointers.ts')
    return await carryPointers(options, pointers)
  } finally {
    member.leave()
  }
}
