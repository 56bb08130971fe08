import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Lets events in between two steps of long work, of which a signal of the system is one.
 * @throws the reason of `signal`, where the run was ended.
 */
export async function breathe(signal: AbortSignal): Promise<void> {
  await nextTurn()
  signal.throwIfAborted()
}
