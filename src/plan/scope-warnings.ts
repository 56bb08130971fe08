import type { PlanOptions } from './plan-types.ts'
import { matcherOf } from './refspec-match.ts'
import { printableLine } from '../base/printable.ts'
import { listNames } from './list-names.ts'

const NAMES_SHOWN = 5

/** What a person should know of a plan and cannot see in it. */
export function describeScope(
  options: PlanOptions,
  found: {
    readonly inScope: number
    /** Source refs that a wide pattern left out, and the namespaces of those. */
    readonly reserved: number
    readonly namespaces: Iterable<string>
    readonly deletes: number
  },
): readonly string[] {
  const warnings: string[] = []
  const missing = findMissing(options)
  if (missing.length > 0) {
    warnings.push(`refs names what the source does not have: ${listNames(missing, NAMES_SHOWN)}`)
  }
  if (found.inScope === 0 && missing.length === 0) {
    const scope = options.refspecs.texts.map((text) => printableLine(text, 100)).join(', ')
    const count = options.source.refs.length
    const has = count === 0 ? 'no refs' : `${count} ref${count === 1 ? '' : 's'}, and none`
    warnings.push(`the source shows ${has} in scope (${scope}): check its address, its token, and refs`)
  }
  if (found.reserved > 0) {
    const namespaces = [...found.namespaces].map((pattern) => pattern.replace(/\*$/, ''))
    warnings.push(
      `left out ${found.reserved} ref${found.reserved === 1 ? '' : 's'} that hosts keep for themselves ` +
        `(${namespaces.join(', ')}); to mirror them, name them in refs`,
    )
  }
  if (options.prune && found.deletes > 0 && options.destination.symrefs === undefined) {
    warnings.push(
      'the destination does not tell which of its refs are symbolic: deleting one of those deletes what it names',
    )
  }
  return warnings
}

/** Refspecs of one name each whose name the source does not have. */
function findMissing(options: PlanOptions): readonly string[] {
  const wanted = options.refspecs.include.filter((spec) => !spec.pattern).map((spec) => spec.source)
  if (wanted.length === 0) return []
  const matcher = matcherOf(options.refspecs)
  const missing = new Set(wanted.filter((name) => !matcher.isExcluded(name)))
  for (const ref of options.source.refs) missing.delete(ref.name)
  return [...missing]
}
