import { MirrorError } from '../base/errors.ts'
import type { RefspecSet } from './refspec.ts'
import type { DestinationRefs, Plan, SourceRefs } from './plan-types.ts'
import { findConflicts } from './name-conflicts.ts'
import { runToEnd } from '../base/steps.ts'
import { listNames } from './list-names.ts'
import { printableLine } from '../base/printable.ts'

export interface GuardOptions {
  readonly plan: Plan
  readonly source: SourceRefs
  readonly destination: DestinationRefs
  readonly options: {
    readonly prune: boolean
    readonly maxDeletions: number
    readonly atomic: boolean
    readonly refspecs: RefspecSet
  }
  /** Refs of the destination that this run has deleted: `max-deletions` counts them, too. */
  readonly deletedBefore?: ReadonlySet<string> | undefined
  /** The destination's receive-pack offers `atomic`. */
  readonly atomicAdvertised: boolean
  readonly maxRefsPerPush: number
}

const NAMES_SHOWN = 5

/**
 * Stops a run before its first write when what it would do is probably not what was meant, or cannot work.
 * @throws MirrorError `guard` (or `format`): says what was about to happen and which input allows it.
 */
export function checkGuards(given: GuardOptions): void {
  guardFormat(given)
  guardDeletions(given)
  if (given.options.atomic && countUpdates(given.plan) > 0) guardAtomic(given)
}

/** An empty source of an old server does not tell its format (I1). */
function guardFormat({ source, destination }: GuardOptions): void {
  if (source.refs.length === 0 || source.format === destination.format) return
  throw new MirrorError(`the source uses ${source.format}, the destination ${destination.format}`, {
    code: 'format',
    side: 'destination',
    hint: `Mirror to a repository that was made for ${source.format}: git init --object-format=${source.format}`,
  })
}

function guardDeletions({ plan, options, deletedBefore = new Set() }: GuardOptions): void {
  const names = deletedNames(plan)
  if (!options.prune || names.length === 0) return
  const what = `${names.length} ref${names.length === 1 ? '' : 's'} of the destination would be deleted (${listNames(names, NAMES_SHOWN)})`
  if (plan.inScope === 0) {
    const scope = options.refspecs.texts.map((text) => printableLine(text, 100)).join(', ')
    // Only what is in scope was asked for: a source without any ref looks the same.
    throw guardError(
      `the source shows no ref in scope (${scope}), and ${what}`,
      'Check the address and the token of the source, and refs. Set prune: false to keep these refs.',
    )
  }
  const count = deletedBefore.size + names.filter((name) => !deletedBefore.has(name)).length
  if (count > options.maxDeletions) {
    const before = deletedBefore.size === 0 ? '' : ` after ${deletedBefore.size} that this run has deleted`
    throw guardError(
      `${what}${before}, more than max-deletions allows (${options.maxDeletions})`,
      `If that is right, set max-deletions: ${count} or unlimited; set prune: false to keep these refs.`,
    )
  }
}

function guardAtomic({ plan, atomicAdvertised, maxRefsPerPush }: GuardOptions): void {
  const hint = 'Set atomic: false to move each ref for itself.'
  if (!atomicAdvertised) throw guardError('the destination does not offer atomic pushes', hint)
  const rejected = plan.heldBack.filter((ref) => !ref.warning)
  const [first] = rejected
  if (first !== undefined) {
    const names = listNames(
      rejected.map((ref) => ref.ref),
      NAMES_SHOWN,
    )
    throw guardError(
      `atomic wants all refs or none, and ${names} cannot be pushed: ${printableLine(first.reason, 300)}`,
      `Leave out of refs what cannot be pushed. ${hint}`,
    )
  }
  if (plan.updates.length > maxRefsPerPush) {
    throw guardError(
      `atomic wants one push, and ${plan.updates.length} refs are more than one push takes (${maxRefsPerPush})`,
      `Raise max-refs-per-push if the destination takes more. ${hint}`,
    )
  }
  if (plan.defaultBranchDelete !== undefined && plan.updates.length > 0) {
    const name = printableLine(plan.defaultBranchDelete.ref, 200)
    throw guardError(
      `atomic wants one push, and ${name}, the default branch of the destination, can only be deleted last and alone`,
      `Make another branch the default one at the destination first. ${hint}`,
    )
  }
  const conflict = findSwap(plan)
  if (conflict !== undefined) {
    const [created, deleted] = conflict.map((name) => printableLine(name, 200))
    throw guardError(
      `${created} can only be created after ${deleted} is gone, which no server does in one atomic push`,
      hint,
    )
  }
}

/** A ref that is created in the place of a deleted folder, or the other way round (G12). */
function findSwap(plan: Plan): readonly [created: string, deleted: string] | undefined {
  const deleted = plan.updates.filter((update) => update.action === 'delete').map((update) => update.ref)
  const creates = plan.updates.filter((update) => update.action === 'create').map((update) => update.ref)
  if (deleted.length === 0) return undefined
  const names = new Set(deleted)
  const [conflict] = runToEnd(findConflicts({ staying: deleted, stays: (name) => names.has(name), creates }))
  return conflict
}

function deletedNames(plan: Plan): readonly string[] {
  const names = plan.updates.filter((update) => update.action === 'delete').map((update) => update.ref)
  return plan.defaultBranchDelete === undefined ? names : [...names, plan.defaultBranchDelete.ref]
}

function countUpdates(plan: Plan): number {
  return plan.updates.length + (plan.defaultBranchDelete === undefined ? 0 : 1)
}

function guardError(message: string, hint: string): MirrorError {
  return new MirrorError(message, { code: 'guard', side: 'destination', hint })
}
