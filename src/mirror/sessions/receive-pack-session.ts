import { readClock } from '../../base/clock.ts'
import type { Advertisement, AdvertisedRef } from '../../protocol/advertisement.ts'
import { NO_CAPABILITIES, type Capabilities } from '../../protocol/capabilities.ts'
import type { DamagedRef } from '../../protocol/ref-line.ts'
import type { ObjectFormat, ObjectId } from '../../protocol/object-id.ts'
import { FLUSH, PacketReader } from '../../protocol/pkt-line.ts'
import { encodeCommands, type RefCommand } from '../../protocol/push-request.ts'
import { type PushReport, readPushReport } from '../../protocol/report-status.ts'
import { concatBytes } from '../../base/bytes.ts'
import { forEachInSteps, type Steps } from '../../base/steps.ts'
import { runInTurns } from '../../base/turns.ts'
import { listSlices, type Slices, type TurnBody } from '../../transport/connection/connection.ts'
import { type Greeted, greet } from './greet.ts'
import { explainEnd, type Talk } from './talk.ts'
import type { Server } from './server.ts'

/** What a receive-pack advertises. */
export interface ReceiveListing {
  /** Names below `refs/` only (B6). */
  readonly refs: readonly AdvertisedRef[]
  /** Refs whose lines are not believed; none of them is among `refs`. */
  readonly damaged: readonly DamagedRef[]
  /** Ids of `.have` lines: objects that are there under no ref of this repository. */
  readonly haves: readonly ObjectId[]
  readonly shallow: readonly ObjectId[]
  readonly capabilities: Capabilities
  readonly format: ObjectFormat
  /** Every id that it shows, those of `.have` lines included. */
  readonly ids: () => Promise<ReadonlySet<ObjectId>>
}

export interface PushRequest {
  readonly commands: readonly RefCommand[]
  readonly atomic: boolean
  /** Send no `agent` capability. */
  readonly plain: boolean
  /** The pack: all of it, or a stream. Undefined for deletions alone. */
  readonly pack: TurnBody | undefined
  /** Bytes of a streamed pack, to be sent with Content-Length. */
  readonly packLength?: number | undefined
  /** Called when the first byte of the push is about to be sent. */
  readonly onSent?: (() => void) | undefined
}

/** One greeted connection to a receive-pack: good for one push where the server does not forget. */
export class ReceivePackSession {
  readonly listing: ReceiveListing
  readonly openedAt = readClock()
  readonly #server: Server
  readonly #talk: Talk
  readonly #packets: PacketReader
  #over = false

  private constructor(server: Server, { talk, packets, advertisement }: Greeted) {
    this.#server = server
    this.#talk = talk
    this.#packets = packets
    this.listing = listingOf(advertisement, server.signal)
  }

  /** `signal`: ends it beside the run's own. @throws MirrorError with the destination's side. */
  static async open(server: Server, signal?: AbortSignal): Promise<ReceivePackSession> {
    const session = new ReceivePackSession(server, await greet(server, 'git-receive-pack', signal))
    if (!session.forgets) server.door?.rest(session)
    return session
  }

  get forgets(): boolean {
    return this.#talk.connection.forgets
  }

  /** False after a push on a kept-open connection, where it left for another one, and where the other side has hung up. */
  get usable(): boolean {
    return !this.#over && !this.#talk.over()
  }

  /** The words of the server in the last push: progress, hooks, stderr. */
  get lines(): readonly string[] {
    return this.#talk.text.lines
  }

  /** A push will come soon. */
  prepare(): void {
    this.#talk.connection.prepare?.()
  }

  /** The destination's clock stands while the push waits for the source. */
  pause(): void {
    this.#talk.watch.pause()
  }

  resume(): void {
    this.#talk.watch.resume()
  }

  /**
   * Sends the commands and the pack, and reads the report to its end (B12, B16).
   * @returns undefined where the server has no report-status.
   * @throws MirrorError with the destination's side; whether refs moved is then unknown.
   */
  async push(request: PushRequest): Promise<PushReport | undefined> {
    const { capabilities, format } = this.listing
    const encoding = encodeCommands({
      commands: request.commands,
      capabilities,
      format,
      agent: request.plain ? '' : this.#server.agent,
      atomic: request.atomic,
      pushOptions: this.#server.pushOptions,
      quiet: !this.#server.verbose,
    })
    // Used from now on: nobody else who comes in sends it away while the commands are written.
    this.#server.door?.take(this)
    const head = await runInTurns(encoding, this.#server.signal)
    const { connection, watch, text } = this.#talk
    this.#over = !this.forgets
    // Over http one session serves several pushes: each has words of its own.
    if (this.forgets) text.restart()
    watch.resume()
    request.onSent?.()
    try {
      const body = bodyOf(head, request.pack, () => text.endedByUs())
      const length = request.packLength === undefined ? undefined : head.length + request.packLength
      // As git does it: with commands alone the input stays open.
      const bytes = await connection.turn(body, { length, last: request.pack !== undefined })
      const packets = bytes === connection.greeting ? this.#packets : new PacketReader(bytes)
      if (!capabilities.has('report-status') && !capabilities.has('report-status-v2')) {
        await bytes.drain()
        return undefined
      }
      return await readPushReport(packets, {
        sideband: capabilities.has('side-band-64k'),
        onProgress: (raw) => text.write(raw),
      })
    } catch (error) {
      throw await explainEnd(this.#server, this.#talk, error)
    } finally {
      watch.pause()
    }
  }

  /** Ends the talk: a flush when nothing was pushed (B19). */
  async close(): Promise<void> {
    this.#server.door?.take(this)
    const isWaiting = !this.#over && !this.forgets
    this.#over = true
    if (isWaiting) await this.#talk.connection.turn(FLUSH).catch(() => undefined)
    await this.#talk.close()
  }

  /** The run ends: as `close`, and no far server is waited for when nothing was pushed. */
  async leave(): Promise<void> {
    if (this.#over || this.forgets) return await this.close()
    this.#server.door?.take(this)
    this.#over = true
    await this.#talk.connection.turn(FLUSH).catch(() => undefined)
    await this.#talk.leave()
  }

  abort(reason?: unknown): void {
    this.#server.door?.take(this)
    this.#over = true
    this.#talk.abort(reason)
  }
}

/** `onBreak`: the pack ends before its end. */
function bodyOf(head: Uint8Array, pack: TurnBody | undefined, onBreak: () => void): TurnBody {
  if (pack === undefined) return head
  if (pack instanceof Uint8Array) return concatBytes([head, pack])
  return withHead(head, pack, onBreak)
}

/** The commands go out with the first slices. Not `yield*`: it would put a generator between each slice and its reader. */
function withHead(head: Uint8Array, pack: AsyncIterable<Slices>, onBreak: () => void): AsyncIterable<Slices> {
  const slices = pack[Symbol.asyncIterator]()
  let sent = false
  const iterator: AsyncIterator<Slices, unknown, boolean | undefined> = {
    async next(written) {
      let next: IteratorResult<Slices, unknown>
      try {
        next = await slices.next(written)
      } catch (error) {
        onBreak()
        throw error
      }
      if (sent || next.done === true) return next
      sent = true
      return { done: false, value: [head, ...listSlices(next.value)] }
    },
    return: async (value) => (await slices.return?.(value)) ?? { done: true, value: undefined },
  }
  return { [Symbol.asyncIterator]: () => iterator }
}

function listingOf(advertisement: Advertisement, signal: AbortSignal): ReceiveListing {
  const { format } = advertisement
  if (advertisement.version === 2) {
    // receive-pack has no version 2; a server that says so has nothing that a push could use.
    const none = { refs: [], damaged: [], haves: [], shallow: [] }
    return { ...none, capabilities: NO_CAPABILITIES, format, ids: async () => new Set() }
  }
  const refs = advertisement.refs.filter((ref) => ref.name.startsWith('refs/'))
  const { damaged, haves, shallow, capabilities } = advertisement
  let ids: Promise<ReadonlySet<ObjectId>> | undefined
  const readIds = (): Promise<ReadonlySet<ObjectId>> => (ids ??= runInTurns(idsOf(refs, haves), signal))
  return { refs, damaged, haves, shallow, capabilities, format, ids: readIds }
}

function* idsOf(refs: readonly AdvertisedRef[], haves: readonly ObjectId[]): Steps<ReadonlySet<ObjectId>> {
  const ids = new Set<ObjectId>(haves)
  yield* forEachInSteps(refs, (ref) => ids.add(ref.id))
  return ids
}
