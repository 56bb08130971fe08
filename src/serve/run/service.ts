import { randomUUID } from 'node:crypto'
import type { MirrorEvent } from '../../report/events.ts'
import type { FleetMirror } from '../../fleet/prepare.ts'
import { type MirrorLine, lineOfSkip } from '../../fleet/report/round-lines.ts'
import type { Clock } from '../../fleet/round/schedule.ts'
import { selectMirrors } from '../../fleet/select.ts'
import { printUrl } from '../../transport/address/remote-url.ts'
import type { FleetKeeper, Loaded } from '../config/fleet-keeper.ts'
import type { Log } from '../jobs/log.ts'
import { Alarms } from '../jobs/alarms.ts'
import { Bell } from '../jobs/bell.ts'
import type { Cause } from '../jobs/board.ts'
import type { WallClock } from '../jobs/clock.ts'
import { Debounce } from '../jobs/debounce.ts'
import { IdempotencyKeys } from '../jobs/idempotency.ts'
import { bytesOf, type MirrorRecord, NO_RECORD, statusOf, withRun } from '../../fleet/state/records.ts'
import { Round, Rounds } from '../jobs/rounds.ts'
import { type FleetState, readStateFile } from '../../fleet/state/state-file.ts'
import { inTurn } from '../../fleet/state/order.ts'
import { StateFile } from '../jobs/state-file.ts'
import { Timetable } from '../jobs/timetable.ts'
import { Engine } from './engine.ts'
import { keyOf, readKey } from './keys.ts'
import { LiveRuns } from './live.ts'
import type { MirrorView, Notice } from './mirror-view.ts'
import { indexMirrors, type MirrorIndex } from './source-index.ts'

/** Told of each run's end: metrics count. */
export type RunListener = (name: string, line: MirrorLine) => void

export interface ServiceInput {
  readonly keeper: Pick<FleetKeeper, 'refreshSecrets' | 'reload'>
  readonly wall: WallClock
  /** Of the schedule of runs; never set back. */
  readonly clock: Clock
  readonly log: Log
  readonly onRun: RunListener
}

/** How the config was last taken. */
export interface Reload {
  readonly isGood: boolean
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface SyncAnswer {
  readonly round: Round
  /** A round that means the same had not begun yet. */
  readonly isCoalesced: boolean
}

/** What the server does, whoever asks: over http, by the clock or by a hook. */
export class Service {
  readonly rounds = new Rounds()
  readonly live: LiveRuns
  /** Rings when what a page shows has changed. */
  readonly bell: Bell
  readonly #input: ServiceInput
  readonly #engine: Engine
  readonly #debounce: Debounce
  readonly #alarms: Alarms
  readonly #paused = new Set<string>()
  readonly #records = new Map<string, MirrorRecord>()
  readonly #results = new Map<string, MirrorLine>()
  readonly #idempotent: IdempotencyKeys
  #mirrors: ReadonlyMap<string, FleetMirror> = new Map()
  /** By what hooks run them. */
  #hinted: MirrorIndex = new Map()
  #bySource: MirrorIndex = new Map()
  readonly #notices = new Map<string, Notice>()
  #loaded: Loaded | undefined
  #timetable = new Timetable('UTC')
  #timeZone = 'UTC'
  #stateFile: StateFile | undefined
  #isStopping = false
  #lastReload: Reload

  constructor(input: ServiceInput) {
    this.#input = input
    const { wall, keeper } = input
    this.#lastReload = { isGood: true, at: wall.now() }
    this.bell = new Bell(wall)
    this.#idempotent = new IdempotencyKeys(wall)
    this.live = new LiveRuns(wall.now, () => this.#loaded?.secrets ?? { texts: [] })
    this.#engine = new Engine({
      clock: input.clock,
      refresh: async () => await keeper.refreshSecrets(),
      onBegin: (key) => {
        this.live.begin(key)
        this.bell.ring()
      },
      onEvent: (key, event) => this.#onEvent(key, event),
      onEnd: (key, line) => this.#onEnd(key, line),
    })
    this.#debounce = new Debounce(wall, (name) => void this.#trigger(name, 'webhook'))
    this.#alarms = new Alarms(wall, this.#timetable, (names) => {
      for (const name of this.#inOrder(names)) this.#trigger(name, 'schedule')
    })
  }

  /** Whether rounds are taken. */
  get isReady(): boolean {
    return this.#loaded !== undefined && !this.#isStopping
  }

  get loaded(): Loaded {
    return this.#loaded!
  }

  get engine(): Pick<Engine, 'runningKeys' | 'counts' | 'hostLimits'> {
    return this.#engine
  }

  get names(): readonly string[] {
    return [...this.#mirrors.keys()]
  }

  /** Another file, or other secrets. */
  setFleet(loaded: Loaded): void {
    const { wall } = this.#input
    const isFirst = this.#loaded === undefined
    this.#loaded = loaded
    this.#mirrors = new Map(loaded.mirrors.map((mirror) => [mirror.name, mirror]))
    this.#bySource = indexMirrors(loaded.mirrors, false)
    this.#hinted = loaded.settings.heals ? indexMirrors(loaded.mirrors, true) : this.#bySource
    if (isFirst) this.#openState()
    this.#forgetStrangers()
    this.#engine.setFleet(loaded)
    const { timeZone, syncsOnStart } = loaded.settings
    if (timeZone !== this.#timeZone) this.#timetable = new Timetable(timeZone)
    this.#timeZone = timeZone
    const scheduled = loaded.mirrors.flatMap(({ name, schedule, paused }) =>
      schedule === undefined || paused ? [] : [{ name, schedule }],
    )
    const now = wall.now()
    this.bell.ring()
    this.#alarms.set(scheduled, this.#timetable, ({ name, schedule }) => {
      const { lastSuccess } = this.record(name)
      const isDue = syncsOnStart && this.#timetable.isMissed(schedule, name, lastSuccess, now)
      return isDue ? now + this.#timetable.startDelay(schedule, name) : undefined
    })
  }

  /** @throws MirrorError `usage` for words that mean no mirror */
  async sync(given: {
    readonly only: readonly string[]
    readonly isDryRun: boolean
    readonly idempotencyKey: string | undefined
  }): Promise<SyncAnswer> {
    const earlier = this.#idempotent.find(given.idempotencyKey, (id) => this.rounds.get(id))
    if (earlier !== undefined) return { round: earlier, isCoalesced: true }
    const chosen = await selectMirrors([...this.#mirrors.values()], given.only)
    const answer = this.#startRound(
      chosen.map(({ name }) => name),
      given.isDryRun,
    )
    this.#idempotent.remember(given.idempotencyKey, answer.round.id)
    return answer
  }

  /** One mirror, by its name. */
  syncOne(name: string, isDryRun: boolean): SyncAnswer {
    return this.#startRound([name], isDryRun)
  }

  cancel(round: Round): void {
    const pending = [...round.pending]
    round.cancel()
    for (const key of pending) this.#engine.leave(key, round)
  }

  has(name: string): boolean {
    return this.#mirrors.has(name)
  }

  pausedBy(name: string): MirrorView['paused'] {
    if (this.#mirrors.get(name)?.paused === true) return 'file'
    return this.#paused.has(name) ? 'memory' : undefined
  }

  /** Until the server stops. What runs goes on. */
  pause(name: string): void {
    this.#paused.add(name)
    this.bell.ring()
    for (const isDryRun of [false, true]) this.#engine.drop(keyOf(name, isDryRun), 'it is paused', true)
  }

  resume(name: string): void {
    this.#paused.delete(name)
    this.bell.ring()
  }

  /** By name. */
  views(): readonly MirrorView[] {
    return [...this.#mirrors.values()].map((mirror) => this.#view(mirror))
  }

  view(name: string): MirrorView | undefined {
    const mirror = this.#mirrors.get(name)
    return mirror === undefined ? undefined : this.#view(mirror)
  }

  /** The whole result of the last run; undefined: there was none in this process. */
  lastLine(name: string): MirrorLine | undefined {
    return this.#results.get(name)
  }

  record(name: string): MirrorRecord {
    return this.#records.get(name) ?? NO_RECORD
  }

  /** A hint that a repository changed. @returns the mirrors whose source it is, or with `heal` their destination */
  hint(repository: string): readonly string[] {
    const names = (this.#hinted.get(repository) ?? []).filter((name) => this.pausedBy(name) === undefined)
    for (const name of names) this.#debounce.hint(name)
    return names
  }

  /** What a host says of a repository itself. @returns the mirrors whose source it is */
  notice(repository: string, text: string): readonly string[] {
    const names = this.#bySource.get(repository) ?? []
    for (const name of names) this.#notices.set(name, { text, at: this.#input.wall.now() })
    if (names.length > 0) this.bell.ring()
    return names
  }

  async reload(): Promise<readonly string[]> {
    const mistakes = await this.#input.keeper.reload()
    this.#lastReload = { isGood: mistakes.length === 0, at: this.#input.wall.now() }
    return mistakes
  }

  get lastReload(): Reload {
    return this.#lastReload
  }

  /** No run begins any more; rounds that wait end with what they have. */
  close(): void {
    if (this.#isStopping) return
    this.#isStopping = true
    this.#alarms.stop()
    this.#debounce.stop()
    this.#engine.close()
  }

  get isIdle(): boolean {
    return this.#engine.runningKeys.length === 0
  }

  /** Stops what runs. */
  abort(): void {
    this.close()
    this.#engine.abort()
  }

  async dispose(): Promise<void> {
    for (const round of this.rounds.open) round.cancel()
    this.#stateFile?.flush()
    await this.#engine.dispose()
  }

  #startRound(names: readonly string[], isDryRun: boolean): SyncAnswer {
    const keys = names.map((name) => keyOf(name, isDryRun))
    const same = this.rounds.findSame(new Set(keys))
    if (same !== undefined) return { round: same, isCoalesced: true }
    const round = this.rounds.add({
      id: randomUUID(),
      created: this.#input.wall.now(),
      dryRun: isDryRun,
      keys,
    })
    for (const name of this.#inOrder(names)) {
      if (this.pausedBy(name) === undefined) this.#engine.trigger(name, 'hand', { isDryRun, waiter: round })
      else round.onEnd(keyOf(name, isDryRun), lineOfSkip(name, 'it is paused', true))
    }
    return { round, isCoalesced: false }
  }

  #trigger(name: string, cause: Cause): void {
    if (this.#isStopping || this.pausedBy(name) !== undefined || !this.#engine.has(name)) return
    const triggered = this.#engine.trigger(name, cause)
    this.#input.log.debug('triggered', { mirror: name, cause, triggered })
  }

  #inOrder(names: readonly string[]): readonly string[] {
    return inTurn(names, (name) => this.record(name))
  }

  #onEvent(key: string, event: MirrorEvent): void {
    const { name } = readKey(key)
    if (event.kind === 'phase') this.#input.log.debug('phase', { mirror: name, phase: event.phase })
    if (!this.live.take(key, event)) return
    this.bell.ring()
    const progress = this.live.progress(key)
    if (progress === undefined) return
    const { phase, bytes, objects } = progress
    for (const waiter of this.#engine.watchers(key)) {
      if (waiter instanceof Round) waiter.log.mention('progress', { name, phase, bytes, objects })
    }
  }

  #onEnd(key: string, line: MirrorLine): void {
    const { name, isDryRun } = readKey(key)
    this.live.end(key)
    this.bell.ring()
    if (isDryRun) this.live.forget(key)
    const { log, wall, onRun } = this.#input
    const status = statusOf(line)
    log[line.ok ? 'info' : 'warn'](status, {
      mirror: name,
      dry_run: isDryRun || undefined,
      duration_seconds: line.result?.seconds,
      pack_bytes: bytesOf(line),
      reason: line.skipped ?? line.result?.error?.message ?? undefined,
    })
    if (isDryRun || !this.#mirrors.has(name)) return
    this.#records.set(name, withRun(this.record(name), line, wall.now()))
    if (line.result !== null) this.#results.set(name, line)
    this.#stateFile?.touch()
    onRun(name, line)
  }

  #view(mirror: FleetMirror): MirrorView {
    const { name, labels, schedule, groups } = mirror
    const [first] = groups
    return {
      name,
      labels,
      source: first === undefined ? '' : printUrl(first.source.url),
      destinations: groups.flatMap(({ destinations }) => destinations.map(({ url }) => printUrl(url))),
      state: this.#engine.state(name),
      paused: this.pausedBy(name),
      schedule,
      next: this.pausedBy(name) === undefined ? this.#alarms.next(name) : undefined,
      record: this.record(name),
      progress: this.live.progress(name),
      notice: this.#notices.get(name),
    }
  }

  #openState(): void {
    const { wall, log } = this.#input
    const path = this.loaded.settings.state
    if (path === undefined) return
    const onWarning = (text: string): void => log.warn(text)
    const { mirrors, found } = readStateFile(path, onWarning)
    for (const [name, record] of mirrors) this.#records.set(name, record)
    const collect = (): FleetState => ({ mirrors: this.#records, found })
    this.#stateFile = new StateFile({ path, clock: wall, onWarning, collect })
  }

  /** Mirrors that left the file. Those of a discovery may come back: what is known of them stays until it was made. */
  #forgetStrangers(): void {
    const { discovered, file } = this.loaded.fleet
    const isWhole = discovered.length > 0 || !file.mirrors.some(({ tree }) => tree['discover'] !== undefined)
    if (!isWhole) return
    for (const name of [
      ...this.#records.keys(),
      ...this.#results.keys(),
      ...this.#paused,
      ...this.#notices.keys(),
    ]) {
      if (this.#mirrors.has(name)) continue
      this.#records.delete(name)
      this.#results.delete(name)
      this.#paused.delete(name)
      this.#notices.delete(name)
      this.live.forget(name)
    }
  }
}
