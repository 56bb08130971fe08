import { describe, expect, it } from 'vitest'
import { type Advertisement, readAdvertisement } from '../../src/protocol/advertisement.ts'
import { whyInvalidRefName } from '../../src/protocol/ref-name.ts'
import { FLUSH_PKT, pkt } from '../support/pkt.ts'
import { cut, failureOf, packetsOf } from './feed.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const C = 'c'.repeat(40)
const ZERO = '0'.repeat(40)

type Listing = Extract<Advertisement, { refs: unknown }>

/** A v0 greeting of these lines and a flush. */
async function readLines(...lines: readonly string[]): Promise<Listing> {
  return listing(await readAdvertisement(packetsOf(pkt(...lines), FLUSH_PKT)))
}

function listing(advertisement: Advertisement): Listing {
  if (advertisement.version === 2) throw new Error('expected v0 or v1')
  return advertisement
}

describe('v0 greetings', () => {
  it('[B3] splits the first line into ref and capabilities', async () => {
    const { version, refs, capabilities, format } = await readLines(
      `${A} HEAD\0multi_ack side-band-64k symref=HEAD:refs/heads/main agent=git/2.39.5\n`,
      `${A} refs/heads/main\n`,
    )
    expect(version).toBe(0)
    expect(format).toBe('sha1')
    expect(capabilities.names).toEqual(['multi_ack', 'side-band-64k', 'symref', 'agent'])
    expect(refs).toEqual([
      { name: 'HEAD', id: A, symrefTarget: 'refs/heads/main' },
      { name: 'refs/heads/main', id: A },
    ])
  })

  it('[B3] takes capabilities that begin with a space and end without LF, as JGit sends them', async () => {
    const { refs, capabilities } = await readLines(
      `${A} refs/heads/main\0 multi_ack no-progress`,
      `${B} refs/tags/v1`,
    )
    expect(capabilities.names).toEqual(['multi_ack', 'no-progress'])
    expect(refs.map(({ name }) => name)).toEqual(['refs/heads/main', 'refs/tags/v1'])
  })

  it('[B3] finds no capabilities in a first line without a zero byte', async () => {
    const { refs, capabilities } = await readLines(`${A} refs/heads/main\n`, `${B} refs/tags/v1\n`)
    expect(capabilities.names).toEqual([])
    expect(refs.map(({ name }) => name)).toEqual(['refs/heads/main', 'refs/tags/v1'])
  })

  it('[B3] makes no ref of capabilities^{}', async () => {
    const { refs, damaged, capabilities } = await readLines(
      `${ZERO} capabilities^{}\0report-status delete-refs`,
    )
    expect([refs, damaged]).toEqual([[], []])
    expect(capabilities.has('delete-refs')).toBe(true)
  })

  it('[B3] takes a lone flush for an empty repository without capabilities', async () => {
    const { refs, capabilities, format } = await readLines()
    expect(refs).toEqual([])
    expect(capabilities.names).toEqual([])
    expect(format).toBe('sha1')
  })

  it('[B4] attaches peel lines to their tag and never makes a ref of them', async () => {
    const { refs } = await readLines(
      `${A} refs/tags/a\0x\n`,
      `${B} refs/tags/a^{}\n`,
      `${C} refs/tags/b^{}\n`,
      `${C} refs/tags/c\n`,
    )
    expect(refs).toEqual([
      { name: 'refs/tags/a', id: A, peeled: B },
      { name: 'refs/tags/c', id: C },
    ])
  })

  it('[B4] doubts a tag of which the first line shows what it peels to alone', async () => {
    const { refs, damaged } = await readLines(`${A} refs/tags/a^{}\0x\n`, `${B} refs/tags/b\n`)
    expect(refs).toEqual([{ name: 'refs/tags/b', id: B }])
    expect(damaged).toEqual([{ name: 'refs/tags/a', reason: 'only its peeled line is listed' }])
  })

  it('[B5] keeps .have lines apart, on the first line too', async () => {
    const { refs, haves } = await readLines(
      `${A} .have\0report-status\n`,
      `${B} .have\n`,
      `${C} refs/heads/main\n`,
    )
    expect(haves).toEqual([A, B])
    expect(refs).toEqual([{ name: 'refs/heads/main', id: C }])
  })

  it('[B7] keeps the shallow lines that follow the refs', async () => {
    const { refs, shallow } = await readLines(`${A} refs/heads/main\0x\n`, `shallow ${B}\n`, `shallow ${C}`)
    expect(shallow).toEqual([B, C])
    expect(refs).toHaveLength(1)
  })

  it('shows the HEAD that dulwich puts into a receive-pack greeting under its own name', async () => {
    const { refs } = await readLines(
      `${A} HEAD\0report-status delete-refs quiet ofs-delta side-band-64k no-done symref=HEAD:refs/heads/main\n`,
      `${A} refs/heads/main\n`,
    )
    expect(refs.map(({ name }) => name).filter((name) => name.startsWith('refs/'))).toEqual([
      'refs/heads/main',
    ])
  })

  it('[B10] attaches every symref to its own ref', async () => {
    const { refs } = await readLines(
      `${A} HEAD\0symref=HEAD:refs/heads/main symref=refs/heads/alias:refs/heads/main symref=gone:refs/x symref=refs/heads/main?\n`,
      `${A} refs/heads/alias\n`,
      `${A} refs/heads/main\n`,
    )
    expect(refs.map(({ symrefTarget }) => symrefTarget)).toEqual([
      'refs/heads/main',
      'refs/heads/main',
      undefined,
    ])
  })
})

describe('versions and preludes', () => {
  const v2 = pkt('version 2\n', 'agent=git/2.39.5\n', 'ls-refs=unborn\n', 'fetch=shallow wait-for-done\n')
  const v0 = pkt(`${A} refs/heads/main\0agent=git/2.39.5\n`)

  it('[E1] tells v2 by its first line', async () => {
    const advertisement = await readAdvertisement(packetsOf(v2, FLUSH_PKT))
    expect(advertisement).toMatchObject({ version: 2, format: 'sha1' })
    expect(advertisement.capabilities.value('fetch')).toBe('shallow wait-for-done')
    expect(advertisement.capabilities.names).toEqual(['agent', 'ls-refs', 'fetch'])
    expect(advertisement).not.toHaveProperty('refs')
  })

  it('[E1] reads v1 as v0 after its first line', async () => {
    const { version, refs } = listing(await readAdvertisement(packetsOf(pkt('version 1\n'), v0, FLUSH_PKT)))
    expect(version).toBe(1)
    expect(refs).toEqual([{ name: 'refs/heads/main', id: A }])
  })

  it.each(['# service=git-upload-pack\n', '# service=git-upload-pack'])(
    '[F2] skips the prelude %j of http before either version',
    async (line) => {
      const prelude = Buffer.concat([pkt(line), FLUSH_PKT])
      expect((await readAdvertisement(packetsOf(prelude, v2, FLUSH_PKT))).version).toBe(2)
      expect(listing(await readAdvertisement(packetsOf(prelude, v0, FLUSH_PKT))).refs).toHaveLength(1)
      expect(listing(await readAdvertisement(packetsOf(prelude, FLUSH_PKT))).refs).toEqual([])
    },
  )

  it('leaves what follows the greeting in the stream', async () => {
    const packets = packetsOf(v2, FLUSH_PKT, pkt('next'))
    await readAdvertisement(packets)
    expect(await packets.next()).toMatchObject({ kind: 'data' })
  })

  it('[B1] reads the same however the stream is cut', async () => {
    const bytes = Buffer.concat([
      pkt('# service=git-upload-pack\n'),
      FLUSH_PKT,
      v0,
      pkt(`${B} refs/x\n`),
      FLUSH_PKT,
    ])
    for (const size of [1, 3, 4, 5, 50, 1000]) {
      const { refs } = listing(await readAdvertisement(packetsOf(...cut(bytes, size))))
      expect(refs.map(({ id }) => id)).toEqual([A, B])
    }
  })
})

describe('object formats', () => {
  it('[I1] are told by a capability, and SHA-1 without one', async () => {
    const long = 'd'.repeat(64)
    const v0 = await readLines(`${long} refs/heads/main\0object-format=sha256 object-format=sha1\n`)
    expect([v0.format, v0.refs[0]?.id]).toEqual(['sha256', long])
    const v2 = await readAdvertisement(packetsOf(pkt('version 2\n', 'object-format=sha256\n'), FLUSH_PKT))
    expect(v2.format).toBe('sha256')
    expect((await readLines(`${A} refs/heads/main\0agent=JGit/4\n`)).format).toBe('sha1')
  })

  it('[I1] that are not known are refused', async () => {
    expect(await failureOf(readLines(`${A} refs/heads/main\0object-format=md5\n`))).toMatchObject({
      code: 'format',
    })
  })

  it('[I1] decide how long an id is', async () => {
    expect(await failureOf(readLines(`${A} refs/heads/main\0object-format=sha256\n`))).toMatchObject({
      code: 'protocol',
    })
  })
})

describe('greetings that are none', () => {
  it.each([
    ['nothing', ''],
    ['a prelude and nothing', '001e# service=git-upload-pack\n0000'],
    ['a prelude without its flush', '001e# service=git-upload-pack\n'],
    ['v2 without its flush', pkt('version 2\n', 'fetch\n')],
    ['v1 and nothing', pkt('version 1\n')],
    ['refs without a flush', pkt(`${A} refs/heads/main\0x\n`)],
  ])('[F14] end too early: %s', async (_, bytes) => {
    const error = await failureOf(readAdvertisement(packetsOf(bytes)))
    expect([error.code, error.retryable]).toEqual(['cut', true])
  })

  it.each([
    ['no id', 'hello\n'],
    ['upper-case digits', `${'A'.repeat(40)} refs/heads/main\0\n`],
    ['a digit missing', `${A.slice(1)} refs/heads/main\0\n`],
    ['no space', `${A}\trefs/heads/main\0\n`],
    ['no name', `${A} \0caps\n`],
    ['a shallow line without an id', 'shallow main\n'],
  ])('are refused: %s', async (_, line) => {
    expect(await failureOf(readLines(line))).toMatchObject({ code: 'protocol' })
  })

  it('are refused: a delimiter', async () => {
    expect(await failureOf(readAdvertisement(packetsOf(pkt('version 2\n'), '0001')))).toMatchObject({
      code: 'protocol',
    })
  })

  it('[B2] give the words of an ERR packet', async () => {
    const bytes = Buffer.concat([
      pkt('# service=git-upload-pack\n'),
      FLUSH_PKT,
      pkt('ERR repository is locked\n'),
    ])
    expect(await failureOf(readAdvertisement(packetsOf(bytes)))).toMatchObject({
      code: 'server',
      serverText: 'repository is locked',
    })
  })

  it('stop at the limits of lines, bytes, names and capabilities', async () => {
    const bytes = Buffer.concat([pkt(`${A} refs/a\0x\n`, `${A} refs/b\n`, `${A} refs/c\n`), FLUSH_PKT])
    const read = (limits: object): Promise<unknown> => readAdvertisement(packetsOf(bytes), limits)
    expect(await failureOf(read({ lines: 2 }))).toMatchObject({ code: 'limit' })
    expect(await failureOf(read({ bytes: 100 }))).toMatchObject({ code: 'limit' })
    expect(await read({ lines: 3, bytes: 146 })).toMatchObject({ version: 0 })
    expect(await failureOf(readLines(`${A} ${'x'.repeat(4097)}\0\n`))).toMatchObject({ code: 'limit' })
    const many = Array.from({ length: 1001 }, (_, index) => `capability-${index}\n`)
    const v2 = readAdvertisement(packetsOf(pkt('version 2\n', ...many), FLUSH_PKT))
    expect(await failureOf(v2)).toMatchObject({ code: 'limit' })
  })

  it('show a name that is no UTF-8 as one that git would refuse', async () => {
    const payload = Buffer.concat([Buffer.from(`${A} refs/heads/caf`), Buffer.from([0xe9, 0])])
    const line = Buffer.concat([Buffer.from((payload.length + 4).toString(16).padStart(4, '0')), payload])
    const { refs } = listing(await readAdvertisement(packetsOf(line, '0000')))
    expect(refs[0]?.name).toBe('refs/heads/caf\ufffd')
    expect(whyInvalidRefName(refs[0]!.name)).toBeDefined()
  })
})
