import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { IdleWatch } from '../../../src/transport/connection/idle-watch.ts'

describe('IdleWatch', () => {
  it('fires once when nothing touches it', async () => {
    const onIdle = vi.fn<() => void>()
    const watch = new IdleWatch(20, onIdle)
    await vi.waitFor(() => expect(onIdle).toHaveBeenCalledOnce())
    await sleep(60)
    expect(onIdle).toHaveBeenCalledOnce()
    watch.stop()
  })

  it('does not fire while it is touched', async () => {
    const onIdle = vi.fn<() => void>()
    const watch = new IdleWatch(3000, onIdle)
    for (let turn = 0; turn < 5; turn++) {
      await sleep(10)
      watch.touch()
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
    await vi.waitFor(() => expect(onIdle).toHaveBeenCalledOnce())
  })

  it('fires no sooner than the limit after the last byte, and keeps no process alive once it is stopped', async () => {
    const onIdle = vi.fn<() => void>()
    const watch = new IdleWatch(200, onIdle)
    await sleep(100)
    watch.touch()
    const touched = performance.now()
    await vi.waitFor(() => expect(onIdle).toHaveBeenCalledOnce())
    expect(performance.now() - touched).toBeGreaterThan(190)
    const other = new IdleWatch(20, onIdle)
    other.stop()
    await sleep(60)
    expect(onIdle).toHaveBeenCalledOnce()
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThan(3)
  })
})
