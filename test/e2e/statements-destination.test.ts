import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FastImport } from '../support/fast-import.ts'
import { countObjects, forEachRef, fsck, git, gitWith, makeBareRepository } from '../support/git.ts'
import { startHost } from '../support/hosts/base.ts'
import { makePair } from '../support/hosts/histories.ts'
import { declinePush, declineRefs, say, writeHook } from '../support/hosts/hooks.ts'
import { expectMirror, rejectionOf, runMirror } from '../support/hosts/run.ts'
import { addCommits, noise } from '../support/repositories.ts'
import { makeTempFolder } from '../support/temp.ts'

describe('refusals of git itself', () => {
  it('[G6] one refused ref does not stop the others', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await declineRefs(destination, { 'refs/heads/side': ['not today'] })
    const mirrored = await runMirror({ source, destination })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.destination.figures.pushes).toBe(1)
    expect(mirrored.destination.rejected).toHaveLength(1)
    expect(rejectionOf(mirrored, 'refs/heads/side')).toMatchObject({
      reason: 'hook declined',
      advice: expect.stringMatching(/^A hook at the destination declined it/),
    })
    expect(mirrored.log).toContain('remote: not today')
    const here = await forEachRef(source, 'refs/heads', 'refs/tags')
    here.delete('refs/heads/side')
    expect(await forEachRef(destination)).toEqual(here)
  })

  it('[G7] a hook that declines all for one ref: what it allows arrives', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await declinePush(destination, 'refs/tags/tag-of-blob', ['no such things'])
    const mirrored = await runMirror({ source, destination })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.destination.rejected.map(({ ref }) => ref)).toEqual(['refs/tags/tag-of-blob'])
    expect(mirrored.log).toMatch(/declined every ref of the push: trying branches, tags and others apart/)
    expect((await forEachRef(destination)).size).toBe(16)
  })

  it('[G14] the branch of HEAD is not deleted: a warning, with what to do', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await git(destination, 'update-ref', 'refs/heads/master', 'refs/heads/main')
    await git(destination, 'update-ref', 'refs/heads/gone', 'refs/heads/main')
    await git(destination, 'symbolic-ref', 'HEAD', 'refs/heads/master')
    const mirrored = await runMirror({ source, destination })
    expect(mirrored.exitCode, mirrored.log).toBe(0)
    expect(rejectionOf(mirrored, 'refs/heads/master')).toMatchObject({
      reason: 'deletion of the current branch prohibited',
      advice: expect.stringMatching(/default branch/),
      warning: true,
    })
    expect(mirrored.destination.changed).toMatchObject([{ ref: 'refs/heads/gone', action: 'delete' }])
  })

  it('[G15] the branch that is checked out at the destination stays, others go', async () => {
    await using folder = await makeTempFolder()
    const { source } = await makePair(folder.path)
    const clone = join(folder.path, 'clone')
    await git(folder.path, 'clone', '-q', source, clone)
    await git(source, 'update-ref', 'refs/heads/main', 'refs/heads/unrelated')
    const mirrored = await runMirror({ source, destination: clone })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.destination.rejected.map(({ ref }) => ref)).toEqual(['refs/heads/main'])
    expect(rejectionOf(mirrored, 'refs/heads/main')).toMatchObject({
      reason: 'branch is currently checked out',
      advice: expect.stringMatching(/bare repository/),
    })
    const there = await forEachRef(clone, 'refs/heads', 'refs/tags')
    there.delete('refs/heads/main')
    const here = await forEachRef(source, 'refs/heads', 'refs/tags')
    here.delete('refs/heads/main')
    expect(there).toEqual(here)
    expect((await forEachRef(clone, 'refs/remotes')).size).toBeGreaterThan(3)
  })

  const DENIED: readonly (readonly [string, string, RegExp])[] = [
    ['receive.denyNonFastForwards', 'non-fast-forward', /rewritten.*denyNonFastForwards/],
    ['receive.denyDeletes', 'deletion prohibited', /delete.*denyDeletes/],
  ]
  for (const [setting, reason, advice] of DENIED) {
    it(`[G16] ${setting} refuses its refs alone, and the advice names it`, async () => {
      await using folder = await makeTempFolder()
      const { source, destination } = await makePair(folder.path)
      await git(source, 'push', '-q', '--mirror', destination)
      await git(destination, 'config', setting, 'true')
      await git(source, 'update-ref', 'refs/heads/side', 'refs/heads/unrelated')
      await git(source, 'update-ref', '-d', 'refs/heads/v1.x')
      await git(source, 'update-ref', 'refs/heads/new', 'refs/heads/main')
      const mirrored = await runMirror({ source, destination })
      expect(mirrored.exitCode, mirrored.log).toBe(1)
      expect(mirrored.destination.rejected).toHaveLength(1)
      const [rejected] = mirrored.destination.rejected
      expect(rejected).toMatchObject({ reason, advice: expect.stringMatching(advice) })
      expect(mirrored.destination.changed).toHaveLength(2)
    })
  }

  it('[G20] a tag under refs/heads is refused by name, everything else arrives', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    const args = [
      '--refs',
      'refs/heads/*',
      '--refs',
      'refs/tags/*',
      '--refs',
      'refs/tags/v1.0.0:refs/heads/odd',
    ]
    const mirrored = await runMirror({ source, destination, args })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(rejectionOf(mirrored, 'refs/heads/odd').reason).toMatch(
      /is an annotated tag, and a branch can only name a commit/,
    )
    const there = await forEachRef(destination)
    expect(Object.fromEntries(there)).toEqual(
      Object.fromEntries(await forEachRef(source, 'refs/heads', 'refs/tags')),
    )
    await fsck(destination)
  })

  it('[G21] a malformed object is refused with the words that name it', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path, { 'receive.fsckObjects': 'true' })
    const tree = await git(source, 'rev-parse', 'refs/heads/main^{tree}')
    const raw = `tree ${tree}\nauthor Nobody 1700000000 +0000\ncommitter Nobody 1700000000 +0000\n\nbad\n`
    const args = ['hash-object', '-w', '-t', 'commit', '--stdin', '--literally']
    const id = (await gitWith({ input: raw }, source, ...args)).trim()
    await git(source, 'update-ref', 'refs/heads/bad', id)
    const mirrored = await runMirror({ source, destination })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.log).toContain(`object ${id}: missingEmail`)
    expect(mirrored.log).toMatch(/fsck/)
    // Another pack would hold the same object.
    expect(mirrored.log).not.toContain('not thin')
    expect(mirrored.destination.figures.pushes).toBe(1)
    expect(await forEachRef(destination)).toEqual(new Map())
  })
})

describe('refs of the destination', () => {
  it('[B5] objects that a fork has from its parent are haves, and no refs to delete', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    const parent = await makeBareRepository({ parent: folder.path, name: 'parent.git' })
    await git(source, 'push', '-q', '--mirror', parent.path)
    const before = await forEachRef(parent.path)
    const link = `${join(parent.path, 'objects')}\n`
    await writeFile(join(destination, 'objects/info/alternates'), link)
    await addCommits(source, 1)
    await using from = await startHost({ root: folder.path, dialect: {} })
    const mirrored = await runMirror({ source: from.url('source'), destination })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.destination.figures.objects).toBe(3)
    expect(await forEachRef(parent.path)).toEqual(before)
  })

  it('[A8] a shallow destination is sent what lies between its boundary and the tip, and older branches whole', async () => {
    await using folder = await makeTempFolder()
    const { source } = await makePair(folder.path)
    await addCommits(source, 20)
    const shallow = join(folder.path, 'shallow.git')
    await git(
      folder.path,
      'clone',
      '-q',
      '--bare',
      '--depth=2',
      '--single-branch',
      '-b',
      'main',
      `file://${source}`,
      shallow,
    )
    await git(shallow, 'config', 'gc.auto', '0')
    await git(source, 'update-ref', 'refs/heads/old', 'refs/heads/main~10')
    await addCommits(source, 1)
    const mirrored = await runMirror({ source, destination: shallow })
    expect(mirrored.log).toContain('shallow')
    const there = await forEachRef(shallow, 'refs/heads')
    const here = await forEachRef(source, 'refs/heads')
    expect(there.get('refs/heads/main'), mirrored.log).toBe(here.get('refs/heads/main'))
    expect(there.get('refs/heads/old')).toBe(here.get('refs/heads/old'))
    await fsck(shallow)
  })

  it('[A9] a branch at what only a tag of the destination names is made with an empty pack', async () => {
    await using folder = await makeTempFolder()
    const source = await makeBareRepository({ parent: folder.path, name: 'source.git' })
    const destination = await makeBareRepository({ parent: folder.path, name: 'destination.git' })
    await addCommits(source.path, 3)
    await git(source.path, 'tag', '-a', '-m', 'one', 'v1', 'refs/heads/main')
    await git(source.path, 'push', '-q', destination.path, 'refs/tags/v1')
    const before = await countObjects(destination.path)
    const mirrored = await runMirror({ source: source.path, destination: destination.path })
    await expectMirror(mirrored, source.path, destination.path)
    expect(mirrored.destination.figures).toMatchObject({ objects: 0, packBytes: 32 })
    expect(await countObjects(destination.path)).toBe(before)
  })

  it('[A6] tags are haves: what lies behind them is not sent again', async () => {
    await using folder = await makeTempFolder()
    const source = await makeBareRepository({ parent: folder.path, name: 'source.git' })
    const destination = await makeBareRepository({ parent: folder.path, name: 'destination.git' })
    await addCommits(source.path, 30)
    await git(source.path, 'tag', '-a', '-m', 'one', 'v1', 'refs/heads/main')
    await git(source.path, 'push', '-q', destination.path, 'refs/tags/v1')
    await addCommits(source.path, 1)
    const mirrored = await runMirror({ source: source.path, destination: destination.path })
    await expectMirror(mirrored, source.path, destination.path)
    expect(mirrored.destination.figures.objects).toBe(3)
  })

  it('[C7] a tip that the source rewrote and still has costs what is new', async () => {
    await using folder = await makeTempFolder()
    const source = await makeBareRepository({ parent: folder.path, name: 'source.git' })
    const destination = await makeBareRepository({ parent: folder.path, name: 'destination.git' })
    await addCommits(source.path, 30)
    await git(source.path, 'push', '-q', '--mirror', destination.path)
    await git(source.path, 'update-ref', 'refs/heads/main', 'refs/heads/main~3')
    await addCommits(source.path, 1, { path: 'other' })
    const mirrored = await runMirror({ source: source.path, destination: destination.path })
    await expectMirror(mirrored, source.path, destination.path)
    expect(mirrored.destination.changed).toMatchObject([{ ref: 'refs/heads/main', action: 'force' }])
    expect(mirrored.destination.figures.objects).toBe(3)
    expect(mirrored.log).not.toContain('the histories meet')
  })

  it('[G17] symbolic refs of the destination are neither deleted nor moved, nor what they name', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await git(destination, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/side')
    await git(source, 'update-ref', 'refs/heads/side', 'refs/heads/unrelated')
    const mirrored = await runMirror({ source, destination })
    expect(mirrored.log).not.toContain('aliased')
    expect(rejectionOf(mirrored, 'refs/heads/alias')).toMatchObject({ action: 'delete' })
    expect(await git(destination, 'symbolic-ref', 'refs/heads/alias')).toBe('refs/heads/side')
    const there = await forEachRef(destination, 'refs/heads')
    there.delete('refs/heads/alias')
    expect(there).toEqual(await forEachRef(source, 'refs/heads'))
  })

  it('[G11] a folder takes the place of a branch, and a branch that of a folder', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await gitWith(
      { input: 'delete refs/heads/side\ndelete refs/heads/feature/a/b/c\n' },
      source,
      'update-ref',
      '--stdin',
    )
    await git(source, 'update-ref', 'refs/heads/side/one', 'refs/heads/main')
    await git(source, 'update-ref', 'refs/heads/feature', 'refs/heads/main')
    const mirrored = await runMirror({ source, destination })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.destination.rejected).toEqual([])
  })

  it('[G12] atomic moves all or nothing, and is refused before anything where it cannot be had', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await declineRefs(destination, { 'refs/heads/side': [] })
    const all = await runMirror({ source, destination, args: ['--atomic'] })
    expect(all.exitCode, all.log).toBe(1)
    expect(all.destination.rejected.length).toBe(17)
    expect(await forEachRef(destination)).toEqual(new Map())
    await git(destination, 'config', 'receive.advertiseAtomic', 'false')
    const none = await runMirror({ source, destination, args: ['--atomic'] })
    expect(none.exitCode).toBe(1)
    expect(none.destination).toMatchObject({ error: { code: 'guard' }, figures: { pushes: 0 } })
  })

  it('[G13] a branch outside of the scope is in the way: it stays, and the refusal names it', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', destination, 'refs/heads/side:refs/heads/feature')
    const args = ['--refs', 'refs/heads/*', '--refs', '^refs/heads/feature']
    const mirrored = await runMirror({ source, destination, args })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(rejectionOf(mirrored, 'refs/heads/feature/a/b/c').reason).toContain(
      'refs/heads/feature is in the way',
    )
    const there = await forEachRef(destination, 'refs/heads')
    expect(there.get('refs/heads/feature')).toBe(await git(source, 'rev-parse', 'refs/heads/side'))
    expect(there.size).toBe((await forEachRef(source, 'refs/heads')).size)
  })

  it('[G8] a branch that somebody else moves during the push is listed and planned again', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', '--mirror', destination)
    await addCommits(source, 1)
    await writeHook(destination, 'update', [
      '[ "$1" = refs/heads/main ] && [ ! -e raced ] || exit 0',
      'touch raced',
      // Another process of its own: git forbids moving refs out of a hook's quarantine.
      'env -u GIT_QUARANTINE_PATH -u GIT_OBJECT_DIRECTORY -u GIT_ALTERNATE_OBJECT_DIRECTORIES \\',
      '  git update-ref refs/heads/main refs/heads/side',
      say('somebody was faster'),
    ])
    const mirrored = await runMirror({ source, destination })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.log).toMatch(/refs\/heads\/main moved while it was pushed .*: listing and planning again/)
    expect(mirrored.destination.figures.pushes).toBe(2)
  })

  it('[D9] the branch of HEAD at the source is the first one that an empty destination sees', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'symbolic-ref', 'HEAD', 'refs/heads/unrelated')
    await writeHook(destination, 'pre-receive', ['cat > first'])
    await expectMirror(await runMirror({ source, destination }), source, destination)
    expect((await readFile(join(destination, 'first'), 'utf8')).split('\n')[0]).toMatch(
      / refs\/heads\/unrelated$/,
    )
  })

  it('[G4] a push that is refused for its size ends early, with the words of the server', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path, { 'receive.maxInputSize': '5000' })
    const stream = new FastImport()
    stream.commit({ ref: 'refs/heads/big', files: { big: Buffer.alloc(4_000_000, 'x') } })
    await stream.run(source)
    const mirrored = await runMirror({ source, destination })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.log).toContain('pack exceeds maximum allowed size')
    expect(mirrored.log).toMatch(/max-pack-size/)
  })

  it('[D5] a commit that alone is too large is named as that, behind any number of small ones', async () => {
    await using folder = await makeTempFolder()
    const source = await makeBareRepository({ parent: folder.path, name: 'source.git' })
    const destination = await makeBareRepository({ parent: folder.path, name: 'destination.git' })
    const stream = new FastImport()
    const day = (number: number): number => 1_600_000_000 + number * 86_400
    for (let number = 0; number < 20; number++)
      stream.commit({ ref: 'refs/heads/main', files: { small: `${number}\n` }, time: day(number) })
    stream.commit({ ref: 'refs/heads/main', files: { big: noise(200_000) }, time: day(30) })
    await stream.run(source.path)
    const args = ['--max-pack-size', '60k']
    const mirrored = await runMirror({ source: source.path, destination: destination.path, args })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.destination.error).toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(
        /^the commit [0-9a-f]{40} alone makes a pack of 20\d{4} bytes, more than the 61440 bytes of one push/,
      ),
      hint: expect.stringContaining('max-pack-size'),
    })
    expect(await forEachRef(destination.path, 'refs/heads')).toEqual(new Map())
  })
})
