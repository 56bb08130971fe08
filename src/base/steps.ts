/** Items between two places where long work may be interrupted. */
export const STEP_ITEMS = 8192

/** Long work that stops now and then, so that whoever runs it can look whether it is still wanted. */
export type Steps<T> = Generator<undefined, T, undefined>

/** Runs the work without a stop. */
export function runToEnd<T>(steps: Steps<T>): T {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

export function* forEachInSteps<T>(items: Iterable<T>, act: (item: T) => void): Steps<void> {
  let count = 0
  for (const item of items) {
    if (++count % STEP_ITEMS === 0) yield
    act(item)
  }
}

export function* filterInSteps<T>(
  items: readonly T[],
  isKept: (item: T, at: number) => boolean,
): Steps<readonly T[]> {
  const kept: T[] = []
  for (let at = 0; at < items.length; at++) {
    if (at % STEP_ITEMS === STEP_ITEMS - 1) yield
    const item = items[at]!
    if (isKept(item, at)) kept.push(item)
  }
  return kept
}

export function* someInSteps<T>(items: Iterable<T>, isSo: (item: T) => boolean): Steps<boolean> {
  let count = 0
  for (const item of items) {
    if (++count % STEP_ITEMS === 0) yield
    if (isSo(item)) return true
  }
  return false
}

/** Adds what `make` makes of each item to `into`. */
export function* mapInSteps<T, R>(into: R[], items: Iterable<T>, make: (item: T) => R): Steps<void> {
  yield* forEachInSteps(items, (item) => into.push(make(item)))
}
