import { describe, expect, it } from 'vitest'
import { LineBudget } from '../../src/protocol/line-budget.ts'
import type { ObjectFormat } from '../../src/protocol/object-id.ts'
import { PacketReader } from '../../src/protocol/pkt-line.ts'
import { checkName, parseId, takeId, takeRefsNow } from '../../src/protocol/ref-line.ts'
import { cutIn, unexpectedLine } from '../../src/protocol/wire-errors.ts'
import { pkt } from '../support/pkt.ts'
import { cut, failureOf, packetsOf } from './feed.ts'

const ID = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3'

describe('parts of a line about a ref', () => {
  it('takes an id of the format that is asked for', () => {
    expect(parseId(ID, 'sha1', `${ID} refs/heads/main`)).toBe(ID)
    expect(() => parseId(ID, 'sha256', `${ID} refs/heads/main`)).toThrow(
      expect.objectContaining({ code: 'protocol', serverText: `${ID} refs/heads/main` }),
    )
  })

  it('takes the id that a line begins with, when a space follows', () => {
    expect(takeId(`${ID} refs/heads/a`, 'sha1')).toBe(ID)
    for (const line of [ID.slice(0, 39), ID, `${ID}x refs/heads/a`, `${ID.toUpperCase()} x`]) {
      expect(() => takeId(line, 'sha1')).toThrow(
        expect.objectContaining({ code: 'protocol', serverText: line }),
      )
    }
    expect(() => takeId(`${ID} x`, 'sha256')).toThrow(expect.objectContaining({ code: 'protocol' }))
  })

  it('takes any name, but none that is empty or too long', () => {
    expect(checkName('refs/heads/\x1b[2J..', ID)).toBe('refs/heads/\x1b[2J..')
    expect(() => checkName('', ID)).toThrow(expect.objectContaining({ code: 'protocol' }))
    expect(checkName('x'.repeat(4096), ID)).toHaveLength(4096)
    expect(() => checkName('x'.repeat(4097), ID)).toThrow(expect.objectContaining({ code: 'limit' }))
  })

  it('shows the beginning of a line that was not expected, escaped', () => {
    const error = unexpectedLine(`\x1b[31m${'x'.repeat(5000)}`, 'a ref')
    expect(error.message).toMatch(/^expected a ref, found "\\u001b\[31mx+"$/)
    expect(error.message.length).toBeLessThan(250)
    expect(error.serverText).toHaveLength(200)
  })

  it('says where a stream ended, and that another try may help', () => {
    const error = cutIn('its greeting')
    expect([error.code, error.retryable]).toEqual(['cut', true])
    expect(error.message).toContain('its greeting')
  })
})

describe('lines of refs that are here', () => {
  /** Refs as they are taken, and packets that are left to `next`. */
  async function takeAll(
    packets: PacketReader,
    given: { format?: ObjectFormat; budget?: LineBudget } = {},
  ): Promise<readonly string[]> {
    const { format = 'sha1', budget = new LineBudget('refs') } = given
    const seen: string[] = []
    const take = (text: string, start: number, space: number, end: number): void => {
      seen.push(`${text.slice(start, start + 2)}${space - start} ${text.slice(space + 1, end)}`)
    }
    for (;;) {
      takeRefsNow(packets, { format, budget, take })
      const packet = await packets.next()
      if (packet === undefined) return seen
      seen.push(packet.kind === 'data' ? `next ${Buffer.from(packet.payload).toString()}` : packet.kind)
    }
  }

  /** Something is here only after the first packet was read. */
  const FIRST = pkt('first')

  it('are handed over without their LF; what is not whole or no ref is left', async () => {
    const lines = [`${ID} a\n`, `${ID} b`, 'unborn HEAD\n', `${ID} c d\n`].map((line) => pkt(line))
    const bytes = Buffer.concat([FIRST, ...lines, Buffer.from('0000')])
    const whole = ['next first', 'a940 a', 'a940 b', 'next unborn HEAD\n', 'a940 c d', 'flush']
    expect(await takeAll(packetsOf(bytes))).toEqual(whole)
    const plain = (line: string): string => line.replace(`next ${ID}`, 'a940').replace(/(a940.*)\n$/, '$1')
    for (let at = 1; at < bytes.length; at++) {
      expect((await takeAll(packetsOf(...cut(bytes, at)))).map(plain)).toEqual(whole)
    }
  })

  it('are left where the text is not ASCII', async () => {
    const lines = [`${ID} a`, `${ID} ä`]
    const bytes = Buffer.concat([FIRST, ...lines.map((line) => pkt(line))])
    expect(await takeAll(packetsOf(bytes))).toEqual(['next first', ...lines.map((line) => `next ${line}`)])
  })

  it('are none with another id, without a name, or with a length that is none', async () => {
    const long = `${ID}${ID.slice(16)} a`
    const others = [
      `${ID.toUpperCase()} a`,
      ID,
      `${ID} `,
      `${ID} \n`,
      `${ID.slice(1)}g a`,
      `${ID.slice(1)}/ a`,
      long,
    ]
    for (const line of others) {
      expect(await takeAll(packetsOf(Buffer.concat([FIRST, pkt(line)])))).toEqual([
        'next first',
        `next ${line}`,
      ])
    }
    const sha256 = packetsOf(Buffer.concat([FIRST, pkt(long)]))
    expect(await takeAll(sha256, { format: 'sha256' })).toEqual(['next first', 'a964 a'])
    const ends = { [`zzzz${ID} b`]: 'protocol', [`0003${ID} b`]: 'protocol', [`002dERR ${ID} b`]: 'server' }
    for (const [end, code] of Object.entries(ends)) {
      const packets = packetsOf(Buffer.concat([FIRST, pkt(`${ID} a`), Buffer.from(end)]))
      expect(await failureOf(takeAll(packets))).toMatchObject({ code })
    }
  })

  it('count against the budget, without the headers of their packets', async () => {
    const bytes = Buffer.concat([FIRST, ...Array.from({ length: 3 }, () => pkt(`${ID} a`))])
    const read = (budget: LineBudget, from = bytes): Promise<unknown> => takeAll(packetsOf(from), { budget })
    expect(await read(new LineBudget('refs', { lines: 3, bytes: 126 }))).toHaveLength(4)
    expect(await failureOf(read(new LineBudget('refs', { lines: 2 })))).toMatchObject({ code: 'limit' })
    expect(await failureOf(read(new LineBudget('refs', { bytes: 125 })))).toMatchObject({ code: 'limit' })
    const parted = Buffer.concat([bytes, pkt('unborn HEAD'), pkt(`${ID} b`)])
    expect(await read(new LineBudget('refs', { lines: 4, bytes: 168 }), parted)).toHaveLength(6)
  })
})
