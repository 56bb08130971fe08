import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeBareRepository } from '../support/git.ts'
import { expectMirror, type Mirrored, runMirror } from '../support/hosts/run.ts'
import { commitPointers, makeBytes } from '../support/lfs/lfs-repositories.ts'
import { type LfsServer, startLfsServer } from '../support/lfs/lfs-server.ts'
import { type Sshd, sshdMissing, startSshd } from '../support/sshd.ts'
import { makeTempFolder } from '../support/temp.ts'

const TOKEN = 'RemoteAuth token-over-ssh'

/** These tests are about the other program, whatever the machine has. */
const WITHOUT_TRANSFER =
  'case "$SSH_ORIGINAL_COMMAND" in git-lfs-transfer*) exit 127 ;; *) eval "$SSH_ORIGINAL_COMMAND" ;; esac'

interface Served extends AsyncDisposable {
  readonly source: string
  readonly destination: string
  readonly from: LfsServer
  readonly to: LfsServer
  readonly sshd: Sshd
  run(args?: readonly string[]): Promise<Mirrored>
  /** What `git-lfs-authenticate` was called with, a line a call. */
  calls(): Promise<readonly string[]>
}

/** Both repositories behind one sshd, whose `git-lfs-authenticate` is `script`; undefined: it has none. */
async function startServed(
  script: ((from: LfsServer, to: LfsServer) => string) | undefined,
): Promise<Served> {
  const stack = new AsyncDisposableStack()
  const { path } = stack.use(await makeTempFolder())
  const config = { 'uploadpack.allowFilter': 'true' }
  const source = (await makeBareRepository({ parent: path, name: 'source.git', config })).path
  const destination = (await makeBareRepository({ parent: path, name: 'destination.git' })).path
  const from = stack.use(await startLfsServer({ authorization: TOKEN }))
  const to = stack.use(await startLfsServer({ authorization: TOKEN }))
  const bin = join(path, 'bin')
  const log = join(path, 'calls')
  await mkdir(bin)
  await writeFile(log, '')
  if (script !== undefined) {
    const program = join(bin, 'git-lfs-authenticate')
    await writeFile(program, `#!/bin/sh\necho "$@" >> ${log}\n${script(from, to)}\n`)
    await chmod(program, 0o755)
  }
  const sshd = stack.use(
    await startSshd({ env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` }, forceCommand: WITHOUT_TRANSFER }),
  )
  return {
    source,
    destination,
    from,
    to,
    sshd,
    run: (args = []) =>
      runMirror({
        source: sshd.url(source),
        destination: sshd.url(destination),
        args: ['--ssh-known-hosts-file', join(sshd.folder, 'known'), ...args],
        env: {
          KALANDRA_SOURCE_SSH_KEY: sshd.clientKey.privateKey,
          KALANDRA_DESTINATION_SSH_KEY: sshd.clientKey.privateKey,
        },
      }),
    calls: async () => (await readFile(log, 'utf8')).split('\n').filter((line) => line !== ''),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function addObjects({ source, from, sshd }: Served, sizes: readonly number[]): Promise<void> {
  await writeFile(join(sshd.folder, 'known'), sshd.knownHosts)
  await commitPointers(
    source,
    sizes.map((size) => from.add(makeBytes(size, `ssh ${size}`))),
  )
}

/** Says where the LFS server of a repository is, as a program of a host does. */
function answering(fields: string): (from: LfsServer, to: LfsServer) => string {
  return (from, to) =>
    [
      `case "$1" in *source.git) port=${from.port} ;; *) port=${to.port} ;; esac`,
      `printf '{"href":"http://127.0.0.1:%s/o/r.git/info/lfs","header":{"Authorization":"${TOKEN}"}${fields}}' $port`,
    ].join('\n')
}

const TROUBLES: readonly (readonly [what: string, script: (() => string) | undefined, says: RegExp])[] = [
  ['has no such program', undefined, /not carried.*no LFS over ssh, and none over https/],
  [
    'gives no token to this kind of key',
    () => `printf '{"header":{"Authorization":"RemoteAuth "}}'`,
    /gives no token for LFS/,
  ],
  [
    'refuses it',
    () => 'echo "This deploy key may not use LFS." >&2; exit 1',
    /ended with status 1: This deploy key may not use LFS/,
  ],
  ['speaks of something else', () => 'echo Welcome', /gives no token for LFS/],
  ['names a folder', () => `printf '{"href":"file:///etc"}'`, /no web address/],
]

describe.skipIf(sshdMissing() !== undefined)('LFS objects of repositories behind ssh', () => {
  it('come by git-lfs-authenticate, a token for each operation', async () => {
    await using served = await startServed(answering(',"expires_in":3600'))
    await addObjects(served, [1, 50_000])
    const mirrored = await served.run()
    await expectMirror(mirrored, served.source, served.destination)
    expect(served.to.objects).toEqual(served.from.objects)
    expect((await served.calls()).toSorted()).toEqual([
      `${served.destination} download`,
      `${served.destination} upload`,
      `${served.source} download`,
    ])
    expect(mirrored.log).not.toContain('token-over-ssh')
  })

  it.each([
    ['soon', ',"expires_in":2'],
    ['long ago', ',"expires_at":"2020-01-01T00:00:00Z"'],
  ])('come with tokens that end %s: others are asked for', async (_, fields) => {
    await using served = await startServed(answering(fields))
    await addObjects(served, [1000])
    await expectMirror(await served.run(), served.source, served.destination)
    expect(served.to.objects).toEqual(served.from.objects)
    expect((await served.calls()).length).toBeGreaterThan(3)
  })

  it.each(TROUBLES)(
    'are warned about where the server %s, and the refs are mirrored',
    async (_, script, says) => {
      await using served = await startServed(script)
      await addObjects(served, [1000])
      const strict = await served.run(['--lfs', 'true'])
      expect(strict.destination.status).toBe('failed')
      const mirrored = await served.run()
      await expectMirror(mirrored, served.source, served.destination)
      expect(mirrored.destination.warnings.join()).toMatch(says)
    },
  )
})
