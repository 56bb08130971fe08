import { readClock } from '../../base/clock.ts'
import { MirrorError } from '../../base/errors.ts'
import type { PushRequest } from '../sessions/receive-pack-session.ts'
import { type PackStream, tap } from '../sessions/pack-stream.ts'
import type { OpenedPack } from './opened-pack.ts'
import { Relay, type RelayOptions } from './relay.ts'

/** A pack on its way to a destination: as it flows, or collected before. */
export interface Outgoing {
  readonly pack: PushRequest['pack']
  /** Bytes of a pack that was collected. */
  readonly length: number | undefined
  /** Bytes that were handed to the destination. */
  bytes(): number
  /** Why the pack broke off: the source's failure, or our limit of size. */
  error(): MirrorError | undefined
  /** Milliseconds that the destination waits, or has just waited, for a byte of the source. */
  starved(): number
  /** Ends what is under way and removes what was kept. Never throws. */
  dispose(): Promise<void>
}

export interface OutgoingOptions extends Omit<RelayOptions, 'pack'> {
  readonly pack: OpenedPack
  /** Collect the pack first. */
  readonly spool: boolean
  /** A line for the log. */
  readonly note: (text: string) => void
  /** Bytes that were sent, once all is over. */
  readonly onSent: (bytes: number) => void
}

/**
 * Makes a pack ready to be sent in the manner that this destination needs; one that is to be collected is waited
 * for here.
 * @throws MirrorError of the source, `too-large` at our own limit, `local` when the disk cannot take it.
 */
export async function prepareOutgoing(options: OutgoingOptions): Promise<Outgoing> {
  const { pack } = options
  const { source, waited } = watchHunger(pack.source)
  const opened = { ...pack, source }
  if (options.spool) return await collect({ ...options, pack: opened })
  const relay = new Relay({ ...options, pack: opened })
  return {
    pack: relay.body(),
    length: undefined,
    bytes: () => relay.bytes,
    error: () => relay.error,
    starved: waited,
    dispose: async () => {
      if (!relay.complete) source.cancel()
      options.onSent(relay.bytes)
    },
  }
}

async function collect(options: OutgoingOptions): Promise<Outgoing> {
  const { onBytes } = options
  // Nothing is sent meanwhile: the destination's clock stands.
  options.destination.pause()
  const relay = new Relay({ ...options, destination: NO_CLOCK })
  const { spoolPack } = await import('./spool.ts')
  const spooled = await spoolPack(relay.body(), {
    onDisk: (folder) =>
      options.note(`the pack does not fit in memory: keeping it in a temporary file in ${folder}`),
  })
  const { length } = spooled
  const where = spooled.onDisk ? 'in a temporary file' : 'in memory'
  options.note(`collected a pack of ${length} bytes ${where} before sending it`)
  let sent = 0
  const onSlice = (bytes: number): void => {
    sent += bytes
    onBytes(sent)
  }
  return {
    pack: counted(spooled.body(), onSlice),
    length,
    bytes: () => sent,
    error: () => undefined,
    starved: () => 0,
    dispose: async () => {
      options.onSent(sent)
      await spooled.dispose()
    },
  }
}

const NO_CLOCK = { pause: () => undefined, resume: () => undefined }

async function* counted(
  slices: AsyncIterable<Uint8Array>,
  onSlice: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const slice of slices) {
    onSlice(slice.length)
    yield slice
  }
}

/** The same stream, with a clock for the time that its reader waits. */
function watchHunger(stream: PackStream): { readonly source: PackStream; readonly waited: () => number } {
  let since: number | undefined
  let last = 0
  const source = tap(stream, {
    onWait: (isWaiting) => {
      const now = readClock()
      if (!isWaiting && since !== undefined) last = now - since
      since = isWaiting ? now : undefined
    },
  })
  return {
    source,
    waited: () => Math.max(last, since === undefined ? 0 : readClock() - since),
  }
}
