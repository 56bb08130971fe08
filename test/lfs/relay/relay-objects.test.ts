import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { openFolderStore } from '../../../src/lfs/stores/folder-store.ts'
import type { LfsObject, LfsStore } from '../../../src/lfs/api/store.ts'
import { relayObjects, type RelayOptions } from '../../../src/lfs/relay/relay-objects.ts'
import { noise } from '../../support/repositories.ts'
import { makeTempFolder } from '../../support/temp.ts'

function pathIn(folder: string, oid: string): string {
  return join(folder, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
}

/** Stores objects of the given sizes as a client would. */
async function fill(folder: string, sizes: readonly number[]): Promise<readonly LfsObject[]> {
  return await Promise.all(
    sizes.map(async (size, index) => {
      const bytes = noise(size, `object ${index}`)
      const oid = createHash('sha256').update(bytes).digest('hex')
      await mkdir(dirname(pathIn(folder, oid)), { recursive: true })
      await writeFile(pathIn(folder, oid), bytes)
      return { oid, size }
    }),
  )
}

async function relay(
  source: LfsStore,
  targets: RelayOptions['targets'],
  more: Partial<RelayOptions> = {},
): ReturnType<typeof relayObjects> {
  return await relayObjects({
    source,
    targets,
    atOnce: 4,
    retries: 2,
    signal: new AbortController().signal,
    onBytes: () => undefined,
    onSent: () => undefined,
    onRetry: () => undefined,
    wait: () => Promise.resolve(),
    ...more,
  })
}

/** A store that counts how often each object is read. */
function counting(store: LfsStore): LfsStore & { readonly reads: Map<string, number> } {
  const reads = new Map<string, number>()
  return {
    ...store,
    reads,
    read(object) {
      reads.set(object.oid, (reads.get(object.oid) ?? 0) + 1)
      return store.read(object)
    },
  }
}

const SIZES = [1, 2, 65_536, 262_144, 262_145, 1_000_000, 3_333_333]

describe('relayed objects', () => {
  it('arrive whole at every target, each read once', async () => {
    await using folder = await makeTempFolder()
    const [from, one, two] = ['from', 'one', 'two'].map((name) => join(folder.path, name)) as [
      string,
      string,
      string,
    ]
    const objects = await fill(from, SIZES)
    const source = counting(openFolderStore(from, 'source'))
    const bytes = new Map<string, number>()
    const results = await relay(
      source,
      [
        { store: openFolderStore(one, 'destination'), objects },
        { store: openFolderStore(two, 'destination'), objects: objects.slice(2) },
      ],
      { onBytes: (store, count) => bytes.set(store.label, (bytes.get(store.label) ?? 0) + count) },
    )
    expect(results.map(({ sent, failed }) => [sent.length, failed.length])).toEqual([
      [SIZES.length, 0],
      [SIZES.length - 2, 0],
    ])
    for (const { oid } of objects) {
      expect((await readFile(pathIn(one, oid))).equals(await readFile(pathIn(from, oid)))).toBe(true)
    }
    expect([...source.reads.values()]).toEqual(SIZES.map(() => 1))
    const total = SIZES.reduce((sum, size) => sum + size, 0)
    expect(bytes).toEqual(
      new Map([
        [one, total],
        [two, total - 3],
      ]),
    )
  })

  it.each([
    [
      'a byte is changed',
      (bytes: Buffer) => bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)),
    ],
    ['the end is missing', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['there is more behind the end', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
    ['it is empty', () => Buffer.alloc(0)],
  ])('never arrive wrong, and are named, where %s', async (_, damage) => {
    await using folder = await makeTempFolder()
    const [from, to] = [join(folder.path, 'from'), join(folder.path, 'to')]
    const objects = await fill(from, [1, 1000, 700_000])
    for (const { oid } of objects)
      await writeFile(pathIn(from, oid), damage(await readFile(pathIn(from, oid))))
    const [result] = await relay(openFolderStore(from, 'source'), [
      { store: openFolderStore(to, 'destination'), objects },
    ])
    expect(result!.sent).toEqual([])
    expect(result!.failed.map(({ object }) => object.oid).toSorted()).toEqual(
      objects.map(({ oid }) => oid).toSorted(),
    )
    for (const { object, error } of result!.failed) {
      expect(error).toMatchObject({ side: 'source', code: 'pack' })
      expect(error.message).toContain(object.oid)
    }
    expect(await readdir(join(to, 'lfs', 'tmp')).catch(() => [])).toEqual([])
    expect(await readdir(join(to, 'lfs', 'objects')).catch(() => [])).toEqual([])
  })

  it('go on to one target when another fails in the middle', async () => {
    await using folder = await makeTempFolder()
    const [from, good] = [join(folder.path, 'from'), join(folder.path, 'good')]
    const objects = await fill(from, SIZES)
    const full = new MirrorError('the disk is full', { code: 'http', status: 507, side: 'destination' })
    let asked = 0
    const failing: LfsStore = {
      ...openFolderStore(join(folder.path, 'failing'), 'destination'),
      async write(_, body) {
        asked++
        for await (const slice of body) if (slice.length > 0) throw full
      },
    }
    const [one, two] = await relay(
      openFolderStore(from, 'source'),
      [
        { store: openFolderStore(good, 'destination'), objects },
        { store: failing, objects },
      ],
      { atOnce: 1 },
    )
    expect(one!.sent.length).toBe(SIZES.length)
    expect(two!.failed.map(({ error }) => error)).toEqual(SIZES.map(() => full))
    // Full for one is full for all: the others are not offered.
    expect(asked).toBe(1)
  })

  it('are tried again after a passing failure, and only where it failed', async () => {
    await using folder = await makeTempFolder()
    const from = join(folder.path, 'from')
    const objects = await fill(from, [500_000])
    const source = counting(openFolderStore(from, 'source'))
    const store = openFolderStore(join(folder.path, 'to'), 'destination')
    let attempts = 0
    const flaky: LfsStore = {
      ...store,
      async write(object, body) {
        if (++attempts < 3)
          throw new MirrorError('cut', { code: 'cut', side: 'destination', retryable: true })
        await store.write(object, body)
      },
    }
    const waits: number[] = []
    const [one, two] = await relay(
      source,
      [
        { store: openFolderStore(join(folder.path, 'other'), 'destination'), objects },
        { store: flaky, objects },
      ],
      { wait: async (attempt) => void waits.push(attempt) },
    )
    expect([one!.sent, two!.sent]).toEqual([objects, objects])
    expect(waits).toEqual([1, 2])
    expect(source.reads.get(objects[0]!.oid)).toBe(3)
  })

  it('stop at a cancellation, and leave nothing half written', async () => {
    await using folder = await makeTempFolder()
    const [from, to] = [join(folder.path, 'from'), join(folder.path, 'to')]
    const objects = await fill(
      from,
      Array.from({ length: 20 }, () => 300_000),
    )
    const controller = new AbortController()
    const reason = new MirrorError('stopped', { code: 'cancelled' })
    const relaying = relay(
      openFolderStore(from, 'source'),
      [{ store: openFolderStore(to, 'destination'), objects }],
      {
        signal: controller.signal,
        onSent: () => controller.abort(reason),
      },
    )
    await expect(relaying).rejects.toBe(reason)
    expect(await readdir(join(to, 'lfs', 'tmp'))).toEqual([])
  })
})
