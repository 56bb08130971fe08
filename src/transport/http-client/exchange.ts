import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { ByteReader } from '../../base/bytes.ts'
import { MirrorError } from '../../base/errors.ts'
import { ChunkQueue } from '../connection/chunk-queue.ts'
import type { HttpAnswer } from './messages.ts'
import { addressOf } from '../route/target.ts'
import { pumpBody } from './pump-body.ts'
import { startRequest, type StartOptions } from './start-request.ts'
import { proxyHint, refusedByProxy } from '../route/tunnel.ts'
import { Upload } from './upload.ts'

const CLOSED_TEXT = 'other side closed'

export interface ExchangeOptions extends StartOptions {
  /** Called once, when all is over. */
  readonly onOver: () => void
}

/** One request and its answer. */
export class Exchange {
  /** Resolves with the head of the answer. @throws as `HttpClient.request`. */
  readonly answer: Promise<HttpAnswer>
  readonly #options: ExchangeOptions
  readonly #sending: ClientRequest
  readonly #upload: Upload | undefined
  readonly #chunks: ChunkQueue
  readonly #whenOver: Promise<void>
  #tellOver: () => void = () => undefined
  #resolve: (answer: HttpAnswer) => void = () => undefined
  #reject: (reason: unknown) => void = () => undefined
  #incoming: IncomingMessage | undefined
  #over = false
  #socket: Socket | undefined
  #readBefore = 0
  readonly #onAbort = (): void => this.end(this.#options.request.signal.reason)

  /** @throws MirrorError `usage` for what cannot stand in a header. */
  constructor(options: ExchangeOptions) {
    const { body, signal, onActivity } = options.request
    this.#options = options
    this.#sending = startRequest(options)
    this.#chunks = new ChunkQueue({
      pause: () => this.#incoming?.pause(),
      resume: () => this.#incoming?.resume(),
      cancel: () => this.end(new Error('the answer was given up')),
    })
    this.#whenOver = new Promise((resolve) => {
      this.#tellOver = resolve
    })
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#sending.once('socket', (socket) => {
      this.#socket = socket
      this.#readBefore = socket.bytesRead
    })
    this.#sending.on('response', (incoming) => this.#takeHead(incoming))
    this.#sending.on('information', () => onActivity?.(0))
    this.#sending.on('error', (cause) => this.#fail(cause))
    this.#sending.on('close', () => this.#fail(new Error(CLOSED_TEXT)))
    if (body && !(body instanceof Uint8Array)) this.#upload = this.#startUpload(new Upload(body))
    else this.#sending.end(body)
  }

  /** It went out on a connection that had served another request. */
  get reused(): boolean {
    return this.#sending.reusedSocket
  }

  /** A byte of an answer came, whole or not. */
  get answered(): boolean {
    return this.#socket !== undefined && this.#socket.bytesRead > this.#readBefore
  }

  /** Ends everything: `reason` is thrown by whatever waits. Harmless after the end. */
  end(reason: unknown): void {
    if (this.#over) return
    this.#chunks.fail(reason)
    this.#reject(reason)
    this.#finish(reason)
    this.#sending.destroy()
  }

  /** Not before there is a connection: a body whose server cannot be reached is not asked for anything. */
  #startUpload(upload: Upload): Upload {
    const request = this.#sending
    const length = request.getHeader('content-length')
    request.once('socket', (socket) => {
      pumpBody(upload, {
        request,
        socket,
        length: length === undefined ? undefined : Number(length),
        onWritten: this.#options.request.onActivity,
      }).catch((reason: unknown) => this.end(reason))
    })
    return upload
  }

  #takeHead(incoming: IncomingMessage): void {
    const { request, route } = this.#options
    const status = incoming.statusCode!
    request.onActivity?.(0)
    if (status === 407 && route.proxy) {
      this.end(refusedByProxy(route.proxy, status))
      return
    }
    this.#incoming = incoming
    incoming.on('data', (chunk: Buffer) => {
      request.onActivity?.(chunk.length)
      this.#chunks.push(chunk)
    })
    incoming.on('end', () => this.#complete())
    if (status >= 300) this.#upload?.stop()
    this.#resolve(this.#makeAnswer(status, incoming))
  }

  #makeAnswer(status: number, { headers, socket }: IncomingMessage): HttpAnswer {
    const chunks = this.#chunks
    return {
      status,
      peer: this.#options.route.proxy ? undefined : socket.remoteAddress,
      bytes: new ByteReader(chunks),
      header(name) {
        const value = headers[name]
        return Array.isArray(value) ? value.join(', ') : value
      },
      get over() {
        return chunks.over
      },
      whenOver: this.#whenOver,
    }
  }

  #complete(): void {
    if (this.#over) return
    this.#chunks.end()
    this.#finish(new Error('the server has answered'))
    // What is left of a body would come before the next request.
    if (!this.#sending.writableFinished) this.#sending.destroy()
  }

  #finish(reason: unknown): void {
    this.#over = true
    this.#upload?.fail(reason)
    this.#options.request.signal.removeEventListener('abort', this.#onAbort)
    this.#options.onOver()
    this.#tellOver()
  }

  #fail(cause: Error): void {
    // The whole answer has arrived; later errors of the socket do not matter.
    if (this.#incoming?.complete) return
    // What came before the failure may not have been handed out yet.
    while (this.#incoming?.read());
    this.end(this.#explain(cause))
  }

  #explain(cause: Error & { readonly code?: string; readonly syscall?: string }): MirrorError {
    if (cause instanceof MirrorError) return cause
    const { request, route } = this.#options
    const through = route.proxy ? ` (through the proxy ${route.proxy.url.host})` : ''
    const place = `${addressOf(request.url).host}${through}`
    if (cause.code?.startsWith('HPE_')) {
      const message = `${place} does not speak HTTP/1.1: ${cause.message}`
      return new MirrorError(message, { code: 'protocol', cause })
    }
    // Node's own error for an end that comes too early, and not the system's.
    const closed = cause.code === 'ECONNRESET' && cause.syscall === undefined
    return new MirrorError(
      `the connection to ${place} ended before the answer was complete: ${closed ? CLOSED_TEXT : cause.message}`,
      { code: 'cut', retryable: true, hint: route.proxy && proxyHint(route.proxy), cause },
    )
  }
}
