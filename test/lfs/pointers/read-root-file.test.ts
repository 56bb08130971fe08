import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readRootFile } from '../../../src/lfs/pointers/read-root-file.ts'

const TYPES = { commit: 1, tree: 2, blob: 3, delta: 6 }

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest()
}

function idOf(type: string, data: Buffer): Buffer {
  return hashOf(Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]))
}

/** An entry whose size is below 2,048 bytes; `back`: where its base begins, below 128 bytes before. */
function entry(type: keyof typeof TYPES, data: Buffer, back?: number): Buffer {
  const head = [0x80 | (TYPES[type] << 4) | (data.length & 15), data.length >> 4]
  return Buffer.concat([Buffer.from(back === undefined ? head : [...head, back]), deflateSync(data)])
}

function packOf(entries: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(12)
  head.write('PACK')
  head.writeUInt32BE(2, 4)
  head.writeUInt32BE(entries.length, 8)
  const body = Buffer.concat([head, ...entries])
  return Buffer.concat([body, hashOf(body)])
}

it('passes a delta over that a few bytes make as large as memory, and finds the file behind it', async () => {
  const file = Buffer.from('[lfs]\n\turl = https://lfs.example/\n')
  const tree = Buffer.concat([Buffer.from('100644 .lfsconfig\0'), idOf('blob', file)])
  const commit = Buffer.from(`tree ${idOf('tree', tree).toString('hex')}\n\n`)
  const base = entry('blob', Buffer.from('base'))
  // Four bytes of a base, 2^45 of a result.
  const bomb = Buffer.from([4, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x08, 1, 0x61])
  const pack = packOf([
    base,
    entry('delta', bomb, base.length),
    entry('commit', commit),
    entry('tree', tree),
    entry('blob', file),
  ])
  const slices = [pack]
  const found = await readRootFile(
    { next: async () => slices.shift(), cancel: () => undefined },
    { format: 'sha1', commit: idOf('commit', commit).toString('hex'), name: '.lfsconfig' },
  )
  expect(Buffer.from(found!).toString()).toBe(file.toString())
})
