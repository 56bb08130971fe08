import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { IdleWatch } from '../../../src/transport/connection/idle-watch.ts'

/** Longer than any of the waits here takes on a machine with other things to do. */
const LIMIT_MS = 20_000

describe('IdleWatch', () => {
  it('fires once when nothing touches it', async () => {
    const onIdle = vi.fn<() => void>()
    const watch = new IdleWatch(20, onIdle)
    await vi.waitFor(() => expect(onIdle).toHaveBeenCalledOnce(), LIMIT_MS)
    await sleep(60)
    expect(onIdle).toHaveBeenCalledOnce()
    watch.stop()
  })

  it('does not fire while it is touched', async () => {
    const onIdle = vi.fn<() => void>()
    const watch = new IdleWatch(3000, onIdle)
    for (let turn = 0; turn < 5; turn++) {
      await sleep(10)
      watch.touch(1)
    }
    expect(onIdle).not.toHaveBeenCalled()
    watch.pause()
  })

  it('lets no time pass while it is paused, and starts anew after it', async () => {
    const onIdle = vi.fn<() => void>()
    const watch = new IdleWatch(30, onIdle)
    watch.pause()
    await sleep(100)
    expect(onIdle).not.toHaveBeenCalled()
    watch.resume()
    await vi.waitFor(() => expect(onIdle).toHaveBeenCalledOnce(), LIMIT_MS)
  })

  it('fires no sooner than the limit after the last byte, and keeps no process alive once it is stopped', async () => {
    const onIdle = vi.fn<() => void>()
    const watch = new IdleWatch(200, onIdle)
    await sleep(100)
    watch.touch(1)
    const touched = performance.now()
    await vi.waitFor(() => expect(onIdle).toHaveBeenCalledOnce(), LIMIT_MS)
    expect(performance.now() - touched).toBeGreaterThan(190)
    const other = new IdleWatch(20, onIdle)
    other.stop()
    await sleep(60)
    expect(onIdle).toHaveBeenCalledOnce()
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThan(3)
  })

  it('ends what shows that it lives and no more, after eight times the limit', async () => {
    const onIdle = vi.fn<(reason: string) => void>()
    // 16 bytes a second make less than a byte in a quarter of this limit.
    const watch = new IdleWatch(40, onIdle)
    const started = performance.now()
    const timer = setInterval(() => watch.touch(0), 2)
    await vi.waitFor(() => expect(onIdle).toHaveBeenCalledOnce(), LIMIT_MS)
    clearInterval(timer)
    expect(onIdle).toHaveBeenCalledWith('no-progress')
    expect(performance.now() - started).toBeGreaterThan(8 * 40 * 0.9)
  })

  it('takes a trickle of bytes for no progress, and a slow transfer for one', async () => {
    const trickle = vi.fn<(reason: string) => void>()
    const slow = vi.fn<(reason: string) => void>()
    // A quarter of the limit has to see 2 bytes.
    const watches = [new IdleWatch(500, trickle), new IdleWatch(500, slow)] as const
    const timers = [setInterval(() => watches[0].touch(1), 250), setInterval(() => watches[1].touch(3), 50)]
    await vi.waitFor(() => expect(trickle).toHaveBeenCalledWith('no-progress'), LIMIT_MS)
    expect(slow).not.toHaveBeenCalled()
    for (const timer of timers) clearInterval(timer)
    for (const watch of watches) watch.stop()
  })

  it('goes on counting over pauses, so that one slice at a time is no way around it', async () => {
    const onIdle = vi.fn<(reason: string) => void>()
    const watch = new IdleWatch(40, onIdle)
    const timer = setInterval(() => {
      watch.touch(0)
      watch.pause()
      watch.resume()
    }, 2)
    await vi.waitFor(() => expect(onIdle).toHaveBeenCalledWith('no-progress'), LIMIT_MS)
    clearInterval(timer)
  })
})
