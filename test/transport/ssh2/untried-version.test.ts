import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { mirror } from '../../../src/mirror/mirror.ts'
import { readOptions } from '../../../src/options/read-options.ts'
import { sshLibrary } from '../../../src/transport/ssh2/library.ts'
import { FastImport } from '../../support/fast-import.ts'
import { forEachRef, fsck, git, makeBareRepository } from '../../support/git.ts'
import { addCommits, noise } from '../../support/repositories.ts'
import { type Sshd, sshdMissing, startSshd } from '../../support/sshd.ts'
import { makeTempFolder, type TempFolder } from '../../support/temp.ts'

// As if another version of the library lay here: nothing reaches into its inside.
vi.mock('../../../src/transport/ssh2/library.ts', async (load) => {
  const actual = await load<{ readonly sshLibrary: object }>()
  return { ...actual, sshLibrary: { ...actual.sshLibrary, tried: false } }
})

const MEGABYTE = 1024 * 1024
const DAY_SECONDS = 86_400

describe.skipIf(sshdMissing())(
  'a version of the ssh library that was not tried',
  { timeout: 120_000 },
  () => {
    let folder: TempFolder
    let sshd: Sshd
    beforeAll(async () => {
      folder = await makeTempFolder()
      sshd = await startSshd()
    })
    afterAll(async () => {
      await sshd[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    })

    const make = async (name: string): Promise<string> =>
      (await makeBareRepository({ parent: folder.path, name })).path

    /** Mirrors over ssh on both sides, and compares every ref and object. */
    async function mirrorOverSsh(source: string, destination: string, values: Record<string, string> = {}) {
      const { options } = readOptions({
        env: {},
        values: {
          source: sshd.url(source),
          destination: sshd.url(destination),
          'source-ssh-key': sshd.clientKey.privateKey,
          'destination-ssh-key': sshd.clientKey.privateKey,
          'ssh-known-hosts': sshd.knownHosts,
          'max-deletions': 'unlimited',
          ...values,
        },
      })
      const result = await mirror(options, () => undefined, new AbortController().signal)
      expect(result.error).toBeUndefined()
      expect(result.destinations.map(({ error }) => error)).toEqual([undefined])
      expect(Object.fromEntries(await forEachRef(destination))).toEqual(
        Object.fromEntries(await forEachRef(source)),
      )
      await fsck(destination)
      return result
    }

    it('is what this test makes believe', () => {
      expect(sshLibrary.tried).toBe(false)
    })

    it('carries a first mirror, an update, a forced update and a deletion', async () => {
      const [source, destination] = [await make('a-source.git'), await make('a-destination.git')]
      await addCommits(source, 3)
      await addCommits(source, 2, { ref: 'refs/heads/side' })
      await mirrorOverSsh(source, destination)
      await addCommits(source, 2)
      await mirrorOverSsh(source, destination)
      await git(source, 'update-ref', 'refs/heads/main', 'refs/heads/main~2')
      await addCommits(source, 1, { ref: 'refs/heads/main' })
      await git(source, 'update-ref', '-d', 'refs/heads/side')
      const { destinations } = await mirrorOverSsh(source, destination)
      const actions = destinations[0]!.changed.map(({ action }) => action)
      expect(actions.toSorted()).toEqual(['delete', 'force'])
    })

    it('carries a history in pieces', async () => {
      const [source, destination] = [await make('b-source.git'), await make('b-destination.git')]
      const stream = new FastImport()
      for (let number = 0; number < 60; number++) {
        const files = { [`file${number % 7}`]: noise(20_000, `piece ${number}`) }
        stream.commit({ ref: 'refs/heads/main', files, time: 1_500_000_000 + number * DAY_SECONDS })
      }
      await stream.run(source)
      await git(destination, 'config', 'receive.unpackLimit', '1')
      await mirrorOverSsh(source, destination, { 'max-pack-size': '300k' })
      const packs = (await readdir(join(destination, 'objects', 'pack'))).filter((name) =>
        name.endsWith('.pack'),
      )
      expect(packs.length).toBeGreaterThan(3)
    })

    it('carries a pack that is larger than every window and buffer', async () => {
      const [source, destination] = [await make('c-source.git'), await make('c-destination.git')]
      const stream = new FastImport()
      for (let number = 0; number < 3; number++) {
        stream.commit({
          ref: 'refs/heads/main',
          files: { [`${number}`]: noise(2 * MEGABYTE, `big ${number}`) },
        })
      }
      await stream.run(source)
      const { destinations } = await mirrorOverSsh(source, destination)
      expect(destinations[0]!.figures.packBytes).toBeGreaterThan(6 * MEGABYTE)
    })
  },
)
