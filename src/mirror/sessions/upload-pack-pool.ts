import type { Advertisement } from '../../protocol/advertisement.ts'
import type { Remote } from '../../transport/connection/connection.ts'
import { quietServer, type Server } from './server.ts'
import type { Fetching, FetchQuestion, RefListing } from './fetching.ts'
import { tap } from './pack-stream.ts'
import { UploadPackSession } from './upload-pack-session.ts'

/** Of an advertisement what holds for each connection. */
export type Greeting = Pick<Advertisement, 'version' | 'capabilities'>

/** A connection that is being opened for the next question. */
interface Ahead {
  /** Undefined where it failed: whoever needs one opens it anew, and meets the reason. */
  readonly opening: Promise<UploadPackSession | undefined>
  readonly controller: AbortController
}

/**
 * The upload-pack of one server: sessions are opened when needed. One that has answered a fetch is spent, unless it is git's:
 * servers may keep what they know of us until the connection ends (JGit does), and the next answer would be too small. One
 * that is not spent is kept for the next question.
 */
export class UploadPackPool {
  readonly server: Server
  readonly #twin: UploadPackPool | undefined
  #idle: UploadPackSession | undefined
  #ahead: Ahead | undefined
  #refusesInsisting = false
  #greeting: Greeting | undefined
  #shared: Promise<UploadPackSession> | undefined

  /** `twin`: the same server; its greeting, or a session that it does not use, serves for both. */
  constructor(server: Server, twin?: UploadPackPool) {
    this.server = server
    this.#twin = twin
  }

  /** The greeting that stands for all requests, where the server forgets and has been greeted. */
  async shared(): Promise<UploadPackSession | undefined> {
    const session = await this.#shared
    if (!session?.over) return session
    this.#shared = undefined
    return undefined
  }

  /** What the server said of itself when it was last greeted; it is greeted where it was not yet. */
  async greeting(): Promise<Greeting> {
    const known = this.#greeting ?? (this.#twin && this.#twin.#greeting)
    if (known !== undefined) return known
    const session = await this.lease()
    this.release(session)
    return session.advertisement
  }

  /** A session for one question; give it back with `release`. */
  async lease(): Promise<UploadPackSession> {
    const shared = (await this.#twin?.shared()) ?? (await this.shared())
    if (shared) return shared
    const idle = this.#takeIdle() ?? (this.#twin ? this.#twin.#takeIdle() : undefined)
    if (idle) return idle
    const ahead = await this.#takeAhead()
    if (ahead) return ahead
    const session = await UploadPackSession.open(this.server)
    const { version, capabilities } = session.advertisement
    this.#greeting = { version, capabilities }
    if (session.forgets) this.#shared = Promise.resolve(session)
    return session
  }

  /**
   * Another question follows the one that is under way: its connection is opened meanwhile, where the server is worth it.
   * There is never more than one that waits.
   */
  openAhead(): void {
    if (this.server.opensAhead !== true || this.#ahead !== undefined) return
    const isOneIdle = [this, this.#twin].some((pool) => pool !== undefined && pool.#idle !== undefined)
    if (isOneIdle) return
    const controller = new AbortController()
    const opening = UploadPackSession.open(this.server, controller.signal).catch(() => undefined)
    const ahead = { opening, controller }
    this.#ahead = ahead
    void opening.then((session) => {
      if (this.#ahead !== ahead) return
      this.#ahead = undefined
      if (session !== undefined) this.release(session)
    })
  }

  /** No question follows for now: what waits for one leaves. */
  leaveIdle(): void {
    const ahead = this.#ahead
    this.#ahead = undefined
    // Not broken off: an ssh connection on which that happened is not used again.
    void ahead?.opening.then((session) => session?.close())
    void this.#takeIdle()?.close()
  }

  release(session: UploadPackSession): void {
    if (session.forgets) return
    if (this.#twin !== undefined && session.server === this.#twin.server) return this.#twin.release(session)
    // Politely: an ssh connection on which a program was broken off is not used again.
    if (!session.fresh || session.over) void session.close()
    else {
      void this.#takeIdle()?.close()
      this.#idle = session
      this.server.door?.rest(session)
    }
  }

  /** `peel`: tags with what they point to, which v0 always shows. */
  async list(
    prefixes: readonly string[],
    options: { readonly peel?: boolean | undefined } = {},
  ): Promise<RefListing> {
    // A kept session may list what was true when it was greeted, or when it listed before.
    await this.#dropStale()
    const session = await this.lease()
    const listing = await session.list(prefixes, options)
    this.release(session)
    return listing
  }

  /**
   * As `list`, with version 2 asked for in the command of ssh, since a server that lists in version 0 shows no symbolic refs:
   * most sshd take no variable that they were not told to take. Undefined where that does not help: an account that runs
   * Git's programs alone refuses the command. It is tried once.
   */
  async listInsisting(prefixes: readonly string[]): Promise<RefListing | undefined> {
    const { remote, signal } = this.server
    if (this.#refusesInsisting || !remote.mayInsist) return undefined
    await this.#dropStale()
    const open: Remote['open'] = (options) => remote.open({ ...options, insists: true })
    try {
      const session = await UploadPackSession.open({
        ...quietServer(this.server),
        remote: { ...remote, open },
      })
      try {
        if (session.advertisement.version === 2) return await session.list(prefixes)
      } finally {
        await session.close()
      }
    } catch {
      signal.throwIfAborted()
    }
    this.#refusesInsisting = true
    return undefined
  }

  async fetch(question: FetchQuestion): Promise<Fetching> {
    const session = await this.lease()
    const fetching = await session.fetch(question)
    // Once: it may serve the next question by the time that a reader asks for more.
    let isReleased = false
    const release = (): void => {
      if (!isReleased) this.release(session)
      isReleased = true
    }
    if (fetching.answer.pack === undefined) release()
    return tap(fetching, { onEnd: release })
  }

  async close(): Promise<void> {
    const ahead = this.#ahead
    this.#ahead = undefined
    ahead?.controller.abort()
    const late = await ahead?.opening
    const shared = await this.#shared?.catch(() => undefined)
    this.#shared = undefined
    await Promise.all([shared?.leave(), late?.leave(), this.#takeIdle()?.leave()])
  }

  async #takeAhead(): Promise<UploadPackSession | undefined> {
    const ahead = this.#ahead
    this.#ahead = undefined
    const session = await ahead?.opening
    if (session === undefined || !session.over) return session
    void session.close()
    return undefined
  }

  #takeIdle(): UploadPackSession | undefined {
    const session = this.#idle
    this.#idle = undefined
    if (session === undefined) return undefined
    this.server.door?.take(session)
    if (session.fresh && !session.over) return session
    void session.close()
    return undefined
  }

  async #dropStale(): Promise<void> {
    const shared = await this.#shared
    if (shared && !shared.listsNow) this.#shared = undefined
    const idle = this.#takeIdle()
    if (idle === undefined) return
    if (idle.listsNow) this.release(idle)
    else void idle.close()
  }
}
