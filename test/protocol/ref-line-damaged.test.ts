import { describe, expect, it } from 'vitest'
import { readAdvertisement } from '../../src/protocol/advertisement.ts'
import { readLsRefs } from '../../src/protocol/ls-refs.ts'
import type { BelievedRefs } from '../../src/protocol/ref-line.ts'
import { validPartOf, whyInvalidRefName } from '../../src/protocol/ref-name.ts'
import { FLUSH_PKT, pkt } from '../support/pkt.ts'
import { cut, failureOf, packetsOf } from './feed.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const ZERO = '0'.repeat(40)

type Read = (lines: readonly string[], size?: number) => Promise<BelievedRefs>

const inV2: Read = async (lines, size) =>
  await readLsRefs(packetsOf(...cut(Buffer.concat([pkt(...lines), FLUSH_PKT]), size ?? 1e6)))

const inV0: Read = async (lines, size) => {
  const bytes = Buffer.concat([pkt(`${A} HEAD\0report-status ofs-delta`, ...lines), FLUSH_PKT])
  const read = await readAdvertisement(packetsOf(...cut(bytes, size ?? 1e6)))
  if (read.version === 2) throw new Error('expected v0')
  return { refs: read.refs.filter((ref) => ref.name !== 'HEAD'), damaged: read.damaged }
}

const names = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name)

describe.each([
  ['v2', inV2],
  ['v0', inV0],
])('a listing in %s', (version, read) => {
  it.each([1, 5, 90, 1e6])('believes no null id, in chunks of %i', async (size) => {
    const lines = [`${A} refs/heads/a\n`, `${ZERO} refs/heads/b\n`, `${B} refs/heads/c\n`]
    const { refs, damaged } = await read(lines, size)
    expect(names(refs)).toEqual(['refs/heads/a', 'refs/heads/c'])
    const reason = 'it is listed with the null id, as broken refs are'
    expect(damaged).toEqual([{ name: 'refs/heads/b', reason }])
  })

  it('believes no name that stands there twice, with the same id or another, in order or not', async () => {
    for (const second of [A, B]) {
      for (const order of [
        ['a', 'b', 'b', 'c'],
        ['b', 'a', 'c', 'b'],
        ['c', 'b', 'a', 'b'],
      ]) {
        const lines = order.map((name, at) => `${at === 3 ? second : A} refs/heads/${name}\n`)
        const { refs, damaged } = await read(lines)
        expect(names(refs).toSorted()).toEqual(['refs/heads/a', 'refs/heads/c'])
        expect(damaged).toEqual([{ name: 'refs/heads/b', reason: 'it is listed twice' }])
      }
    }
    const { refs, damaged } = await read([`${ZERO} refs/heads/b\n`, `${A} refs/heads/b\n`])
    expect([refs, names(damaged)]).toEqual([[], ['refs/heads/b']])
  })

  it('takes the file that a copy left beside a ref for what it is', async () => {
    const { refs, damaged } = await read([
      `${A} refs/heads/x\n`,
      `${ZERO} refs/heads/x 2\n`,
      `${A} refs/heads/y 2\n`,
    ])
    expect(names(refs)).toEqual(['refs/heads/x', 'refs/heads/y 2'])
    expect(names(damaged)).toEqual(['refs/heads/x 2'])
  })

  it('believes no tag whose peeled line stands alone or names nothing', async () => {
    const alone = await read([`${A} refs/heads/a\n`, `${B} refs/tags/v1^{}\n`])
    const reason = 'only its peeled line is listed'
    expect([names(alone.refs), alone.damaged]).toEqual([['refs/heads/a'], [{ name: 'refs/tags/v1', reason }]])
    const lines =
      version === 'v2'
        ? [`${A} refs/tags/v1 peeled:${ZERO}\n`]
        : [`${A} refs/tags/v1\n`, `${ZERO} refs/tags/v1^{}\n`]
    expect(await read(lines)).toEqual({
      refs: [],
      damaged: [{ name: 'refs/tags/v1', reason: 'its peeled id is the null id' }],
    })
  })

  it('keeps names apart that begin with no refs/, but for HEAD and its like', async () => {
    const { refs, damaged } = await read([`${A} FETCH_HEAD\n`, `${A} heads/a\n`, `${ZERO} HEAD\n`])
    expect(names(refs)).toEqual(['FETCH_HEAD'])
    expect(damaged).toEqual([{ name: 'heads/a', reason: 'its name does not begin with refs/' }])
  })

  it('takes nothing for HEAD or its like that only looks like it', async () => {
    const odd = ['FETCH-HEAD', 'FETCHhead', 'HEAD1', 'head', 'xHEAD']
    const { refs, damaged } = await read(odd.map((name) => `${A} ${name}\n`))
    expect(names(refs)).toEqual(['FETCH-HEAD'])
    expect(names(damaged)).toEqual(['FETCHhead', 'HEAD1', 'head', 'xHEAD'])
  })

  it('takes no second value for FETCH_HEAD', async () => {
    const { refs } = await read([`${ZERO} FETCH_HEAD\n`, `${A} FETCH_HEAD\n`, `${A} refs/heads/a\n`])
    expect(names(refs)).toEqual(['refs/heads/a'])
  })

  it.each([
    `${A.slice(1)} refs/heads/b\n`,
    `${A}a refs/heads/b\n`,
    `${A.slice(0, -1)}g refs/heads/b\n`,
    `${A}\n`,
    `${A} \n`,
    'refs/heads/b\n',
  ])('is not believed at all with the line %j', async (line) => {
    const error = await failureOf(read([`${A} refs/heads/a\n`, line, `${A} refs/heads/c\n`]))
    expect(error.code).toBe('protocol')
  })
})

describe('peeled ids of v2', () => {
  it.each([A.slice(1), 'b'.repeat(64), 'x'])('are not taken from %j', async (peeled) => {
    const error = await failureOf(inV2([`${A} refs/tags/v1 peeled:${peeled}\n`]))
    expect(error.code).toBe('protocol')
  })
})

describe('.have lines', () => {
  it('with the null id are none', async () => {
    const bytes = Buffer.concat([pkt(`${A} refs/heads/a\0x`, `${ZERO} .have\n`, `${B} .have\n`), FLUSH_PKT])
    const read = await readAdvertisement(packetsOf(bytes))
    expect(read).toMatchObject({ haves: [B], damaged: [] })
  })
})

describe('validPartOf', () => {
  it.each([
    ['refs/heads/main', 'refs/heads/main'],
    ['refs/heads/x 2', 'refs/heads/x'],
    ['refs/heads/fo\0o', 'refs/heads/fo'],
    ['refs/heads/caf\ufffd', 'refs/heads/caf'],
    ['refs/heads/../../x', 'refs/heads'],
    ['refs/heads//x', 'refs/heads'],
    ['refs/heads/', 'refs/heads'],
    ['refs/heads/a.lock', 'refs/heads/a'],
    ['refs/heads/a.lock/b', 'refs/heads/a'],
    ['refs/heads/a.', 'refs/heads/a'],
    ['refs/heads/a.b', 'refs/heads/a.b'],
    ['refs/heads/a.locked', 'refs/heads/a.locked'],
    ['refs/heads/a@{1}', 'refs/heads/a'],
    ['heads/main', ''],
    ['', ''],
  ])('of %j is %j', (name, part) => {
    expect(validPartOf(name)).toBe(part)
    expect(part === name && name !== '').toBe(
      whyInvalidRefName(name) === undefined && name.startsWith('refs/'),
    )
  })
})
