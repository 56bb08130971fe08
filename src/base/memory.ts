import { setFlagsFromString } from 'node:v8'

/** Versions whose V8 knows the flags of `keepHeapSmall`. */
const TRIED_NODES = /^v2[0-4]\./

/** As much of `ArrayBuffer` as Node 20 does not know. */
interface Detachable {
  readonly detached?: boolean
  readonly byteLength: number
  transfer?(length: number): unknown
}

let isGuarded: boolean | undefined

/**
 * Whether Node refuses to give away the memory that small buffers share: until 24.14 it does not, and every small
 * buffer of the process would be gone. Asks for more than there can be, so that nothing is given away either way: the
 * refusal comes first.
 */
function isPoolGuarded(): boolean {
  const pool: Detachable = Buffer.allocUnsafe(1).buffer
  try {
    pool.transfer?.(Number.MAX_SAFE_INTEGER)
  } catch (error) {
    return error instanceof TypeError
  }
  return false
}

function mayBePool({ byteLength }: Detachable): boolean {
  return byteLength === Buffer.poolSize && !(isGuarded ??= isPoolGuarded())
}

/**
 * Gives the memory behind `slices` back at once: what is outside of V8's heap would stay until the next collection
 * of all garbage. They are empty afterwards, and so is every other view of the same memory: none may be in use, by
 * the system either. Does nothing where Node cannot (20), and leaves alone what small buffers share.
 *
 * Without it a first mirror of 300 MB takes a quarter more memory at its peak, and over ssh a quarter more processor
 * time (Node 24.21, both servers on loopback, mean of three, with and without): http 101 and 127 MB, 1.7 and 1.7 s;
 * ssh 97 and 121 MB, 3.8 and 4.7 s.
 */
export function releaseMemory(slices: readonly Uint8Array[]): void {
  for (const slice of slices) {
    const memory: Detachable = slice.buffer
    if (memory.detached !== false || mayBePool(memory)) continue
    try {
      memory.transfer?.(0)
    } catch {
      // Shared by small buffers, and guarded.
    }
  }
}

let isHeapKeptSmall = false

/**
 * Lets V8 look for garbage sooner than it would: on a machine with much memory it lets a heap grow to several times what
 * is in use, and the part for young objects to 48 MiB or more. To be called before much is made, by what lives long and
 * makes much that is soon garbage. The two flags are read whenever the heap may grow. Does nothing where they were not
 * tried: V8 complains of a flag that it does not know.
 *
 * With 60 a round of 1,000 mirrors takes 112 MB in place of 224, one of 3,000 takes 146 in place of 296, for half as much
 * processor time again (Node 24.21, a server that answers at once). With 120 a server of 2,000 mirrors that answers 200
 * webhooks a second takes 190 MB in place of 200 to 265; with 60 it takes 165, and pauses more often.
 *
 * Relaying 1,200 MB of LFS objects takes 97 MB with it, and 128 without.
 *
 * @param growingPercent how far a heap grows beyond what is in use before all of it is looked at; the first call counts
 */
export function keepHeapSmall(growingPercent = 60): void {
  if (isHeapKeptSmall || !TRIED_NODES.test(process.version)) return
  isHeapKeptSmall = true
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`)
}
