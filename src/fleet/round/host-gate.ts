/** Checks look only; what has something to send needs a place among the transfers. */
export type Lane = 'check' | 'transfer'

/** Mirrors at once, over all hosts. */
export const LANES: Readonly<Record<Lane, number>> = { check: 16, transfer: 8 }

/** Mirrors that talk with one host at the same time. */
export interface AtOnce {
  readonly most: number
  /** Beside them, of those that have something to send: a large one takes no check's place. */
  readonly besideThem: number
}

/** Where nobody says it. */
export const USUAL_AT_ONCE: AtOnce = { most: 4, besideThem: 1 }
/** Mirrors that went well before one more is let in. */
const WELL_BEFORE_MORE = 20
const FIRST_PAUSE_MS = 10_000
const LONGEST_PAUSE_MS = 300_000
/** Times in a row that a host asks to slow down, with nothing that went well between, before it is given up. */
const MOST_IN_VAIN = 10

/**
 * How many mirrors may talk with one host: fewer when it asks to slow down, slowly more when all is well again
 * (additive increase, multiplicative decrease). Knows no clock: `now` in milliseconds is given.
 */
export class HostGate {
  #atOnce: AtOnce
  #allowed: number
  readonly #running: Record<Lane, number> = { check: 0, transfer: 0 }
  #closedUntil = 0
  #pause = FIRST_PAUSE_MS
  #well = 0
  #slowdowns = 0
  #inVain = 0
  readonly #restMs: number

  /** `restMs`: milliseconds after which a host that was given up may be tried again; for a round, never. */
  constructor(atOnce: AtOnce = USUAL_AT_ONCE, restMs = Infinity) {
    this.#restMs = restMs
    this.#atOnce = atOnce
    this.#allowed = atOnce.most
  }

  /** Another limit, by a file that was read anew. */
  setAtOnce(atOnce: AtOnce): void {
    if (atOnce.most !== this.#atOnce.most) this.#allowed = atOnce.most
    this.#atOnce = atOnce
  }

  /** Times that the host asked to slow down. */
  get slowdowns(): number {
    return this.#slowdowns
  }

  get allowed(): number {
    return this.#allowed
  }

  /** The time before which nothing starts here. */
  get closedUntil(): number {
    return this.#closedUntil
  }

  /** Whether it only ever asks to slow down. */
  isGivenUp(now: number): boolean {
    if (this.#inVain < MOST_IN_VAIN) return false
    if (now < this.#closedUntil + this.#restMs) return true
    this.#inVain = 0
    return false
  }

  isOpen(now: number, lane: Lane): boolean {
    if (now < this.#closedUntil) return false
    const { check, transfer } = this.#running
    // A host that asked to slow down gets nothing beside what it is allowed.
    const beside = this.#allowed < this.#atOnce.most ? 0 : this.#atOnce.besideThem
    if (lane === 'transfer' && transfer < beside) return true
    return check + Math.max(0, transfer - beside) < this.#allowed
  }

  enter(lane: Lane): void {
    this.#running[lane]++
  }

  leave(lane: Lane): void {
    this.#running[lane]--
  }

  /** A mirror ended, and the host had nothing against it. */
  well(): void {
    this.#well++
    this.#inVain = 0
    this.#pause = FIRST_PAUSE_MS
    if (this.#well % WELL_BEFORE_MORE === 0) this.#allowed = Math.min(this.#atOnce.most, this.#allowed + 1)
  }

  /** The host asked to slow down: for `wait` milliseconds, or for longer each time that it does not say. */
  slower(wait: number | undefined, now: number): void {
    this.#well = 0
    this.#slowdowns++
    const until = now + Math.min(wait ?? this.#pause, LONGEST_PAUSE_MS)
    if (wait === undefined) this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2)
    // Those that run at the same time are all told so: once is meant.
    if (now >= this.#closedUntil) {
      this.#allowed = Math.max(1, Math.floor(this.#allowed / 2))
      this.#inVain++
    }
    this.#closedUntil = Math.max(this.#closedUntil, until)
  }
}
