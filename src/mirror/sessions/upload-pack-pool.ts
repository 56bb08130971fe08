import type { Server } from './server.ts'
import type { Fetching, FetchQuestion, RefListing } from './fetching.ts'
import { tap } from './pack-stream.ts'
import { UploadPackSession } from './upload-pack-session.ts'

/**
 * The upload-pack of one server: sessions are opened when needed, and used again where the protocol allows.
 */
export class UploadPackServer {
  readonly server: Server
  readonly #twin: UploadPackServer | undefined
  readonly #idle: UploadPackSession[] = []
  #shared: Promise<UploadPackSession> | undefined

  /** `twin`: the same server; its greeting, or a session that it does not use, serves for both. */
  constructor(server: Server, twin?: UploadPackServer) {
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

  /** A session for one question at a time; give it back with `release`. */
  async lease(): Promise<UploadPackSession> {
    const shared = (await this.#twin?.shared()) ?? (await this.shared())
    if (shared) return shared
    const idle = this.#takeIdle() ?? (this.#twin ? this.#twin.#takeIdle() : undefined)
    if (idle) return idle
    const session = await UploadPackSession.open(this.server)
    if (session.forgets) this.#shared = Promise.resolve(session)
    return session
  }

  #takeIdle(): UploadPackSession | undefined {
    for (let session = this.#idle.pop(); session; session = this.#idle.pop())
      if (session.fresh && !session.over) return session
    return undefined
  }

  release(session: UploadPackSession): void {
    if (session.forgets) return
    if (session.reusable) this.#idle.push(session)
    // Politely: an ssh connection on which a program was broken off is not used again.
    else void session.close()
  }

  async list(prefixes: readonly string[]): Promise<RefListing> {
    // A kept session lists what v0 showed when it was greeted: only a new one is true now.
    await this.#dropStale()
    const session = await this.lease()
    const listing = await session.list(prefixes)
    if (session.fresh && !session.forgets) this.#idle.push(session)
    return listing
  }

  async fetch(question: FetchQuestion): Promise<Fetching> {
    const session = await this.lease()
    const fetching = await session.fetch(question)
    if (fetching.answer.pack === undefined) this.release(session)
    return tap(fetching, { onEnd: () => this.release(session) })
  }

  async close(): Promise<void> {
    const shared = await this.#shared?.catch(() => undefined)
    const sessions = this.#idle.splice(0)
    if (shared) sessions.push(shared)
    this.#shared = undefined
    await Promise.all(sessions.map((session) => session.leave()))
  }

  async #dropStale(): Promise<void> {
    const shared = await this.#shared
    if (shared && shared.advertisement.version !== 2) this.#shared = undefined
    for (const session of this.#idle.splice(0)) {
      if (session.advertisement.version === 2 && session.fresh) this.#idle.push(session)
      else session.abort()
    }
  }
}
