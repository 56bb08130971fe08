import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { Socket } from 'node:net'
import { ByteReader } from '../../base/bytes.ts'
import { MirrorError, withDetails } from '../../base/errors.ts'
import { ChunkQueue } from '../connection/chunk-queue.ts'
import type { Connector } from '../route/connector.ts'
import type { Route } from '../route/route.ts'
import { addressOf } from '../route/target.ts'
import { proxyHint } from '../route/tunnel.ts'
import { type AnswerHead, malformed, parseAnswerHead } from './answer-head.ts'
import { BodyDecoder } from './body-decoder.ts'
import type { HttpAnswer, HttpRequest } from './messages.ts'
import type { SocketShelf } from './socket-shelf.ts'

/** A GET without a body. */
export type DownloadRequest = Pick<HttpRequest, 'url' | 'headers' | 'publicOnly' | 'signal' | 'onActivity'>

export interface DownloadOptions {
  readonly request: DownloadRequest
  readonly route: Route
  readonly connector: Connector
  readonly shelf: SocketShelf
  /** Not on a kept connection. */
  readonly fresh: boolean
  /** Called once, when all is over. */
  readonly onOver: () => void
}

/** Bytes of an answer's head. */
const HEAD_LIMIT_BYTES = 64 * 1024
const HEAD_END = '\r\n\r\n'
const CLOSED_TEXT = 'other side closed'

/**
 * One GET whose body is handed on as it was read: Node's own client copies each piece, and the first copy waits for a
 * collection of all garbage. For 0.9 GB that was 1 of 3 s of processor and more than half of the memory.
 */
export class Download {
  /** Resolves with the head of the answer. @throws as `HttpClient.request`. */
  readonly answer: Promise<HttpAnswer>
  /** It went out on a connection that had served another request. */
  reused = false
  /** A byte of an answer came. */
  answered = false
  readonly #options: DownloadOptions
  readonly #chunks: ChunkQueue
  readonly #whenOver: Promise<void>
  #tellOver: () => void = () => undefined
  #resolve: (answer: HttpAnswer) => void = () => undefined
  #reject: (reason: unknown) => void = () => undefined
  #socket: Socket | undefined
  #over = false
  /** What came of the head. */
  #start: Buffer | undefined
  #head: AnswerHead | undefined
  #body: BodyDecoder | undefined
  readonly #onAbort = (): void => this.end(this.#options.request.signal.reason)
  readonly #onData = (chunk: Buffer): void => {
    try {
      this.#take(chunk)
    } catch (error) {
      this.end(this.#explain(error))
    }
  }
  readonly #onEnd = (): void => {
    if (this.#head?.framing.kind === 'until-close') this.#complete()
    else this.#onClose()
  }
  readonly #onClose = (): void => this.end(this.#explain(new Error(CLOSED_TEXT)))
  readonly #onError = (cause: Error): void => this.end(this.#explain(cause))

  /** @throws MirrorError `usage` for what cannot stand in a header. */
  constructor(options: DownloadOptions) {
    this.#options = options
    const { signal } = options.request
    const head = encodeHead(options.request)
    this.#chunks = new ChunkQueue({
      pause: () => this.#socket?.pause(),
      resume: () => this.#socket?.resume(),
      cancel: () => this.end(new Error('the answer was given up')),
    })
    this.#whenOver = new Promise((resolve) => (this.#tellOver = resolve))
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    signal.addEventListener('abort', this.#onAbort, { once: true })
    void this.#open(head)
  }

  /** Ends everything: `reason` is thrown by whatever waits. Harmless after the end. */
  end(reason: unknown): void {
    if (this.#over) return
    this.#chunks.fail(reason)
    this.#reject(reason)
    this.#finish()
    this.#socket?.destroy()
  }

  async #open(head: string): Promise<void> {
    const { route, connector, shelf, fresh } = this.#options
    const kept = fresh ? undefined : shelf.take(route.key)
    this.reused = kept !== undefined
    try {
      const socket = kept ?? (await connector.open(route))
      if (this.#over) return void socket.destroy()
      this.#socket = socket
      socket.on('data', this.#onData)
      socket.on('end', this.#onEnd)
      socket.on('close', this.#onClose)
      socket.on('error', this.#onError)
      socket.write(head, 'latin1')
    } catch (error) {
      this.end(error)
    }
  }

  #take(chunk: Buffer): void {
    this.answered = true
    this.#options.request.onActivity?.(chunk.length)
    const rest = this.#head === undefined ? this.#takeHead(chunk) : chunk
    if (rest === undefined || this.#body === undefined) return
    const taken = this.#body.take(rest)
    if (!this.#body.isDone) return
    // Nothing was asked for that could come behind an answer.
    this.#complete(taken === rest.length)
  }

  /** @returns what came behind the head; undefined: it is not complete. */
  #takeHead(chunk: Buffer): Buffer | undefined {
    const bytes = this.#start === undefined ? chunk : Buffer.concat([this.#start, chunk])
    const end = bytes.indexOf(HEAD_END)
    if (end > HEAD_LIMIT_BYTES || (end < 0 && bytes.length > HEAD_LIMIT_BYTES))
      throw malformed('the head of its answer is too long')
    this.#start = end < 0 ? bytes : undefined
    if (end < 0) return undefined
    const head = parseAnswerHead(bytes.toString('latin1', 0, end))
    const rest = bytes.subarray(end + HEAD_END.length)
    // An interim answer: the real one comes behind it.
    if (head.status < 200) return head.status === 101 ? refuseSwitch() : this.#takeHead(rest)
    this.#head = head
    this.#body = new BodyDecoder(head.framing, (part) => this.#chunks.push(part))
    this.#resolve(this.#makeAnswer(head))
    return rest
  }

  #makeAnswer({ status, headers }: AnswerHead): HttpAnswer {
    const chunks = this.#chunks
    return {
      status,
      peer: this.#options.route.proxy ? undefined : this.#socket?.remoteAddress,
      bytes: new ByteReader(chunks),
      header: (name) => headers.get(name.toLowerCase()),
      get over() {
        return chunks.over
      },
      whenOver: this.#whenOver,
    }
  }

  #complete(isClean = false): void {
    if (this.#over) return
    const socket = this.#socket!
    // It may serve another one before all of this is read.
    this.#socket = undefined
    this.#chunks.end()
    socket.off('data', this.#onData)
    socket.off('end', this.#onEnd)
    socket.off('close', this.#onClose)
    socket.off('error', this.#onError)
    const { shelf, route } = this.#options
    if (isClean && this.#head?.keepsAlive === true) shelf.put(route.key, socket)
    else socket.destroy()
    this.#finish()
  }

  #finish(): void {
    this.#over = true
    this.#options.request.signal.removeEventListener('abort', this.#onAbort)
    this.#options.onOver()
    this.#tellOver()
  }

  #explain(cause: unknown): MirrorError {
    const { request, route } = this.#options
    const through = route.proxy ? ` (through the proxy ${route.proxy.url.host})` : ''
    const place = `${addressOf(request.url).host}${through}`
    if (cause instanceof MirrorError) {
      if (cause.code !== 'protocol') return cause
      return withDetails(cause, {}, `${place} does not speak HTTP/1.1: ${cause.message}`)
    }
    const words = cause instanceof Error ? cause.message : String(cause)
    return new MirrorError(`the connection to ${place} ended before the answer was complete: ${words}`, {
      code: 'cut',
      retryable: true,
      hint: route.proxy && proxyHint(route.proxy),
      cause,
    })
  }
}

function refuseSwitch(): never {
  throw malformed('it switches to another protocol')
}

function encodeHead({ url, headers }: DownloadRequest): string {
  const lines = [`GET ${url.pathname}${url.search} HTTP/1.1`]
  for (const [name, value] of Object.entries({ host: url.host, connection: 'keep-alive', ...headers })) {
    try {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause)
      throw new MirrorError(`a header cannot be sent: ${message}`, { code: 'usage', cause })
    }
    lines.push(`${name}: ${value}`)
  }
  return `${lines.join('\r\n')}${HEAD_END}`
}
