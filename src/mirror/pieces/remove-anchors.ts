import { toMirrorError } from '../../base/errors.ts'
import { isAnchor } from '../../plan/anchors.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import type { PiecesRun } from './pieces-run.ts'

/** Removes the anchors of this run and of earlier ones. Never fails a run: what stays is removed by the next. */
export async function removeAnchors(
  run: Pick<PiecesRun, 'server' | 'signal' | 'mode' | 'ledger'>,
  session: ReceivePackSession,
): Promise<void> {
  const { mode } = run
  const anchors = session.listing.refs.filter((ref) => isAnchor(ref.name))
  let current = session
  try {
    for (let from = 0; from < anchors.length; from += mode.maxRefs) {
      if (!current.usable) current = await ReceivePackSession.open(run.server)
      const part = anchors.slice(from, from + mode.maxRefs)
      await current.push({
        commands: part.map((ref) => ({ kind: 'delete', ref: ref.name, old: ref.id })),
        atomic: false,
        plain: !mode.agent,
        pack: undefined,
      })
      if (!current.forgets) await current.close()
    }
  } catch (error) {
    run.signal.throwIfAborted()
    const words = toMirrorError(error, { code: 'cut' }).message
    run.ledger.warn(`refs of a transfer in pieces stay until the next run: ${words}`)
  }
}
