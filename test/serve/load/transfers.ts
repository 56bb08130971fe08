import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { makeBareRepository } from '../../support/git.ts'
import { startHttpBackend } from '../../support/http-backend.ts'
import { addCommits } from '../../support/repositories.ts'
import { makeTempFolder } from '../../support/temp.ts'

/** A large source and empty copies of it, over a slow line: mirroring takes as long as somebody likes. */
export interface Transfers extends AsyncDisposable {
  /** Entries of a config, `t0` and so on. */
  readonly mirrors: string
  readonly names: readonly string[]
  /** Folders of their destinations. */
  readonly copies: readonly string[]
}

const PERIOD_MS = 100

/** `bytesPerSecond` of each connection from the source, over some seconds: a test that needs a transfer to go on lets it take minutes. */
export async function startTransfers(
  count: number,
  { bytes, bytesPerSecond }: { readonly bytes: number; readonly bytesPerSecond: number },
): Promise<Transfers> {
  const stack = new AsyncDisposableStack()
  const folder = stack.use(await makeTempFolder())
  const names = Array.from({ length: count }, (_, index) => `t${index}`)
  for (const name of ['large', ...names])
    await makeBareRepository({ parent: folder.path, name: `${name}.git` })
  await addCommits(join(folder.path, 'large.git'), 1, { size: bytes })
  const backend = stack.use(await startHttpBackend({ root: folder.path }))
  const line = stack.use(await startSlowLine(backend.port, bytesPerSecond))
  const owned = stack.move()
  // Another name of this machine: its limits are not those of the other mirrors.
  return {
    names,
    copies: names.map((name) => join(folder.path, `${name}.git`)),
    mirrors: names
      .map(
        (name) =>
          `  - { name: ${name}, source: 'http://localhost:${line.port}/large.git', destination: 'http://localhost:${backend.port}/${name}.git' }\n`,
      )
      .join(''),
    [Symbol.asyncDispose]: async () => await owned.disposeAsync(),
  }
}

async function startSlowLine(
  target: number,
  bytesPerSecond: number,
): Promise<AsyncDisposable & { readonly port: number }> {
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let left = 0
    const timer = setInterval(() => {
      const share = (bytesPerSecond * PERIOD_MS) / 1000
      // What was sent too much is made up for: a chunk may be as large as several shares.
      left = Math.min(share, left + share)
      if (left > 0) upstream.resume()
    }, PERIOD_MS)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => {
        sockets.delete(socket)
        clearInterval(timer)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (bytes: Buffer) => {
      client.write(bytes)
      left -= bytes.length
      if (left <= 0) upstream.pause()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
