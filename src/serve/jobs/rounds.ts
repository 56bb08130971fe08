import type { MirrorLine } from '../../fleet/report/round-lines.ts'
import type { Waiter } from './board.ts'
import { EventLog } from './event-log.ts'

/** Rounds that are kept once they have ended. */
const KEPT_ROUNDS = 50
/** Rounds that may be under way: each is a set of names. */
export const MOST_OPEN_ROUNDS = 500

export type RoundState = 'queued' | 'running' | 'done' | 'cancelled'

/** A name for a set of mirrors: it ends when each of them has ended a run that began after the round was made. */
export class Round implements Waiter<MirrorLine> {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly created: number
  readonly dryRun: boolean
  readonly keys: ReadonlySet<string>
  readonly log = new EventLog()
  readonly #pending: Set<string>
  readonly #results = new Map<string, MirrorLine>()
  readonly #onDone: (round: Round) => void
  #hasBegun = false
  #isCancelled = false

  constructor(given: {
    readonly id: string
    readonly created: number
    readonly dryRun: boolean
    readonly keys: readonly string[]
    readonly onDone: (round: Round) => void
  }) {
    this.id = given.id
    this.created = given.created
    this.dryRun = given.dryRun
    this.keys = new Set(given.keys)
    this.#pending = new Set(given.keys)
    this.#onDone = given.onDone
  }

  get state(): RoundState {
    if (this.#isCancelled) return 'cancelled'
    if (this.#pending.size === 0) return 'done'
    return this.#hasBegun ? 'running' : 'queued'
  }

  get isOpen(): boolean {
    return this.state === 'queued' || this.state === 'running'
  }

  get pending(): ReadonlySet<string> {
    return this.#pending
  }

  /** By name. */
  get results(): readonly MirrorLine[] {
    return [...this.#results.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  onBegin(): void {
    this.#hasBegun = true
  }

  onEnd(key: string, line: MirrorLine): void {
    if (!this.#pending.delete(key)) return
    this.#hasBegun = true
    this.#results.set(key, line)
    this.log.add('mirror', line)
    if (this.#pending.size === 0 && !this.#isCancelled) this.#finish()
  }

  cancel(): void {
    if (!this.isOpen) return
    this.#isCancelled = true
    this.#finish()
  }

  #finish(): void {
    const failed = this.results.filter(({ ok }) => !ok).length
    this.log.close({ state: this.state, mirrors: this.keys.size, failed })
    this.#onDone(this)
  }
}

/** The rounds that are under way, and the last of those that ended. */
export class Rounds {
  readonly #open = new Map<string, Round>()
  readonly #ended = new Map<string, Round>()

  get isFull(): boolean {
    return this.#open.size >= MOST_OPEN_ROUNDS
  }

  get open(): readonly Round[] {
    return [...this.#open.values()]
  }

  get(id: string): Round | undefined {
    return this.#open.get(id) ?? this.#ended.get(id)
  }

  add(given: {
    readonly id: string
    readonly created: number
    readonly dryRun: boolean
    readonly keys: readonly string[]
  }): Round {
    const round = new Round({ ...given, onDone: (ended) => this.#keep(ended) })
    this.#open.set(round.id, round)
    return round
  }

  /** One that means the same: nothing of it has begun yet. */
  findSame(keys: ReadonlySet<string>): Round | undefined {
    return this.open.find(
      (round) =>
        round.state === 'queued' &&
        round.keys.size === keys.size &&
        [...keys].every((key) => round.keys.has(key)),
    )
  }

  #keep(round: Round): void {
    this.#open.delete(round.id)
    this.#ended.set(round.id, round)
    for (const id of this.#ended.keys()) {
      if (this.#ended.size <= KEPT_ROUNDS) break
      this.#ended.delete(id)
    }
  }
}
