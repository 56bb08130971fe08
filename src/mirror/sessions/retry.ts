import { setTimeout as sleep } from 'node:timers/promises'
import { type MirrorError, toMirrorError } from '../../base/errors.ts'

const FIRST_DELAY = 1000
const LONGEST_DELAY = 60_000
/** A server that asks for more than this is not waited for so long. */
const LONGEST_RETRY_AFTER = 300_000

/** Milliseconds before attempt `attempt` + 1 (from 1): doubled each time, with jitter; the server's wish comes first. */
export function retryDelay(
  attempt: number,
  retryAfter: number | undefined,
  random: () => number = Math.random,
): number {
  if (retryAfter !== undefined) return Math.min(retryAfter, LONGEST_RETRY_AFTER)
  const full = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (attempt - 1))
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
      if (!error.retryable || attempt > options.retries) throw error
      const delay = retryDelay(attempt, error.retryAfter)
      options.onRetry(error, delay)
      await waitFor(delay, options.signal)
    }
  }
}

/** Sleeps; rejects with the signal's reason. */
export async function waitFor(delay: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(delay, undefined, { signal })
  } catch {
    signal.throwIfAborted()
  }
}
