import { afterEach, describe, expect, it, vi } from 'vitest'
import { releaseMemory } from '../../src/base/memory.ts'

const canRelease = 'transfer' in ArrayBuffer.prototype

describe('releaseMemory', () => {
  it('empties every view of the memory, and is not troubled by a second one', () => {
    const whole = new Uint8Array(1000).fill(7)
    const views = [whole.subarray(0, 10), whole.subarray(500)]
    releaseMemory(views)
    releaseMemory(views)
    expect(views.map(({ length }) => length)).toEqual(canRelease ? [0, 0] : [10, 500])
  })

  it('leaves alone what Node shares among small buffers, whether Node guards it or not', () => {
    const [one, other] = [Buffer.from('one of them'), Buffer.from('another one')]
    expect(one.buffer).toBe(other.buffer)
    releaseMemory([one])
    expect([one, other].map(String)).toEqual(['one of them', 'another one'])
    expect(String(Buffer.from('a third one'))).toBe('a third one')
    const { transfer } = ArrayBuffer.prototype as { transfer?: unknown }
    expect(typeof transfer).toBe(canRelease ? 'function' : 'undefined')
  })
})

describe.skipIf(!canRelease)('releaseMemory on a Node that does not guard that memory', () => {
  afterEach(() => {
    vi.restoreAllMocks()
    vi.resetModules()
  })

  it('leaves alone whatever may be it', async () => {
    const transfer = vi.spyOn(ArrayBuffer.prototype as { transfer(length: number): unknown }, 'transfer')
    transfer.mockImplementation((length) => {
      if (length > 2 ** 40) throw new RangeError('Array buffer allocation failed')
      throw new Error('given away')
    })
    vi.resetModules()
    const { releaseMemory: release } = await import('../../src/base/memory.ts')
    release([Buffer.from('one of them'), new Uint8Array(Buffer.poolSize)])
    expect(transfer.mock.calls).toEqual([[Number.MAX_SAFE_INTEGER]])
    release([new Uint8Array(Buffer.poolSize + 1)])
    expect(transfer.mock.calls.slice(1)).toEqual([[0]])
  })
})
