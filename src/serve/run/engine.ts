import type { MirrorEvent } from '../../report/events.ts'
import { lineOfResult, lineOfSkip, type MirrorLine } from '../../fleet/report/round-lines.ts'
import { diagnoseRefusals } from '../../fleet/round/diagnose.ts'
import { createLazyAppTokens } from '../../fleet/round/app-tokens.ts'
import { LANES } from '../../fleet/round/host-gate.ts'
import type { Job } from '../../fleet/round/job.ts'
import { limitOf, makeJobs } from '../../fleet/round/make-jobs.ts'
import { type MirrorOutcome, type RunContext, runJob } from '../../fleet/round/run-job.ts'
import type { Clock, OpenSchedule } from '../../fleet/round/schedule.ts'
import { openSchedule } from '../../fleet/round/scheduler.ts'
import { redactResult } from '../../report/redact.ts'
import { type Connections, createConnections } from '../../transport/connection/connections.ts'
import type { Loaded } from '../config/fleet-keeper.ts'
import { Board, type Cause, rankOf, type Triggered, type Waiter, type WorkState } from '../jobs/board.ts'
import { keyOf, readKey } from './keys.ts'
import { Pace } from './pace.ts'

export interface EngineInput {
  readonly clock: Clock
  /** Takes new secrets in, before anything that waits gets a place. */
  readonly refresh: () => Promise<void>
  readonly onBegin: (key: string) => void
  readonly onEvent: (key: string, event: MirrorEvent) => void
  readonly onEnd: (key: string, line: MirrorLine) => void
}

/** Above every sequence number: the cause decides first. */
const RANK_STEP = 2 ** 48
/** Milliseconds without a run after which connections are ended. */
const IDLE_MS = 30_000

/** Runs what is triggered, with the lanes, limits and circuits of a round, for as long as the server lives. */
export class Engine {
  readonly #input: EngineInput
  readonly #board = new Board<MirrorLine>()
  readonly #schedule: OpenSchedule
  readonly #stopping = new AbortController()
  readonly #pace = new Pace()
  readonly #apps = createLazyAppTokens({
    signal: this.#stopping.signal,
    secrets: () => this.#loaded!.secrets,
    onNotice: () => undefined,
  })
  readonly #running = new Map<string, AbortController>()
  readonly #earlier: RunContext['earlier'] = new Map()
  readonly #incoming = new Map<string, number>()
  #loaded: Loaded | undefined
  #jobs: ReadonlyMap<string, Job> = new Map()
  #orders = new Map<string, number>()
  #sequence = 0
  #connections: Connections | undefined
  #stopIdle: (() => void) | undefined
  #isDraining = false
  #isClosed = false

  constructor(input: EngineInput) {
    this.#input = input
    this.#schedule = openSchedule<MirrorOutcome>({
      clock: input.clock,
      signal: this.#stopping.signal,
      lanes: LANES,
      limitOf: (host) => limitOf(this.#fleet.file, host),
      run: async (job, claim) => await this.#run(job, claim),
      retriesOf: ({ pairs }) => Math.max(0, ...pairs.map(({ options }) => options.retries)),
      onEnd: (job, outcome) => void this.#publish(job, outcome),
      onSkip: (job, reason) => this.#end(job.name, lineOfSkip(readKey(job.name).name, reason, false)),
    })
  }

  get runningKeys(): readonly string[] {
    return [...this.#running.keys()]
  }

  get counts(): ReturnType<OpenSchedule['count']> {
    return this.#schedule.count()
  }

  get hostLimits(): ReturnType<OpenSchedule['limits']> {
    return this.#schedule.limits()
  }

  state(name: string): WorkState {
    return this.#board.state(name)
  }

  watchers(key: string): readonly Waiter<MirrorLine>[] {
    return this.#board.watchers(key)
  }

  /** Another file, or other secrets: what runs ends as it began, what waits takes the new ones. */
  setFleet(loaded: Loaded): void {
    const before = this.#jobs
    this.#loaded = loaded
    const jobs = makeJobs(
      loaded.fleet,
      loaded.mirrors.filter(({ groups }) => groups.length > 0),
    )
    this.#jobs = new Map(jobs.map((job) => [job.name, job]))
    this.#dropConnections()
    for (const [key, order] of this.#orders) {
      if (!this.#schedule.remove(key)) continue
      const job = this.#jobOf(key)
      if (job === undefined)
        this.#end(key, lineOfSkip(readKey(key).name, 'it is not in the file any more', false))
      else this.#schedule.add(job, order)
    }
    if (before.size > 0) this.#schedule.renew()
  }

  /** Whether the mirror can run at all: it is in the file, and not paused there. */
  has(name: string): boolean {
    return this.#jobs.has(name)
  }

  /** In the order in which they are to run, as far as limits allow. */
  trigger(
    name: string,
    cause: Cause,
    more: { readonly isDryRun?: boolean; readonly waiter?: Waiter<MirrorLine> } = {},
  ): Triggered {
    const key = keyOf(name, more.isDryRun ?? false)
    const job = this.#jobs.get(name)
    // Who presses a button has mended something, and does not want to hear of what was before.
    if (cause === 'hand' && job !== undefined) this.#schedule.hope(job)
    const triggered = this.#board.trigger(key, cause, more.waiter)
    if (triggered === 'queued') this.#queue(key, cause)
    if (triggered === 'raised') {
      const isWaiting = this.#incoming.has(key) || this.#schedule.remove(key)
      if (isWaiting) this.#queue(key, cause)
    }
    return triggered
  }

  /** Nobody asks for it any more: it is taken back, or stopped where it runs. */
  leave(key: string, waiter: Waiter<MirrorLine>): void {
    const left = this.#board.leave(key, waiter)
    if (left === 'waiting') this.drop(key, 'the round was cancelled', false)
    if (left === 'running') this.#running.get(key)?.abort()
  }

  /** Takes back what waits. */
  drop(key: string, reason: string, ok: boolean): void {
    const isWaiting = this.#incoming.delete(key) || this.#schedule.remove(key)
    if (isWaiting) this.#end(key, lineOfSkip(readKey(key).name, reason, ok))
  }

  /** No run begins from now on. */
  close(): void {
    this.#isClosed = true
    this.#incoming.clear()
    this.#stopping.abort()
  }

  /** Stops what runs. */
  abort(): void {
    this.close()
    for (const controller of this.#running.values()) controller.abort()
  }

  async dispose(): Promise<void> {
    this.#stopIdle?.()
    await this.#connections?.dispose()
    this.#connections = undefined
  }

  get #fleet() {
    return this.#loaded!.fleet
  }

  #queue(key: string, cause: Cause): void {
    if (this.#isClosed) return
    this.#incoming.set(key, rankOf(cause) * RANK_STEP + ++this.#sequence)
    if (!this.#isDraining) void this.#drain()
  }

  /** Whoever comes while secrets are looked at waits for that look, too. */
  async #drain(): Promise<void> {
    this.#isDraining = true
    try {
      await this.#input.refresh()
    } finally {
      this.#isDraining = false
    }
    const incoming = [...this.#incoming].toSorted(([, a], [, b]) => a - b)
    this.#incoming.clear()
    for (const [key, order] of incoming) {
      if (this.#isClosed) return
      const job = this.#jobOf(key)
      if (job === undefined) {
        this.#end(key, lineOfSkip(readKey(key).name, 'it is not in the file any more', false))
        continue
      }
      this.#orders.set(key, order)
      this.#schedule.add(job, order)
    }
  }

  #jobOf(key: string): Job | undefined {
    const { name, isDryRun } = readKey(key)
    const job = this.#jobs.get(name)
    if (job === undefined || !isDryRun) return job
    const pairs = job.pairs.map((pair) => ({ ...pair, options: { ...pair.options, dryRun: true } }))
    return { name: key, pairs, after: [] }
  }

  async #run(job: Job, claim: () => boolean): ReturnType<typeof runJob> {
    const { name: key } = job
    const controller = this.#running.get(key) ?? new AbortController()
    if (this.#board.state(key) === 'waiting') {
      this.#board.begin(key)
      this.#orders.delete(key)
      this.#running.set(key, controller)
      this.#input.onBegin(key)
    }
    this.#stopIdle?.()
    await this.#pace.turn()
    this.#connections ??= createConnections()
    return await runJob(job, claim, {
      connections: this.#connections,
      apps: this.#apps,
      signal: controller.signal,
      earlier: this.#earlier,
      onEvent: this.#input.onEvent,
    })
  }

  async #publish(job: Job, outcome: MirrorOutcome): Promise<void> {
    const { secrets } = this.#loaded!
    const signal = this.#running.get(job.name)?.signal ?? this.#stopping.signal
    const result = await diagnoseRefusals(job, outcome.result, signal).catch(() => outcome.result)
    this.#end(
      job.name,
      lineOfResult(readKey(job.name).name, redactResult(result, secrets), outcome.fingerprint),
    )
  }

  #end(key: string, line: MirrorLine): void {
    this.#earlier.delete(key)
    this.#orders.delete(key)
    this.#running.delete(key)
    const isStopped = this.#isClosed && line.skipped !== null
    // A server that stops has not tried it: nothing is known of it that was not known before.
    if (!isStopped) this.#input.onEnd(key, line)
    const next = this.#board.end(key, line)
    if (next !== undefined) this.#queue(key, next)
    this.#watchIdle()
  }

  #watchIdle(): void {
    this.#stopIdle?.()
    this.#stopIdle = undefined
    if (this.#running.size > 0 || this.#isClosed) return
    const { clock } = this.#input
    this.#stopIdle = clock.at(clock.now() + IDLE_MS, () => this.#dropConnections())
  }

  /** Those that run keep theirs: a disposal waits for nobody. */
  #dropConnections(): void {
    if (this.#running.size > 0) return
    const connections = this.#connections
    this.#connections = undefined
    void connections?.dispose()
  }
}
