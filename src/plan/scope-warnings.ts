import type { PlanOptions } from './plan-types.ts'
import { matcherOf } from './refspec-match.ts'
import { listNames } from './list-names.ts'

const MOST_NAMES = 5

/** What a person should know of a plan and cannot see in it. */
export function describeScope(
  o: PlanOptions,
  found: { readonly reserved: number; readonly deletes: number },
): readonly string[] {
  const warnings: string[] = []
  const missing = findMissing(o)
  if (missing.length > 0) {
    warnings.push(`refs names what the source does not have: ${listNames(missing, MOST_NAMES)}`)
  }
  if (found.reserved > 0) {
    const namespaces = (o.refspecs.reserved ?? []).map((pattern) => pattern.replace(/\*$/, ''))
    warnings.push(
      `left out ${found.reserved} ref${found.reserved === 1 ? '' : 's'} that hosts keep for themselves ` +
        `(${namespaces.join(', ')}); to mirror them, name them in refs`,
    )
  }
  if (o.prune && found.deletes > 0 && o.destination.symrefs === undefined) {
    warnings.push(
      'the destination does not tell which of its refs are symbolic: deleting one of those deletes what it names',
    )
  }
  return warnings
}

/** Refspecs of one name each whose name the source does not have. */
function findMissing(o: PlanOptions): readonly string[] {
  const wanted = o.refspecs.include.filter((spec) => !spec.pattern).map((spec) => spec.source)
  if (wanted.length === 0) return []
  const matcher = matcherOf(o.refspecs)
  const missing = new Set(wanted.filter((name) => !matcher.isExcluded(name)))
  for (const ref of o.source.refs) missing.delete(ref.name)
  return [...missing]
}
