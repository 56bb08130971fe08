import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forEachRef, fsck, makeBareRepository } from '../support/git.ts'
import { addCommits, fillRepository } from '../support/repositories.ts'
import { runAction } from '../support/runner.ts'
import { startApache } from '../support/servers/apache.ts'
import { HTTP_PASSWORD, HTTP_USER, type HttpServer, type Place } from '../support/servers/http-server.ts'
import { startNginx } from '../support/servers/nginx.ts'
import { requireServer, type ServerName } from '../support/servers/require-server.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

const SERVERS: readonly { name: ServerName; start: (root: string) => Promise<HttpServer> }[] = [
  { name: 'nginx', start: startNginx },
  { name: 'apache', start: startApache },
]

/** Where the bundle reads, and where it writes. */
const WAYS: readonly (readonly [source: Place, destination: Place])[] = [
  ['plain', 'plain'],
  ['old', 'buffered'],
  ['moved', 'private-push'],
  ['temporary', 'moved'],
  ['private', 'private'],
]

function nameOf(from: Place, to: Place): string {
  return `to-${to}-from-${from}.git`
}

for (const { name, start } of SERVERS) {
  const missing = requireServer(name)
  describe.skipIf(missing)(`git http-backend behind ${name}`, () => {
    let folder: TempFolder
    let server: HttpServer
    let source: string

    beforeAll(async () => {
      folder = await makeTempFolder()
      source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
      await fillRepository(source)
      // The server runs git as its own user: it takes over what is there when it starts.
      for (const [from, to] of WAYS) await makeBareRepository({ parent: folder.path, name: nameOf(from, to) })
      server = await start(folder.path)
    })

    afterAll(async () => {
      await server?.[Symbol.asyncDispose]()
      await folder?.[Symbol.asyncDispose]()
    })

    it.each(WAYS)('is read at %s and written at %s', async (from, to) => {
      const target = nameOf(from, to)
      const destination = join(folder.path, target)
      const inputs = {
        source: server.url(from, 'source.git'),
        destination: server.url(to, target),
        'source-token': HTTP_PASSWORD,
        'source-username': HTTP_USER,
        'destination-token': HTTP_PASSWORD,
        'destination-username': HTTP_USER,
      }
      for (const round of ['first', 'second']) {
        const result = await runAction({ inputs })
        expect(result.exitCode, `${round}: ${result.log}`).toBe(0)
        const expected = [...(await forEachRef(source))].filter(([ref]) => !ref.startsWith('refs/notes/'))
        expect(Object.fromEntries(await forEachRef(destination))).toEqual(Object.fromEntries(expected))
        await fsck(destination)
        expect(Number(result.outputs['pack-bytes'])).toBeGreaterThan(round === 'first' ? 300_000 : 100)
        await addCommits(source, 1, { path: 'README.md' })
      }
    })
  })
}
