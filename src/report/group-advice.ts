import type { RejectedRef } from './result.ts'

/** Refs that were rejected for the same cause. */
export interface AdviceGroup {
  /** What it means and what to do about it; undefined where nobody knows. */
  readonly advice: string | undefined
  readonly refs: readonly RejectedRef[]
}

/** The rejected refs by their advice, so that it is said once; groups and their refs in the order of `rejected`. */
export function groupAdvice(rejected: readonly RejectedRef[]): readonly AdviceGroup[] {
  const groups = new Map<string, RejectedRef[]>()
  for (const ref of rejected) {
    const key = ref.adviceId ?? ref.advice ?? ''
    const refs = groups.get(key)
    if (refs === undefined) groups.set(key, [ref])
    else refs.push(ref)
  }
  return Array.from(groups.values(), (refs) => ({ advice: refs[0]?.advice, refs }))
}
