import type { ChildProcess } from 'node:child_process'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { type Asked, type Dialect, judge, readAsked, type Refusal, type Service } from './dialect.ts'
import { type GitCall, greetStateless, spawnGit, versionOf, waitForRoom } from './git-child.ts'
import { cutPackets } from './packets.ts'

export interface HostCall {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** Of info/refs and of the POSTs; undefined for anything else. */
  readonly service: Service | undefined
  /** Path before `/info/refs` or `/git-…-pack`. */
  readonly repository: string
  /** Bytes of the body so far, as they came. */
  received: number
  /** Status that was answered; 0: none. */
  status: number
  /** What was asked of git, once it has been read. */
  asked: Asked | undefined
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface HostOptions {
  /** Folder of bare repositories. */
  readonly root: string
  readonly dialect: Dialect
  /** Folder below `root` for the path of an address; undefined: 404. Default: the path, with `.git`. */
  readonly locate?: (path: string) => string | undefined
  /** Asked before anything else, for each request. */
  readonly gate?: (call: HostCall) => Reply | 'hang-up' | undefined
  /** Asked while the body of a POST comes in. */
  readonly meter?: (call: HostCall) => Reply | 'hang-up' | undefined
}

export interface Host extends AsyncDisposable {
  readonly port: number
  readonly calls: readonly HostCall[]
  readonly url: (path: string) => string
}

/** An http server that speaks as `dialect` says, in front of git's own programs. */
export async function startHost(options: HostOptions): Promise<Host> {
  const calls: HostCall[] = []
  const children = new Set<ChildProcess>()
  const sockets = new Set<Socket>()
  const offers = new Map<string, readonly string[]>()
  const server = createServer((request, response) => {
    const call = readCall(request)
    calls.push(call)
    response.once('finish', () => {
      call.status = response.statusCode
    })
    serve({ options, request, response, call, children, offers }).catch(() => response.destroy())
  })
  server.requestTimeout = 0
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    calls,
    url: (path) => `http://127.0.0.1:${port}/${path.replace(/^\//, '')}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      for (const child of children) child.kill('SIGKILL')
      await closed
    },
  }
}

function readCall(request: IncomingMessage): HostCall {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const path = decodeURIComponent(url.pathname)
  const found = /^(.*)\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(path)
  const named = found?.[2] === 'info/refs' ? url.searchParams.get('service') : found?.[2]
  return {
    method: request.method ?? '',
    path,
    query: url.searchParams,
    headers: request.headers,
    service: named === 'git-upload-pack' || named === 'git-receive-pack' ? named : undefined,
    repository: found?.[1] ?? path,
    received: 0,
    status: 0,
    asked: undefined,
  }
}

interface Exchange {
  readonly options: HostOptions
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly call: HostCall
  readonly children: Set<ChildProcess>
  readonly offers: Map<string, readonly string[]>
}

async function serve(exchange: Exchange): Promise<void> {
  const { options, request, call, offers } = exchange
  request.on('error', () => undefined)
  const refused = options.gate?.(call)
  if (refused !== undefined) return reply(exchange, refused)
  const below = (options.locate ?? withGit)(call.repository)
  if (below === undefined || call.service === undefined) return reply(exchange, { status: 404 })
  const header = call.headers['git-protocol']
  const git: GitCall = {
    dialect: options.dialect,
    service: call.service,
    repository: join(options.root, below),
    protocol: typeof header === 'string' ? header : undefined,
  }
  const key = `${git.repository} ${git.service} ${versionOf(git)}`
  if (call.method === 'GET') {
    const { bytes, offered } = await greetStateless(git, exchange.children)
    offers.set(key, offered)
    return reply(exchange, { ...advertisementOf(git), body: Buffer.concat([preludeOf(git), bytes]) })
  }
  await answerPost(exchange, git, offers.get(key) ?? [])
}

function withGit(path: string): string {
  return path.endsWith('.git') ? path : `${path}.git`
}

function advertisementOf({ service }: GitCall): Reply {
  const type = `application/x-${service}-advertisement`
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-cache' } }
}

function preludeOf(git: GitCall): Buffer {
  if (versionOf(git) === 2 && git.dialect.serviceLine !== true) return Buffer.alloc(0)
  const line = `# service=${git.service}\n`
  return Buffer.from(`${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`)
}

function reply({ request, response }: Exchange, answer: Reply | 'hang-up'): void {
  if (answer === 'hang-up') {
    request.socket.destroy()
    return
  }
  const { socket } = request
  const unread = request.method === 'POST' && !request.complete
  if (unread) response.shouldKeepAlive = false
  response.writeHead(answer.status, answer.headers ?? {})
  response.end(answer.body ?? '', () => {
    // What the client still sends is taken for a moment, so that its answer is not lost in a reset.
    if (unread) setTimeout(() => socket.destroy(), 200).unref()
  })
  request.resume()
}

async function answerPost(exchange: Exchange, git: GitCall, offered: readonly string[]): Promise<void> {
  const { options, response, call, children } = exchange
  const where = { service: git.service, version: versionOf(git), repository: git.repository, offered }
  const body = readBody(exchange)
  const head = await readHead(body, git.service)
  if (head === undefined) return
  call.asked = readAsked(where, head.packets)
  const nothing = head.packets.every((packet) => packet === 0)
  const refusal = nothing ? undefined : judge(options.dialect, call.asked)
  if (refusal !== undefined) return reply(exchange, replyTo(refusal))
  const { refusePack } = options.dialect
  const rest: Buffer[] = []
  if (refusePack !== undefined && git.service === 'git-receive-pack') {
    for await (const chunk of body) rest.push(chunk)
    const commands = cutPackets(head.bytes, { toFlush: true })
    const pack = Buffer.concat([commands.rest, ...rest])
    const refused = pack.length === 0 ? undefined : await refusePack(call.asked, pack)
    if (refused !== undefined) return reply(exchange, replyTo(refused))
  }
  const child = spawnGit(git, ['--stateless-rpc'], children)
  response.once('close', () => child.kill('SIGKILL'))
  child.stderr.resume()
  const sent = (async () => {
    child.stdin.write(Buffer.concat([head.bytes, ...rest]))
    for await (const chunk of body) {
      if (!child.stdin.write(chunk) && child.stdin.writable) await waitForRoom(child.stdin)
    }
    if (exchange.request.complete) child.stdin.end()
  })()
  sent.catch(() => child.kill('SIGKILL'))
  await sendAnswer(exchange, child.stdout as AsyncIterable<Buffer>, call.asked)
}

function replyTo(refusal: Refusal): Reply | 'hang-up' {
  if (refusal === 'hang-up') return refusal
  return { status: refusal.status, headers: { 'content-type': 'text/plain' }, body: refusal.text }
}

async function sendAnswer(
  { options, response }: Exchange,
  answer: AsyncIterable<Buffer>,
  asked: Asked,
): Promise<void> {
  const headers = { 'content-type': `application/x-${asked.service}-result`, 'cache-control': 'no-cache' }
  const { rewrite } = options.dialect
  const chunks: Buffer[] = []
  for await (const chunk of answer) {
    if (response.headersSent && response.destroyed) return
    if (rewrite !== undefined) chunks.push(chunk)
    else {
      if (!response.headersSent) response.writeHead(200, headers)
      response.write(chunk)
    }
  }
  if (response.writableEnded || response.destroyed) return
  const bytes = rewrite === undefined ? undefined : await rewrite(asked, Buffer.concat(chunks))
  if (!response.headersSent) response.writeHead(200, headers)
  response.end(bytes)
}

/** The body, unpacked; ends early when the meter has answered. */
async function* readBody(exchange: Exchange): AsyncGenerator<Buffer> {
  const { options, request, call } = exchange
  const packed = call.headers['content-encoding'] === 'gzip'
  const source = packed ? request.pipe(createGunzip()) : request
  for await (const chunk of source as AsyncIterable<Buffer>) {
    call.received += chunk.length
    const refused = options.meter?.(call)
    if (refused !== undefined) {
      reply(exchange, refused)
      return
    }
    yield chunk
  }
}

/** Upload-pack: all of the body. Receive-pack: up to the flush behind the commands. */
async function readHead(
  body: AsyncGenerator<Buffer>,
  service: Service,
): Promise<
  { readonly packets: ReturnType<typeof cutPackets>['packets']; readonly bytes: Buffer } | undefined
> {
  let bytes = Buffer.alloc(0)
  for (;;) {
    if (service === 'git-receive-pack') {
      const { packets } = cutPackets(bytes, { toFlush: true })
      if (packets.at(-1) === 0) return { packets, bytes }
    }
    const next = await body.next()
    if (next.done) break
    bytes = Buffer.concat([bytes, next.value])
  }
  if (bytes.length === 0) return undefined
  const { packets } = cutPackets(bytes)
  // v0: haves come behind the flush of the wants; v2: everything is one request.
  return { packets, bytes }
}
