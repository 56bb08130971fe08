import { setTimeout as sleep } from 'node:timers/promises'
import { readClock } from '../../base/clock.ts'

/** Milliseconds between the beginnings of two pieces of work. */
const STEP_MS = 2
/** Milliseconds that a timer may come late where the thread has time for more. */
const LATE_MS = 8
/** Milliseconds after which work begins in any case. */
const LONGEST_MS = 100

/**
 * Lets work begin one after the other, as long as the one thread that answers requests, too, is not held up: what has begun
 * goes on meanwhile, and its end makes room.
 */
export class Pace {
  #last: Promise<void> = Promise.resolve()

  /** Resolves when the caller may begin; in the order of the calls. Never throws. */
  async turn(): Promise<void> {
    const turn = this.#last.then(waitForRoom)
    this.#last = turn
    await turn
  }
}

async function waitForRoom(): Promise<void> {
  const limit = readClock() + LONGEST_MS
  for (;;) {
    const begun = readClock()
    await sleep(STEP_MS)
    const now = readClock()
    if (now - begun < STEP_MS + LATE_MS || now > limit) return
  }
}
