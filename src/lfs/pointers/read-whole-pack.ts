import { ByteReader } from '../../base/bytes.ts'
import { MirrorError } from '../../base/errors.ts'
import { giveTurn } from '../../base/turns.ts'
import type { ObjectFormat } from '../../protocol/object-id.ts'
import { collectPointers, type FoundPointers } from './find-pointers.ts'
import { mayMakePointer } from './suspect-delta.ts'

/** Bytes of a pack that are read before timers and sockets get their turn. */
const TURN_BYTES = 256 * 1024

/**
 * The pointers of a pack that is here whole and may be thin.
 * @returns undefined where that cannot be said for certain: a delta upon what only the destination has may make one, or
 *   the pack cannot be read
 * @throws the signal's reason.
 */
export async function readWholePack(
  slices: readonly Uint8Array[],
  { format, signal }: { readonly format: ObjectFormat; readonly signal: AbortSignal },
): Promise<FoundPointers | undefined> {
  try {
    const bytes = new ByteReader(inTurns(slices, signal))
    const found = await collectPointers(bytes, { format, isSuspect: mayMakePointer })
    return found.unreadable === 0 ? found : undefined
  } catch (error) {
    signal.throwIfAborted()
    // Whoever takes it in tells what is wrong with it.
    if (error instanceof MirrorError) return undefined
    throw error
  }
}

async function* inTurns(
  slices: readonly Uint8Array[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  let read = 0
  for (const slice of slices) {
    if (read >= TURN_BYTES) {
      read = 0
      await giveTurn(signal)
    }
    read += slice.length
    yield slice
  }
}
