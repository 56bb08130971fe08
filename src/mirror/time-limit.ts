import { MirrorError } from '../base/errors.ts'
import { formatSeconds } from '../report/wording.ts'

/** Milliseconds for a run to end by itself once its time is over: as after a cancellation. */
const LAST_MOMENT_MS = 4000

/**
 * Does `work` with a signal that ends it after `limit` milliseconds, as a cancellation would; undefined: never.
 * @throws MirrorError `timeout` where it does not end even then
 */
export async function withTimeLimit<Result>(
  limit: number | undefined,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (limit === undefined) return await work(signal)
  const controller = new AbortController()
  const timers: NodeJS.Timeout[] = []
  const hung = new Promise<never>((_, reject) => {
    timers[0] = setTimeout(() => {
      const error = new MirrorError(`the run took longer than ${formatSeconds(limit / 1000)}`, {
        code: 'timeout',
        hint: 'Give it a larger time-limit, or find out what is slow: the log has the phases and the figures.',
      })
      timers[1] = setTimeout(() => reject(error), LAST_MOMENT_MS)
      controller.abort(error)
    }, limit)
  })
  try {
    return await Promise.race([work(AbortSignal.any([signal, controller.signal])), hung])
  } finally {
    for (const timer of timers) clearTimeout(timer)
  }
}
