import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { startHttpBackend } from '../test/support/http-backend.ts'
import { startFront } from '../test/support/lfs/lfs-site.ts'

/**
 * A process of its own, so that its memory and its processor are not ours: git's repositories below a folder with LFS
 * beside them, objects in files below `REPOSITORY/lfs/objects`. Prints its address, and serves until it is killed.
 */
async function main(root: string): Promise<void> {
  const counts = { read: 0, written: 0 }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? ''
    if (url === '/counts') return void response.end(JSON.stringify(counts))
    const batch = /^\/(.+)\/info\/lfs\/objects\/batch$/.exec(url)
    if (batch !== null) return await answerBatch(request, response, batch[1]!)
    const [, repository, oid] = /^\/(.+)\/objects\/([0-9a-f]{64})$/.exec(url) ?? []
    if (repository === undefined || oid === undefined) return void response.writeHead(404).end()
    const path = pathOf(repository, oid)
    if (request.method === 'GET') {
      const { size } = await stat(path)
      counts.read += size
      response.writeHead(200, { 'content-length': size })
      return await pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), response)
    }
    await mkdir(dirname(path), { recursive: true })
    await pipeline(request, createWriteStream(`${path}.part`))
    await rename(`${path}.part`, path)
    counts.written += Number(request.headers['content-length'])
    response.end()
  }

  async function answerBatch(
    request: IncomingMessage,
    response: ServerResponse,
    repository: string,
  ): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const asked = JSON.parse(Buffer.concat(parts).toString()) as {
      readonly operation: string
      readonly objects: readonly { readonly oid: string; readonly size: number }[]
    }
    const objects = await Promise.all(
      asked.objects.map(async ({ oid, size }) => {
        const isThere = (await stat(pathOf(repository, oid)).catch(() => undefined))?.size === size
        const href = `http://127.0.0.1:${port}/${repository}/objects/${oid}`
        if (asked.operation === 'upload')
          return { oid, size, ...(!isThere && { actions: { upload: { href } } }) }
        return isThere
          ? { oid, size, actions: { download: { href } } }
          : { oid, size, error: { code: 404, message: 'none' } }
      }),
    )
    response.setHeader('content-type', 'application/vnd.git-lfs+json')
    response.end(JSON.stringify({ transfer: 'basic', objects }))
  }

  function pathOf(repository: string, oid: string): string {
    return join(root, repository, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const git = await startHttpBackend({ root })
  const front = await startFront({ git: git.port, lfs: port })
  process.stdout.write(`${front.url('')} ${port}\n`)
}

await main(process.argv[2]!)
