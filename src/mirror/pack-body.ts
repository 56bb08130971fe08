import type { Slices } from '../transport/transport.ts'
import type { Clock, Relay } from './relay.ts'
import { type DestinationRun, notice } from './run-state.ts'

/** A pack as the body of a push. */
export interface PackBody {
  readonly pack: AsyncIterable<Slices>
  /** Bytes, where it was collected first. */
  readonly length: number | undefined
  /** Bytes that the destination took so far. */
  bytes(): number
  dispose(): Promise<void>
}

/**
 * The body of a push: the relay itself, or what it gave once it was collected, where this destination wants to know
 * the length beforehand or does not wait for a slow source. `destination`: its clock stands meanwhile.
 * @throws MirrorError of the source, `too-large`, and of the disk.
 */
export async function makePackBody(run: DestinationRun, relay: Relay, destination: Clock): Promise<PackBody> {
  if (!run.manner.spool) {
    return {
      pack: relay.body(),
      length: undefined,
      bytes: () => relay.bytes,
      dispose: async () => {
        run.figures.packBytes += relay.bytes
      },
    }
  }
  destination.pause()
  const { spoolPack } = await import('./spool.ts')
  const spooled = await spoolPack(relay.body())
  notice(
    run,
    'info',
    `collected a pack of ${spooled.length} bytes ${spooled.onDisk ? 'in a temporary file' : 'in memory'} before sending it`,
  )
  let sent = 0
  return {
    pack: counted(spooled.body(), (length) => (sent += length)),
    length: spooled.length,
    bytes: () => sent,
    dispose: async () => {
      run.figures.packBytes += sent
      await spooled.dispose()
    },
  }
}

async function* counted(
  slices: AsyncIterable<Uint8Array>,
  onSlice: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const slice of slices) {
    onSlice(slice.length)
    yield slice
  }
}
