import { MirrorError, toMirrorError, withDetails } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import { credentialsFor, isExpired, isRefused, type LfsAccess } from './actions.ts'
import { ANSWER_LIMIT_BYTES, BatchClient, type BatchOptions } from './batch-client.ts'
import { type Action, type BatchEntry, LFS_MEDIA_TYPE, type Operation } from './batch-messages.ts'
import { parseHref } from './href.ts'
import { readText } from './lfs-errors.ts'
import { type LfsAnswer, type LfsHttp, sendLfs } from './lfs-request.ts'
import type { LfsObject, LfsStore, Standing } from './store.ts'

const VERIFY_ATTEMPTS = 3
/** A server that says so of an object may know more of it a moment later. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 502, 503, 504])

/** An LFS server behind the batch API (git-lfs, "docs/api/batch.md", "docs/api/basic-transfers.md"). */
export function openHttpStore(options: BatchOptions): LfsStore {
  return new HttpStore(options)
}

class HttpStore implements LfsStore {
  readonly label: string
  readonly #options: BatchOptions
  /** What the last batches offered, by operation and object; taken out when it is used. */
  readonly #offers = new Map<string, BatchEntry>()
  readonly #batches: BatchClient

  constructor(options: BatchOptions) {
    this.label = options.label
    this.#options = options
    this.#batches = new BatchClient(options)
  }

  isThere(): Promise<boolean> {
    return this.#batches.isThere()
  }

  async find(objects: readonly LfsObject[]): Promise<readonly Standing[]> {
    const entries = await this.#ask('download', objects)
    return entries.map((entry) => this.#note('download', entry, entry.download))
  }

  async prepare(objects: readonly LfsObject[]): Promise<readonly Standing[]> {
    const entries = await this.#ask('upload', objects)
    // Some servers offer an upload whatever they have: what can be read needs none.
    const offered = entries.filter(({ upload, error }) => upload !== undefined && error === undefined)
    const readable = new Set<string>()
    if (offered.length > 0) {
      const found = await this.#batches.ask(
        'download',
        offered.map(({ object }) => object),
        true,
      )
      for (const { object, download } of found)
        if (download !== undefined) readable.add(keyOf('download', object))
    }
    return entries.map((entry) => {
      const { object, upload, error } = entry
      if (error !== undefined) return { kind: 'refused', object, ...error }
      if (upload === undefined || readable.has(keyOf('download', object))) return { kind: 'there', object }
      this.#offers.set(keyOf('upload', object), entry)
      return { kind: 'missing', object }
    })
  }

  async *read(object: LfsObject): AsyncGenerator<Uint8Array, void> {
    const { answer, server } = await this.#act('download', object, async (entry, base) => {
      const action = entry.download
      if (action === undefined) throw this.#gone(object)
      return await this.#send('GET', action, { entry, base })
    })
    if (answer.status !== 200) throw await this.#batches.refusal(answer, server, `reading ${object.oid}`)
    try {
      for (let slice = await answer.bytes.readSome(); slice; slice = await answer.bytes.readSome())
        yield slice
    } catch (error) {
      this.#options.http.signal.throwIfAborted()
      throw toMirrorError(error, { code: 'cut', side: this.#side, retryable: true })
    } finally {
      answer.end()
    }
  }

  async write(object: LfsObject, body: AsyncIterable<Uint8Array>): Promise<void> {
    let isStarted = false
    const { answer, server, entry, base } = await this.#act(
      'upload',
      object,
      async (entry, base) => {
        // An earlier attempt has arrived, and its answer has not.
        if (entry.upload === undefined && entry.error === undefined) return undefined
        if (entry.upload === undefined) throw this.#refused(entry)
        isStarted = true
        return await this.#send('PUT', entry.upload, { entry, base, body, size: object.size })
      },
      () => !isStarted,
    )
    if (answer === undefined) return
    if (answer.status < 200 || answer.status > 299) {
      const error = await this.#batches.refusal(answer, server, `writing ${object.oid}`)
      // The address that was offered may have expired: the next attempt asks for a new one.
      throw isRefused(answer.status) ? withDetails(error, { code: 'http', retryable: true }) : error
    }
    await readText(answer, { side: this.#side, limit: ANSWER_LIMIT_BYTES })
    if (entry.verify !== undefined) await this.#verify(object, entry, base)
  }

  dispose(): Promise<void> {
    this.#offers.clear()
    return this.#options.http.client.dispose()
  }

  get #side(): LfsHttp['side'] {
    return this.#options.http.side
  }

  #note(operation: Operation, entry: BatchEntry, action: Action | undefined): Standing {
    const { object, error } = entry
    if (error !== undefined && error.code !== 404 && error.code !== 410)
      return { kind: 'refused', object, ...error }
    if (action === undefined) return { kind: 'missing', object }
    // Nothing is read from a destination: it is only asked what it has.
    if (this.#side === 'source') this.#offers.set(keyOf(operation, object), entry)
    return { kind: 'there', object }
  }

  /** Does one step with what was offered; what has expired, or was refused as if it had, is asked for anew, once. */
  async #act<Answer extends LfsAnswer | undefined>(
    operation: Operation,
    object: LfsObject,
    act: (entry: BatchEntry, base: LfsAccess) => Promise<Answer>,
    mayRepeat: () => boolean = () => true,
  ): Promise<{
    readonly answer: Answer
    readonly server: URL
    readonly entry: BatchEntry
    readonly base: LfsAccess
  }> {
    const key = keyOf(operation, object)
    for (let attempt = 0; ; attempt++) {
      const offered = this.#offers.get(key)
      this.#offers.delete(key)
      const isFresh = offered !== undefined && !isExpired(offered[operation])
      const entry = isFresh ? offered : (await this.#batches.ask(operation, [object]))[0]!
      const base = await this.#options.access(operation, false)
      const answer = await act(entry, base)
      if (answer && isRefused(answer.status) && attempt === 0 && isFresh && mayRepeat()) {
        answer.end()
        continue
      }
      return { answer, server: base.endpoint, entry, base }
    }
  }

  async #send(
    method: 'GET' | 'PUT' | 'POST',
    action: Action,
    given: {
      readonly entry: BatchEntry
      readonly base: LfsAccess
      readonly body?: AsyncIterable<Uint8Array> | Uint8Array
      readonly size?: number
    },
  ): Promise<LfsAnswer> {
    const { endpoint } = given.base
    const url = parseHref(action.href, endpoint, this.#side)
    const headers: Record<string, string> = { ...credentialsFor(url, action, given), ...action.header }
    const isChunked = headers['transfer-encoding']?.toLowerCase() === 'chunked'
    // Our own client frames the body.
    delete headers['transfer-encoding']
    delete headers['content-length']
    delete headers['connection']
    delete headers['host']
    if (method === 'GET') headers['accept-encoding'] = 'identity'
    if (method === 'PUT') {
      headers['content-type'] ??= 'application/octet-stream'
      if (!isChunked) headers['content-length'] = String(given.size)
    }
    const publicOnly = this.#batches.judge(given.base)
    return await sendLfs(this.#options.http, {
      method,
      url,
      server: endpoint,
      publicOnly,
      headers,
      body: given.body,
    })
  }

  async #verify(object: LfsObject, entry: BatchEntry, base: LfsAccess): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#send(
        'POST',
        {
          ...entry.verify!,
          header: { accept: LFS_MEDIA_TYPE, 'content-type': LFS_MEDIA_TYPE, ...entry.verify!.header },
        },
        { entry, base, body: Buffer.from(JSON.stringify({ oid: object.oid, size: object.size })) },
      )
      if (answer.status === 200) {
        await readText(answer, { side: this.#side, limit: ANSWER_LIMIT_BYTES })
        return
      }
      const error = await this.#batches.refusal(answer, base.endpoint, `verifying ${object.oid}`)
      if (attempt >= VERIFY_ATTEMPTS || answer.status < 500) throw error
    }
  }

  /** @throws MirrorError, worth another attempt, where the server cannot say of one of them what it has */
  async #ask(operation: Operation, objects: readonly LfsObject[]): Promise<readonly BatchEntry[]> {
    const entries = await this.#batches.ask(operation, objects)
    const unknown = entries.find(({ error }) => error !== undefined && PASSING.has(error.code))
    if (unknown !== undefined) throw this.#refused(unknown)
    return entries
  }

  #refused({ object, error = { code: 500, message: '' } }: BatchEntry): MirrorError {
    const words = printableLine(error.message, 200)
    return new MirrorError(
      `the LFS server answers ${error.code} for the object ${object.oid}${words === '' ? '' : `: ${words}`}`,
      {
        code: 'http',
        side: this.#side,
        status: error.code,
        retryable: PASSING.has(error.code),
        serverText: words === '' ? undefined : words,
      },
    )
  }

  #gone({ oid }: LfsObject): MirrorError {
    return new MirrorError(`the LFS object ${oid} is no longer there`, {
      code: 'not-found',
      side: this.#side,
    })
  }
}

function keyOf(operation: Operation, { oid, size }: LfsObject): string {
  return `${operation} ${oid} ${size}`
}
