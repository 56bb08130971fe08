/** Refusals of one credential, on different repositories, after which it is not tried any more in this round. */
const MOST_REFUSALS = 3
/** Failures to reach a host, one after the other, after which nothing is tried there. */
const MOST_UNREACHABLE = 5
/** Milliseconds after which one mirror tries such a host once more. */
const PROBE_MS = 30_000

/** A credential: once it is refused again and again, the rest would only get this machine locked out. */
export class CredentialCircuit {
  readonly #refused = new Set<string>()

  /** Whether it is not to be used any more. */
  get isOpen(): boolean {
    return this.#refused.size >= MOST_REFUSALS
  }

  refused(repository: string): void {
    this.#refused.add(repository)
  }

  /** It opened something: single refusals are about single repositories. */
  well(): void {
    if (!this.isOpen) this.#refused.clear()
  }
}

export type HostState = 'open' | 'waiting' | 'probe' | 'given-up'

/** A host: `open` to all, `waiting` for its probe, to be tried by one `probe`, or `given-up` for this round. */
export class HostCircuit {
  #failures = 0
  #probeAt: number | undefined
  #isProbing = false
  #isGivenUp = false

  state(now: number): HostState {
    if (this.#isGivenUp) return 'given-up'
    if (this.#probeAt === undefined) return 'open'
    return this.#isProbing || now < this.#probeAt ? 'waiting' : 'probe'
  }

  /** The time of the probe; undefined: none is waited for. */
  get probeAt(): number | undefined {
    return this.#isGivenUp || this.#isProbing ? undefined : this.#probeAt
  }

  /** The mirror that starts now is the probe. */
  probe(): void {
    this.#isProbing = true
  }

  well(): void {
    this.#failures = 0
    this.#probeAt = undefined
    this.#isProbing = false
  }

  unreachable(now: number): void {
    this.#failures++
    if (this.#isProbing) this.#isGivenUp = true
    else if (this.#failures >= MOST_UNREACHABLE && this.#probeAt === undefined) this.#probeAt = now + PROBE_MS
  }
}
