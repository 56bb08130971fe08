import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTransferStore } from '../../src/lfs/stores/transfer-store.ts'
import type { LfsObject, LfsStore } from '../../src/lfs/api/store.ts'
import { relayObjects } from '../../src/lfs/relay/relay-objects.ts'
import { connectDuplex } from '../../src/transport/connection/duplex.ts'
import { readChunks } from '../../src/transport/connection/stream-chunks.ts'
import { git, makeBareRepository } from '../support/git.ts'
import { commitPointers, isWholeInFolder } from '../support/lfs/lfs-repositories.ts'
import { findLfsTransfer } from '../support/lfs/lfs-transfer.ts'
import { type Endpoint, mirror, sshEndpoint } from '../support/real-hosts/endpoint.ts'
import { startSshd } from '../support/sshd.ts'
import { makeTempFolder } from '../support/temp.ts'

/** The store of a repository behind the real program, without the ssh between. */
function openStore(path: string, side: 'source' | 'destination', program: string): LfsStore {
  return openTransferStore({
    label: path,
    side,
    ref: 'refs/heads/main',
    connect: async (operation) => {
      const child = spawn(program, [path, operation], { stdio: ['pipe', 'pipe', 'inherit'] })
      const ended = new Promise<{ exitCode: number }>((resolve) =>
        child.once('close', (code) => resolve({ exitCode: code ?? 1 })),
      )
      return connectDuplex({
        readable: readChunks(child.stdout),
        writable: child.stdin,
        ended,
        text: () => '',
        kill: () => void child.kill('SIGKILL'),
        signal: new AbortController().signal,
      })
    },
  })
}

async function fill(path: string, sizes: readonly number[]): Promise<readonly LfsObject[]> {
  return await Promise.all(
    sizes.map(async (size) => {
      // Bytes that begin as an error of Git's own packets would.
      const bytes = Buffer.alloc(size, `ERR ${size} `)
      const oid = createHash('sha256').update(bytes).digest('hex')
      const file = join(path, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, bytes)
      return { oid, size }
    }),
  )
}

describe('objects between two servers that know git-lfs-transfer alone', () => {
  it('arrive whole, and what is not there is told', { timeout: 60_000 }, async () => {
    const program = findLfsTransfer()
    await using folder = await makeTempFolder()
    const [from, to] = [join(folder.path, 'from.git'), join(folder.path, 'to.git')]
    for (const path of [from, to]) await git(folder.path, 'init', '-q', '--bare', path)
    const objects = await fill(from, [1, 4, 65_516, 65_517, 500_000])
    const absent = { oid: 'a'.repeat(64), size: 7 }
    const [source, destination] = [openStore(from, 'source', program), openStore(to, 'destination', program)]
    expect((await destination.prepare([...objects, absent])).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 6 }, () => 'missing'),
    )
    expect((await source.find([...objects, absent])).map(({ kind }) => kind)).toEqual([
      ...objects.map(() => 'there'),
      'missing',
    ])
    const [relayed] = await relayObjects({
      source,
      targets: [{ store: destination, objects: [...objects, absent] }],
      atOnce: 3,
      retries: 0,
      signal: new AbortController().signal,
      onBytes: () => undefined,
      onSent: () => undefined,
      onRetry: () => undefined,
      wait: () => Promise.resolve(),
    })
    expect(relayed!.sent.map(({ oid }) => oid).toSorted()).toEqual(objects.map(({ oid }) => oid).toSorted())
    expect(relayed!.failed.map(({ object }) => object)).toEqual([absent])
    for (const { oid } of objects) {
      const at = join('lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
      expect((await readFile(join(to, at))).equals(await readFile(join(from, at)))).toBe(true)
    }
    expect((await destination.find(objects)).every(({ kind }) => kind === 'there')).toBe(true)
    await Promise.all([source.dispose(), destination.dispose()])
  })
})

describe('a mirror over ssh to servers that know git-lfs-transfer alone', () => {
  it('brings the objects', { timeout: 120_000 }, async () => {
    await using folder = await makeTempFolder()
    const path = `${dirname(findLfsTransfer())}:${process.env['PATH'] ?? ''}`
    await using sshd = await startSshd({ env: { PATH: path } })
    const config = { 'uploadpack.allowFilter': 'true' }
    const from = (await makeBareRepository({ parent: folder.path, name: 'source.git', config })).path
    const to = (await makeBareRepository({ parent: folder.path, name: 'destination.git' })).path
    const objects = await fill(from, [1, 70_000, 2_000_000])
    await commitPointers(from, objects)
    const endpoint = (repository: string): Endpoint =>
      sshEndpoint(sshd.url(repository), {
        key: sshd.clientKey,
        knownHosts: { text: sshd.knownHosts, path: join(folder.path, 'known') },
      })
    const result = await mirror(endpoint(from), endpoint(to), { lfs: 'true' })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.outputs['lfs-objects']).toBe('3')
    for (const object of objects) expect(await isWholeInFolder(to, object)).toBe(true)
    const again = await mirror(endpoint(from), endpoint(to), { lfs: 'full' })
    expect(again.outputs['lfs-bytes'], again.log).toBe('0')
  })
})
