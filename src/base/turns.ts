import { readClock } from './clock.ts'
import { forEachInSteps, type Steps } from './steps.ts'

/** Milliseconds of work after which timers, sockets and signals get their turn. */
const TURN_MS = 50

/** Lets timers, sockets and signals have their turn. */
export async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

/** As `turn`. @throws the reason of `signal`. */
export async function giveTurn(signal: AbortSignal): Promise<void> {
  await turn()
  signal.throwIfAborted()
}

/** Runs long work in turns. @throws whatever it throws; the reason of `signal`. */
export async function runInTurns<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let began = readClock()
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value
    if (readClock() - began < TURN_MS) continue
    await giveTurn(signal)
    began = readClock()
  }
}

/** Calls `act` with each item, in turns. @throws whatever it throws; the reason of `signal`. */
export async function forEachInTurns<T>(
  items: Iterable<T>,
  act: (item: T) => void,
  signal: AbortSignal,
): Promise<void> {
  await runInTurns(forEachInSteps(items, act), signal)
}
