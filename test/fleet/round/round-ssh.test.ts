import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runRound } from '../../../src/fleet/round/round.ts'
import { forEachRef, git, makeBareRepository } from '../../support/git.ts'
import { addCommits } from '../../support/repositories.ts'
import { sshdMissing, startSshd } from '../../support/sshd.ts'
import { makeTempFolder } from '../../support/temp.ts'
import { fleetOf } from '../fleet-of.ts'

const COUNT = 8

describe.skipIf(sshdMissing() !== undefined)('[F14] a round over ssh', () => {
  it.each([1, 10])(
    'logs in as rarely as a server lets it that runs %d programs a connection',
    { timeout: 120_000 },
    async (maxSessions) => {
      await using sshd = await startSshd({ maxSessions })
      await using folder = await makeTempFolder()
      const first = await makeBareRepository({ parent: folder.path, name: 's0.git' })
      await addCommits(first.path, 1)
      for (let index = 0; index < COUNT; index++) {
        if (index > 0) await git(folder.path, 'clone', '-q', '--bare', 's0.git', `s${index}.git`)
        await git(folder.path, 'clone', '-q', '--bare', 's0.git', `d${index}.git`)
      }
      const pairs = Array.from({ length: COUNT }, (_, index) => {
        const at = (kind: string): string => sshd.url(join(folder.path, `${kind}${index}.git`))
        return `  - { name: m${index}, source: '${at('s')}', destination: '${at('d')}' }\n`
      })
      const host = "hosts: { 127.0.0.1: { ssh-key: '${KEY}', known-hosts: '${KNOWN}' } }\n"
      const env = { KEY: sshd.clientKey.privateKey, KNOWN: sshd.knownHosts }
      const fleet = await fleetOf(`version: 1\n${host}mirrors:\n${pairs.join('')}`, { env })
      const { signal } = new AbortController()
      const report = await runRound({ fleet, shard: undefined, dryRun: false, env: {}, signal })
      expect(report.mirrors.map(({ result }) => result?.destinations[0]?.status)).toEqual(
        Array(COUNT).fill('unchanged'),
      )
      expect((await forEachRef(join(folder.path, 'd0.git'))).size).toBe(1)
      // Four mirrors at once, each with both ends there.
      expect(sshd.connections()).toBeLessThanOrEqual(maxSessions === 1 ? 2 * COUNT : 1)
    },
  )
})
