import { readClock } from '../../base/clock.ts'
import { MirrorError, toMirrorError } from '../../base/errors.ts'
import type { AppTokens } from '../../hosts/api/github-app.ts'
import type { MirrorOptions } from '../../options/options.ts'
import { mirror } from '../../mirror/mirror.ts'
import type { MirrorEvent } from '../../report/events.ts'
import { createRecorder } from '../../report/recorder.ts'
import type { MirrorResult } from '../../report/result.ts'
import { printUrl } from '../../transport/address/remote-url.ts'
import type { Connections } from '../../transport/connection/connections.ts'
import { fingerprintOf } from '../fingerprint.ts'
import type { LazyAppTokens } from './app-tokens.ts'
import type { Job, JobEnding } from './job.ts'
import { joinGroups, joinRuns } from './join-results.ts'
import { judgeHosts, type PairVerdicts } from './verdict.ts'

/** What became of a mirror. */
export interface MirrorOutcome {
  readonly result: MirrorResult
  readonly fingerprint: string | undefined
}

export interface RunContext {
  readonly connections: Connections
  /** Gives the tokens of GitHub Apps. */
  readonly apps: Pick<LazyAppTokens, 'open'>
  readonly signal: AbortSignal
  readonly onEvent: (name: string, event: MirrorEvent) => void
  /** Results of earlier runs of the same mirrors, by name. */
  readonly earlier: Map<string, readonly (MirrorResult | undefined)[]>
}

/**
 * Runs a mirror, one group of destinations after the other. Listings are tried once: the round itself tries again when
 * all others are through, and holds nothing meanwhile. Never throws.
 */
export async function runJob(
  job: Job,
  claim: () => boolean,
  context: RunContext,
): Promise<JobEnding<MirrorOutcome>> {
  const before = context.earlier.get(job.name) ?? []
  const results: MirrorResult[] = []
  const verdicts: PairVerdicts[] = []
  let fingerprint: string | undefined
  let isDeferred = false
  for (const [index, { options }] of job.pairs.entries()) {
    const earlier = before[index]
    if (earlier?.ok === true) {
      results.push(earlier)
      verdicts.push(judgeHosts(earlier))
      continue
    }
    const run = await runPair(job.name, options, { ...context, claim })
    fingerprint ??= run.fingerprint
    isDeferred ||= run.isDeferred
    results.push(run.isDeferred ? (earlier ?? run.result) : joinRuns(earlier, run.result))
    verdicts.push(run.isDeferred ? withoutDeferral(run.result) : judgeHosts(run.result))
    if (run.isDeferred) break
  }
  context.earlier.set(
    job.name,
    results.map((result, index) => (isDeferred && index === results.length - 1 ? before[index] : result)),
  )
  const result = joinGroups(results)
  const errors = [result.error, ...result.destinations.map(({ error }) => error)].filter(
    (error) => error !== undefined,
  )
  const mayHelp = errors.some(({ retryable }) => retryable)
  const kind = isDeferred && !context.signal.aborted ? 'deferred' : mayHelp && !result.ok ? 'again' : 'done'
  return { kind, result: { result, fingerprint }, verdicts }
}

interface PairRun {
  readonly result: MirrorResult
  readonly fingerprint: string | undefined
  /** It has something to send, and there was no place for it. */
  readonly isDeferred: boolean
}

async function runPair(
  name: string,
  options: MirrorOptions,
  context: RunContext & { readonly claim: () => boolean },
): Promise<PairRun> {
  let isDeferred = false
  let fingerprint: string | undefined
  const recorder = createRecorder({
    now: readClock,
    source: printUrl(options.source.url),
    destinations: options.destinations.map(({ url }) => printUrl(url)),
    dryRun: options.dryRun,
  })
  const reporter = (event: MirrorEvent): void => {
    recorder.reporter(event)
    context.onEvent(name, event)
  }
  let tokens: AppTokens | undefined
  try {
    tokens = await context.apps.open(options)
    const result = await mirror(tokens.options, reporter, context.signal, {
      connections: context.connections,
      listingRetries: 0,
      onSource: (refs) => {
        fingerprint = fingerprintOf(refs, options.refspecs)
      },
      admit: async () => {
        if (context.claim()) return
        isDeferred = true
        throw new MirrorError('there is no place for a transfer yet', { code: 'cancelled' })
      },
    })
    return { result, fingerprint, isDeferred }
  } catch (thrown) {
    // No token of an App, a time limit that was not heeded, or a defect: of one mirror, not of the round.
    return { result: recorder.toResult(toMirrorError(thrown, { code: 'local' })), fingerprint, isDeferred }
  } finally {
    tokens?.dispose()
  }
}

/** Both ends were listed, or there would be nothing to send. */
function withoutDeferral(result: MirrorResult): PairVerdicts {
  return {
    source: { kind: 'unknown' },
    destinations: result.destinations.map(() => ({ kind: 'unknown' })),
  }
}
