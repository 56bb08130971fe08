import { LONGEST_RETRY_AFTER_MS, type MirrorError, toMirrorError } from '../../base/errors.ts'

const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 60_000

/**
 * Milliseconds before attempt `attempt` + 1 (from 1): doubled each time, with jitter; the server's wish comes first. A
 * server that wishes for more than five minutes is not to be asked again: such an error is not retryable.
 */
export function retryDelay(
  attempt: number,
  retryAfter: number | undefined,
  random: () => number = Math.random,
): number {
  if (retryAfter !== undefined) return Math.min(retryAfter, LONGEST_RETRY_AFTER_MS)
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1))
  return Math.round(full / 2 + (full / 2) * random())
}

export interface RetryOptions {
  /** Attempts after the first. */
  readonly retries: number
  readonly signal: AbortSignal
  readonly onRetry: (error: MirrorError, delay: number) => void
}

/** Runs `act` again after passing failures. For what changes nothing at a server. @throws the last MirrorError. */
export async function withRetries<T>(act: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (thrown) {
      const error = toMirrorError(thrown, { code: 'cut' })
      options.signal.throwIfAborted()
      const late = (error.retryAfter ?? 0) > LONGEST_RETRY_AFTER_MS
      if (!error.retryable || late || attempt > options.retries) throw error
      const delay = retryDelay(attempt, error.retryAfter)
      options.onRetry(error, delay)
      await waitFor(delay, options.signal)
    }
  }
}

/** Sleeps; rejects with the signal's reason. */
export async function waitFor(delay: number, signal: AbortSignal): Promise<void> {
  const { setTimeout: sleep } = await import('node:timers/promises')
  try {
    await sleep(delay, undefined, { signal })
  } catch {
    signal.throwIfAborted()
  }
}

/** What is said before a wait: `what` is tried again in `delay` milliseconds, and why. */
export function describeRetry(what: string, error: MirrorError, delay: number): string {
  return `${what} in ${(delay / 1000).toFixed(1)} s: ${error.message}`
}
