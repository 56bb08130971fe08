import type { Socket } from 'node:net'
import { ByteReader } from '../bytes.ts'
import { MirrorError } from '../errors.ts'
import { AnswerChunks } from './http-answer.ts'
import { type BodyDecoder, chooseDecoder } from './http-answer-body.ts'
import { type AnswerHead, HeadReader } from './http-answer-head.ts'
import type { HttpAnswer, HttpRequest } from './http-client.ts'
import { addressOf } from './http-connect.ts'
import { pumpBody } from './http-pump.ts'
import { announcedLength, encodeHead } from './http-request-head.ts'
import type { Route } from './http-route.ts'
import { proxyHint, refusedByProxy } from './http-tunnel.ts'
import { Upload } from './http-upload.ts'

export interface ExchangeOptions {
  readonly request: HttpRequest
  readonly route: Route
  /** A connection that has served another request. */
  readonly kept: Socket | undefined
  /** Makes a connection, if none was kept. */
  readonly connect: () => Promise<Socket>
  /** Called once, when all is over, with a connection that can serve another request. */
  readonly onOver: (socket: Socket | undefined, keepAlive: string | undefined) => void
}

/** One request and its answer. */
export class Exchange {
  /** Resolves with the head of the answer. @throws as `HttpClient.request`. */
  readonly answer: Promise<HttpAnswer>
  readonly #options: ExchangeOptions
  readonly #upload: Upload | undefined
  readonly #chunks: AnswerChunks
  readonly #whenOver: Promise<void>
  #tellOver: () => void = () => undefined
  #resolve: (answer: HttpAnswer) => void = () => undefined
  #reject: (reason: unknown) => void = () => undefined
  readonly #headReader = new HeadReader()
  #head: AnswerHead | undefined
  #decoder: BodyDecoder | undefined
  #socket: Socket | undefined
  #sent = false
  #over = false
  readonly #onAbort = (): void => this.end(this.#options.request.signal.reason)
  readonly #onData = (bytes: Buffer): void => this.#take(bytes)
  readonly #onEnd = (): void => (this.#decoder?.endsWithConnection ? this.#complete(false) : this.#onClose())
  readonly #onClose = (): void => this.end(this.#cutError(new Error('other side closed')))
  readonly #onError = (error: Error): void => this.end(this.#cutError(error))

  /** @throws MirrorError `usage` for what cannot stand in a header. */
  constructor(options: ExchangeOptions) {
    const { body, signal, onActivity } = options.request
    const head = encodeHead(options.request, options.route)
    this.#options = options
    if (body && !(body instanceof Uint8Array)) this.#upload = new Upload(body, onActivity)
    this.#chunks = new AnswerChunks({
      pause: () => this.#socket?.pause(),
      // After the end the connection is somebody else's.
      resume: () => void (this.#over || this.#socket?.resume()),
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
    this.#send(head).catch((reason: unknown) => this.end(reason))
  }

  /** Ends everything: `reason` is thrown by whatever waits. Harmless after the end. */
  end(reason: unknown): void {
    if (this.#over) return
    this.#chunks.fail(reason)
    this.#reject(reason)
    this.#finish(reason, undefined)
  }

  async #send(head: string): Promise<void> {
    const { request, kept, connect } = this.#options
    const socket = kept ?? (await connect())
    if (this.#over) {
      socket.destroy()
      return
    }
    this.#socket = socket
    socket.on('data', this.#onData)
    socket.on('end', this.#onEnd)
    socket.on('close', this.#onClose)
    socket.on('error', this.#onError)
    socket.resume()
    if (this.#upload) {
      await pumpBody(this.#upload, { socket, head, length: announcedLength(request) })
    } else {
      socket.cork()
      socket.write(head, 'latin1')
      if (request.body) socket.write(request.body as Uint8Array)
      socket.uncork()
    }
    this.#sent = true
  }

  #take(bytes: Buffer): void {
    this.#options.request.onActivity?.()
    try {
      const rest = this.#head ? bytes : this.#takeHead(bytes)
      if (this.#over || !this.#decoder || !rest || rest.length === 0) return
      const taken = this.#decoder.decode(rest, (part) => this.#chunks.push(part))
      if (taken !== undefined) this.#complete(taken === rest.length)
    } catch (cause) {
      this.end(this.#protocolError(cause as Error))
    }
  }

  /** Returns what lies behind the head, undefined as long as that is not whole. */
  #takeHead(bytes: Buffer): Buffer | undefined {
    const read = this.#headReader.push(bytes)
    if (!read) return undefined
    const { head } = read
    const rest = bytes.subarray(bytes.length - read.rest)
    const { proxy } = this.#options.route
    if (head.status === 407 && proxy) {
      this.end(refusedByProxy(proxy, head.status))
      return undefined
    }
    const decoder = chooseDecoder(head)
    this.#head = head
    this.#decoder = decoder
    if (head.status >= 300) this.#upload?.stop()
    this.#resolve(this.#makeAnswer(head))
    if (!decoder) this.#complete(rest.length === 0)
    return rest
  }

  #makeAnswer({ status, headers }: AnswerHead): HttpAnswer {
    const chunks = this.#chunks
    return {
      status,
      bytes: new ByteReader(chunks),
      header: (name) => headers.get(name),
      get over() {
        return chunks.over
      },
      whenOver: this.#whenOver,
    }
  }

  /** `clean`: the server has sent nothing behind the answer. */
  #complete(clean: boolean): void {
    if (this.#over) return
    this.#chunks.end()
    const socket = this.#socket!
    // What is left of a body would come before the next request.
    const flushed = this.#sent && socket.writableLength === 0
    const reusable = clean && flushed && this.#head!.keepsAlive && !this.#options.request.fresh
    this.#finish(new Error('the server has answered'), reusable ? socket : undefined)
  }

  #finish(reason: unknown, reusable: Socket | undefined): void {
    this.#over = true
    this.#upload?.fail(reason)
    this.#options.request.signal.removeEventListener('abort', this.#onAbort)
    const socket = this.#socket
    socket?.off('data', this.#onData)
    socket?.off('end', this.#onEnd)
    socket?.off('close', this.#onClose)
    socket?.off('error', this.#onError)
    if (!reusable) socket?.destroy()
    this.#options.onOver(reusable, this.#head?.headers.get('keep-alive'))
    this.#tellOver()
  }

  #place(): string {
    const { request, route } = this.#options
    const proxy = route.proxy ? ` (through the proxy ${route.proxy.url.host})` : ''
    return `${addressOf(request.url).host}${proxy}`
  }

  #protocolError(cause: Error): MirrorError {
    const message = `${this.#place()} does not speak HTTP/1.1: ${cause.message}`
    return new MirrorError(message, { code: 'protocol', cause })
  }

  #cutError(cause: Error): MirrorError {
    const { proxy } = this.#options.route
    return new MirrorError(
      `the connection to ${this.#place()} ended before the answer was complete: ${cause.message}`,
      { code: 'cut', retryable: true, hint: proxy && proxyHint(proxy), cause },
    )
  }
}
