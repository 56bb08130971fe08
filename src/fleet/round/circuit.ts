/** Refusals of one credential, on different repositories, after which it is not tried any more in this round. */
const MOST_REFUSALS = 3
/** Failures to reach a host, one after the other, after which nothing is tried there. */
const MOST_UNREACHABLE = 5
/** Milliseconds after which one mirror tries such a host once more. */
const PROBE_MS = 30_000

/** A credential: once it is refused again and again, the rest would only get this machine locked out. */
export class CredentialCircuit {
  readonly #refused = new Set<string>()
  readonly #restMs: number
  #openedAt: number | undefined

  /** `restMs`: milliseconds after which it may be tried again; in a round, never. */
  constructor(restMs = Infinity) {
    this.#restMs = restMs
  }

  /** Whether it is not to be used any more. */
  get isOpen(): boolean {
    return this.#refused.size >= MOST_REFUSALS
  }

  refused(repository: string, now = 0): void {
    this.#refused.add(repository)
    if (this.isOpen) this.#openedAt ??= now
  }

  /** Lets it be tried again once it has rested. */
  rest(now: number): void {
    if (this.#openedAt !== undefined && now >= this.#openedAt + this.#restMs) this.forget()
  }

  /** It opened something: single refusals are about single repositories. */
  well(): void {
    if (!this.isOpen) this.#refused.clear()
  }

  /** There may be another credential behind its name now. */
  forget(): void {
    this.#refused.clear()
    this.#openedAt = undefined
  }
}

export type HostState = 'open' | 'waiting' | 'probe' | 'given-up'

/** A host: `open` to all, `waiting` for its probe, to be tried by one `probe`, or `given-up` for this round. */
export class HostCircuit {
  #failures = 0
  #probeAt: number | undefined
  #isProbing = false
  #isGivenUp = false
  #givenUpUntil = Infinity
  readonly #restMs: number

  /** `restMs`: milliseconds after which a host that was given up may be tried again; for a round, never. */
  constructor(restMs = Infinity) {
    this.#restMs = restMs
  }

  state(now: number): HostState {
    if (this.#isGivenUp && now < this.#givenUpUntil) return 'given-up'
    if (this.#isGivenUp) this.#wake(now)
    if (this.#probeAt === undefined) return 'open'
    return this.#isProbing || now < this.#probeAt ? 'waiting' : 'probe'
  }

  /** The time of the probe; undefined: none is waited for. */
  get probeAt(): number | undefined {
    return this.#isGivenUp || this.#isProbing ? undefined : this.#probeAt
  }

  /** Somebody says that it is well again: one mirror may try it now. */
  hope(now: number): void {
    if (this.state(now) === 'given-up') this.#wake(now)
    else if (this.#probeAt !== undefined && !this.#isProbing) this.#probeAt = Math.min(this.#probeAt, now)
  }

  #wake(now: number): void {
    this.#isGivenUp = false
    this.#isProbing = false
    this.#probeAt = now
  }

  /** The mirror that starts now is the probe. */
  probe(): void {
    this.#isProbing = true
  }

  /** The probe has ended. Where it told nothing of this host, as when its other end failed, the next one is a probe. */
  probeEnded(): void {
    this.#isProbing = false
  }

  well(): void {
    this.#failures = 0
    this.#isGivenUp = false
    this.#probeAt = undefined
    this.#isProbing = false
  }

  unreachable(now: number): void {
    this.#failures++
    if (this.#isProbing) {
      this.#isGivenUp = true
      this.#givenUpUntil = now + this.#restMs
    } else if (this.#failures >= MOST_UNREACHABLE && this.#probeAt === undefined)
      this.#probeAt = now + PROBE_MS
  }
}
