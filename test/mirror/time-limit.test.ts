import { afterEach, expect, it, vi } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { withTimeLimit } from '../../src/mirror/time-limit.ts'

afterEach(() => vi.useRealTimers())

const never = new AbortController().signal

it('hands its own signal on where there is no limit', async () => {
  const controller = new AbortController()
  expect(await withTimeLimit(undefined, controller.signal, async (signal) => signal)).toBe(controller.signal)
})

it('lets work go that is over in time, and leaves no timer', async () => {
  vi.useFakeTimers()
  expect(await withTimeLimit(1000, never, async (signal) => signal.aborted)).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
})

it('ends work as a cancellation does, with a reason that says how long it took', async () => {
  vi.useFakeTimers()
  const result = withTimeLimit(5_400_000, never, async (signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return signal.reason as MirrorError
  })
  await vi.advanceTimersByTimeAsync(5_399_999)
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(await result).toMatchObject({
    code: 'timeout',
    message: 'the run took longer than 90 min 0 s',
    retryable: false,
  })
  expect(vi.getTimerCount()).toBe(0)
})

it('waits seconds for work that does not obey, and no longer', async () => {
  vi.useFakeTimers()
  const result = withTimeLimit(1000, never, () => new Promise<never>(() => undefined)).catch(
    (thrown: unknown) => thrown,
  )
  await vi.advanceTimersByTimeAsync(4999)
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(await result).toMatchObject({ code: 'timeout' })
})

it('passes the reason of a cancellation on', async () => {
  const controller = new AbortController()
  const error = new MirrorError('the run was cancelled (SIGINT)', { code: 'cancelled' })
  const result = withTimeLimit(60_000, controller.signal, async (signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return signal.reason as MirrorError
  })
  controller.abort(error)
  expect(await result).toBe(error)
})
