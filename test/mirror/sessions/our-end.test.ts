import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { ReceivePackSession } from '../../../src/mirror/sessions/receive-pack-session.ts'
import type { Server } from '../../../src/mirror/sessions/server.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'
import { openRemote } from '../../../src/transport/open-remote.ts'
import { GIT_ENV, makeBareRepository, runGit } from '../../support/git.ts'
import { addCommits } from '../../support/repositories.ts'

describe('a pack that ends too early', () => {
  for (const when of ['of the header', 'of an object'] as const) {
    it(`lets git say nothing of what we did, in the middle ${when}`, async () => {
      await using source = await makeBareRepository()
      await using destination = await makeBareRepository()
      const [id = ''] = await addCommits(source.path, 3)
      const { stdout: pack } = await runGit(source.path, ['pack-objects', '--all', '--stdout', '-q'])
      const said: string[] = []
      const remote = openRemote({
        url: parseRemoteUrl(destination.path, 'destination'),
        credentials: {},
        env: GIT_ENV,
        userAgent: 'git/kalandra-test',
        limits: { connect: 10_000, handshake: 10_000, idle: 60_000 },
      })
      const server: Server = {
        remote,
        side: 'destination',
        host: undefined,
        reporter: (event) => void (event.kind === 'server-text' && said.push(event.text)),
        signal: new AbortController().signal,
        agent: 'git/kalandra-test',
        idleTimeout: 60_000,
        pushOptions: [],
        verbose: true,
      }
      const session = await ReceivePackSession.open(server)
      async function* broken(): AsyncGenerator<Uint8Array[]> {
        yield [pack.subarray(0, when === 'of the header' ? 6 : pack.length - 30)]
        throw new MirrorError('the source broke off', { code: 'cut', side: 'source' })
      }
      const report = await session
        .push({
          commands: [{ kind: 'update', ref: 'refs/heads/main', old: '0'.repeat(40), new: id }],
          atomic: false,
          plain: false,
          pack: broken(),
        })
        .catch(() => undefined)
      await session.close()
      await remote.dispose()
      expect(report?.unpack).not.toBe('ok')
      expect(said.filter((line) => /early EOF|hung up|index-pack|unpack/.test(line))).toEqual([])
      expect(session.lines.filter((line) => /early EOF|hung up/.test(line))).toEqual([])
    })
  }
})
