import { createServer, request as openRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type HttpBackend, startHttpBackend } from '../http-backend.ts'
import { type LfsServer, startLfsServer } from './lfs-server.ts'

export interface LfsSite extends AsyncDisposable {
  readonly git: HttpBackend
  /** Its objects are those of every repository here. */
  readonly lfs: LfsServer
  /** Methods and paths in the order in which they came, with `git` or `lfs` before them. */
  readonly order: readonly string[]
  url(repository: string): string
}

export interface Login {
  readonly username: string
  readonly password: string
}

/** One address with git's repositories below `root` and LFS beside them; objects are kept on another port. */
export async function startLfsSite(options: {
  readonly root: string
  readonly login?: Login
}): Promise<LfsSite> {
  const { root, login } = options
  const git = await startHttpBackend({ root, auth: login })
  const basic = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
  const lfs = await startLfsServer(basic === undefined ? {} : { authorization: basic })
  const front = await startFront({ git: git.port, lfs: lfs.port })
  return {
    git,
    lfs,
    order: front.order,
    url: front.url,
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]()
      await Promise.all([git[Symbol.asyncDispose](), lfs[Symbol.asyncDispose]()])
    },
  }
}

export interface Front extends Pick<LfsSite, 'order' | 'url'>, AsyncDisposable {}

/** One address before two servers of this machine, by their ports: git's own requests, and all others. */
export async function startFront(ports: { readonly git: number; readonly lfs: number }): Promise<Front> {
  const order: string[] = []
  const server = createServer((request, response) => {
    const to = GIT_REQUEST.test(request.url ?? '') ? 'git' : 'lfs'
    order.push(`${to} ${request.method} ${request.url}`)
    passOn(request, response, ports[to])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    order,
    url: (repository) => `http://127.0.0.1:${port}/${repository}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const GIT_REQUEST = /\/(info\/refs|git-(upload|receive)-pack)(\?|$)/

function passOn(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = request
  const outgoing = openRequest({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(response)
    answer.on('error', () => response.destroy())
  })
  outgoing.on('error', () => response.destroy())
  request.on('error', () => outgoing.destroy())
  request.pipe(outgoing)
}
