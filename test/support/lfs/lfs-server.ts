import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface LfsObject {
  readonly oid: string
  readonly size: number
}

interface BatchRequest {
  readonly operation: 'download' | 'upload'
  readonly objects: readonly LfsObject[]
}

export interface LogEntry {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  /** Of a batch: what was asked. */
  readonly batch?: BatchRequest
}

interface Refusal {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What the server does otherwise than a good one. All may be changed while it runs. */
export interface LfsFaults {
  /** In place of the answer to a batch; `count`: the how manieth batch, from 1. */
  batch?: (request: BatchRequest, count: number) => Refusal | undefined
  /** In place of an object's bytes. `cut`: the connection breaks off after so many. */
  get?: (
    oid: string,
    count: number,
  ) => Refusal | { readonly bytes: Buffer } | { readonly cut: number } | undefined
  /** In place of storing what was sent. */
  put?: (oid: string, count: number) => Refusal | 'lose' | 'cut' | undefined
  verify?: (oid: string) => Refusal | undefined
  /** Changes an entry of a batch answer. */
  entry?: (entry: Record<string, unknown>, request: BatchRequest) => Record<string, unknown>
  /** Offers an upload whatever it has. */
  alwaysOffers?: boolean
  /** Uploads come with `Transfer-Encoding: chunked` in the header map, and are refused otherwise. */
  chunked?: boolean
  /** Uploads have to be verified. */
  verifies?: boolean
}

export interface LfsServer extends AsyncDisposable {
  readonly port: number
  /** Of a repository `o/r.git`: the address that git would take. */
  readonly url: string
  readonly objects: Map<string, Buffer>
  readonly log: LogEntry[]
  readonly faults: LfsFaults
  add(bytes: Uint8Array): LfsObject
}

/** `Authorization` that the API wants, when it was started with a login; actions bring another one. */
export const ACTION_TOKEN = 'RemoteAuth action-token'

/** An LFS server in memory that keeps to the specification, but for its faults. */
export async function startLfsServer(
  options: {
    readonly authorization?: string
    /** Addresses of objects begin with the name that the API was asked by, and not with the server's own. */
    readonly followsHost?: boolean
  } = {},
): Promise<LfsServer> {
  const objects = new Map<string, Buffer>()
  const log: LogEntry[] = []
  const faults: LfsFaults = {}
  const counts = new Map<string, number>()
  const countOf = (key: string): number => {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count
  }
  const send = (response: ServerResponse, { status, headers = {}, body = '' }: Refusal): void => {
    response.writeHead(status, { 'content-type': 'application/vnd.git-lfs+json', ...headers })
    response.end(body)
  }
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy())
  })

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? ''
    const entry = { method: request.method ?? '', path, headers: request.headers }
    if (path.endsWith('/info/lfs/objects/batch')) {
      const batch = JSON.parse((await readBody(request)).toString()) as BatchRequest
      log.push({ ...entry, batch })
      if (options.authorization !== undefined && request.headers.authorization !== options.authorization) {
        return send(response, { status: 401, body: '{"message":"who are you"}' })
      }
      const refusal = faults.batch?.(batch, countOf('batch'))
      const host = options.followsHost === true ? request.headers.host! : `127.0.0.1:${port()}`
      return send(response, refusal ?? { status: 200, body: JSON.stringify(batchAnswer(batch, host)) })
    }
    log.push(entry)
    // The real client asks for locks; a mirror never does.
    if (path.includes('/locks')) return send(response, { status: 404 })
    const oid = /\/([0-9a-f]{64})/.exec(path)?.[1] ?? ''
    if (request.headers.authorization !== ACTION_TOKEN) return send(response, { status: 401 })
    if (path.startsWith('/verify/')) {
      await readBody(request)
      return send(response, faults.verify?.(oid) ?? { status: objects.has(oid) ? 200 : 404 })
    }
    if (request.method === 'GET') return sendObject(response, oid)
    await takeObject(request, response, oid)
  }

  const batchAnswer = (batch: BatchRequest, host: string): unknown => ({
    transfer: 'basic',
    objects: batch.objects.map(({ oid, size }) => {
      const action = (kind: string): unknown => ({
        href: `http://${host}/${kind}/${oid}?signature=secret-signature`,
        header: {
          Authorization: ACTION_TOKEN,
          ...(kind === 'objects' && batch.operation === 'upload' && faults.chunked === true
            ? { 'Transfer-Encoding': 'chunked' }
            : {}),
        },
      })
      const has = objects.has(oid)
      const entry: Record<string, unknown> = { oid, size }
      if (batch.operation === 'download') {
        if (has) entry['actions'] = { download: action('objects') }
        else entry['error'] = { code: 404, message: 'Object does not exist' }
      } else if (!has || faults.alwaysOffers === true) {
        entry['actions'] = {
          upload: action('objects'),
          ...(faults.verifies === true ? { verify: action('verify') } : {}),
        }
      }
      return faults.entry?.(entry, batch) ?? entry
    }),
  })

  const sendObject = (response: ServerResponse, oid: string): void => {
    const fault = faults.get?.(oid, countOf(`get ${oid}`))
    if (fault !== undefined && 'status' in fault) return send(response, fault)
    const stored = objects.get(oid)
    if (stored === undefined) return send(response, { status: 404 })
    if (fault !== undefined && 'cut' in fault) {
      response.writeHead(200, { 'content-length': stored.length })
      response.write(stored.subarray(0, fault.cut), () => response.destroy())
      return
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream' })
    response.end(fault?.bytes ?? stored)
  }

  const takeObject = async (
    request: IncomingMessage,
    response: ServerResponse,
    oid: string,
  ): Promise<void> => {
    const isChunked = request.headers['transfer-encoding'] === 'chunked'
    if (isChunked !== (faults.chunked === true)) {
      request.resume()
      return send(response, { status: 411, body: '{"message":"MissingContentLength"}' })
    }
    const fault = faults.put?.(oid, countOf(`put ${oid}`))
    if (fault === 'cut') {
      request.once('data', () => request.destroy())
      return
    }
    const bytes = await readBody(request)
    if (fault !== undefined && fault !== 'lose') return send(response, fault)
    // As some servers do: what comes is stored, right or wrong.
    if (fault !== 'lose') objects.set(oid, bytes)
    send(response, { status: 200 })
  }

  const port = (): number => (server.address() as AddressInfo).port
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: port(),
    url: `http://127.0.0.1:${port()}/o/r.git`,
    objects,
    log,
    faults,
    add(bytes) {
      const oid = createHash('sha256').update(bytes).digest('hex')
      objects.set(oid, Buffer.from(bytes))
      return { oid, size: bytes.length }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
