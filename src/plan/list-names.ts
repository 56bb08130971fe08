import { printableLine } from '../base/printable.ts'

/** `a, b and 12 more`, fit to print. */
export function listNames(names: readonly string[], most: number): string {
  const some = names.slice(0, most).map((name) => printableLine(name, 100))
  const more = names.length - some.length
  return more > 0 ? `${some.join(', ')} and ${more} more` : some.join(', ')
}
