import { setImmediate as nextTurn } from 'node:timers/promises'
import { forEachInSteps, type Steps } from './steps.ts'

/** Milliseconds of work after which timers, sockets and signals get their turn. */
const TURN_MS = 50

/** Lets timers, sockets and signals have their turn. */
export async function turn(): Promise<void> {
  await nextTurn()
}

/** As `turn`. @throws the reason of `signal`. */
export async function giveTurn(signal: AbortSignal): Promise<void> {
  await nextTurn()
  signal.throwIfAborted()
}

/** Runs long work in turns. @throws whatever it throws; the reason of `signal`. */
export async function runInTurns<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  let began = performance.now()
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value
    if (performance.now() - began < TURN_MS) continue
    await giveTurn(signal)
    began = performance.now()
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
