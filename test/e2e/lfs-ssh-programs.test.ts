import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FastImport } from '../support/fast-import.ts'
import { expectMirror } from '../support/hosts/run.ts'
import { commitPointers, makeBytes, pointerText } from '../support/lfs/lfs-repositories.ts'
import { type LfsObject, type LfsServer, startLfsServer } from '../support/lfs/lfs-server.ts'
import { type LoggedSshd, startLoggedSshd } from '../support/lfs/logged-sshd.ts'
import { addCommits } from '../support/repositories.ts'
import { requireServer } from '../support/servers/require-server.ts'

/** What a server with the program shows of any repository before it is asked something. */
const GREETS = `printf '000eversion=1\\n0000'; cat > /dev/null`
const TOKEN = 'RemoteAuth token-over-ssh'
/** More than is looked at before anybody is asked. */
const LARGE_BYTES = 3_000_000

const SERVERS: readonly (readonly [what: string, programs: Readonly<Record<string, string>>])[] = [
  ['no program of LFS', {}],
  ['git-lfs-transfer', { 'git-lfs-transfer': GREETS }],
]

interface WithLfs extends AsyncDisposable {
  readonly served: LoggedSshd
  readonly from: LfsServer
  readonly to: LfsServer
}

/** Two LFS servers, which `git-lfs-authenticate` names. */
async function startWithLfs(filters: boolean): Promise<WithLfs> {
  const stack = new AsyncDisposableStack()
  const from = stack.use(await startLfsServer({ authorization: TOKEN }))
  const to = stack.use(await startLfsServer({ authorization: TOKEN }))
  const script = [
    `case "$1" in *source.git) port=${from.port} ;; *) port=${to.port} ;; esac`,
    `printf '{"href":"http://127.0.0.1:%s/o/r.git/info/lfs","header":{"Authorization":"${TOKEN}"}}' $port`,
  ].join('\n')
  const served = stack.use(
    await startLoggedSshd({
      programs: { 'git-lfs-authenticate': script },
      sourceConfig: { 'uploadpack.allowFilter': String(filters) },
      // Once for each pack, whatever connection it goes over.
      beforePack: ({ log }) => `echo "pack-objects '$PWD'" >> ${log}`,
    }),
  )
  return { served, from, to, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

/** With extension lines a pointer is so long that Git sends the next one as a delta upon it. */
function longPointer({ oid, size }: LfsObject): string {
  const extensions = [0, 1].map((at) => `ext-${at}-cased sha256:${String(at + 1).repeat(64)}\n`).join('')
  return pointerText({ oid, size }).replace('\n', `\n${extensions}`)
}

function commitFiles(dir: string, number: number, files: Readonly<Record<string, string>>): Promise<unknown> {
  const stream = new FastImport({ start: 1_700_000_000 + number * 60 })
  stream.commit({
    ref: 'refs/heads/main',
    message: `Change ${number}\n`,
    files,
    ...(number === 0 ? {} : { parents: ['refs/heads/main^0'] }),
  })
  return stream.run(dir)
}

describe.skipIf(requireServer('sshd') !== undefined)('a repository without LFS behind ssh', () => {
  it.each(SERVERS)('costs no program beyond Git’s own where the server has %s', async (_, programs) => {
    await using served = await startLoggedSshd({ programs })
    const { source, destination } = served
    const runWith = async (args: readonly string[]): Promise<readonly string[]> => {
      await expectMirror(await served.run(args), source, destination)
      return await served.takeStarted(source)
    }
    await addCommits(source, 5)
    expect(await runWith([])).toEqual(['git-upload-pack'])
    await addCommits(source, 1)
    const asked = await runWith([])
    await addCommits(source, 1)
    expect(asked).toEqual(await runWith(['--lfs', 'false']))
    expect(new Set(asked)).toEqual(new Set(['git-upload-pack']))
    expect((await served.takeStarted(destination)).join()).not.toContain('lfs')
  })

  it.each(SERVERS)('is not read twice where much is new and the server has %s', async (_, programs) => {
    await using served = await startLoggedSshd({ programs })
    const { source, destination } = served
    await addCommits(source, 1, { size: LARGE_BYTES })
    await expectMirror(await served.run(), source, destination)
    // Both are asked once, and what has answered is not started again.
    expect((await served.takeStarted(source)).toSorted()).toEqual([
      'git-lfs-authenticate download',
      'git-lfs-transfer download',
      'git-upload-pack',
    ])
  })
})

describe.skipIf(requireServer('sshd') !== undefined)('a repository with LFS behind ssh', () => {
  it.each([false, true])('comes whole from a source that filters: %s', async (filters) => {
    await using it = await startWithLfs(filters)
    const { served, from, to } = it
    const { source, destination } = served
    await commitPointers(source, [from.add(makeBytes(1000, 'first'))])
    await expectMirror(await served.run(), source, destination)
    expect(to.objects).toEqual(from.objects)
    await commitPointers(source, [from.add(makeBytes(70_000, 'second')), from.add(makeBytes(3, 'third'))])
    await served.takeStarted(source)
    const mirrored = await served.run()
    await expectMirror(mirrored, source, destination)
    expect(to.objects).toEqual(from.objects)
    expect(mirrored.destination.figures).toMatchObject({ lfsObjects: 2, lfsBytes: 70_003 })
    // Its LFS server is named once for all; both programs are asked at once.
    const started = await served.takeStarted(source)
    expect(started.filter((line) => !['git-upload-pack', 'pack-objects'].includes(line)).toSorted()).toEqual([
      'git-lfs-authenticate download',
      'git-lfs-transfer download',
    ])
  })

  it('comes whole where a pointer is sent as a delta upon what the destination has', async () => {
    await using it = await startWithLfs(false)
    const { served, from, to } = it
    const { source, destination } = served
    const first = from.add(makeBytes(1000, 'first'))
    await commitFiles(source, 0, {
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
      'a.bin': longPointer(first),
    })
    await expectMirror(await served.run(), source, destination)
    const second = from.add(makeBytes(1001, 'second'))
    await commitFiles(source, 1, { 'a.bin': longPointer(second) })
    await served.takeStarted(source)
    await expectMirror(await served.run(), source, destination)
    expect(to.objects).toEqual(from.objects)
    expect(to.objects.size).toBe(2)
    // The pack left a doubt: what it brings was asked for once more, whole. The last asks whether the branch was forced.
    const started = await served.takeStarted(source)
    expect(started.filter((line) => line === 'pack-objects').length).toBeGreaterThan(2)
  })

  it('comes whole where much is new', async () => {
    await using it = await startWithLfs(false)
    const { served, from, to } = it
    const { source, destination } = served
    await commitPointers(source, [from.add(makeBytes(1000, 'first'))])
    await addCommits(source, 1, { size: LARGE_BYTES })
    await expectMirror(await served.run(), source, destination)
    expect(to.objects).toEqual(from.objects)
    // The pack that shows it is the one that is sent on.
    expect((await served.takeStarted(source)).filter((line) => line === 'git-upload-pack')).toHaveLength(1)
  })
})

describe.skipIf(requireServer('sshd') !== undefined)('the pack of a first mirror over ssh', () => {
  it('has its connection opened while the source looks for pointers', async () => {
    // The answer about pointers waits until another upload-pack was started, or for ten seconds.
    const beforePack = ({ log, folder }: { readonly log: string; readonly folder: string }): string =>
      [
        'case "$*" in *--filter*)',
        '  tries=0',
        `  count() { grep -c "git-upload-pack .*source.git" ${log}; }`,
        '  until [ $(count) -ge 2 ] || [ $tries -ge 100 ]; do sleep 0.1; tries=$((tries + 1)); done',
        `  count >> ${folder}/opened ;;`,
        'esac',
      ].join('\n')
    await using served = await startLoggedSshd({
      sourceConfig: { 'uploadpack.allowFilter': 'true' },
      beforePack,
    })
    const { source, destination } = served
    await addCommits(source, 3)
    await expectMirror(await served.run(), source, destination)
    expect(await readFile(join(served.folder, 'opened'), 'utf8')).toBe('2\n')
    // One for the list and the pointers, one for the pack.
    expect(await served.takeStarted(source)).toEqual(['git-upload-pack', 'git-upload-pack'])
  })
})
