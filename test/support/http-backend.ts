import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'

/** Bytes of a body that are kept for a test to look at. */
const KEPT = 4 * 1024 * 1024

export interface RecordedRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Which connection it came on: the client's port. */
  readonly connection: number
  /** Bytes of the body so far. */
  received: number
  /** The first 4 MiB of the body so far, as they came. */
  readonly parts: Buffer[]
  /** The body came to its proper end. */
  complete: boolean
  /** The connection went away before the answer was complete. */
  aborted: boolean
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Answer when so many bytes of the body have come. Default: at once. */
  readonly after?: number
  /** Then close without reading the rest, which resets the connection. */
  readonly close?: boolean
  /** Never answer. */
  readonly silent?: boolean
}

export interface HttpBackendOptions {
  /** Folder of bare repositories. */
  readonly root: string
  /** The `git-http-backend` of another git. Default: this machine's. */
  readonly program?: string | undefined
  readonly tls?: { readonly key: string; readonly cert: string } | undefined
  /** Basic login, asked for everywhere or for POSTs alone. */
  readonly auth?:
    | { readonly username: string; readonly password: string; readonly on?: 'all' | 'post' }
    | undefined
  /** As front ends do that pass only headers they know. */
  readonly dropGitProtocol?: boolean | undefined
  /** 413 to longer bodies, as soon as they are, by a front end that takes the body before git answers. */
  readonly bodyLimit?: number | undefined
  /** 411 to bodies without Content-Length. */
  readonly demandLength?: boolean | undefined
  /** Status for compressed bodies. */
  readonly refuseGzip?: number | undefined
  /** Milliseconds before each answer. */
  readonly delay?: number | undefined
  /** A request waits for its promise before it is answered; undefined: it does not. */
  readonly hold?: ((request: RecordedRequest) => Promise<void> | undefined) | undefined
  /** Closes the connection after so many bytes of the answer to a POST. */
  readonly cutAfter?: number | undefined
  /** Answers without length, as HTTP/1.0 does: the end of the connection is the end of the body. */
  readonly closeDelimited?: boolean | undefined
  /** An answer of its own for a request; undefined: git's. */
  readonly answer?: ((request: RecordedRequest) => Answer | undefined) | undefined
  /** More environment for the CGI. */
  readonly env?: NodeJS.ProcessEnv | undefined
}

export interface HttpBackend extends AsyncDisposable {
  /** `http://127.0.0.1:port` or `https://localhost:port`. */
  readonly url: string
  readonly port: number
  readonly requests: readonly RecordedRequest[]
  /** Connections that are open now. */
  readonly open: () => number
}

/** `git http-backend` behind Node's HTTP server, on a free port of the loopback device. */
export async function startHttpBackend(options: HttpBackendOptions): Promise<HttpBackend> {
  const requests: RecordedRequest[] = []
  const children = new Set<ChildProcess>()
  const sockets = new Set<Socket>()
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const record = recordRequest(request, response)
    requests.push(record)
    serve({ options, request, response, record, children }).catch(() => response.destroy())
  }
  const server = options.tls ? createTlsServer(options.tls, onRequest) : createServer(onRequest)
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: options.tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    port,
    requests,
    open: () => sockets.size,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      for (const child of children) child.kill('SIGKILL')
      await closed
    },
  }
}

function recordRequest(request: IncomingMessage, response: ServerResponse): RecordedRequest {
  const record: RecordedRequest = {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    connection: request.socket.remotePort ?? 0,
    received: 0,
    parts: [],
    complete: false,
    aborted: false,
  }
  response.once('close', () => {
    record.aborted = !response.writableFinished
  })
  return record
}

interface Exchange {
  readonly options: HttpBackendOptions
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly record: RecordedRequest
  readonly children: Set<ChildProcess>
}

async function serve(exchange: Exchange): Promise<void> {
  const { options, request, response, record } = exchange
  if (options.delay) await sleep(options.delay)
  await options.hold?.(record)
  const answer = options.answer?.(record) ?? refuse(options, record)
  if (!answer && options.bodyLimit !== undefined) {
    await runBackend(exchange, (received) => {
      if (received <= options.bodyLimit!) return false
      void answerWith({ status: 413, body: 'Request Entity Too Large', close: true }, request, response)
      return true
    })
    return
  }
  if (!answer) {
    await runBackend(exchange, () => false)
    return
  }
  watchBody(exchange)
  while (record.received < (answer.after ?? 0) && !record.complete && !request.destroyed) await sleep(2)
  if (!answer.silent) await answerWith(answer, request, response)
}

function refuse(
  { auth, demandLength, refuseGzip }: HttpBackendOptions,
  record: RecordedRequest,
): Answer | undefined {
  const { method, headers } = record
  if (auth && (auth.on !== 'post' || method === 'POST')) {
    const login = Buffer.from(`${auth.username}:${auth.password}`).toString('base64')
    if (headers.authorization !== `Basic ${login}`) {
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="git"' }, body: 'who are you?' }
    }
  }
  if (demandLength && method === 'POST' && headers['content-length'] === undefined) return { status: 411 }
  if (refuseGzip && headers['content-encoding'] === 'gzip')
    return { status: refuseGzip, body: 'what is this?' }
  return undefined
}

function watchBody({ request, record }: Exchange): void {
  request.on('data', (chunk: Buffer) => keep(record, chunk))
  request.once('end', () => {
    record.complete = request.complete
  })
  request.on('error', () => undefined)
}

function keep(record: RecordedRequest, chunk: Buffer): void {
  record.received += chunk.length
  if (record.received <= KEPT) record.parts.push(chunk)
}

async function answerWith(answer: Answer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (answer.close) response.shouldKeepAlive = false
  response.writeHead(answer.status, answer.headers ?? {})
  await new Promise<void>((resolve) => response.end(answer.body ?? '', resolve))
  if (answer.close) request.socket.destroy()
}

async function runBackend(exchange: Exchange, stop: (received: number) => boolean): Promise<void> {
  const { options, request, response, record, children } = exchange
  const child = spawn(options.program ?? backendPath(), {
    env: cgiEnvironment(options, request),
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  children.add(child)
  child.once('close', () => children.delete(child))
  child.stdin.on('error', () => undefined)
  child.stdin.on('drain', () => request.resume())
  child.stdin.on('close', () => request.resume())
  request.on('error', () => child.kill('SIGKILL'))
  response.once('close', () => request.complete || child.kill('SIGKILL'))
  let stopped = false
  request.on('data', (chunk: Buffer) => {
    keep(record, chunk)
    if (stopped) return
    if (stop(record.received)) {
      stopped = true
      child.kill('SIGKILL')
    } else if (!child.stdin.write(chunk)) {
      request.pause()
    }
  })
  request.once('end', () => {
    record.complete = request.complete
    if (!stopped) child.stdin.end()
  })
  // http-backend sends its head before it reads the body.
  if (options.bodyLimit !== undefined && !request.complete) {
    await new Promise<void>((resolve) => {
      request.once('end', resolve)
      response.once('close', resolve)
    })
  }
  await relayAnswer(child, exchange, () => stopped)
}

async function relayAnswer(
  child: ChildProcess,
  { options, request, response }: Exchange,
  stopped: () => boolean,
): Promise<void> {
  let head: Buffer | undefined = Buffer.alloc(0)
  let sent = 0
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    let body = chunk
    if (head) {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) continue
      writeHead(head.toString('latin1', 0, end), response, options)
      body = head.subarray(end + 4)
      head = undefined
    }
    if (stopped() || response.destroyed) return
    const left = request.method === 'POST' ? (options.cutAfter ?? Infinity) - sent : Infinity
    sent += body.length
    if (body.length > 0 && !response.write(body.length > left ? body.subarray(0, left) : body)) {
      await new Promise<void>((resolve) => {
        const goOn = (): void => {
          response.off('drain', goOn).off('close', goOn)
          resolve()
        }
        response.on('drain', goOn).on('close', goOn)
      })
    }
    if (body.length >= left) {
      setTimeout(() => request.socket.destroy(), 20)
      return
    }
  }
  if (stopped()) return
  if (head) response.writeHead(502)
  response.end()
}

function writeHead(text: string, response: ServerResponse, options: HttpBackendOptions): void {
  let status = 200
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon)
    const value = line.slice(colon + 1).trim()
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10)
    else response.setHeader(name, value)
  }
  if (options.closeDelimited) {
    response.shouldKeepAlive = false
    response.useChunkedEncodingByDefault = false
  }
  response.writeHead(status)
}

function cgiEnvironment(options: HttpBackendOptions, request: IncomingMessage): NodeJS.ProcessEnv {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const { headers } = request
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_PROJECT_ROOT: options.root,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: request.method,
    PATH_INFO: decodeURIComponent(url.pathname),
    QUERY_STRING: url.search.slice(1),
    REMOTE_ADDR: '127.0.0.1',
    ...(options.auth && { REMOTE_USER: options.auth.username }),
    ...(headers['content-type'] && { CONTENT_TYPE: headers['content-type'] }),
    ...(headers['content-length'] && { CONTENT_LENGTH: headers['content-length'] }),
    ...(headers['content-encoding'] && { HTTP_CONTENT_ENCODING: headers['content-encoding'] }),
    ...options.env,
  }
  const version = headers['git-protocol']
  if (typeof version === 'string' && !options.dropGitProtocol) env['GIT_PROTOCOL'] = version
  return env
}

let path: string | undefined

function backendPath(): string {
  path ??= join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend')
  return path
}
