import { CredentialCircuit, HostCircuit } from './circuit.ts'
import { HostGate, type Lane } from './host-gate.ts'
import { endsOf, hostsOf, type Job, type JobEnding } from './job.ts'
import type { HostLimit, OpenSchedule, ScheduleInput } from './schedule.ts'
import { append, getOrMake } from './maps.ts'

/** Milliseconds before a job runs again, doubled each time. */
const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 30_000
/** A host that asks to slow down each time is given up at last. */
const MOST_SLOW_RUNS = 20
/** Milliseconds for which a schedule that goes on gives up a host, or a credential. */
const REST_MS = 300_000

interface Entry {
  readonly job: Job
  readonly order: number
  readonly hosts: readonly string[]
  lane: Lane
  runs: number
  slowRuns: number
  notBefore: number
  /** Hosts whose probe its run is. */
  probes: readonly string[]
}

/**
 * Runs jobs in two lanes, with a limit for each host over both. A slow host keeps its own waiting only. What failed and
 * may succeed runs again when all others are through. Resolves when every job has ended or was skipped.
 */
export function schedule<Result>(input: ScheduleInput<Result>): Promise<void> {
  return new Promise((resolve) => {
    new Scheduler(input, resolve).pump()
  })
}

/** As `schedule`, without an end: what failed and may succeed runs again after its delay. */
export function openSchedule<Result>(input: Omit<ScheduleInput<Result>, 'jobs'>): OpenSchedule {
  return new Scheduler({ ...input, jobs: [] }, undefined)
}

class Scheduler<Result> implements OpenSchedule {
  readonly #input: ScheduleInput<Result>
  /** undefined: it goes on. */
  readonly #resolve: (() => void) | undefined
  readonly #gates = new Map<string, HostGate>()
  readonly #hosts = new Map<string, HostCircuit>()
  readonly #credentials = new Map<string, CredentialCircuit>()
  /** Waiting jobs by their lane and hosts: those of one key are alike. */
  readonly #waiting = new Map<string, Entry[]>()
  /** Jobs that others have to end for, with how many. */
  readonly #blocked = new Map<string, Entry[]>()
  readonly #blockers = new Map<Entry, number>()
  readonly #again: Entry[] = []
  /** Names of all that have not ended. */
  readonly #present = new Set<string>()
  readonly #running: Record<Lane, number> = { check: 0, transfer: 0 }
  #left: number
  #stopTimer: (() => void) | undefined

  constructor(input: ScheduleInput<Result>, resolve: (() => void) | undefined) {
    this.#input = input
    this.#resolve = resolve
    this.#left = input.jobs.length
    for (const { name } of input.jobs) this.#present.add(name)
    for (const [order, job] of input.jobs.entries()) this.#enter(job, order)
    input.signal.addEventListener('abort', () => this.pump(), { once: true })
  }

  add(job: Job, order: number): void {
    this.#left++
    this.#present.add(job.name)
    this.#enter(job, order)
    this.pump()
  }

  remove(name: string): boolean {
    for (const queue of this.#waiting.values()) {
      const at = queue.findIndex(({ job }) => job.name === name)
      if (at < 0) continue
      const [entry] = queue.splice(at, 1)
      this.#dropEmpty(queue)
      this.#finish(entry!)
      this.pump()
      return true
    }
    return this.#removeBlocked(name)
  }

  /** One that waits for others to end. */
  #removeBlocked(name: string): boolean {
    const entry = [...this.#blockers.keys()].find(({ job }) => job.name === name)
    if (entry === undefined) return false
    this.#blockers.delete(entry)
    for (const [blocker, entries] of this.#blocked)
      this.#blocked.set(
        blocker,
        entries.filter((other) => other !== entry),
      )
    this.#finish(entry)
    this.pump()
    return true
  }

  hope(job: Job): void {
    const now = this.#input.clock.now()
    for (const host of hostsOf(job)) this.#hosts.get(host)?.hope(now)
  }

  renew(): void {
    for (const circuit of this.#credentials.values()) circuit.forget()
    for (const [host, gate] of this.#gates) gate.setAtOnce(this.#input.limitOf(host))
    this.pump()
  }

  count(): ReturnType<OpenSchedule['count']> {
    const waiting = { check: 0, transfer: 0 }
    for (const [head, ...others] of this.#waiting.values()) {
      if (head !== undefined) waiting[head.lane] += 1 + others.length
    }
    return { waiting, running: this.#running.check + this.#running.transfer }
  }

  limits(): ReadonlyMap<string, HostLimit> {
    return this.#gates
  }

  #enter(job: Job, order: number): void {
    const entry: Entry = {
      job,
      order,
      hosts: hostsOf(job),
      lane: 'check',
      runs: 0,
      slowRuns: 0,
      notBefore: 0,
      probes: [],
    }
    const after = job.after.filter((name) => this.#present.has(name))
    for (const name of after) append(this.#blocked, name, entry)
    if (after.length === 0) this.#wait(entry)
    else this.#blockers.set(entry, after.length)
  }

  /** Starts all that may start now. */
  pump(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    // One time for all of it: what may not start yet has to be later than the time that the timer is set by.
    const now = this.#input.clock.now()
    for (let entry = this.#takeNext(now); entry !== undefined; entry = this.#takeNext(now))
      this.#start(entry, now)
    if (this.#left === 0 && this.#resolve !== undefined) return this.#resolve()
    const isIdle = this.#running.check + this.#running.transfer === 0
    const isThrough = isIdle && this.#waiting.size === 0 && this.#again.length > 0
    if (isThrough) {
      // All at one time: each time would make a queue of its own.
      const latest = Math.max(...this.#again.map(({ notBefore }) => notBefore))
      for (const entry of this.#again.splice(0)) {
        entry.notBefore = latest > now ? latest : 0
        this.#wait(entry)
      }
      return this.pump()
    }
    const next = this.#nextTime(now)
    if (next !== undefined) this.#stopTimer = this.#input.clock.at(next, () => this.pump())
  }

  /** The first waiting job that may start: its lane and its hosts have room. Those that may never are skipped. */
  #takeNext(now: number): Entry | undefined {
    for (;;) {
      let best: Entry[] | undefined
      let skip: { readonly queue: Entry[]; readonly reason: string } | undefined
      for (const queue of this.#waiting.values()) {
        const [head] = queue
        if (head === undefined) continue
        const reason = this.#reasonToSkip(head, now)
        if (reason !== undefined) skip = { queue, reason }
        else if (this.#mayStart(head, now) && (best === undefined || head.order < best[0]!.order))
          best = queue
      }
      if (skip === undefined) return best === undefined ? undefined : this.#shift(best)
      const entry = this.#shift(skip.queue)
      this.#input.onSkip(entry.job, skip.reason)
      this.#finish(entry)
    }
  }

  #mayStart(entry: Entry, now: number): boolean {
    if (this.#running[entry.lane] >= this.#input.lanes[entry.lane] || now < entry.notBefore) return false
    return entry.hosts.every((host) => {
      const state = this.#hostCircuit(host).state(now)
      return this.#gate(host).isOpen(now, entry.lane) && state !== 'waiting'
    })
  }

  #reasonToSkip(entry: Entry, now: number): string | undefined {
    if (this.#input.signal.aborted) return 'the round was cancelled'
    const dead = entry.hosts.find((host) => this.#hostCircuit(host).state(now) === 'given-up')
    if (dead !== undefined) return `${dead} could not be reached, again and again`
    const slow = entry.hosts.find((host) => this.#gate(host).isGivenUp(now))
    if (slow !== undefined) return `${slow} asks to slow down, again and again`
    const refused = endsOf(entry.job).find((end) => {
      const credential = this.#credential(end.credential)
      credential.rest(now)
      return credential.isOpen
    })
    return refused === undefined ? undefined : `the credential for ${refused.host} was refused 3 times`
  }

  #start(entry: Entry, now: number): void {
    entry.runs++
    this.#running[entry.lane]++
    entry.probes = entry.hosts.filter((host) => this.#hostCircuit(host).state(now) === 'probe')
    for (const host of entry.probes) this.#hostCircuit(host).probe()
    for (const host of entry.hosts) this.#gate(host).enter(entry.lane)
    void this.#input.run(entry.job, () => this.#claim(entry)).then((ending) => this.#end(entry, ending))
  }

  /** From the checks to the transfers, if there is a place; what waited for the place of the check may start. */
  #claim(entry: Entry): boolean {
    if (entry.lane === 'transfer') return true
    if (this.#running.transfer >= this.#input.lanes.transfer) return false
    this.#running.check--
    this.#running.transfer++
    entry.lane = 'transfer'
    for (const host of entry.hosts) {
      this.#gate(host).leave('check')
      this.#gate(host).enter('transfer')
    }
    this.pump()
    return true
  }

  #end(entry: Entry, ending: JobEnding<Result>): void {
    this.#running[entry.lane]--
    for (const host of entry.hosts) this.#gate(host).leave(entry.lane)
    const isSlow = this.#learn(entry, ending)
    for (const host of entry.probes) this.#hostCircuit(host).probeEnded()
    if (ending.kind === 'deferred') {
      entry.runs--
      entry.lane = 'transfer'
      this.#wait(entry)
    } else if (ending.kind === 'again' && this.#mayRunAgain(entry, isSlow)) {
      entry.lane = 'check'
      // What goes on is never through.
      if (this.#resolve === undefined) this.#wait(entry)
      else this.#again.push(entry)
    } else {
      this.#input.onEnd(entry.job, ending.result)
      this.#finish(entry)
    }
    this.pump()
  }

  #mayRunAgain(entry: Entry, isSlow: boolean): boolean {
    if (this.#input.signal.aborted) return false
    if (isSlow) {
      entry.runs--
      return ++entry.slowRuns < MOST_SLOW_RUNS
    }
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (entry.runs - 1))
    entry.notBefore = this.#input.clock.now() + delay
    return entry.runs <= this.#input.retriesOf(entry.job)
  }

  /** What the end says of hosts and credentials. @returns whether a host asked to slow down */
  #learn({ job }: Entry, { verdicts }: JobEnding<Result>): boolean {
    const now = this.#input.clock.now()
    let isSlow = false
    for (const [index, pair] of job.pairs.entries()) {
      const found = verdicts[index]
      if (found === undefined) continue
      const ends = [pair.source, ...pair.destinations]
      for (const [at, verdict] of [found.source, ...found.destinations].entries()) {
        const end = ends[at]
        if (end?.host === undefined || verdict.kind === 'unknown') continue
        const circuit = this.#hostCircuit(end.host)
        const credential = this.#credential(end.credential)
        if (verdict.kind === 'unreachable') circuit.unreachable(now)
        else circuit.well()
        if (verdict.kind === 'refused') credential.refused(end.repository, now)
        if (verdict.kind === 'slower') this.#gate(end.host).slower(verdict.wait, now)
        if (verdict.kind === 'well') {
          this.#gate(end.host).well()
          credential.well()
        }
        isSlow ||= verdict.kind === 'slower'
      }
    }
    return isSlow
  }

  #finish(entry: Entry): void {
    this.#left--
    const { name } = entry.job
    this.#present.delete(name)
    for (const next of this.#blocked.get(name) ?? []) {
      const count = this.#blockers.get(next)! - 1
      this.#blockers.set(next, count)
      if (count > 0) continue
      this.#blockers.delete(next)
      this.#wait(next)
    }
    this.#blocked.delete(name)
  }

  #wait(entry: Entry): void {
    const credentials = [...new Set(endsOf(entry.job).map(({ credential }) => credential))].join(' ')
    const key = JSON.stringify([entry.lane, entry.hosts, credentials, entry.notBefore])
    const queue = this.#waiting.get(key) ?? []
    const last = queue.at(-1)
    if (last === undefined || last.order < entry.order) queue.push(entry)
    else
      queue.splice(
        queue.findIndex(({ order }) => order > entry.order),
        0,
        entry,
      )
    this.#waiting.set(key, queue)
  }

  #shift(queue: Entry[]): Entry {
    const entry = queue.shift()!
    this.#dropEmpty(queue)
    return entry
  }

  #dropEmpty(queue: Entry[]): void {
    if (queue.length > 0) return
    for (const [key, found] of this.#waiting) if (found === queue) this.#waiting.delete(key)
  }

  /** The next time at which something may start that waits for a time alone. */
  #nextTime(now: number): number | undefined {
    const times = [...this.#waiting.values()].flatMap(([head]) => {
      const hosts = head?.hosts ?? []
      return [
        head?.notBefore ?? 0,
        ...hosts.map((host) => this.#gate(host).closedUntil),
        ...hosts.map((host) => this.#hostCircuit(host).probeAt ?? 0),
      ].filter((time) => time > now)
    })
    return times.length === 0 ? undefined : Math.min(...times)
  }

  get #restMs(): number {
    return this.#resolve === undefined ? REST_MS : Infinity
  }

  #gate(host: string): HostGate {
    return getOrMake(this.#gates, host, () => new HostGate(this.#input.limitOf(host), this.#restMs))
  }

  #hostCircuit(host: string): HostCircuit {
    return getOrMake(this.#hosts, host, () => new HostCircuit(this.#restMs))
  }

  #credential(credential: string): CredentialCircuit {
    return getOrMake(this.#credentials, credential, () => new CredentialCircuit(this.#restMs))
  }
}
