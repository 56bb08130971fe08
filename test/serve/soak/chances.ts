import { createRandom } from '../../support/fault-plan.ts'

/** Chances that are the same for the same seed. */
export interface Chances {
  /** Whether something of this share, from 0 to 1, comes true. */
  holds(share: number): boolean
  /** A whole number from `least` up to and with `most`. */
  between(least: number, most: number): number
  oneOf<Value>(values: readonly [Value, ...Value[]]): Value
  /** One of the keys, as often as its weight says. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key
}

export function makeChances(seed: number): Chances {
  const next = createRandom(seed)
  const between: Chances['between'] = (least, most) => least + Math.floor(next() * (most - least + 1))
  return {
    holds: (share) => next() < share,
    between,
    oneOf: (values) => values[between(0, values.length - 1)]!,
    weighted(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][]
      let point = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of entries) {
        point -= weight
        if (point < 0) return key
      }
      return entries.at(-1)![0]
    },
  }
}
