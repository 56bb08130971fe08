/** Who asked for a run: what is asked for by hand goes before hooks, and those before schedules. */
export type Cause = 'hand' | 'webhook' | 'schedule'

/** What a mirror does: `dirty` runs, and will once more. */
export type WorkState = 'idle' | 'waiting' | 'running' | 'dirty'

/** What a trigger means for a mirror that it names. */
export type Triggered =
  /** It was idle, and waits from now on. */
  | 'queued'
  /** It waits already, and goes before others from now on. */
  | 'raised'
  /** Nothing changes: it waits already, or runs and will run once more. */
  | 'joined'
  /** It runs, and will run once more. */
  | 'dirty'
  /** It runs: a schedule asks for no second run. */
  | 'ignored'

/** Someone who waits for runs to end. */
export interface Waiter<Outcome> {
  /** A run ended that began after this waiter came. */
  onEnd(key: string, outcome: Outcome): void
  /** A run began that this waiter came before. */
  onBegin(key: string): void
}

interface Slot<Outcome> {
  isRunning: boolean
  /** Of the next run; undefined: there is none. */
  next: Cause | undefined
  /** Those who wait for the next run, and for the one that runs. */
  nextWaiters: Set<Waiter<Outcome>>
  waiters: Set<Waiter<Outcome>>
}

const RANKS: Readonly<Record<Cause, number>> = { hand: 0, webhook: 1, schedule: 2 }

/** A lower one goes first. */
export function rankOf(cause: Cause): number {
  return RANKS[cause]
}

/**
 * What is to run, by key. However often a key is triggered while it runs, it runs once more; a waiter is told of the
 * first run that began after it came. Pure: starts nothing, and knows no time.
 */
export class Board<Outcome> {
  readonly #slots = new Map<string, Slot<Outcome>>()

  state(key: string): WorkState {
    const slot = this.#slots.get(key)
    if (slot === undefined) return 'idle'
    if (!slot.isRunning) return 'waiting'
    return slot.next === undefined ? 'running' : 'dirty'
  }

  trigger(key: string, cause: Cause, waiter?: Waiter<Outcome>): Triggered {
    const slot = this.#slots.get(key)
    if (slot === undefined) {
      const nextWaiters = new Set(waiter === undefined ? [] : [waiter])
      this.#slots.set(key, { isRunning: false, next: cause, nextWaiters, waiters: new Set() })
      return 'queued'
    }
    if (slot.isRunning && cause === 'schedule' && slot.next === undefined) return 'ignored'
    if (waiter !== undefined) slot.nextWaiters.add(waiter)
    const before = slot.next
    const isStronger = before === undefined || rankOf(cause) < rankOf(before)
    if (isStronger) slot.next = cause
    if (slot.isRunning) return before === undefined ? 'dirty' : 'joined'
    return isStronger ? 'raised' : 'joined'
  }

  /** Who waits for the run that goes on. */
  watchers(key: string): readonly Waiter<Outcome>[] {
    return [...(this.#slots.get(key)?.waiters ?? [])]
  }

  /** A run begins: who comes from now on waits for another one. */
  begin(key: string): void {
    const slot = this.#slots.get(key)
    if (slot === undefined || slot.isRunning) return
    slot.isRunning = true
    slot.next = undefined
    slot.waiters = slot.nextWaiters
    slot.nextWaiters = new Set()
    for (const waiter of slot.waiters) waiter.onBegin(key)
  }

  /** A run ended, or what waited is not going to run. @returns who asked for the next one; undefined: nobody */
  end(key: string, outcome: Outcome): Cause | undefined {
    const slot = this.#slots.get(key)
    if (slot === undefined) return undefined
    const told = slot.isRunning ? slot.waiters : slot.nextWaiters
    const next = slot.isRunning ? slot.next : undefined
    if (next === undefined) this.#slots.delete(key)
    else {
      slot.isRunning = false
      slot.waiters = new Set()
    }
    for (const waiter of told) waiter.onEnd(key, outcome)
    return next
  }

  /**
   * A waiter does not wait any more.
   * @returns what nobody else waits for or asked for: `waiting` may be taken back, `running` may be stopped
   */
  leave(key: string, waiter: Waiter<Outcome>): 'waiting' | 'running' | undefined {
    const slot = this.#slots.get(key)
    if (slot === undefined) return undefined
    if (slot.waiters.delete(waiter)) return slot.waiters.size === 0 ? 'running' : undefined
    if (!slot.nextWaiters.delete(waiter) || slot.nextWaiters.size > 0 || slot.next !== 'hand')
      return undefined
    if (!slot.isRunning) return 'waiting'
    slot.next = undefined
    return undefined
  }
}
