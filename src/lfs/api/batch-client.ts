import { MirrorError } from '../../base/errors.ts'
import type { LfsAccess } from './actions.ts'
import { type BatchEntry, encodeBatch, LFS_MEDIA_TYPE, type Operation, parseBatch } from './batch-messages.ts'
import { batchUrl } from './endpoint.ts'
import { readText, refusalOf } from './lfs-errors.ts'
import { type LfsAnswer, type LfsHttp, sendLfs } from './lfs-request.ts'
import { isPrivateHost } from './href.ts'
import type { LfsObject } from './store.ts'

export interface BatchOptions {
  readonly http: LfsHttp
  readonly label: string
  /** `renew`: what was given before was refused. @throws MirrorError */
  readonly access: (operation: Operation, renew: boolean) => Promise<LfsAccess>
  /** Full name of a ref at that server: some judge rights by it. */
  readonly ref: string | undefined
}

/** What git-lfs asks for at once. */
const OBJECTS_PER_BATCH = 100
const BATCHES_AT_ONCE = 4
/** A hundred objects with signed addresses take some 200 kB. */
export const ANSWER_LIMIT_BYTES = 8 * 1024 * 1024
/** An object that nobody has: for a question about the server. */
const NO_OBJECT: LfsObject = { oid: '0'.repeat(64), size: 1 }

/** What is asked of an LFS server about many objects at once (git-lfs, "docs/api/batch.md"). */
export class BatchClient {
  readonly #options: BatchOptions
  /** Whether the server is in a place to which it may send us, too. */
  readonly #privateHosts = new Map<string, Promise<boolean>>()
  /** Halved when the server finds a batch too large. */
  #batchSize = OBJECTS_PER_BATCH

  constructor(options: BatchOptions) {
    this.#options = options
  }

  async isThere(): Promise<boolean> {
    try {
      return await this.#answers()
    } catch (error) {
      if (error instanceof MirrorError && !error.retryable) return false
      throw error
    }
  }

  /** One question, about an object that nobody has. */
  async #answers(): Promise<boolean> {
    const access = await this.#options.access('download', false)
    const { endpoint } = access
    const answer = await this.#post(access, 'download', [NO_OBJECT])
    if (answer.status === 200) {
      await this.#parse(answer, endpoint, { asked: [NO_OBJECT], sentAt: Date.now() })
      return true
    }
    const error = await this.refusal(answer, endpoint, 'asking for LFS')
    if (error.retryable) throw error
    return answer.status === 422
  }

  /** The first batch alone, since it may tell how large they can be, and the others several at once. */
  async ask(
    operation: Operation,
    objects: readonly LfsObject[],
    tolerant = false,
  ): Promise<readonly BatchEntry[]> {
    const first = objects.slice(0, this.#batchSize)
    const answers = [await this.#askSome(operation, first, tolerant)]
    const batches: (readonly LfsObject[])[] = []
    for (let at = first.length; at < objects.length; at += this.#batchSize)
      batches.push(objects.slice(at, at + this.#batchSize))
    let next = 0
    const work = async (): Promise<void> => {
      for (let at = next++; at < batches.length; at = next++)
        answers[at + 1] = await this.#askSome(operation, batches[at]!, tolerant)
    }
    await Promise.all(Array.from({ length: Math.min(BATCHES_AT_ONCE, batches.length) }, work))
    return answers.flat()
  }

  async #askSome(
    operation: Operation,
    objects: readonly LfsObject[],
    tolerant: boolean,
  ): Promise<readonly BatchEntry[]> {
    const entries: BatchEntry[] = []
    for (let at = 0; at < objects.length;) {
      const some = objects.slice(at, at + this.#batchSize)
      const answered = await this.#batch(operation, some, tolerant)
      if (answered === undefined) {
        this.#batchSize = Math.min(this.#batchSize, Math.ceil(some.length / 2))
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
      const { endpoint } = access
      const sentAt = Date.now()
      const answer = await this.#post(access, operation, objects)
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
      const error = await this.refusal(answer, endpoint, `asking about ${objects.length} LFS objects`)
      // A server may answer so when none of the objects can be had.
      const isEmpty = operation === 'download' && (status === 404 || status === 422)
      if (isEmpty && (tolerant || (await this.#isThere(objects)))) return objects.map(missingEntry)
      throw error
    }
  }

  #post(access: LfsAccess, operation: Operation, objects: readonly LfsObject[]): Promise<LfsAnswer> {
    const { endpoint, header } = access
    return sendLfs(this.#options.http, {
      method: 'POST',
      url: batchUrl(endpoint),
      server: endpoint,
      publicOnly: this.judge(access),
      headers: { accept: LFS_MEDIA_TYPE, 'content-type': `${LFS_MEDIA_TYPE}; charset=utf-8`, ...header },
      body: Buffer.from(encodeBatch({ operation, objects, ref: this.#options.ref })),
    })
  }

  /** Whether the server has LFS at all: it answers a question about an upload. */
  async #isThere(objects: readonly LfsObject[]): Promise<boolean> {
    const access = await this.#options.access('upload', false).catch(() => undefined)
    if (access === undefined) return false
    const answer = await this.#post(access, 'upload', objects.slice(0, 1))
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

  /** Where addresses that the server names may be: where it is itself. */
  judge({ endpoint, publicOnly }: LfsAccess): (url: URL) => Promise<boolean> {
    return async (url) => {
      if (publicOnly) return true
      if (url.origin === endpoint.origin) return false
      const host = endpoint.hostname
      const known = this.#privateHosts.get(host) ?? isPrivateHost(host)
      this.#privateHosts.set(host, known)
      return !(await known)
    }
  }

  refusal(answer: LfsAnswer, server: URL, what: string): Promise<MirrorError> {
    return refusalOf(answer, { side: this.#side, server, what })
  }

  get #side(): LfsHttp['side'] {
    return this.#options.http.side
  }
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
