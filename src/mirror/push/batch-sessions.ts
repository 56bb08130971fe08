import type { MirrorError } from '../../base/errors.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import type { DestinationRun } from '../state/destination-state.ts'

/** A kept-open receive-pack that has waited longer than this is greeted anew before the push. */
const LONGEST_WAIT = 10_000

/** The receive-packs of a push of several batches. */
export interface Sessions {
  readonly run: DestinationRun
  session: ReceivePackSession
  /** What is greeted for the batch after this one. */
  ahead: Ahead | undefined
  /** Milliseconds of the last batch. */
  lastTime: number
}

interface Ahead {
  /** Undefined when it could not be had. */
  readonly session: Promise<ReceivePackSession | undefined>
  readonly controller: AbortController
  isGreeted: boolean
}

/**
 * The kept session while it is young, else the one that was greeted meanwhile, else a new one: no server waits on
 * an idle upload (F13, K7).
 */
export async function usableSession(state: Sessions): Promise<ReceivePackSession> {
  const { run, session, ahead } = state
  if (session.forgets || isYoung(session)) return session
  await endSession(session, undefined)
  state.ahead = undefined
  const next = await ahead?.session
  if (next !== undefined) {
    if (isYoung(next)) return next
    await endSession(next, undefined)
  }
  return await ReceivePackSession.open(run.server)
}

function isYoung(session: ReceivePackSession): boolean {
  return session.usable && performance.now() - session.openedAt < LONGEST_WAIT
}

/**
 * Greets the receive-pack of the next batch while the server works on this one: it shows every ref, which takes
 * long where there are many. What it shows is not used; a command names the old value that was planned with.
 * Not beside the batch that brings the objects: a server that looks before they are there may not look again.
 */
export function greetAhead(state: Sessions): void {
  const { run, session } = state
  if (session.forgets || !run.manner.greetAhead || state.lastTime > LONGEST_WAIT) return
  const controller = new AbortController()
  const opening = ReceivePackSession.open(run.server, controller.signal)
  // Its failure is met by greeting once more, when it is needed.
  const ahead: Ahead = { session: opening.catch(() => undefined), controller, isGreeted: false }
  void ahead.session.then(() => (ahead.isGreeted = true))
  state.ahead = ahead
}

/** A server that does not greet is not waited for. */
export async function dropAhead({ ahead }: Sessions): Promise<void> {
  if (ahead === undefined) return
  if (!ahead.isGreeted) ahead.controller.abort(new Error('no other push is made'))
  await (await ahead.session)?.close()
}

/** Ends a session politely, or at once when its side failed. */
export async function endSession(session: ReceivePackSession, error: MirrorError | undefined): Promise<void> {
  if (error !== undefined && error.side === 'destination') session.abort(error)
  await session.close()
}
