import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCapabilities } from '../../src/protocol/capabilities.ts'
import { PackChecker } from '../../src/protocol/pack.ts'
import { encodePackets, lineOf, PacketReader } from '../../src/protocol/pkt-line.ts'
import { whyInvalidRefName } from '../../src/protocol/ref-name.ts'
import { outcomeOf, PARSERS, streams } from './arbitrary.ts'
import { cut, readerOf } from './feed.ts'

const RUNS = { numRuns: 300 }
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })

describe.each(PARSERS)('%s', (_, parse) => {
  it('[B1] says the same of a stream however it is cut', async () => {
    const property = fc.asyncProperty(streams, sizes, async (bytes, sizes) => {
      const whole = await outcomeOf(parse([bytes]))
      expect(await outcomeOf(parse(cut(bytes, ...sizes)))).toEqual(whole)
      expect(await outcomeOf(parse(cut(bytes, 1)))).toEqual(whole)
    })
    await fc.assert(property, RUNS)
  })

  it('reads any bytes, or refuses them with a MirrorError', async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect(await outcomeOf(parse([bytes]))).toBeTypeOf('object')
    })
    await fc.assert(property, RUNS)
  })

  it('reads any packets, or refuses them with a MirrorError', async () => {
    const property = fc.asyncProperty(streams, fc.nat(), async (bytes, length) => {
      const part = bytes.subarray(0, length % (bytes.length + 1))
      expect(await outcomeOf(parse([part]))).toBeTypeOf('object')
    })
    await fc.assert(property, RUNS)
  })
})

function judge(slices: readonly Uint8Array[]): unknown {
  const checker = new PackChecker('sha1')
  for (const slice of slices) checker.update(slice)
  try {
    checker.finish()
    return checker.bytes
  } catch (error) {
    return (error as Error).message
  }
}

describe('pure functions', () => {
  it('packets come back as they were sent', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' })),
      sizes,
      async (texts, sizes) => {
        const packets = new PacketReader(
          readerOf(...cut(encodePackets(texts.map((text) => `${text}\n`)), ...sizes)),
        )
        const seen: string[] = []
        for (let packet = await packets.next(); packet?.kind === 'data'; packet = await packets.next()) {
          seen.push(lineOf(packet.payload))
        }
        expect(seen).toEqual(texts)
      },
    )
    await fc.assert(property, RUNS)
  })

  it('[E7] a pack is judged the same however it is cut', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 120 }), sizes, (bytes, sizes) => {
      const pack = Buffer.concat([Buffer.from('PACK\0\0\0\x02\0\0\0\x01'), bytes])
      expect(judge(cut(pack, ...sizes))).toEqual(judge([pack]))
    })
    fc.assert(property, RUNS)
  })

  it('any text is judged as a ref name and split into capabilities', () => {
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const why = whyInvalidRefName(`refs/${text}`)
      expect(why === undefined || why.length > 0).toBe(true)
      const capabilities = parseCapabilities(text.split(' '))
      for (const name of capabilities.names) expect(capabilities.has(name)).toBe(true)
    })
    fc.assert(property, RUNS)
  })
})
