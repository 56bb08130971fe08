import { ByteReader, concatBytes } from '../../base/bytes.ts'
import { MirrorError } from '../../base/errors.ts'
import { forEachInTurns, runInTurns } from '../../base/turns.ts'
import type { Advertisement } from '../../protocol/advertisement.ts'
import { type Capabilities, featuresOf } from '../../protocol/capabilities.ts'
import {
  encodeFetchV0,
  encodeFetchV2,
  type FetchRequest,
  isAboutDepth,
} from '../../protocol/fetch-request.ts'
import { type FetchAnswer, readAcksV0, readFetchV0, readFetchV2 } from '../../protocol/fetch-response.ts'
import { encodeLsRefs, readLsRefs } from '../../protocol/ls-refs.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import type { AdvertisedRef } from '../../protocol/ref-line.ts'
import { FLUSH, PacketReader } from '../../protocol/pkt-line.ts'
import { validPartOf } from '../../protocol/ref-name.ts'
import type { Connection } from '../../transport/connection/connection.ts'
import { type Greeted, greet } from './greet.ts'
import { explainEnd, type Talk } from './talk.ts'
import type { Server } from './server.ts'
import type { RefListing, FetchQuestion, Fetching } from './fetching.ts'

/** One greeted connection to an upload-pack. */
export class UploadPackSession {
  readonly advertisement: Advertisement
  readonly #server: Server
  readonly #talk: Talk
  readonly #packets: PacketReader
  #spent = false
  #listed = false
  #waiting = 0

  private constructor(server: Server, { talk, packets, advertisement }: Greeted) {
    this.#server = server
    this.#talk = talk
    this.#packets = packets
    this.advertisement = advertisement
  }

  static async open(server: Server, signal?: AbortSignal): Promise<UploadPackSession> {
    return new UploadPackSession(server, await greet(server, 'git-upload-pack', signal))
  }

  get forgets(): boolean {
    return this.#talk.connection.forgets
  }

  /** Where it was opened: what the server writes goes to its reporter. */
  get server(): Server {
    return this.#server
  }

  /** No more can be asked of it, even where the server forgets. */
  get over(): boolean {
    return this.#talk.over()
  }

  /** Another question can be put to it: none that it was asked changes the next answer. */
  get fresh(): boolean {
    return !this.#spent
  }

  /** A list shows what is true now: version 0 lists in its greeting, and git keeps in memory the loose refs that it has read. */
  get listsNow(): boolean {
    return this.advertisement.version === 2 && (this.forgets || !this.#listed)
  }

  /** A fetch that cuts nothing off the history leaves it fresh. */
  get lasts(): boolean {
    if (this.forgets || this.advertisement.version !== 2) return false
    return clearsWhatItLearned(this.advertisement.capabilities.value('agent') ?? '')
  }

  /** @throws MirrorError with side. */
  async list(
    prefixes: readonly string[],
    options: { readonly peel?: boolean | undefined } = {},
  ): Promise<RefListing> {
    const { advertisement } = this
    this.#listed = true
    if (advertisement.version !== 2) return listingOfV0(advertisement)
    const request = encodeLsRefs({
      capabilities: advertisement.capabilities,
      format: advertisement.format,
      agent: this.#server.agent,
      prefixes,
      symrefs: true,
      peel: options.peel,
      unborn: true,
    })
    return await this.#guarded(async () => {
      const { packets } = await this.#turn(request)
      const { refs, damaged, unbornHead } = await readLsRefs(packets)
      const symrefs = new Map<string, string>()
      const keepTarget = ({ name, symrefTarget }: AdvertisedRef): void => {
        if (symrefTarget !== undefined) symrefs.set(name, symrefTarget)
      }
      await forEachInTurns(refs, keepTarget, this.#server.signal)
      return {
        refs,
        damaged,
        head: believeHead(symrefs.get('HEAD') ?? unbornHead),
        symrefs,
        format: advertisement.format,
        shallow: [],
      }
    })
  }

  /** @throws MirrorError with side; `server` with the server's words for a want that it refuses. */
  async fetch(question: FetchQuestion): Promise<Fetching> {
    const { advertisement } = this
    const request: FetchRequest = {
      ...question,
      capabilities: advertisement.capabilities,
      format: advertisement.format,
      agent: this.#server.agent,
      progress: this.#server.verbose,
    }
    const onProgress = (text: string): void => this.#talk.text.write(text)
    return await this.#guarded(async () => {
      // What a server learns of us in one fetch changes its next answer: JGit remembers our objects, git cuts its own
      // view of the history when it deepens.
      this.#spent ||= !this.forgets && !(this.lasts && !isAboutDepth(question))
      if (advertisement.version === 2) {
        const { packets, bytes } = await this.#turn(
          await runInTurns(encodeFetchV2(request), this.#server.signal),
        )
        const answer = await readFetchV2(packets, { onProgress })
        if (!isDeepening(question)) refuseShallow(answer.shallow)
        return this.#fetching(answer, bytes)
      }
      const { wants, haves } = await runInTurns(encodeFetchV0(request), this.#server.signal)
      const { packets, bytes } = await this.#turn(concatBytes([wants, haves]))
      const answer = await readFetchV0(packets, bytes, {
        capabilities: advertisement.capabilities,
        deepened: isDeepening(question),
        onProgress,
      })
      return this.#fetching(answer, bytes)
    })
  }

  /**
   * Its `ready` can be relied on: a way leads from each want to a have that was called shallow. Of the servers whose code
   * is known, git cuts at shallow haves before it looks for the way in v0 alone, JGit in both versions; an older JGit does not name
   * itself in v2, git does. dulwich takes no shallow line without a depth.
   */
  get tellsReady(): boolean {
    const { version, capabilities } = this.advertisement
    const agent = capabilities.value('agent') ?? ''
    if (version === 2) {
      return featuresOf('fetch', capabilities).has('shallow') && (agent === '' || /^JGit\//i.test(agent))
    }
    const isKnown = /^(?:git|JGit)\//i.test(agent)
    return isKnown && capabilities.has('multi_ack_detailed') && capabilities.has('shallow')
  }

  /**
   * Which `haves` the server has, and whether it sees a way from all `wants` to one of them; a pack that comes along is
   * given up. In v0 it needs multi_ack_detailed (gitprotocol-pack, "Packfile Negotiation"). The session is spent.
   */
  async askReady(
    wants: readonly ObjectId[],
    haves: readonly ObjectId[],
    options: { readonly shallow?: readonly ObjectId[] | undefined } = {},
  ): Promise<{ readonly ready: boolean; readonly acks: readonly ObjectId[] }> {
    const { advertisement } = this
    const question = { wants, haves, thin: true, ofsDelta: true, done: false, ...options }
    if (advertisement.version === 2) {
      const { answer, cancel } = await this.fetch(question)
      cancel()
      return answer
    }
    this.#spent = !this.forgets
    return await this.#guarded(async () => {
      const encoding = encodeFetchV0({
        ...question,
        capabilities: advertisement.capabilities,
        format: advertisement.format,
        agent: this.#server.agent,
        progress: false,
      })
      const parts = await runInTurns(encoding, this.#server.signal)
      const { packets } = await this.#turn(concatBytes([parts.wants, parts.haves, FLUSH]))
      return await readAcksV0(packets)
    })
  }

  /** Ends the talk: flush for v0 (B19), plain end of input for v2. */
  async close(): Promise<void> {
    const { connection } = this.#talk
    if (!connection.forgets && this.fresh && this.advertisement.version !== 2) {
      await connection.turn(FLUSH).catch(() => undefined)
    }
    this.#spent = true
    this.#talk.text.endedByUs()
    await this.#talk.close()
  }

  /** The run ends: as `close`, and no far server is waited for when it was asked nothing or has answered. */
  async leave(): Promise<void> {
    const { connection } = this.#talk
    if (connection.forgets || this.advertisement.version !== 2) return await this.close()
    this.#spent = true
    this.#talk.text.endedByUs()
    await this.#talk.leave()
  }

  abort(reason?: unknown): void {
    this.#spent = true
    this.#talk.abort(reason)
  }

  #fetching(answer: FetchAnswer, bytes: ByteReader): Fetching {
    const { watch } = this.#talk
    let over = answer.pack === undefined
    if (!over) this.#wait()
    const finish = (): void => {
      if (over) return
      over = true
      this.#rest()
    }
    return {
      answer,
      next: async () => {
        const { pack } = answer
        if (over || pack === undefined) return undefined
        try {
          const slice = await this.#guarded(() => pack.next())
          if (slice === undefined) finish()
          return slice
        } catch (error) {
          finish()
          throw error
        }
      },
      nextNow: () => (over ? undefined : answer.pack?.nextNow()),
      cancel: (reason) => {
        if (over) return
        finish()
        if (this.forgets) void bytes.cancel().catch(() => undefined)
        else this.abort(reason)
      },
      pause: () => watch.pause(),
      resume: () => watch.resume(),
    }
  }

  #wait(): void {
    if (this.#waiting++ === 0) this.#talk.watch.resume()
  }

  #rest(): void {
    if (--this.#waiting === 0) this.#talk.watch.pause()
  }

  async #turn(body: Uint8Array): ReturnType<typeof turnOf> {
    return await turnOf(this.#talk.connection, this.#packets, body)
  }

  async #guarded<T>(act: () => Promise<T>): Promise<T> {
    this.#wait()
    try {
      return await act()
    } catch (error) {
      this.#spent ||= !this.forgets
      throw await explainEnd(this.#server, this.#talk, error)
    } finally {
      this.#rest()
    }
  }
}

/**
 * In version 2, git forgets before each request what the one before has marked, since 2.20 ("upload-pack: clear flags
 * before each v2 request"). Of others it is not known.
 */
function clearsWhatItLearned(agent: string): boolean {
  const [, major, minor] = /^git\/(\d{1,4})\.(\d{1,4})/.exec(agent) ?? []
  if (major === undefined) return false
  return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 20)
}

function isDeepening(question: FetchQuestion): boolean {
  return question.deepen !== undefined || question.deepenSince !== undefined
}

async function turnOf(
  connection: Connection,
  packets: PacketReader,
  body: Uint8Array,
): Promise<{ packets: PacketReader; bytes: ByteReader }> {
  const bytes = await connection.turn(body)
  return { bytes, packets: bytes === connection.greeting ? packets : new PacketReader(bytes) }
}

function listingOfV0(advertisement: Extract<Advertisement, { refs: unknown }>): RefListing {
  const head =
    advertisement.refs.find((ref) => ref.name === 'HEAD')?.symrefTarget ??
    headSymref(advertisement.capabilities)
  return {
    refs: advertisement.refs,
    damaged: advertisement.damaged,
    head: believeHead(head),
    symrefs: undefined,
    format: advertisement.format,
    shallow: advertisement.shallow,
  }
}

/** What HEAD names, where that can be a ref. */
function believeHead(name: string | undefined): string | undefined {
  return name !== undefined && validPartOf(name) === name ? name : undefined
}

function headSymref(capabilities: Capabilities): string | undefined {
  return capabilities
    .values('symref')
    .find((value) => value.startsWith('HEAD:'))
    ?.slice('HEAD:'.length)
}

/** @throws MirrorError `shallow` when the source says that it is a shallow clone (H1). */
export function refuseShallow(shallow: readonly ObjectId[]): void {
  if (shallow.length === 0) return
  throw new MirrorError('the source is a shallow clone: it lacks the history behind its oldest commits', {
    code: 'shallow',
    side: 'source',
    hint: 'Mirror the original repository, or complete this one: `git fetch --unshallow`, or fetch-depth: 0 for actions/checkout.',
  })
}
