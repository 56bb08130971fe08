import { MirrorError, type Side } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { Connection } from '../../transport/connection/connection.ts'
import type { Operation } from '../api/batch-messages.ts'
import type { LfsObject, LfsStore, Standing } from '../api/store.ts'
import { TransferChannel } from './transfer-channel.ts'

export interface TransferStoreOptions {
  readonly label: string
  readonly side: Side
  readonly ref: string | undefined
  /** Starts `git-lfs-transfer PATH OPERATION` at the server. @throws MirrorError */
  readonly connect: (operation: Operation) => Promise<Connection>
  /** Has greeted and was asked nothing yet. */
  readonly greeted?: { readonly operation: Operation; readonly channel: TransferChannel } | undefined
}

const OBJECTS_PER_BATCH = 100

/** An LFS server behind `git-lfs-transfer` over ssh: each channel serves one object at a time. */
export function openTransferStore(options: TransferStoreOptions): LfsStore {
  return new TransferStore(options)
}

class TransferStore implements LfsStore {
  readonly label: string
  readonly #options: TransferStoreOptions
  readonly #idle: Record<Operation, TransferChannel[]> = { download: [], upload: [] }
  /** What a batch said of an object, to be sent back with the request for it. */
  readonly #tokens = new Map<string, readonly string[]>()

  constructor(options: TransferStoreOptions) {
    this.label = options.label
    this.#options = options
    const { greeted } = options
    if (greeted) this.#idle[greeted.operation].push(greeted.channel)
  }

  /** It was spoken with. */
  isThere(): Promise<boolean> {
    return Promise.resolve(true)
  }

  find(objects: readonly LfsObject[]): Promise<readonly Standing[]> {
    // `noop` for a download means that there is none.
    return this.#batch('download', objects, (object, action) => ({
      kind: action === 'download' ? 'there' : 'missing',
      object,
    }))
  }

  prepare(objects: readonly LfsObject[]): Promise<readonly Standing[]> {
    return this.#batch('upload', objects, (object, action) => {
      if (action === 'upload') return { kind: 'missing', object }
      if (action === 'noop') return { kind: 'there', object }
      // Silence must not be taken for an object that is there.
      return { kind: 'refused', object, code: 404, message: 'the server’s answer leaves it out' }
    })
  }

  async *read(object: LfsObject): AsyncGenerator<Uint8Array, void> {
    const channel = await this.#lease('download')
    let isWhole = false
    try {
      const { status, data } = await channel.askData({
        command: `get-object ${object.oid}`,
        args: this.#takeTokens('download', object),
      })
      if (status !== 200) throw await this.#refusal(status, data, `reading ${object.oid}`)
      yield* data
      isWhole = true
    } finally {
      // Of an object that was not read to its end, the rest would come before the next answer.
      if (isWhole) this.#idle.download.push(channel)
      else channel.abort(new Error('the object was given up'))
    }
  }

  async write(object: LfsObject, body: AsyncIterable<Uint8Array>): Promise<void> {
    const channel = await this.#lease('upload')
    let isDone = false
    try {
      const size = `size=${object.size}`
      const tokens = this.#takeTokens('upload', object)
      const put = await channel.ask({
        command: `put-object ${object.oid}`,
        args: [size, ...tokens],
        data: body,
      })
      if (put.status !== 200) throw this.#refused(put.status, put.lines, `writing ${object.oid}`)
      const verified = await channel.ask({ command: `verify-object ${object.oid}`, args: [size, ...tokens] })
      if (verified.status !== 200)
        throw this.#refused(verified.status, verified.lines, `verifying ${object.oid}`)
      isDone = true
    } finally {
      if (isDone) this.#idle.upload.push(channel)
      else channel.abort(new Error('the object was given up'))
    }
  }

  async dispose(): Promise<void> {
    const channels = [...this.#idle.download.splice(0), ...this.#idle.upload.splice(0)]
    await Promise.all(channels.map((channel) => channel.close()))
  }

  async #batch(
    operation: Operation,
    objects: readonly LfsObject[],
    standingOf: (object: LfsObject, action: string | undefined) => Standing,
  ): Promise<readonly Standing[]> {
    const standings: Standing[] = []
    for (let at = 0; at < objects.length; at += OBJECTS_PER_BATCH) {
      const some = objects.slice(at, at + OBJECTS_PER_BATCH)
      const channel = await this.#lease(operation)
      let answer
      try {
        answer = await channel.ask({
          command: 'batch',
          args: [
            'transfer=ssh',
            'hash-algo=sha256',
            ...(this.#options.ref === undefined ? [] : [`refname=${this.#options.ref}`]),
          ],
          lines: some.map(({ oid, size }) => `${oid} ${size}`),
        })
      } catch (error) {
        channel.abort(error)
        throw error
      }
      this.#idle[operation].push(channel)
      if (answer.status !== 200)
        throw this.#refused(answer.status, answer.lines, `asking about ${some.length} LFS objects`)
      const actions = new Map<string, readonly string[]>()
      for (const line of answer.lines) {
        const [oid = '', , ...rest] = line.split(' ')
        if (!actions.has(oid)) actions.set(oid, rest)
      }
      for (const object of some) {
        const [action, ...extra] = actions.get(object.oid) ?? []
        const tokens = extra.filter((word) => /^(id|token)=/.test(word))
        if (tokens.length > 0) this.#tokens.set(`${operation} ${object.oid}`, tokens)
        standings.push(standingOf(object, action))
      }
    }
    return standings
  }

  async #lease(operation: Operation): Promise<TransferChannel> {
    for (let idle = this.#idle[operation].pop(); idle; idle = this.#idle[operation].pop())
      if (!idle.over) return idle
    const connection = await this.#options.connect(operation)
    try {
      return await TransferChannel.open(connection, this.#options.side)
    } catch (error) {
      connection.abort(error)
      throw error
    }
  }

  #takeTokens(operation: Operation, { oid }: LfsObject): readonly string[] {
    const key = `${operation} ${oid}`
    const tokens = this.#tokens.get(key) ?? []
    this.#tokens.delete(key)
    return tokens
  }

  async #refusal(status: number, data: AsyncIterable<Uint8Array>, what: string): Promise<MirrorError> {
    const parts: Uint8Array[] = []
    for await (const part of data) if (parts.length < 4) parts.push(part)
    return this.#refused(status, [Buffer.concat(parts).toString()], what)
  }

  #refused(status: number, lines: readonly string[], what: string): MirrorError {
    const words = printableLine(lines.join(' '), 200).trim()
    return new MirrorError(`${what}: git-lfs-transfer answers ${status}${words === '' ? '' : `: ${words}`}`, {
      code: status === 404 ? 'not-found' : status === 403 ? 'auth' : 'http',
      side: this.#options.side,
      status,
      retryable: status >= 500,
      serverText: words === '' ? undefined : words,
    })
  }
}
