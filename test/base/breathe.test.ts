import { describe, expect, it } from 'vitest'
import { breathe } from '../../src/base/breathe.ts'

/** Keeps the thread for so many milliseconds. */
function busyFor(milliseconds: number): void {
  const end = performance.now() + milliseconds
  let turns = 0
  while (performance.now() < end) turns++
  expect(turns).toBeGreaterThan(0)
}

describe('breathe', () => {
  it('lets a timer fire between two steps that never wait', async () => {
    let fired = false
    setTimeout(() => (fired = true), 1)
    const end = performance.now() + 2000
    while (performance.now() < end) {
      if (fired) break
      busyFor(2)
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
