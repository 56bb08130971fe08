import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { emptyPack, PackChecker, parsePackHeader, trailerLength } from '../../src/protocol/pack.ts'
import { makeBareRepository, packAll, runGit } from '../support/git.ts'
import { makeFilledRepository } from '../support/repositories.ts'
import { cut } from './feed.ts'

function check(format: 'sha1' | 'sha256', slices: readonly Uint8Array[]): PackChecker {
  const checker = new PackChecker(format)
  for (const slice of slices) checker.update(slice)
  checker.finish()
  return checker
}

describe('parsePackHeader', () => {
  it('reads version and number of objects, of a view too', () => {
    const bytes = Buffer.from('xxPACK\0\0\0\x02\xff\0\0\x01more', 'latin1')
    expect(parsePackHeader(bytes.subarray(2))).toEqual({ version: 2, objects: 0xff000001 })
    expect(parsePackHeader(Buffer.from('PACK\0\0\0\x03\0\0\0\x07')).version).toBe(3)
  })

  it.each([
    ['too short', 'PACK\0\0\0\x02\0\0\0'],
    ['not a pack', 'HTTP/1.1 200 OK'],
    ['a version that does not exist', 'PACK\0\0\0\x04\0\0\0\0'],
    ['nothing', ''],
  ])('refuses what is %s', (_, text) => {
    expect(() => parsePackHeader(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'pack' }))
  })
})

describe('emptyPack', () => {
  it.each([
    ['sha1', 32],
    ['sha256', 44],
  ] as const)('[G10] of %s has %i bytes, and git takes it', async (format, length) => {
    const pack = emptyPack(format)
    expect(pack).toHaveLength(length)
    expect(parsePackHeader(pack)).toEqual({ version: 2, objects: 0 })
    expect(check(format, [pack]).objects).toBe(0)
    await using repository = await makeBareRepository({ format })
    const { exitCode } = await runGit(repository.path, ['unpack-objects', '-q'], { input: pack })
    expect(exitCode).toBe(0)
  })
})

describe('PackChecker', () => {
  it.each(['sha1', 'sha256'] as const)('[E7] takes a real %s pack, however it is cut', async (format) => {
    await using repository = await makeFilledRepository({ format })
    const pack = await packAll(repository.path)
    for (const sizes of [[pack.length], [1], [19, 1], [20], [21, 3], [32], [33, 70_000], [65_515]]) {
      const checker = check(format, cut(pack, ...sizes))
      expect([checker.bytes, checker.objects]).toEqual([pack.length, pack.readUInt32BE(8)])
    }
  })

  it('[E7] refuses a pack that was cut anywhere, or that goes on', () => {
    const body = Buffer.concat([emptyPack('sha1').subarray(0, 12), Buffer.alloc(100, 'x')])
    const pack = Buffer.concat([body, createHash('sha1').update(body).digest()])
    expect(check('sha1', [pack]).bytes).toBe(132)
    for (let length = 0; length < pack.length; length++) {
      expect(() => check('sha1', cut(pack.subarray(0, length), 25))).toThrow(
        expect.objectContaining({ code: 'pack', side: 'source', retryable: true }),
      )
    }
    expect(() => check('sha1', [pack, Buffer.from('\n')])).toThrow(/trailer/)
  })

  it('[E7] refuses a pack with one byte changed', () => {
    const pack = Buffer.from(emptyPack('sha256'))
    for (const index of [0, 7, 11, 12, 43]) {
      const damaged = Buffer.from(pack)
      damaged[index]! ^= 1
      expect(() => check('sha256', cut(damaged, 9))).toThrow(expect.objectContaining({ code: 'pack' }))
    }
  })

  it('[I3] does not take a pack of the other format', () => {
    expect(() => check('sha256', [emptyPack('sha1')])).toThrow(expect.objectContaining({ code: 'pack' }))
    expect(() => check('sha1', [emptyPack('sha256')])).toThrow(expect.objectContaining({ code: 'pack' }))
    expect([trailerLength('sha1'), trailerLength('sha256')]).toEqual([20, 32])
  })

  it('tells the number of objects as soon as the header is there', () => {
    const checker = new PackChecker('sha1')
    const pack = emptyPack('sha1')
    checker.update(pack.subarray(0, 11))
    expect(checker.objects).toBeUndefined()
    checker.update(pack.subarray(11, 12))
    expect(checker.objects).toBe(0)
    const other = new PackChecker('sha1')
    other.update(Buffer.from('<html><body>'))
    expect(() => other.objects).toThrow(expect.objectContaining({ code: 'pack' }))
  })

  it('leaves the slices as they are, and reads none again after the next one', () => {
    const pack = Buffer.concat([emptyPack('sha1').subarray(0, 12), Buffer.alloc(60, 7)])
    const whole = Buffer.concat([pack, createHash('sha1').update(pack).digest()])
    for (const at of [12, 20, 52, 71, 72, 80, 91]) {
      const slices = [whole.subarray(0, at), whole.subarray(at)].map((slice) => Buffer.from(slice))
      const checker = new PackChecker('sha1')
      for (const [index, slice] of slices.entries()) {
        checker.update(slice)
        expect(slice).toEqual(index === 0 ? whole.subarray(0, at) : whole.subarray(at))
        if (index === 1) slices[0]!.fill(0)
      }
      checker.finish()
      expect(checker.bytes).toBe(92)
    }
  })
})
