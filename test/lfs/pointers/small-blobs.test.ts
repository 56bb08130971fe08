import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ByteReader } from '../../../src/base/bytes.ts'
import { readSmallBlobs } from '../../../src/lfs/pointers/small-blobs.ts'
import { encodeVarint } from '../../support/deltas.ts'
import { FastImport } from '../../support/fast-import.ts'
import { git, gitWith, type ObjectFormat } from '../../support/git.ts'
import { makeTempFolder } from '../../support/temp.ts'

const LIMIT_BYTES = 1024

/** A history in which pointers change, and files grow and shrink across the limit. */
async function makeHistory(path: string, format: ObjectFormat): Promise<void> {
  await git(join(path, '..'), 'init', '-q', '--bare', `--object-format=${format}`, path)
  const stream = new FastImport()
  const hex = (seed: number): string => (seed * 7919).toString(16).padStart(64, '0')
  const pointer = (seed: number): string =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${hex(seed)}\nsize ${seed}\n`
  for (let round = 1; round <= 60; round++) {
    const long = Array.from(
      { length: 2500 },
      (_, line) => `line ${line * (line % 7 === round % 7 ? round : 1)}\n`,
    ).join('')
    stream.commit({
      ref: 'refs/heads/main',
      files: {
        'asset.bin': pointer(round),
        [`assets/${round}.bin`]: pointer(round + 1000),
        'long.txt': long,
        'edge.txt': long.slice(0, 900 + round * 4),
        'shrinks.txt': round % 2 === 0 ? long : long.slice(0, 400 + round),
      },
    })
  }
  await stream.run(path)
}

/** A pack of everything, as git makes it with `args`. */
async function makePack(path: string, ...args: readonly string[]): Promise<Buffer> {
  const objects = await git(path, 'rev-list', '--objects', '--all')
  const out = join(path, 'out')
  const name = await gitWith(
    { input: `${objects}\n` },
    path,
    'pack-objects',
    '-q',
    '--no-reuse-delta',
    ...args,
    out,
  )
  return await readFile(`${out}-${name.trim()}.pack`)
}

/** Ids of the blobs below the limit by git itself, and how many others there are. */
async function listBlobs(
  path: string,
): Promise<{ readonly small: ReadonlySet<string>; readonly large: number }> {
  const format = '--batch-check=%(objecttype) %(objectsize) %(objectname)'
  const lines = (await git(path, 'cat-file', '--batch-all-objects', format)).split('\n')
  const blobs = lines.map((line) => line.split(' ')).filter(([type]) => type === 'blob')
  const small = new Set(blobs.filter(([, size]) => Number(size) < LIMIT_BYTES).map(([, , id]) => id!))
  return { small, large: blobs.length - small.size }
}

async function read(
  pack: Uint8Array,
  format: ObjectFormat,
  slice = 7001,
): Promise<{ readonly ids: ReadonlySet<string>; readonly unreadable: number }> {
  const ids = new Set<string>()
  const slices = (async function* () {
    for (let at = 0; at < pack.length; at += slice) yield pack.subarray(at, at + slice)
  })()
  const { unreadable } = await readSmallBlobs(new ByteReader(slices), {
    format,
    limit: LIMIT_BYTES,
    onBlob: (data) => ids.add(createHash(format).update(`blob ${data.length}\0`).update(data).digest('hex')),
  })
  return { ids, unreadable }
}

/** An entry with a head of the type and the size (gitformat-pack), then `base`, then the deflated data. */
function encodeEntry(type: number, data: Buffer, base: Buffer = Buffer.alloc(0)): Buffer {
  const head = [(type << 4) | (data.length & 0x0f)]
  for (let rest = data.length >> 4; rest > 0; rest >>= 7) {
    head[head.length - 1]! |= 0x80
    head.push(rest & 0x7f)
  }
  return Buffer.concat([Buffer.from(head), base, deflateSync(data)])
}

describe('the small blobs of a pack', () => {
  it.each([
    ['sha1', ['--delta-base-offset', '--window=50', '--depth=50']],
    ['sha1', ['--window=50', '--depth=50']],
    ['sha1', ['--window=0']],
    ['sha256', ['--delta-base-offset', '--window=50']],
  ] as const)('are those that git lists, in %s with %j', { timeout: 60_000 }, async (format, args) => {
    await using folder = await makeTempFolder()
    const path = join(folder.path, 'history.git')
    await makeHistory(path, format)
    const pack = await makePack(path, ...args)
    const truth = await listBlobs(path)
    expect(truth.small.size).toBeGreaterThan(100)
    expect(truth.large).toBeGreaterThan(50)
    for (const slice of [997, 7001, pack.length]) {
      const { ids, unreadable } = await read(pack, format, slice)
      expect({ ids, unreadable }).toEqual({ ids: truth.small, unreadable: 0 })
    }
  })

  it.each([
    ['may be a pointer', `oid sha256:${'0123456789abcdef'.repeat(4)} `, 1],
    ['is other text', 'a line of other text that is of no interest to anybody at all.', 0],
  ])(
    'count one whose base is too large to be kept and that %s as unreadable: %s',
    async (_, literal, count) => {
      const base = Buffer.alloc(100_000, 'text ')
      const delta = Buffer.concat([
        encodeVarint(base.length),
        encodeVarint(200 + literal.length),
        Buffer.from([0x90, 200]),
        Buffer.from([literal.length]),
        Buffer.from(literal),
      ])
      const first = encodeEntry(3, base)
      const second = encodeEntry(
        6,
        delta,
        Buffer.from([0x80 | ((first.length >> 7) - 1), first.length & 0x7f]),
      )
      const header = Buffer.from('PACK\0\0\0\x02\0\0\0\x02', 'latin1')
      const pack = Buffer.concat([header, first, second, Buffer.alloc(20)])
      const { ids, unreadable } = await read(pack, 'sha1')
      expect({ ids: ids.size, unreadable }).toEqual({ ids: 0, unreadable: count })
    },
  )

  it('of a damaged pack are an error of the pack, wherever the damage is', { timeout: 60_000 }, async () => {
    await using folder = await makeTempFolder()
    const path = join(folder.path, 'history.git')
    await makeHistory(path, 'sha1')
    const pack = await makePack(path, '--delta-base-offset')
    const truth = await listBlobs(path)
    for (let at = 0; at < pack.length - 20; at += Math.ceil(pack.length / 97)) {
      await expect(read(pack.subarray(0, at), 'sha1'), `cut at ${at}`).rejects.toMatchObject({
        code: expect.stringMatching(/^(pack|cut)$/),
      })
      const damaged = Buffer.from(pack)
      damaged[at]! ^= 0x55
      // A changed byte may still inflate to something; it never gives a blob that git does not have, unseen.
      const result = await read(damaged, 'sha1').catch((error: unknown) => {
        expect(error, `changed at ${at}`).toMatchObject({ code: expect.stringMatching(/^(pack|cut)$/) })
      })
      if (result !== undefined) expect(result.ids.size).toBeLessThanOrEqual(truth.small.size + 1)
    }
  })
})
