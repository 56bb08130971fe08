import { createServer, request as openRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { FastImport } from '../support/fast-import.ts'
import { expectMirror, runMirror } from '../support/hosts/run.ts'
import { startHttpProxy } from '../support/http-proxy.ts'
import { makeBytes, pointerText } from '../support/lfs/lfs-repositories.ts'
import type { LfsServer } from '../support/lfs/lfs-server.ts'
import { LOGIN, type LfsSites, startLfsSites } from '../support/lfs/lfs-sites.ts'
import { startTlsFront } from '../support/tls-front.ts'

const NAME = 'lfs.example'

/** Its objects are read at `base` and not at its own address. */
function moveObjects({ faults, port }: LfsServer, base: string): void {
  faults.entry = (entry) =>
    JSON.parse(JSON.stringify(entry).replaceAll(`http://127.0.0.1:${port}`, base)) as Record<string, unknown>
}

/** A proxy that is sent whole addresses; all of them are those of one port of this machine. */
async function startForwardProxy(
  port: number,
): Promise<AsyncDisposable & { readonly url: string; readonly hosts: ReadonlySet<string> }> {
  const hosts = new Set<string>()
  const server = createServer((request, response) => {
    const { host, pathname, search } = new URL(request.url ?? '')
    hosts.add(host)
    const { method, headers } = request
    const onward = openRequest(
      { host: '127.0.0.1', port, path: pathname + search, method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      },
    )
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hosts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function run(sites: LfsSites, source: string, env: NodeJS.ProcessEnv): ReturnType<typeof runMirror> {
  return runMirror({
    source,
    destination: sites.to.url('destination.git'),
    args: ['--destination-username', LOGIN.username],
    env: { KALANDRA_DESTINATION_TOKEN: LOGIN.password, ...env },
  })
}

function frontPort({ from }: LfsSites): number {
  return Number(new URL(from.url('source.git')).port)
}

describe('LFS objects over https', () => {
  it('come from a server whose authority is private, over few connections', async () => {
    await using sites = await startLfsSites()
    await using certificate = await makeCertificate()
    await using front = await startTlsFront(frontPort(sites), certificate)
    const base = `https://localhost:${front.port}`
    moveObjects(sites.from.lfs, base)
    const objects = await sites.add([1, 70_000, 3_000_000, ...Array.from({ length: 30 }, () => 500)])
    const refused = await run(sites, `${base}/source.git`, {})
    expect(refused.exitCode).toBe(1)
    expect(sites.to.lfs.objects.size).toBe(0)
    const mirrored = await run(sites, `${base}/source.git`, { GIT_SSL_CAINFO: certificate.path })
    await expectMirror(mirrored, sites.source, sites.destination)
    expect(mirrored.destination.warnings).toEqual([])
    expect([...sites.to.lfs.objects.keys()].toSorted()).toEqual(objects.map(({ oid }) => oid).toSorted())
  })

  it('come through a proxy, each of them, and the destination that needs none gets none', async () => {
    await using sites = await startLfsSites()
    await using certificate = await makeCertificate([`DNS:${NAME}`])
    await using front = await startTlsFront(frontPort(sites), certificate)
    await using proxy = await startHttpProxy({ port: front.port })
    const base = `https://${NAME}`
    moveObjects(sites.from.lfs, base)
    const objects = await sites.add([1, 70_000, 3_000_000, 500])
    const mirrored = await run(sites, `${base}/source.git`, {
      GIT_SSL_CAINFO: certificate.path,
      HTTPS_PROXY: proxy.url,
    })
    await expectMirror(mirrored, sites.source, sites.destination)
    expect([...sites.to.lfs.objects.keys()].toSorted()).toEqual(objects.map(({ oid }) => oid).toSorted())
    expect(sites.from.lfs.log.filter(({ method }) => method === 'GET')).toHaveLength(objects.length)
    expect(new Set(proxy.heads.map((head) => head.split('\r\n')[0]))).toEqual(
      new Set([`CONNECT ${NAME}:443 HTTP/1.1`]),
    )
  })

  it('come through a proxy that is sent the whole address, from a server over http', async () => {
    await using sites = await startLfsSites()
    const objects = await sites.add([1, 70_000])
    await using proxy = await startForwardProxy(frontPort(sites))
    moveObjects(sites.from.lfs, `http://${NAME}`)
    const mirrored = await run(sites, `http://${NAME}/source.git`, {
      HTTP_PROXY: proxy.url,
      NO_PROXY: '127.0.0.1',
    })
    await expectMirror(mirrored, sites.source, sites.destination)
    expect([...sites.to.lfs.objects.keys()].toSorted()).toEqual(objects.map(({ oid }) => oid).toSorted())
    expect(proxy.hosts).toEqual(new Set([NAME]))
  })
})

describe('one LFS object', () => {
  it('that a hundred refs point to is looked for and sent once', async () => {
    await using sites = await startLfsSites()
    const bytes = makeBytes(5000, 'shared')
    const object = sites.from.lfs.add(bytes)
    const stream = new FastImport()
    for (let branch = 0; branch < 100; branch++)
      stream.commit({
        ref: `refs/heads/b${branch}`,
        files: {
          '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
          [`f${branch}.bin`]: pointerText(object),
          'own.txt': `${branch}\n`,
        },
      })
    await stream.run(sites.source)
    const mirrored = await sites.run()
    await expectMirror(mirrored, sites.source, sites.destination)
    expect(mirrored.destination.figures).toMatchObject({ lfsObjects: 1, lfsBytes: 5000 })
    const { log } = sites.from.lfs
    expect(log.filter(({ method }) => method === 'GET')).toHaveLength(1)
    expect(log.flatMap(({ batch }) => batch?.objects ?? [])).toHaveLength(1)
    expect(sites.to.lfs.log.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })
})
