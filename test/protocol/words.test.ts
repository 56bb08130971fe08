import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../src/base/steps.ts'
import { readAdvertisement } from '../../src/protocol/advertisement.ts'
import { parseCapabilities } from '../../src/protocol/capabilities.ts'
import { readAcksV0, readFetchV0, readFetchV2 } from '../../src/protocol/fetch-response.ts'
import { encodeFetchV0, encodeFetchV2, type FetchRequest } from '../../src/protocol/fetch-request.ts'
import { readLsRefs } from '../../src/protocol/ls-refs.ts'
import { emptyPack, PackChecker, parsePackHeader } from '../../src/protocol/pack.ts'
import { encodePacket, PacketReader } from '../../src/protocol/pkt-line.ts'
import { encodeCommands, type RefCommand } from '../../src/protocol/push-request.ts'
import { checkName } from '../../src/protocol/ref-line.ts'
import { whyInvalidRefName } from '../../src/protocol/ref-name.ts'
import { readPushReport } from '../../src/protocol/report-status.ts'
import { SidebandReader } from '../../src/protocol/sideband.ts'
import { pkt } from '../support/pkt.ts'
import { failureOf, onBand, packetsOf, readerOf } from './feed.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const FLUSH = '0000'
const DELIM = '0001'

/** What an act throws at once becomes a promise that fails. */
async function begin(act: () => unknown): Promise<unknown> {
  return act()
}

type Case = readonly [words: string, code: string, reading: () => Promise<unknown>]

const refs = (...chunks: readonly (Uint8Array | string)[]) => readLsRefs(packetsOf(...chunks))
const greeting = (...chunks: readonly (Uint8Array | string)[]) => readAdvertisement(packetsOf(...chunks))
const fetchV2 = (...chunks: readonly (Uint8Array | string)[]) => readFetchV2(packetsOf(...chunks))
const fetchV0 = (deepened: boolean, ...chunks: readonly (Uint8Array | string)[]) => {
  const bytes = readerOf(...chunks)
  return readFetchV0(packetsOf(...chunks), bytes, {
    capabilities: parseCapabilities(['side-band']),
    deepened,
  })
}
const report = (...chunks: readonly (Uint8Array | string)[]) =>
  readPushReport(packetsOf(...chunks), { sideband: false })
const band = (...chunks: readonly (Uint8Array | string)[]) => new SidebandReader(packetsOf(...chunks)).next()
const quoted = (text: string) => `expected ${text}`

/** Each error of a reader, as a person sees it. */
const CASES: readonly Case[] = [
  ['the server ended the connection without a word', 'cut', () => greeting()],
  [
    'the server ended the connection in its greeting',
    'cut',
    () => greeting(pkt('# service=git-upload-pack\n'), FLUSH),
  ],
  [
    'the server ended the connection in its greeting',
    'cut',
    () => greeting(pkt('# service=git-upload-pack\n')),
  ],
  ['the server ended the connection in its greeting', 'cut', () => greeting(pkt('version 2\n', 'fetch\n'))],
  [quoted('the rest of the greeting, found "delim"'), 'protocol', () => greeting(pkt('version 2\n'), DELIM)],
  [
    'the server uses the object format "md5", which is not known here',
    'format',
    () => greeting(pkt('version 2\n', 'object-format=md5\n'), FLUSH),
  ],
  [
    'the server uses the object format "md5", which is not known here',
    'format',
    () => greeting(pkt('\0object-format=md5\n'), FLUSH),
  ],
  [quoted('an object id and a ref name, found ""'), 'protocol', () => greeting(pkt('\0x\n'), FLUSH)],
  [
    'the server sent more lines before its refs than any real repository has',
    'limit',
    () => greeting(pkt('# service=git-upload-pack\n', ...Array.from({ length: 1001 }, () => 'x\n')), FLUSH),
  ],
  [
    'the server sent more capabilities than any real repository has',
    'limit',
    () => greeting(pkt('version 2\n', ...Array.from({ length: 1001 }, () => 'x\n')), FLUSH),
  ],
  [
    'the server sent more refs than any real repository has',
    'limit',
    () =>
      readAdvertisement(packetsOf(pkt(`${A} refs/heads/a\n`, `${A} refs/heads/b\n`), FLUSH), { lines: 1 }),
  ],
  [
    'the server sent more refs than any real repository has',
    'limit',
    () => readLsRefs(packetsOf(pkt(`${A} refs/heads/a\n`, `${A} refs/heads/b\n`), FLUSH), { lines: 1 }),
  ],
  ['the server ended the connection in the list of its refs', 'cut', () => refs(pkt(`${A} HEAD\n`))],
  [quoted('a ref or a flush, found "delim"'), 'protocol', () => refs(DELIM)],
  [quoted('an object id and a ref name, found "no ref"'), 'protocol', () => refs(pkt('no ref\n'), FLUSH)],
  [
    quoted(`an object id and a ref name, found "${A} refs/tags/v peeled:x"`),
    'protocol',
    () => refs(pkt(`${A} refs/tags/v peeled:x\n`), FLUSH),
  ],
  [
    quoted(`an object id and a ref name, found "${A} refs/tags/v peeled:y"`),
    'protocol',
    () => refs(pkt(`${A} HEAD\n`, `${A} refs/tags/v peeled:y\n`, `${A} refs/tags/w\n`), FLUSH),
  ],
  [quoted(`an object id and a ref name, found "${A} "`), 'protocol', () => refs(pkt(`${A} \n`), FLUSH)],
  ['the server ended the connection in its answer', 'cut', () => fetchV2()],
  [
    'the server ended the connection in the section acknowledgments of its answer',
    'cut',
    () => fetchV2(pkt('acknowledgments\n', 'NAK\n')),
  ],
  [
    quoted('an answer to the fetch, found "wanted-refs"'),
    'protocol',
    () => fetchV2(pkt('wanted-refs\n'), FLUSH),
  ],
  [
    quoted('an answer to the fetch, found "NOT an id"'),
    'protocol',
    () => fetchV2(pkt('acknowledgments\n', 'NOT an id\n'), FLUSH),
  ],
  [
    quoted(`an answer to the fetch, found "ack ${A}"`),
    'protocol',
    () => fetchV2(pkt('acknowledgments\n', `ack ${A}\n`), FLUSH),
  ],
  [
    'the server ended the connection in its acknowledgments',
    'cut',
    () => fetchV0(false, pkt(`ACK ${A} common\n`)),
  ],
  [
    'the server ended the connection in its answer about the depth',
    'cut',
    () => fetchV0(true, pkt(`shallow ${A}\n`)),
  ],
  [
    quoted('an answer to the fetch, found "Zebra"'),
    'protocol',
    () => fetchV0(false, pkt('NAK\n', 'Zebra\n')),
  ],
  [quoted('an answer to the fetch, found "flush"'), 'protocol', () => fetchV0(false, FLUSH)],
  [quoted('an answer to the fetch, found "ACK"'), 'protocol', () => fetchV0(false, pkt('ACK\n'))],
  [
    quoted(`an answer to the fetch, found "HUH ${A}"`),
    'protocol',
    () => readAcksV0(packetsOf(pkt(`HUH ${A}\n`))),
  ],
  [quoted('an answer to the fetch, found "shallow x"'), 'protocol', () => fetchV0(true, pkt('shallow x\n'))],
  [
    'the connection ended before the report of the push was complete',
    'cut',
    () => report(pkt('unpack ok\n', 'ok refs/heads/a\n')),
  ],
  [quoted('the report of the push, found "flush"'), 'protocol', () => report(FLUSH)],
  [
    quoted('the report of the push, found "ok refs/heads/a"'),
    'protocol',
    () => report(pkt('ok refs/heads/a\n')),
  ],
  ['the stream ended before its last packet', 'cut', () => band()],
  ['a delimiter came inside a sideband stream', 'protocol', () => band(DELIM)],
  ['the server broke off: no space left', 'server', () => band(onBand(3, 'no space left\n'))],
  ['a packet names band 7, which does not exist', 'protocol', () => band(onBand(7, 'what'))],
  ['a packet names band 69, which does not exist', 'protocol', () => band(pkt('EXTRA words'))],
  ['a packet names band 9, which does not exist', 'protocol', () => band(onBand(9, 'RR words'))],
  ['the server said: access denied', 'server', () => band(pkt('ERR access denied\n'))],
  ['the server said: access denied', 'server', () => refs(pkt('ERR access denied\n'))],
  ['the stream ended inside a packet', 'cut', () => refs('0008')],
]

describe('a reader', () => {
  it.each(CASES)('says %j', async (words, code, reading) => {
    const error = await failureOf(reading())
    expect(error).toMatchObject({ message: words, code })
    expect(error.retryable).toBe(code === 'cut')
  })

  it('shows the first 16 KiB of last words, the first 200 characters of a wrong line, and of a name', async () => {
    const long = 'x'.repeat(20_000)
    for (const bytes of [pkt(`ERR ${long}`), onBand(3, long)]) {
      expect((await failureOf(band(bytes))).serverText).toBe('x'.repeat(16 * 1024))
    }
    expect((await failureOf(band(onBand(9, long)))).serverText).toBe(`\u0009${'x'.repeat(16 * 1024)}`)
    expect((await failureOf(refs(pkt(long), FLUSH))).serverText).toBe('x'.repeat(200))
    const error = await failureOf(begin(() => checkName(`refs/heads/${'y'.repeat(5000)}`, A)))
    expect(error.message).toBe('a ref name of the server is longer than 4096 characters')
    expect(error.serverText).toBe(`refs/heads/${'y'.repeat(189)}`)
  })

  it('of a fetch takes what begins with no capital letter for the pack', async () => {
    const bytes = readerOf(pkt('NAK\n', 'zebra'))
    const options = { capabilities: parseCapabilities(['side-band']), deepened: false }
    const { pack } = await readFetchV0(new PacketReader(bytes), bytes, options)
    expect((await failureOf(pack!.next())).message).toBe('a packet names band 122, which does not exist')
  })

  it('of acknowledgments takes NAK and ids alone, and depth before them', async () => {
    const answer = await readAcksV0(
      packetsOf(pkt(`shallow ${B}\n`, `ACK ${A} common\n`, `ACK ${B} continue\n`, 'NAK\n')),
    )
    expect(answer).toEqual({ acks: [A], ready: false })
    expect(await readAcksV0(packetsOf(pkt(`ACK ${B} ready\n`, `ACK ${A}\n`)))).toEqual({
      acks: [A],
      ready: true,
    })
  })
})

describe('why a name is none', () => {
  it.each([
    ['', 'it is empty'],
    [`refs/${'x'.repeat(4092)}`, 'it is longer than 4096 characters'],
    ['refs', 'it has no slash'],
    ['refs//x', 'a part between slashes is empty'],
    ['/refs/x', 'a part between slashes is empty'],
    ['refs/x/', 'a part between slashes is empty'],
    ['refs/x.', 'it ends with a dot'],
    ['refs/x..y', 'it holds two dots in a row'],
    ['refs/x@{y', 'it holds @{'],
    ['refs/x y', 'it holds a space'],
    ['refs/x\u007fy', 'it holds a control character'],
    ['refs/x\u0001y', 'it holds a control character'],
    ['refs/x~y', 'it holds “~”'],
    ['refs/x\ufffdy', 'it is not UTF-8'],
    ['refs/.x', 'a part begins with a dot'],
    ['refs/x.lock/y', 'a part ends with .lock'],
  ])('%j: %s', (name, why) => {
    expect(whyInvalidRefName(name)).toBe(why)
  })

  it('has room for 4,096 characters', () => {
    expect(whyInvalidRefName(`refs/${'x'.repeat(4091)}`)).toBeUndefined()
  })
})

describe('a damaged pack', () => {
  const why = (act: () => unknown) => failureOf(begin(act)).then(({ message }) => message)
  const damaged = 'the pack is damaged or was cut: '

  it('says what is wrong with it', async () => {
    expect(await why(() => parsePackHeader(Buffer.from('PACK')))).toBe(`${damaged}its header is cut`)
    const other = Buffer.from(emptyPack('sha1'))
    other.write('KCAP')
    expect(await why(() => parsePackHeader(other))).toBe(`${damaged}it does not begin with PACK`)
    other.write('PACK')
    other.writeUInt32BE(9, 4)
    expect(await why(() => parsePackHeader(other))).toBe(`${damaged}its version is 9`)
    const checker = new PackChecker('sha1')
    checker.update(emptyPack('sha1').subarray(0, 31))
    expect(await why(() => checker.finish())).toBe(`${damaged}it ends after 31 bytes`)
  })

  it('is known by its first twelve bytes, in whatever slices they come', () => {
    const bytes = emptyPack('sha1')
    const checker = new PackChecker('sha1')
    for (const [from, to] of [
      [0, 5],
      [5, 11],
      [11, 12],
      [12, 32],
    ] as const) {
      checker.update(bytes.subarray(from, to))
      expect(checker.objects).toBe(to < 12 ? undefined : 0)
    }
    checker.finish()
  })
})

describe('a push that cannot be right is not sent', () => {
  const update = { kind: 'update', ref: 'refs/heads/a', old: A, new: B } as const
  const refusal = (...commands: readonly RefCommand[]) =>
    failureOf(
      begin(() =>
        runToEnd(
          encodeCommands({
            commands,
            capabilities: parseCapabilities([]),
            format: 'sha1',
            agent: '',
            atomic: false,
          }),
        ),
      ),
    )

  it.each<readonly [string, readonly RefCommand[]]>([
    ['a push without a command', []],
    ['"refs/heads/a" is not pushed: two commands for it in one push', [update, update]],
    [
      '"refs/heads/a b" is not pushed: it is no ref name: it holds a space',
      [{ ...update, ref: 'refs/heads/a b' }],
    ],
    ['"refs/heads/a" is not pushed: its command names what is no object id', [{ ...update, new: 'b' }]],
    [
      '"refs/heads/a" is not pushed: its command names what is no object id',
      [{ kind: 'delete', ref: 'refs/heads/a', old: 'a' }],
    ],
    [
      '"refs/heads/a" is not pushed: there is nothing to delete',
      [{ kind: 'delete', ref: 'refs/heads/a', old: '0'.repeat(40) }],
    ],
    [
      '"refs/heads/a" is not pushed: an update to the null id would delete it',
      [{ ...update, new: '0'.repeat(40) }],
    ],
    ['"refs/heads/a" is not pushed: the command leaves it as it is', [{ ...update, new: A }]],
  ])('%s', async (message, commands) => {
    expect(await refusal(...commands)).toMatchObject({ message, code: 'protocol' })
  })

  it('nor a packet that is longer than Git allows', async () => {
    const error = await failureOf(begin(() => encodePacket(new Uint8Array(65_517))))
    expect(error).toMatchObject({
      message: 'a packet of 65517 bytes is longer than Git allows',
      code: 'protocol',
    })
    expect(Buffer.from(encodePacket(new Uint8Array(65_516)).subarray(0, 4)).toString()).toBe('fff0')
  })
})

describe('what a server does not offer', () => {
  const V2 = ['fetch=shallow wait-for-done filter', 'ls-refs']
  const V0 = ['shallow', 'deepen-since', 'filter']
  const request = (words: readonly string[], more: Partial<FetchRequest>): FetchRequest => ({
    capabilities: parseCapabilities(words),
    format: 'sha1',
    agent: '',
    wants: [A],
    haves: [],
    thin: false,
    ofsDelta: false,
    progress: true,
    ...more,
  })
  const v2 = (words: readonly string[], more: Partial<FetchRequest>) =>
    Buffer.from(runToEnd(encodeFetchV2(request(words, more)))).toString()
  const v0 = (words: readonly string[], more: Partial<FetchRequest>) =>
    Buffer.from(runToEnd(encodeFetchV0(request(words, more))).wants).toString()

  it.each<readonly [string, readonly string[], Partial<FetchRequest>]>([
    ['wait-for-done', ['fetch=shallow filter'], { waitForDone: true }],
    ['a fetch by depth', ['fetch=filter'], { deepen: 1 }],
    ['a filtered fetch', ['fetch=shallow'], { filter: 'tree:0' }],
  ])('is named: %s (v2)', async (what, words, more) => {
    const error = await failureOf(begin(() => v2(words, more)))
    expect(error).toMatchObject({ message: `the server does not offer ${what}`, code: 'protocol' })
  })

  it.each<readonly [string, readonly string[], Partial<FetchRequest>]>([
    ['a fetch by depth', ['filter'], { deepen: 1 }],
    ['a fetch by date', ['shallow', 'filter'], { deepenSince: 1 }],
    ['a filtered fetch', ['shallow'], { filter: 'tree:0' }],
  ])('is named: %s (v0)', async (what, words, more) => {
    const error = await failureOf(begin(() => v0(words, more)))
    expect(error).toMatchObject({ message: `the server does not offer ${what}`, code: 'protocol' })
  })

  it('a filter is asked for where it is offered, and only then', () => {
    expect(v2(V2, { filter: 'tree:0' })).toContain('filter tree:0\n')
    expect(v2(V2, {})).not.toContain('filter')
    expect(v0(V0, { filter: 'tree:0' })).toMatch(/want a+ filter\n[^]*filter tree:0\n/)
    expect(v0(V0, {})).not.toContain('filter')
  })
})
