import type { AdvertisedRef } from '../../protocol/advertisement.ts'

/** Notes of rules that a run has lifted: a run that is killed leaves them for the next one. */
export const LIFTED_PREFIX = 'refs/kalandra/lifted/'

/** For servers that take nothing but branches and tags. */
export const LIFTED_TAG_PREFIX = 'refs/tags/kalandra-lifted/'

/** In the order in which they are tried. */
export const LIFTED_PREFIXES: readonly string[] = [LIFTED_PREFIX, LIFTED_TAG_PREFIX]

/** A rule of the host that a run has lifted, and the ref that says so. */
export interface LiftedNote {
  /** The ref. */
  readonly name: string
  /** What the host calls the rule: a branch or a pattern. */
  readonly rule: string
  /** What the ref points to; it means nothing. */
  readonly id: string
}

export function isLifted(name: string): boolean {
  return LIFTED_PREFIXES.some((prefix) => name.startsWith(prefix))
}

/** The ref that says that `rule` is lifted: every character that a part of a ref name could not hold is written as `%2A`. */
export function liftedName(prefix: string, rule: string): string {
  const bytes = [...Buffer.from(rule)].map((byte) => {
    const letter = String.fromCharCode(byte)
    return /[\w-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  })
  return `${prefix}${bytes.join('')}`
}

/** The notes among some refs. What is below our names and was not written by us is none. */
export function findLifted(refs: readonly AdvertisedRef[]): readonly LiftedNote[] {
  return refs.flatMap(({ name, id }) => {
    const prefix = LIFTED_PREFIXES.find((one) => name.startsWith(one))
    if (prefix === undefined) return []
    const rule = readRule(name.slice(prefix.length))
    return rule === undefined ? [] : [{ name, rule, id }]
  })
}

function readRule(written: string): string | undefined {
  try {
    const rule = decodeURIComponent(written)
    return liftedName('', rule) === written && rule !== '' ? rule : undefined
  } catch {
    return undefined
  }
}
