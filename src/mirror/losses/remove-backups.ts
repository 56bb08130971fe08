import { findBackups, findExpired } from '../../plan/ours/backups.ts'
import { formatPlural } from '../../report/wording.ts'
import { type RemovalRun, removeRefs } from '../pieces/remove-refs.ts'
import type { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import type { DestinationContext } from '../state/context.ts'

/**
 * Removes old values that were kept long enough, and those that this run has kept of refs that have not moved after
 * all. Never fails a run but for its signal: what stays is tried again by the next.
 */
export async function removeBackups(
  run: RemovalRun & Pick<DestinationContext, 'options'>,
  session: ReceivePackSession,
): Promise<void> {
  const { backup } = run.options
  if (backup === undefined) return
  const { refs } = session.listing
  const backups = findBackups(refs, backup.prefixes)
  if (backups.length === 0) return
  const expired = new Set(findExpired(backups, { keepDays: backup.keepDays, now: Date.now() }))
  const values = new Map(refs.map(({ name, id }) => [name, id]))
  const needless = backups.filter(
    ({ name, ref, id }) => run.ledger.backups.has(name) && values.get(ref) === id,
  )
  const doomed = [...new Set([...expired, ...needless])]
  if (doomed.length === 0) return
  const { left, words } = await removeRefs(run, session, doomed)
  if (left.length > 0) {
    run.ledger.warn(
      `${formatPlural(left.length, 'old value')} could not be removed from the destination: ${words}. The next run tries again.`,
    )
  }
  const removed = [...expired].filter(({ name }) => !left.includes(name)).length
  if (removed > 0) {
    const days = formatPlural(backup.keepDays, 'day')
    run.ledger.note(
      `removed ${formatPlural(removed, 'old value')} that the destination had kept for more than ${days}`,
    )
  }
}
