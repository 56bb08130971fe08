import { readClock } from '../../base/clock.ts'
import { toMirrorError } from '../../base/errors.ts'
import type { MirrorEvent } from '../../report/events.ts'
import { redactResult } from '../../report/redact.ts'
import { createConnections } from '../../transport/connection/connections.ts'
import { countFound } from '../notices.ts'
import type { Fleet } from '../prepare.ts'
import {
  type DiscoveryLine,
  lineOfDiscovery,
  lineOfResult,
  lineOfSkip,
  type MirrorLine,
  redactDiscovery,
  type RoundEnd,
  type RoundLine,
  type RoundReport,
} from '../report/round-lines.ts'
import { countShards } from '../shard/matrix.ts'
import type { Shard } from '../shard/shard.ts'
import type { RoundState } from '../state/round-state.ts'
import { createLazyAppTokens } from './app-tokens.ts'
import { diagnoseRefusals } from './diagnose.ts'
import { beat } from './heartbeat.ts'
import { LANES } from './host-gate.ts'
import type { Job } from './job.ts'
import { limitOf, makeJobs } from './make-jobs.ts'
import { type MirrorOutcome, runJob } from './run-job.ts'
import { lineOfUnseen, markOf, orderMirrors } from './unseen.ts'
import type { Clock } from './schedule.ts'
import { schedule } from './scheduler.ts'

export interface RoundInput {
  readonly fleet: Fleet
  readonly shard: Shard | undefined
  /** Whether all mirrors of the shard are in it, and not some that were chosen. */
  readonly isWhole?: boolean | undefined
  /** What earlier rounds left, and where this one leaves what it learns. */
  readonly state?: RoundState | undefined
  readonly dryRun: boolean
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  readonly onEvent?: ((name: string, event: MirrorEvent) => void) | undefined
  /** Each line of the report, when it is known. */
  readonly onLine?: ((line: RoundLine) => void) | undefined
  readonly onNotice?: ((text: string) => void) | undefined
  /** Told of tokens that GitHub Apps give, before they are used. */
  readonly onSecret?: ((token: string) => void) | undefined
}

/** That of this machine. */
export const REAL_CLOCK: Clock = {
  now: readClock,
  at(time, callback) {
    const timer = setTimeout(callback, Math.max(0, time - readClock()))
    return () => clearTimeout(timer)
  },
}

/** Runs every mirror of a fleet. Never throws: what fails is in the report, and others go on. */
export async function runRound(input: RoundInput): Promise<RoundReport> {
  const { fleet, signal } = input
  const started = readClock()
  const lines = new Map<string, MirrorLine>()
  const state = input.dryRun ? undefined : input.state
  const marks = new Map(fleet.mirrors.map((mirror) => [mirror.name, markOf(mirror)]))
  const take = (line: MirrorLine): void => {
    lines.set(line.name, line)
    input.onLine?.(line)
    state?.take(line, marks.get(line.name))
  }
  const discoveries = fleet.discovered.map((entry) => {
    const whole = lineOfDiscovery({ ...entry, found: entry.drafts.length })
    // Before anything escapes it: an escaped secret is no longer found.
    const line = redactDiscovery(whole, fleet.secrets)
    input.onLine?.(line)
    return line
  })
  state?.setFound(countFound(fleet.discovered))
  await runJobs(input, take)
  const isComplete =
    input.isWhole === true && input.shard === undefined && discoveries.every((line) => line.ok)
  state?.end(isComplete ? new Set(marks.keys()) : undefined)
  const mirrors = [...lines.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const ok = mirrors.every((line) => line.ok) && discoveries.every((line) => line.ok) && !signal.aborted
  const seconds = (readClock() - started) / 1000
  if (fleet.heartbeat !== undefined && !input.dryRun) {
    const problem = await beat(fleet.heartbeat, { ok, env: input.env })
    if (problem !== undefined) input.onNotice?.(problem)
  }
  input.onLine?.({ round: endOf(input, { mirrors, discoveries, ok, seconds }) })
  return { mirrors, discoveries, ok, seconds, dryRun: input.dryRun, missing: [] }
}

async function runJobs(input: RoundInput, take: (line: MirrorLine) => void): Promise<void> {
  const { fleet, signal } = input
  const waiting = fleet.mirrors.filter((mirror) => {
    const line = mirror.paused
      ? lineOfSkip(mirror.name, 'it is paused', true)
      : lineOfUnseen(fleet, mirror, input.state)
    if (line !== undefined) take(line)
    return line === undefined
  })
  const connections = createConnections()
  const earlier = new Map()
  const publishing: Promise<void>[] = []
  const publish = async (job: Job, outcome: MirrorOutcome): Promise<void> => {
    const result = await diagnoseRefusals(job, outcome.result, signal)
    take(lineOfResult(job.name, redactResult(result, fleet.secrets), outcome.fingerprint))
  }
  const context = {
    connections,
    apps: createLazyAppTokens({
      signal,
      secrets: () => fleet.secrets,
      onSecret: input.onSecret,
      onNotice: (text) => input.onNotice?.(text),
      isVerbose: fleet.mirrors.some(({ groups }) => groups.some(({ verbose }) => verbose)),
    }),
    signal,
    earlier,
    onEvent: (name: string, event: MirrorEvent) => input.onEvent?.(name, event),
  }
  try {
    await schedule<MirrorOutcome>({
      jobs: makeJobs(fleet, orderMirrors(waiting, input.state)),
      clock: REAL_CLOCK,
      signal,
      lanes: LANES,
      limitOf: (host) => limitOf(fleet.file, host),
      run: async (job, claim) => await runJob(job, claim, context),
      retriesOf: ({ pairs }) => Math.max(0, ...pairs.map(({ options }) => options.retries)),
      onEnd(job, outcome) {
        earlier.delete(job.name)
        publishing.push(publish(job, outcome))
      },
      onSkip: (job, reason) => take(lineOfSkip(job.name, reason, false)),
    })
    await Promise.all(publishing)
  } catch (thrown) {
    input.onNotice?.(`the round ended in the middle: ${toMirrorError(thrown, { code: 'local' }).message}`)
    throw thrown
  } finally {
    await connections.dispose()
  }
}

function endOf(
  { fleet, shard, dryRun }: RoundInput,
  round: {
    readonly mirrors: readonly MirrorLine[]
    readonly discoveries: readonly DiscoveryLine[]
    readonly ok: boolean
    readonly seconds: number
  },
): RoundEnd {
  const counts = shard === undefined ? [] : countShards(fleet.shardKeys, shard.count)
  return {
    version: 1,
    ok: round.ok,
    dryRun,
    shard: shard === undefined ? null : `${shard.index}/${shard.count}`,
    filled: counts.flatMap((count, index) => (count > 0 ? [index + 1] : [])),
    mirrors: round.mirrors.length,
    seconds: round.seconds,
  }
}
