import { MirrorError, toMirrorError, withDetails } from '../../base/errors.ts'
import {
  type Action,
  type BatchEntry,
  encodeBatch,
  LFS_MEDIA_TYPE,
  type Operation,
  parseBatch,
} from './batch-messages.ts'
import { batchUrl } from './endpoint.ts'
import { parseHref } from './href.ts'
import { readText, refusalOf } from './lfs-errors.ts'
import { type LfsAnswer, type LfsHttp, sendLfs } from './lfs-request.ts'
import { isPrivateHost } from './private-host.ts'
import type { LfsObject, LfsStore, Standing } from './store.ts'

/** How to get in: where the API is and the headers that go with each request to it. */
export interface LfsAccess {
  readonly endpoint: URL
  readonly header: Readonly<Record<string, string>>
  /** A stranger named the endpoint: it must not be on this machine or in a private network. */
  readonly publicOnly: boolean
}

export interface HttpStoreOptions {
  readonly http: LfsHttp
  readonly label: string
  /** `renew`: what was given before was refused. @throws MirrorError */
  readonly access: (operation: Operation, renew: boolean) => Promise<LfsAccess>
  /** Full name of a ref at that server: some judge rights by it. */
  readonly ref: string | undefined
}

/** What git-lfs asks for at once. */
const OBJECTS_PER_BATCH = 100
/** A hundred objects with signed addresses take some 200 kB. */
const ANSWER_LIMIT_BYTES = 8 * 1024 * 1024
/** An action that ends so soon is asked for anew. */
const EXPIRY_MARGIN_MS = 5000
const VERIFY_ATTEMPTS = 3

/** An LFS server behind the batch API (git-lfs, "docs/api/batch.md", "docs/api/basic-transfers.md"). */
export function openHttpStore(options: HttpStoreOptions): LfsStore {
  return new HttpStore(options)
}

class HttpStore implements LfsStore {
  readonly label: string
  readonly #options: HttpStoreOptions
  /** What the last batches offered, by operation and object; taken out when it is used. */
  readonly #offers = new Map<string, BatchEntry>()
  /** Whether the server is in a place to which it may send us, too. */
  readonly #privateHosts = new Map<string, Promise<boolean>>()
  /** Halved when the server finds a batch too large. */
  #batchSize = OBJECTS_PER_BATCH

  constructor(options: HttpStoreOptions) {
    this.label = options.label
    this.#options = options
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
      const found = await this.#ask(
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
    if (answer.status !== 200) throw await this.#refusal(answer, server, `reading ${object.oid}`)
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
        if (entry.upload === undefined)
          throw new MirrorError('the LFS server offers no upload', { code: 'http', side: this.#side })
        isStarted = true
        return await this.#send('PUT', entry.upload, { entry, base, body, size: object.size })
      },
      () => !isStarted,
    )
    if (answer.status < 200 || answer.status > 299) {
      const error = await this.#refusal(answer, server, `writing ${object.oid}`)
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

  async #ask(
    operation: Operation,
    objects: readonly LfsObject[],
    tolerant = false,
  ): Promise<readonly BatchEntry[]> {
    const entries: BatchEntry[] = []
    for (let at = 0; at < objects.length;) {
      const some = objects.slice(at, at + this.#batchSize)
      const answered = await this.#batch(operation, some, tolerant)
      if (answered === undefined) {
        this.#batchSize = Math.ceil(some.length / 2)
        continue
      }
      entries.push(...answered)
      at += some.length
    }
    return entries
  }

  /** @returns undefined where the server finds the batch too large */
  async #batch(
    operation: Operation,
    objects: readonly LfsObject[],
    tolerant: boolean,
  ): Promise<readonly BatchEntry[] | undefined> {
    for (let renew = false; ; renew = true) {
      const access = await this.#options.access(operation, renew)
      const { endpoint, header } = access
      const url = batchUrl(endpoint)
      const sentAt = Date.now()
      const answer = await sendLfs(this.#options.http, {
        method: 'POST',
        url,
        server: endpoint,
        publicOnly: this.#judge(access),
        headers: { accept: LFS_MEDIA_TYPE, 'content-type': `${LFS_MEDIA_TYPE}; charset=utf-8`, ...header },
        body: Buffer.from(encodeBatch({ operation, objects, ref: this.#options.ref })),
      })
      const { status } = answer
      if (status === 200) return this.#parse(answer, endpoint, { asked: objects, sentAt })
      if (status === 413 && objects.length > 1) {
        answer.end()
        return undefined
      }
      if (status === 401 && !renew) {
        answer.end()
        continue
      }
      const error = await this.#refusal(answer, endpoint, `asking about ${objects.length} LFS objects`)
      // A server may answer so when none of the objects can be had.
      const isEmpty = operation === 'download' && (status === 404 || status === 422)
      if (isEmpty && (tolerant || (await this.#isThere(objects)))) return objects.map(missingEntry)
      throw error
    }
  }

  /** Whether the server has LFS at all: it answers a question about an upload. */
  async #isThere(objects: readonly LfsObject[]): Promise<boolean> {
    const access = await this.#options.access('upload', false).catch(() => undefined)
    if (access === undefined) return false
    const { endpoint, header } = access
    const answer = await sendLfs(this.#options.http, {
      method: 'POST',
      url: batchUrl(endpoint),
      server: endpoint,
      publicOnly: this.#judge(access),
      headers: { accept: LFS_MEDIA_TYPE, 'content-type': `${LFS_MEDIA_TYPE}; charset=utf-8`, ...header },
      body: Buffer.from(
        encodeBatch({ operation: 'upload', objects: objects.slice(0, 1), ref: this.#options.ref }),
      ),
    })
    answer.end()
    return answer.status === 200 || answer.status === 401 || answer.status === 403
  }

  async #parse(
    answer: LfsAnswer,
    endpoint: URL,
    about: { readonly asked: readonly LfsObject[]; readonly sentAt: number },
  ): Promise<readonly BatchEntry[]> {
    const body = await readText(answer, { side: this.#side, limit: ANSWER_LIMIT_BYTES })
    try {
      return parseBatch(body, about)
    } catch (error) {
      if (!(error instanceof MirrorError)) throw error
      throw new MirrorError(`${error.message} (${endpoint.host})`, {
        code: error.code,
        hint: error.hint,
        side: this.#side,
      })
    }
  }

  /** Does one step with what was offered; what has expired, or was refused as if it had, is asked for anew, once. */
  async #act(
    operation: Operation,
    object: LfsObject,
    act: (entry: BatchEntry, base: LfsAccess) => Promise<LfsAnswer>,
    mayRepeat: () => boolean = () => true,
  ): Promise<{
    readonly answer: LfsAnswer
    readonly server: URL
    readonly entry: BatchEntry
    readonly base: LfsAccess
  }> {
    const key = keyOf(operation, object)
    for (let attempt = 0; ; attempt++) {
      const offered = this.#offers.get(key)
      this.#offers.delete(key)
      const isFresh = offered !== undefined && !isExpired(offered[operation])
      const entry = isFresh ? offered : (await this.#ask(operation, [object]))[0]!
      const base = await this.#options.access(operation, false)
      const answer = await act(entry, base)
      if (isRefused(answer.status) && attempt === 0 && isFresh && mayRepeat()) {
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
    const publicOnly = this.#judge(given.base)
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
      const error = await this.#refusal(answer, base.endpoint, `verifying ${object.oid}`)
      if (attempt >= VERIFY_ATTEMPTS || answer.status < 500) throw error
    }
  }

  /** Where addresses that the server names may be: where it is itself. */
  #judge({ endpoint, publicOnly }: LfsAccess): (url: URL) => Promise<boolean> {
    return async (url) => {
      if (publicOnly) return true
      if (url.origin === endpoint.origin) return false
      const host = endpoint.hostname
      const known = this.#privateHosts.get(host) ?? isPrivateHost(host)
      this.#privateHosts.set(host, known)
      return !(await known)
    }
  }

  #gone({ oid }: LfsObject): MirrorError {
    return new MirrorError(`the LFS object ${oid} is no longer there`, {
      code: 'not-found',
      side: this.#side,
    })
  }

  #refusal(answer: LfsAnswer, server: URL, what: string): Promise<MirrorError> {
    return refusalOf(answer, { side: this.#side, server, what })
  }
}

function keyOf(operation: Operation, { oid, size }: LfsObject): string {
  return `${operation} ${oid} ${size}`
}

function missingEntry(object: LfsObject): BatchEntry {
  return {
    object,
    authenticated: false,
    download: undefined,
    upload: undefined,
    verify: undefined,
    error: { code: 404, message: 'the server has none of what was asked for' },
  }
}

function isExpired(action: Action | undefined): boolean {
  return action?.expires !== undefined && action.expires - Date.now() < EXPIRY_MARGIN_MS
}

/** Storage servers answer so to a signed address that has expired. */
function isRefused(status: number): boolean {
  return status === 401 || status === 403
}

/**
 * The API's own credentials go with an action only where it brings none, does not say that it needs none, and stays
 * on the API's scheme, host and port.
 */
function credentialsFor(
  url: URL,
  action: Action,
  { entry, base }: { readonly entry: BatchEntry; readonly base: LfsAccess },
): Readonly<Record<string, string>> {
  const isOwn = 'authorization' in action.header || url.searchParams.has('token')
  return isOwn || entry.authenticated || url.origin !== base.endpoint.origin ? {} : base.header
}
