import { withAdvice } from '../advice/advise.ts'
import { type MirrorError, toMirrorError } from '../base/errors.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import type { Connections } from '../transport/connection/connections.ts'
import { openServer } from './open-server.ts'
import { makeDoors } from './sessions/door.ts'
import { ReceivePackSession } from './sessions/receive-pack-session.ts'

/**
 * Whether a destination takes pushes, by its greeting alone: nothing is pushed.
 * @returns why not
 * @throws the signal's reason
 */
export async function tryDestination(
  endpoint: Endpoint,
  options: MirrorOptions,
  { signal, connections }: { readonly signal: AbortSignal; readonly connections?: Connections | undefined },
): Promise<MirrorError | undefined> {
  const server = openServer(endpoint, 'destination', {
    options,
    reporter: () => undefined,
    signal,
    doorOf: makeDoors(),
    surroundings: { connections },
  })
  try {
    const session = await ReceivePackSession.open(server)
    await session.close()
    return undefined
  } catch (thrown) {
    signal.throwIfAborted()
    const error = toMirrorError(thrown, { code: 'cut', side: 'destination' })
    return withAdvice(error, { phase: 'list', words: [], host: server.host })
  } finally {
    await server.remote.dispose()
  }
}
