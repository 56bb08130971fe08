import { readClock } from '../../base/clock.ts'
import type { MirrorError } from '../../base/errors.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import type { Server } from '../sessions/server.ts'

/** A kept-open receive-pack that has waited longer than this is greeted anew before the push. */
const LONGEST_WAIT_MS = 10_000

interface Ahead {
  /** Undefined when it could not be had. */
  readonly session: Promise<ReceivePackSession | undefined>
  readonly controller: AbortController
  isGreeted: boolean
}

/** The receive-packs of a push of several batches. */
export class BatchSessions {
  /** The one that is pushed to, or was last. */
  current: ReceivePackSession
  readonly #server: Server
  readonly #mayGreetAhead: boolean
  /** What is greeted for the batch after this one. */
  #ahead: Ahead | undefined
  /** Milliseconds of the last batch. */
  #lastTime = 0

  /** `held`: greeted already. */
  constructor(server: Server, held: ReceivePackSession, mayGreetAhead: boolean) {
    this.#server = server
    this.current = held
    this.#mayGreetAhead = mayGreetAhead
  }

  /** The next push goes over a connection that was opened during the one before. */
  get isGreetedAhead(): boolean {
    return this.#ahead !== undefined
  }

  /**
   * The kept session while it is young, else the one that was greeted meanwhile, else a new one: no server waits on
   * an idle upload (F13, K7).
   */
  async renew(): Promise<void> {
    if (this.current.forgets || isYoung(this.current)) return
    await endSession(this.current, undefined)
    const ahead = this.#ahead
    this.#ahead = undefined
    const next = await ahead?.session
    if (next !== undefined && !isYoung(next)) await endSession(next, undefined)
    this.current = next !== undefined && isYoung(next) ? next : await ReceivePackSession.open(this.#server)
  }

  noteTime(milliseconds: number): void {
    this.#lastTime = milliseconds
  }

  /**
   * Greets the receive-pack of the next batch while the server works on this one: it shows every ref, which takes
   * long where there are many. What it shows is not used; a command names the old value that was planned with.
   * Not beside the batch that brings the objects: a server that looks before they are there may not look again.
   */
  greetAhead(): void {
    if (this.current.forgets || !this.#mayGreetAhead || this.#lastTime > LONGEST_WAIT_MS) return
    const controller = new AbortController()
    const opening = ReceivePackSession.open(this.#server, controller.signal)
    // Its failure is met by greeting once more, when it is needed.
    const ahead: Ahead = { session: opening.catch(() => undefined), controller, isGreeted: false }
    void ahead.session.then(() => (ahead.isGreeted = true))
    this.#ahead = ahead
  }

  /** All is over. `error`: what ended it. A server that does not greet is not waited for. */
  async end(error: MirrorError | undefined): Promise<{ readonly closed: Promise<void> }> {
    const closed = endSession(this.current, error)
    // The report is whole: the listing need not wait for the end of the program that wrote it.
    if (error !== undefined) await closed
    const ahead = this.#ahead
    if (ahead !== undefined) {
      if (!ahead.isGreeted) ahead.controller.abort(new Error('no other push is made'))
      await (await ahead.session)?.close()
    }
    return { closed }
  }
}

function isYoung(session: ReceivePackSession): boolean {
  return session.usable && readClock() - session.openedAt < LONGEST_WAIT_MS
}

/** Ends a session politely, or at once when its side failed. */
async function endSession(session: ReceivePackSession, error: MirrorError | undefined): Promise<void> {
  if (error !== undefined && error.side === 'destination') session.abort(error)
  await session.close()
}
