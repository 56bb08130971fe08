import { type MirrorError, toMirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { PushReport } from '../../protocol/report-status.ts'
import { isAnchor } from '../../plan/anchors.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import type { PiecesRun } from './pieces-run.ts'

type AnchorsRun = Pick<PiecesRun, 'server' | 'signal' | 'mode' | 'ledger'>

/**
 * Removes the anchors of this run and of earlier ones, and says which stay. Never fails a run but for its signal:
 * what stays is tried again by the next.
 */
export async function removeAnchors(run: AnchorsRun, session: ReceivePackSession): Promise<void> {
  const anchors = session.listing.refs.filter((ref) => isAnchor(ref.name))
  let current = session
  const left = new Set(anchors.map((ref) => ref.name))
  let words = ''
  try {
    for (let from = 0; from < anchors.length; from += run.mode.maxRefs) {
      if (!current.usable) current = await ReceivePackSession.open(run.server)
      const part = anchors.slice(from, from + run.mode.maxRefs)
      const report = await current.push({
        commands: part.map((ref) => ({ kind: 'delete', ref: ref.name, old: ref.id })),
        atomic: false,
        plain: !run.mode.agent,
        pack: undefined,
      })
      for (const { name } of part) {
        if (isRemoved(report, name)) left.delete(name)
        else words ||= reasonOf(report, name)
      }
      if (!current.forgets) await current.close()
    }
  } catch (error) {
    run.signal.throwIfAborted()
    words = toMirrorError(error, { code: 'cut' }).message
  }
  run.ledger.keepLeftovers([...left])
  if (left.size > 0) run.ledger.warn(`${countRefs([...left])} could not be removed: ${words}. ${TRIES_AGAIN}`)
}

const TRIES_AGAIN = 'The next run tries again.'

function reasonOf(report: PushReport | undefined, name: string): string {
  const answer = report?.refs.get(name)
  return answer === undefined || answer.ok ? 'the server did not say why' : printableLine(answer.reason)
}

/** A server without report-status says nothing: its next listing does. */
function isRemoved(report: PushReport | undefined, name: string): boolean {
  return report === undefined || report.refs.get(name)?.ok === true
}

/**
 * A run has failed: what it left of a transfer in pieces stays for the next run where the failure passes, and is
 * removed where it does not. Either way the result names what stays. Never throws.
 */
export async function settleAnchors(
  run: AnchorsRun & { readonly onClosing: (closed: Promise<void>) => void },
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
