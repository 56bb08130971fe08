import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { git } from '../../support/git.ts'
import { startHttpBackend } from '../../support/http-backend.ts'
import { addCommits } from '../../support/repositories.ts'
import { makeTempFolder } from '../../support/temp.ts'

/**
 * A host of any number of repositories: `/s/NAME.git` are sources, `/d/NAME.git` their copies, all in sync. What it
 * answers is what git has answered to the same request about one pair; asking git each time would take the machine from
 * what is measured.
 */
export interface ReplayServer extends AsyncDisposable {
  readonly url: string
  /** When each source was last listed, in milliseconds since 1970. */
  readonly listed: ReadonlyMap<string, number>
}

interface Recorded {
  readonly status: number
  readonly type: string
  readonly body: Buffer
}

const PATH = /^\/([sd])\/([^/]+)\.git(\/.*)$/

export async function startReplayServer(): Promise<ReplayServer> {
  const stack = new AsyncDisposableStack()
  const folder = stack.use(await makeTempFolder())
  const source = join(folder.path, 's.git')
  await git(folder.path, 'init', '--quiet', '--bare', '--initial-branch=main', source)
  await addCommits(source, 3)
  await git(folder.path, 'clone', '--quiet', '--mirror', source, join(folder.path, 'd.git'))
  await git(join(folder.path, 'd.git'), 'config', 'http.receivepack', 'true')
  const backend = stack.use(await startHttpBackend({ root: folder.path }))
  const answers = new Map<string, Promise<Recorded>>()
  const listed = new Map<string, number>()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, side = '', name = '', rest = ''] = PATH.exec(request.url ?? '') ?? []
    if (side === 's' && request.method === 'GET') listed.set(name, Date.now())
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts)
    const protocol = String(request.headers['git-protocol'] ?? '')
    const key = [request.method, side, rest, protocol, body.toString('latin1')].join('\n')
    const found = answers.get(key) ?? ask()
    answers.set(key, found)
    const recorded = await found
    response.writeHead(recorded.status, { 'content-type': recorded.type }).end(recorded.body)

    async function ask(): Promise<Recorded> {
      const told = await fetch(`${backend.url}/${side}.git${rest}`, {
        method: request.method ?? 'GET',
        headers: {
          'git-protocol': protocol,
          'content-type': String(request.headers['content-type'] ?? ''),
          ...(request.headers['content-encoding'] && {
            'content-encoding': request.headers['content-encoding'],
          }),
        },
        ...(request.method === 'POST' && { body }),
      })
      return {
        status: told.status,
        type: told.headers.get('content-type') ?? '',
        body: Buffer.from(await told.arrayBuffer()),
      }
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  stack.defer(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })
  const owned = stack.move()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    listed,
    [Symbol.asyncDispose]: async () => await owned.disposeAsync(),
  }
}
