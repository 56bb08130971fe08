import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FastImport } from '../support/fast-import.ts'
import { forEachRef, makeBareRepository } from '../support/git.ts'
import { expectMirror, runMirror } from '../support/hosts/run.ts'
import {
  commitPointers,
  makeBytes,
  objectOf,
  pointerText,
  storeInFolder,
} from '../support/lfs/lfs-repositories.ts'
import { startLfsSites } from '../support/lfs/lfs-sites.ts'
import { makeTempFolder } from '../support/temp.ts'

/** As GitHub and GitLab do: a push whose pointers have no object in the repository's own storage is declined whole. */
const CHECKS_OBJECTS = `#!/bin/sh
lacks() {
  while read -r old new ref; do
    git rev-list --objects "$new" --not --all | cut -d' ' -f1 |
      git cat-file --batch-check='%(objecttype) %(objectsize) %(objectname)' |
      while read -r type size name; do
        [ "$type" = blob ] && [ "$size" -lt 1024 ] || continue
        oid=$(git cat-file blob "$name" | sed -n 's/^oid sha256://p')
        [ -z "$oid" ] || [ -f "lfs/objects/$(echo "$oid" | cut -c1-2)/$(echo "$oid" | cut -c3-4)/$oid" ] || echo "$oid"
      done
  done
}
missing=$(lacks)
[ -z "$missing" ] && exit 0
echo 'error: GH008: Your push referenced at least 1 unknown Git LFS objects:' >&2
echo "    $missing" >&2
exit 1
`

describe('a host that takes no pointer without its object', () => {
  it('declines a push without them, and takes the same push with them', async () => {
    await using folder = await makeTempFolder()
    const source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
    const destination = (await makeBareRepository({ parent: folder.path, name: 'destination.git' })).path
    const hook = join(destination, 'hooks', 'pre-receive')
    await writeFile(hook, CHECKS_OBJECTS)
    await chmod(hook, 0o755)
    const objects = []
    for (const size of [10, 5000])
      objects.push(await storeInFolder(source, makeBytes(size, `checked ${size}`)))
    await commitPointers(source, objects)
    const without = await runMirror({ source, destination, args: ['--lfs', 'false'] })
    expect(without.exitCode).toBe(1)
    expect(without.destination.rejected[0]?.reason).toMatch(/pre-receive hook declined/)
    expect(without.log).toContain(objects[0]!.oid)
    expect(await forEachRef(destination)).toEqual(new Map())
    await expectMirror(await runMirror({ source, destination }), source, destination)
    await commitPointers(source, [await storeInFolder(source, makeBytes(700, 'checked later'))])
    await expectMirror(await runMirror({ source, destination }), source, destination)
  })
})

describe('LFS objects', () => {
  it('that only old commits and another branch point to come along', async () => {
    await using sites = await startLfsSites()
    const [old, other] = [1000, 2000].map((size) => sites.from.lfs.add(makeBytes(size, `old ${size}`)))
    const stream = new FastImport()
    const first = stream.commit({
      ref: 'refs/heads/main',
      files: { '.gitattributes': '*.bin filter=lfs diff=lfs\n', 'old.bin': pointerText(old!) },
    })
    stream.commit({ ref: 'refs/heads/other', files: { 'other.bin': pointerText(other!) }, parents: [first] })
    stream.commit({
      ref: 'refs/heads/main',
      files: { '.gitattributes': undefined, 'old.bin': undefined, 'new.txt': 'no pointer\n' },
      parents: [first],
    })
    await stream.run(sites.source)
    await expectMirror(await sites.run(), sites.source, sites.destination)
    expect([...sites.to.lfs.objects.keys()].toSorted()).toEqual([old!.oid, other!.oid].toSorted())
  })

  it('of empty files are nothing to carry, and those of one byte are', async () => {
    await using sites = await startLfsSites()
    const empty = objectOf(Buffer.alloc(0))
    const one = sites.from.lfs.add(makeBytes(1, 'one'))
    await commitPointers(sites.source, [empty, one], { files: { 'empty.bin': '' } })
    const mirrored = await sites.run(['--lfs', 'true'])
    await expectMirror(mirrored, sites.source, sites.destination)
    expect(mirrored.destination.figures).toMatchObject({ lfsObjects: 1, lfsBytes: 1 })
    const asked = [...sites.from.lfs.log, ...sites.to.lfs.log].flatMap(({ batch }) => batch?.objects ?? [])
    expect(asked.some(({ oid }) => oid === empty.oid)).toBe(false)
  })

  it('that the source had lost come with a later push, once they are there again', async () => {
    await using sites = await startLfsSites()
    const [lost] = await sites.add([1000, 2000])
    const bytes = sites.from.lfs.objects.get(lost!.oid)!
    sites.from.lfs.objects.delete(lost!.oid)
    const first = await sites.run()
    expect(first.destination.warnings.join()).toContain(lost!.oid)
    sites.from.lfs.objects.set(lost!.oid, bytes)
    await sites.add([3000])
    const second = await sites.run()
    await expectMirror(second, sites.source, sites.destination)
    expect(second.destination.warnings).toEqual([])
    expect(sites.to.lfs.objects).toEqual(sites.from.lfs.objects)
  })

  it.each(['source', 'destination'] as const)(
    'arrive all the same where the %s asks to slow down in the middle of them',
    async (side) => {
      await using sites = await startLfsSites()
      await sites.add(Array.from({ length: 12 }, (_, index) => 1000 + index))
      let count = 0
      const slowDown = ():
        | { readonly status: number; readonly headers: Record<string, string> }
        | undefined => (++count === 5 ? { status: 429, headers: { 'retry-after': '1' } } : undefined)
      if (side === 'source') sites.from.lfs.faults.get = slowDown
      else sites.to.lfs.faults.put = slowDown
      await expectMirror(await sites.run([], 2), sites.source, sites.destination)
      expect(count).toBeGreaterThan(12)
      expect(sites.to.lfs.objects).toEqual(sites.from.lfs.objects)
    },
  )

  it('are asked for with the headers of their own entry, which no later request has', async () => {
    await using sites = await startLfsSites()
    await sites.add([1000, 2000, 3000])
    for (const { lfs } of [sites.from, sites.to]) {
      lfs.faults.entry = (entry) => {
        const text = JSON.stringify(entry)
        const own = `"x-own-${String(entry['oid']).slice(0, 8)}":"yes","Authorization"`
        return JSON.parse(text.replaceAll('"Authorization"', own)) as Record<string, unknown>
      }
    }
    await expectMirror(await sites.run(), sites.source, sites.destination)
    const log = [...sites.from.lfs.log, ...sites.to.lfs.log]
    expect(log.length).toBeGreaterThan(8)
    for (const { path, headers } of log) {
      const own = Object.keys(headers).filter((name) => name.startsWith('x-own-'))
      const oid = /\/([0-9a-f]{64})/.exec(path)?.[1]
      expect(own, path).toEqual(oid === undefined ? [] : [`x-own-${oid.slice(0, 8)}`])
    }
  })
})
