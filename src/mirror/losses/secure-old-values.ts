import { MirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import { backupName, findBackups, freeBackupTime } from '../../plan/ours/backups.ts'
import { listNames } from '../../plan/list-names.ts'
import { isDelete, type RefUpdate } from '../../plan/plan-types.ts'
import { nullId } from '../../protocol/object-id.ts'
import { formatPlural } from '../../report/wording.ts'
import { type ForceLabels, questions } from './force-labels.ts'
import { askAncestry } from '../history/ancestry.ts'
import type { ReceiveListing, ReceivePackSession } from '../sessions/receive-pack-session.ts'
import { withRetries } from '../sessions/retry.ts'
import type { DestinationContext } from '../state/context.ts'
import type { Learned } from '../state/learned.ts'
import type { Ledger } from '../state/ledger.ts'

/** With more branches than this, none is asked about: each counts as one that may be overwritten. */
const MOST_QUESTIONS = 2000

const MOST_NAMES = 5

/** What is pushed now, and what once the listing shows what that keeps. */
export interface SecuredRound {
  readonly updates: readonly RefUpdate[]
  readonly later: readonly RefUpdate[]
  readonly labels: ForceLabels | undefined
}

export interface SecureOptions {
  readonly updates: readonly RefUpdate[]
  readonly session: ReceivePackSession
  readonly learned: Learned
  readonly ledger: Ledger
}

/**
 * With `backup`, a ref is overwritten or deleted only when the listing shows its old value under a name of ours. Those
 * names are made by a push of their own: a server may refuse some refs of a push that it calls atomic and move the
 * others (git's receive-pack does so for hidden refs).
 * @throws MirrorError `guard` where all refs or none are to move and an old value cannot be kept
 */
export async function secureOldValues(
  context: DestinationContext,
  secure: SecureOptions,
): Promise<SecuredRound> {
  const { options } = context
  const { updates, session, learned, ledger } = secure
  const { backup } = options
  if (backup === undefined || options.dryRun || updates.length === 0) {
    return { updates, later: [], labels: undefined }
  }
  const labels = await askForced(context, ledger, updates)
  const isStanding = standingBackups(session.listing, ledger, backup.prefixes)
  const open = updates.filter((update) => losesValue(update, labels, options.force) && !isStanding(update))
  if (open.length === 0) return { updates, later: [], labels }
  const prefix = backup.prefixes[learned.backups.prefixAt]
  if (prefix === undefined) {
    holdBack(open, { ledger, reason: learned.backups.reason, atomic: options.atomic })
    const held = new Set(open)
    return { updates: updates.filter((update) => !held.has(update)), later: [], labels }
  }
  const backups = makeBackups(open, session.listing, prefix)
  return { updates: backups, later: updates, labels }
}

function makeBackups(
  open: readonly RefUpdate[],
  { refs, format }: ReceiveListing,
  prefix: string,
): readonly RefUpdate[] {
  const taken = new Set(refs.map(({ name }) => name))
  const names = open.map(({ ref }) => ref)
  const time = freeBackupTime(names, taken, { prefix, now: Date.now() })
  const none = nullId(format)
  return open.map(({ ref, old }) => ({
    ref: backupName(prefix, time, ref),
    sourceRef: undefined,
    action: 'create',
    old: none,
    new: old,
    reason: 'keeps an old value',
    keeps: ref,
  }))
}

/** Whether this run has kept the old value of an update, by what the destination shows now. */
function standingBackups(
  { refs }: ReceiveListing,
  { backups }: Ledger,
  prefixes: readonly string[],
): (update: RefUpdate) => boolean {
  if (backups.size === 0) return () => false
  const kept = findBackups(refs, prefixes).filter(({ name }) => backups.has(name))
  const values = new Set(kept.map(({ ref, id }) => `${id} ${ref}`))
  return ({ ref, old }) => values.has(`${old} ${ref}`)
}

function losesValue(update: RefUpdate, labels: ForceLabels, force: boolean): boolean {
  if (isDelete(update) || update.action === 'force') return true
  if (update.action !== 'update') return false
  // With `force: false` what is left was found to be a fast-forward.
  if (!force && update.forced !== true) return false
  return labels.get(update.ref) !== true
}

/** Which updates are fast-forwards, as far as the source can tell. */
async function askForced(
  { options, source, signal }: DestinationContext,
  ledger: Ledger,
  updates: readonly RefUpdate[],
): Promise<ForceLabels> {
  const asked = questions(updates).filter((update) => options.force || update.forced === true)
  const labels = new Map<string, boolean>()
  if (asked.length === 0 || asked.length > MOST_QUESTIONS) return labels
  ledger.figures.enter('negotiate')
  try {
    const answers = await withRetries(() => askAncestry(source.questions, asked), {
      retries: options.retries,
      signal,
      onRetry: (error, delay) =>
        ledger.note(`asking the source again in ${(delay / 1000).toFixed(1)} s: ${error.message}`),
    })
    for (const [index, { ref }] of asked.entries()) {
      const answer = answers[index]
      if (answer !== undefined) labels.set(ref, answer)
    }
  } catch {
    signal.throwIfAborted()
    // What nobody can tell counts as overwritten: an old value too many harms nothing.
  }
  return labels
}

/** No namespace is left: nothing is overwritten without its old value. */
function holdBack(
  open: readonly RefUpdate[],
  given: { readonly ledger: Ledger; readonly reason: string; readonly atomic: boolean },
): void {
  const { ledger, atomic } = given
  const reason = printableLine(given.reason, 300)
  const names = open.map(({ ref }) => ref)
  if (atomic) {
    throw new MirrorError(
      `atomic: true was asked for, and the old values of ${formatPlural(names.length, 'ref')} cannot be kept (${listNames(names, MOST_NAMES)}): ${reason}`,
      { code: 'guard', side: 'destination', hint: ADVICE },
    )
  }
  for (const { ref, action } of open) {
    ledger.reject({
      ref,
      action,
      reason: `its old value cannot be kept at the destination: ${reason}`,
      advice: ADVICE,
      warning: false,
    })
  }
}

const ADVICE =
  'Let backup name a namespace that the destination takes, such as refs/heads/backup/, or set backup: false to overwrite without keeping.'
