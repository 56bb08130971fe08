import { describe, expect, it } from 'vitest'
import { type PushReport, readPushReport } from '../../src/protocol/report-status.ts'
import { FLUSH_PKT, pkt } from '../support/pkt.ts'
import { cut, failureOf, onBand, packetsOf } from './feed.ts'

/** A report in band 1, in packets of `size` bytes; then the flush of the outer stream. */
function banded(report: Uint8Array, size = 65_515): Buffer {
  return Buffer.concat([...cut(report, size).map((piece) => onBand(1, piece)), FLUSH_PKT])
}

function report(...lines: readonly string[]): Buffer {
  return Buffer.concat([pkt(...lines.map((line) => `${line}\n`)), FLUSH_PKT])
}

function readBanded(...chunks: readonly (Uint8Array | string)[]): Promise<PushReport> {
  return readPushReport(packetsOf(...chunks), { sideband: true })
}

function readBare(...lines: readonly string[]): Promise<PushReport> {
  return readPushReport(packetsOf(report(...lines)), { sideband: false })
}

const LINES = [
  'unpack ok',
  'ok refs/heads/main',
  'ng refs/heads/größe pre-receive hook declined',
  'ok refs/tags/v1',
]
const READ = {
  unpack: 'ok',
  refs: new Map<string, object>([
    ['refs/heads/main', { ok: true }],
    ['refs/heads/größe', { ok: false, reason: 'pre-receive hook declined' }],
    ['refs/tags/v1', { ok: true }],
  ]),
}

describe('readPushReport', () => {
  it('reads a report with and without side-band', async () => {
    expect(await readBare(...LINES)).toEqual(READ)
    expect(await readBanded(banded(report(...LINES)))).toEqual(READ)
  })

  it('[B12] reassembles a report that was split across band-1 packets', async () => {
    for (const size of [1, 2, 3, 4, 5, 7, 13, 40]) {
      expect(await readBanded(banded(report(...LINES), size))).toEqual(READ)
    }
  })

  it('[B12] reads a report of 100,000 refs, cut in the middle of its lines', async () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `refs/heads/branch-${index}`)
    const last = names.at(-1)!
    const lines = names.map((name) => pkt(name === last ? `ng ${name} declined\n` : `ok ${name}\n`))
    const bytes = banded(Buffer.concat([pkt('unpack ok\n'), ...lines, FLUSH_PKT]))
    const { refs } = await readBanded(...cut(bytes, 65_536))
    expect(refs.size).toBe(100_000)
    expect(refs.get(last)).toEqual({ ok: false, reason: 'declined' })
  })

  it('[B1] reads the same however the stream is cut', async () => {
    const bytes = banded(report(...LINES), 30)
    for (const size of [1, 3, 4, 5, 17]) expect(await readBanded(...cut(bytes, size))).toEqual(READ)
  })

  it('[B13] skips keepalives before and within the report', async () => {
    const [head, tail] = cut(report(...LINES), 20, 1000)
    const parts = [onBand(1, ''), onBand(2, ''), onBand(1, head!), onBand(1, ''), onBand(1, tail!), FLUSH_PKT]
    expect(await readBanded(Buffer.concat(parts))).toEqual(READ)
  })

  it('[B14] passes on the words of hooks and takes none of them for a part of the report', async () => {
    const texts: string[] = []
    const hook = 'ng refs/heads/main no\nERR x\n'
    const bytes = Buffer.concat([onBand(2, hook), onBand(1, report(...LINES)), onBand(2, 'bye'), FLUSH_PKT])
    const onProgress = (text: string): number => texts.push(text)
    expect(await readPushReport(packetsOf(bytes), { sideband: true, onProgress })).toEqual(READ)
    expect(texts).toEqual([hook, 'bye'])
  })

  it('[B15] takes option lines as a part of the ref before', async () => {
    const { refs } = await readBare(
      'unpack ok',
      'ok refs/for/main/topic',
      'option refname refs/pull/123/head',
      `option old-oid ${'a'.repeat(40)}`,
      'option forced-update',
      'ok refs/heads/main',
      'option new-oid x',
    )
    expect(refs.get('refs/for/main/topic')).toEqual({ ok: true, refname: 'refs/pull/123/head' })
    expect(refs.get('refs/heads/main')).toEqual({ ok: true })
    expect(refs.size).toBe(2)
  })

  it('[B15] takes several lines for one ref, and keeps a refusal', async () => {
    const twice = ['ok refs/for/x', 'option refname refs/a', 'ok refs/for/x', 'option refname refs/b']
    expect((await readBare('unpack ok', ...twice)).refs.get('refs/for/x')).toMatchObject({ ok: true })
    const mixed = await readBare(
      'unpack ok',
      'ok refs/x',
      'ng refs/x late',
      'ok refs/x',
      'option refname refs/y',
    )
    expect(mixed.refs).toEqual(new Map([['refs/x', { ok: false, reason: 'late' }]]))
  })

  it('[B15] takes a word that it does not know for no status at all', async () => {
    const lines = ['ok refs/heads/a', 'maybe refs/heads/b', 'option refname refs/heads/c', 'ok refs/heads/d']
    expect((await readBare('unpack ok', ...lines)).refs).toEqual(
      new Map([
        ['refs/heads/a', { ok: true }],
        ['refs/heads/d', { ok: true }],
      ]),
    )
  })

  it('[B15] reads a refusal of the pack with a line for every ref, with none, and cut short after it', async () => {
    const line = 'unpack index-pack failed'
    const reason = 'error processing packfiles: too large'
    expect(await readBare(line, `ng refs/heads/main ${reason}`)).toEqual({
      unpack: 'index-pack failed',
      refs: new Map([['refs/heads/main', { ok: false, reason }]]),
    })
    expect(await readBare(line)).toEqual({ unpack: 'index-pack failed', refs: new Map() })
    const hungUp = readPushReport(packetsOf(pkt(`${line}\n`)), { sideband: false })
    expect(await hungUp).toEqual({ unpack: 'index-pack failed', refs: new Map() })
  })

  it('[B17] keeps the words of a failed unpack, whatever is said about refs', async () => {
    const lied = await readBare('unpack EOF before end of zlib stream', 'ok refs/heads/main', 'unpack ok')
    expect(lied.unpack).toBe('EOF before end of zlib stream')
    expect(lied.refs.get('refs/heads/main')).toEqual({ ok: true })
  })

  it('reads a refusal without a reason', async () => {
    expect((await readBare('unpack ok', 'ng refs/heads/main', 'ng  no name')).refs).toEqual(
      new Map([
        ['refs/heads/main', { ok: false, reason: 'no reason given' }],
        ['', { ok: false, reason: 'no name' }],
      ]),
    )
  })

  it('[B16] reads to the flush that ends the stream, and no further', async () => {
    const texts: string[] = []
    const bytes = Buffer.concat([
      onBand(1, report(...LINES)),
      onBand(2, 'post-receive\n'),
      FLUSH_PKT,
      pkt('next'),
    ])
    const packets = packetsOf(bytes)
    await readPushReport(packets, { sideband: true, onProgress: (text) => texts.push(text) })
    expect(texts).toEqual(['post-receive\n'])
    expect(await packets.next()).toMatchObject({ kind: 'data' })
  })

  it('[B16] takes a complete report of a server that hangs up instead of ending the stream', async () => {
    expect(await readBanded(onBand(1, report(...LINES)))).toEqual(READ)
  })

  it('[B16] does not take a cut report for an outcome', async () => {
    const whole = report(...LINES)
    for (const length of [0, 3, 14, 40, whole.length - 4, whole.length - 1]) {
      const part = whole.subarray(0, length)
      for (const bytes of [banded(part), onBand(1, part)]) {
        expect(await failureOf(readBanded(bytes))).toMatchObject({ code: 'cut', retryable: true })
      }
      const bare = readPushReport(packetsOf(part), { sideband: false })
      expect(await failureOf(bare)).toMatchObject({ code: 'cut', retryable: true })
    }
  })

  it('[B14] fails on band 3, before and after the report', async () => {
    const fatal = onBand(3, 'fatal: disk full\n')
    for (const before of ['', onBand(1, report(...LINES))]) {
      expect(await failureOf(readBanded(before, fatal))).toMatchObject({
        code: 'server',
        serverText: 'fatal: disk full',
      })
    }
  })

  it('[B2] gives the words of an ERR packet', async () => {
    const error = { code: 'server', serverText: 'shallow update' }
    expect(await failureOf(readBanded(pkt('ERR shallow update\n')))).toMatchObject(error)
    expect(
      await failureOf(readPushReport(packetsOf(pkt('ERR shallow update\n')), { sideband: false })),
    ).toMatchObject(error)
  })

  it.each([
    ['no unpack line', report('ok refs/heads/main')],
    ['nothing but a flush', report()],
    ['a delimiter', Buffer.from('0001')],
    ['words of a shell', Buffer.from('Welcome')],
  ])('refuses a report that is none: %s', async (_, bytes) => {
    const error = await failureOf(readPushReport(packetsOf(bytes), { sideband: false }))
    expect(error.code).toBe('protocol')
    expect(await failureOf(readBanded(banded(bytes)))).toMatchObject({ code: 'protocol' })
  })
})
