import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { retryDelay, waitFor, withRetries } from '../../../src/mirror/sessions/retry.ts'

const quick = (text: string, retryable = true): MirrorError =>
  new MirrorError(text, { code: 'cut', retryable, retryAfter: 1 })

describe('retryDelay', () => {
  it('doubles, with jitter between half and the whole, up to a minute', () => {
    expect(retryDelay(1, undefined, () => 0)).toBe(500)
    expect(retryDelay(1, undefined, () => 1)).toBe(1000)
    expect(retryDelay(4, undefined, () => 1)).toBe(8000)
    expect(retryDelay(30, undefined, () => 1)).toBe(60_000)
  })

  it('[F15] obeys Retry-After up to five minutes', () => {
    expect(retryDelay(1, 7000)).toBe(7000)
    expect(retryDelay(1, 86_400_000)).toBe(300_000)
  })
})

describe('withRetries', () => {
  it('tries a passing failure again as often as allowed, and says so', async () => {
    const told: string[] = []
    let calls = 0
    const act = async (): Promise<never> => {
      calls++
      throw quick(`failure ${calls}`)
    }
    const run = withRetries(act, {
      retries: 2,
      signal: new AbortController().signal,
      onRetry: (error) => told.push(error.message),
    })
    await expect(run).rejects.toThrow('failure 3')
    expect(told).toEqual(['failure 1', 'failure 2'])
  })

  it('never tries again what cannot pass', async () => {
    let calls = 0
    const run = withRetries(
      async () => {
        calls++
        throw quick('wrong password', false)
      },
      { retries: 5, signal: new AbortController().signal, onRetry: () => undefined },
    )
    await expect(run).rejects.toThrow('wrong password')
    expect(calls).toBe(1)
  })

  it('gives the value of the attempt that worked', async () => {
    let calls = 0
    const value = await withRetries(
      async () => {
        if (++calls < 3) throw quick('not yet')
        return calls
      },
      { retries: 3, signal: new AbortController().signal, onRetry: () => undefined },
    )
    expect(value).toBe(3)
  })

  it('ends with the reason of the signal while it waits', async () => {
    const controller = new AbortController()
    const run = waitFor(60_000, controller.signal)
    controller.abort(new MirrorError('cancelled', { code: 'cancelled' }))
    await expect(run).rejects.toMatchObject({ code: 'cancelled' })
  })
})
