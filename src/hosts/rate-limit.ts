import type { MirrorError } from '../base/errors.ts'
import { formatSeconds } from '../report/wording.ts'

import { parseRetryAfter } from '../base/retry-after.ts'

interface Answer {
  readonly status: number
  header(name: string): string | undefined
}

/** What GitHub wants where it does not say how long: "wait for at least one minute". */
const UNKNOWN_WAIT_MS = 60_000

/**
 * Milliseconds that an answer asks to wait; undefined: it is no rate limit. Hosts say it in different ways: 429, or 403
 * with `Retry-After`, or 403 with nothing left until a time in epoch seconds (GitHub `x-ratelimit-*`, GitLab
 * `ratelimit-*`). `now` in milliseconds.
 */
export function readRateLimit(answer: Answer, now: number): number | undefined {
  const { status } = answer
  if (status !== 429 && status !== 403 && status !== 503) return undefined
  const after = parseRetryAfter(answer.header('retry-after'), now)
  if (after !== undefined) return after
  if (status === 503) return undefined
  const remaining = answer.header('x-ratelimit-remaining') ?? answer.header('ratelimit-remaining')
  const reset = Number(answer.header('x-ratelimit-reset') ?? answer.header('ratelimit-reset') ?? Number.NaN)
  if (remaining?.trim() === '0' && reset > 0) return Math.max(0, reset * 1000 - now)
  return status === 429 ? UNKNOWN_WAIT_MS : undefined
}

/** How long a server may ask to be left alone, by default. */
const MOST_WAIT_MS = 120_000
const MOST_RETRIES = 3
const FIRST_DELAY_MS = 500

export interface Patience {
  readonly signal: AbortSignal
  /** Milliseconds to wait for a server that asks for it; a longer wait is an error that names the time. */
  readonly mostWait?: number | undefined
  readonly onNotice?: ((text: string) => void) | undefined
}

/**
 * Waits before a request is sent again.
 * @throws MirrorError `error` itself where trying again cannot help, or there is no time for it
 */
export async function waitBefore(error: MirrorError, tries: number, patience: Patience): Promise<void> {
  const delay = error.retryAfter ?? FIRST_DELAY_MS * 2 ** tries
  if (!error.retryable || tries === MOST_RETRIES || delay > (patience.mostWait ?? MOST_WAIT_MS)) throw error
  patience.onNotice?.(`${error.message}; trying again in ${formatSeconds(delay / 1000)}`)
  const { setTimeout: wait } = process.getBuiltinModule('node:timers/promises')
  await wait(delay, undefined, { signal: patience.signal }).catch(() => patience.signal.throwIfAborted())
}
