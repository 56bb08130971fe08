import { loadCrypto } from '../../base/crypto.ts'
import { STEP_ITEMS, type Steps } from '../../base/steps.ts'
import { runInTurns } from '../../base/turns.ts'
import type { Fetching, FetchQuestion } from '../sessions/fetching.ts'
import { teeFetching } from './tee-pack.ts'

/** A destination that has not asked by then is not waited for. */
const LONGEST_WAIT_MS = 3000

interface Waiting {
  readonly question: FetchQuestion
  readonly key: string
  readonly resolve: (fetching: Fetching) => void
  readonly reject: (error: unknown) => void
}

/** One destination's part in the shared fetching of a run. */
export interface Participant {
  /**
   * Asks the source; until it has got a pack, its questions may be answered together with others'.
   * @throws what the fetch throws.
   */
  fetch(question: FetchQuestion): Promise<Fetching>
  /** It does not ask now: the others need not wait for its question. */
  pass(): void
  /** The destination is done: it asks no more, and reads no more of what it asked for. */
  leave(): void
}

export interface SharedFetch {
  join(): Participant
}

export interface SharedFetchOptions {
  readonly fetch: (question: FetchQuestion) => Promise<Fetching>
  readonly onShared: (count: number) => void
  readonly signal: AbortSignal
}

/**
 * Lets the destinations of one run that ask the source the very same question share one answer, and its pack. All
 * join before the first asks; a question waits until every other destination that has no pack yet has asked or
 * passed, or for three seconds.
 */
export function createSharedFetch(options: SharedFetchOptions): SharedFetch {
  const desk = new Desk(options)
  return { join: () => new Seat(desk, options) }
}

/** Where questions wait for each other. */
class Desk {
  readonly #options: SharedFetchOptions
  /** Destinations that may still ask. */
  #expected = 0
  #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(options: SharedFetchOptions) {
    this.#options = options
  }

  get expected(): number {
    return this.#expected
  }

  join(): void {
    this.#expected++
  }

  leave(): void {
    this.#expected--
    this.#serveWhenAllAsked()
  }

  async ask(question: FetchQuestion): Promise<Fetching> {
    const key = await runInTurns(keyOf(question), this.#options.signal)
    return await new Promise<Fetching>((resolve, reject) => {
      this.#waiting.push({ question, key, resolve, reject })
      this.#serveWhenAllAsked()
    })
  }

  #serveWhenAllAsked(): void {
    if (this.#waiting.length === 0) return
    if (this.#waiting.length >= this.#expected) this.#serveAll()
    else this.#timer ??= setTimeout(() => this.#serveAll(), LONGEST_WAIT_MS)
  }

  #serveAll(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const groups = new Map<string, Waiting[]>()
    for (const one of this.#waiting) groups.set(one.key, [...(groups.get(one.key) ?? []), one])
    this.#waiting = []
    for (const group of groups.values()) void this.#serve(group)
  }

  async #serve(group: readonly Waiting[]): Promise<void> {
    try {
      const fetching = await this.#options.fetch(group[0]!.question)
      if (group.length === 1 || fetching.answer.pack === undefined) {
        for (const one of group) one.resolve(fetching)
        return
      }
      this.#options.onShared(group.length)
      for (const [index, view] of teeFetching(fetching, group.length).entries()) group[index]!.resolve(view)
    } catch (error) {
      for (const one of group) one.reject(error)
    }
  }
}

class Seat implements Participant {
  readonly #desk: Desk
  readonly #options: SharedFetchOptions
  #isExpected = true
  #hasLeft = false
  /** A reader that stops early would block the others once the buffer is full; so it must cancel. */
  #given: Fetching | undefined

  constructor(desk: Desk, options: SharedFetchOptions) {
    this.#desk = desk
    this.#options = options
    desk.join()
  }

  async fetch(question: FetchQuestion): Promise<Fetching> {
    const isAlone = !this.#isExpected || this.#desk.expected <= 1
    const given = isAlone ? await this.#options.fetch(question) : await this.#desk.ask(question)
    this.#given = given
    if (this.#hasLeft) given.cancel()
    if (given.answer.pack !== undefined) this.pass()
    return given
  }

  pass(): void {
    if (!this.#isExpected) return
    this.#isExpected = false
    this.#desk.leave()
  }

  leave(): void {
    this.#hasLeft = true
    this.#given?.cancel()
    this.pass()
  }
}

function* keyOf(question: FetchQuestion): Steps<string> {
  const { wants, haves, ...rest } = question
  const hash = loadCrypto().createHash('sha256')
  hash.update(JSON.stringify(rest))
  for (let from = 0; from < wants.length; from += STEP_ITEMS) {
    yield
    hash.update(`w${wants.slice(from, from + STEP_ITEMS).join('w')}`)
  }
  hash.update(`h${haves.toSorted().join('h')}`)
  return hash.digest('hex')
}
