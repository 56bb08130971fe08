import { filterInSteps } from '../../base/steps.ts'
import { runInTurns } from '../../base/turns.ts'
import { type MirrorError, toMirrorError } from '../../base/errors.ts'
import { isAnchor } from '../../plan/anchors.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import { type RemovalRun, removeRefs } from './remove-refs.ts'

/**
 * Removes the anchors of this run and of earlier ones, and says which stay. Never fails a run but for its signal:
 * what stays is tried again by the next.
 */
export async function removeAnchors(run: RemovalRun, session: ReceivePackSession): Promise<void> {
  const anchors = await runInTurns(
    filterInSteps(session.listing.refs, (ref) => isAnchor(ref.name)),
    run.signal,
  )
  const { left, words } = await removeRefs(run, session, anchors)
  run.ledger.keepLeftovers(left)
  if (left.length > 0) run.ledger.warn(`${countRefs(left)} could not be removed: ${words}. ${TRIES_AGAIN}`)
}

const TRIES_AGAIN = 'The next run tries again.'

/**
 * A run has failed: what it left of a transfer in pieces stays for the next run where the failure passes, and is
 * removed where it does not. Either way the result names what stays. Never throws.
 */
export async function settleAnchors(
  run: RemovalRun & { readonly onClosing: (closed: Promise<void>) => void },
  error: MirrorError,
): Promise<void> {
  const anchors = run.ledger.leftovers
  if (anchors.length === 0) return
  if (run.signal.aborted || isPassing(error)) {
    run.ledger.warn(
      `${countRefs(anchors)} stay at the destination: they keep what has arrived. The next run goes on behind it, and removes them.`,
    )
    return
  }
  try {
    const session = await ReceivePackSession.open(run.server)
    await removeAnchors(run, session)
    run.onClosing(session.leave())
    if (run.ledger.leftovers.length === 0)
      run.ledger.note('removed what had arrived of the history in pieces')
  } catch (thrown) {
    const words = toMirrorError(thrown, { code: 'cut' }).message
    run.ledger.warn(`${countRefs(anchors)} stay at the destination: ${words}. The next run removes them.`)
  }
}

function isPassing(error: MirrorError): boolean {
  return error.retryable || error.code === 'cancelled' || error.code === 'race' || error.code === 'limit'
}

function countRefs(names: readonly string[]): string {
  const [first = ''] = names
  const folder = first.slice(0, first.lastIndexOf('/') + 1)
  return `${names.length} ref${names.length === 1 ? '' : 's'} of ours below ${folder}`
}
