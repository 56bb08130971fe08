import { describe, expect, it } from 'vitest'
import { breathe } from '../../src/base/breathe.ts'

describe('breathe', () => {
  it('lets a timer fire between two steps that never wait', async () => {
    let fired = false
    setTimeout(() => (fired = true), 1)
    const end = performance.now() + 2000
    while (!fired && performance.now() < end) {
      for (const until = performance.now() + 2; performance.now() < until;);
      await breathe(new AbortController().signal)
    }
    expect(fired).toBe(true)
  })

  it('throws what ended the run, also when that came while others ran', async () => {
    const controller = new AbortController()
    const reason = new Error('cancelled')
    setImmediate(() => controller.abort(reason))
    await expect(breathe(controller.signal)).rejects.toBe(reason)
    await expect(breathe(controller.signal)).rejects.toBe(reason)
  })
})
