import { MirrorError, toMirrorError } from '../base/errors.ts'
import { negotiate } from './history/negotiate.ts'
import { sendPieces } from './pieces/send-pieces.ts'
import { pushBatches } from './push/push-batches.ts'
import { type PushOutcome, emptyOutcome } from './push/push-outcome.ts'
import type { DestinationRun } from './state/destination-state.ts'
import type { Fetching } from './sessions/fetching.ts'
import { type PlannedPush, isStillWanted, needsOf, wantsOf } from './planned-round.ts'
import { batchesOf } from './push/batches.ts'

/**
 * Asks the source for what the destination lacks and pushes it with the ref commands.
 * @throws MirrorError `guard`; the signal's reason. Everything else is in the outcome.
 */
export async function pushPlan(run: DestinationRun, planned: PlannedPush): Promise<PushOutcome> {
  const { updates } = planned
  let { session } = planned
  run.figures.enter('negotiate')
  if (!isStillWanted(planned)) planned.early?.cancel()
  let fetching: Fetching | undefined
  let needs = needsOf(run, planned)
  try {
    const { maxBytes } = run.manner
    let rest: Fetching | undefined
    if (run.manner.pieces && maxBytes !== undefined && needs.wants.length > 0) {
      run.pack.pass()
      const sent = await sendPieces(run, session, { wants: needs.wants, haves: needs.haves, maxBytes })
      session = sent.session
      rest = sent.rest
      needs = { ...needs, haves: [...sent.ids, ...needs.haves] }
    }
    fetching = rest ?? (isStillWanted(planned) ? await planned.early.fetching : await negotiate(needs))
  } catch (thrown) {
    session.abort(thrown)
    run.signal.throwIfAborted()
    const error = toMirrorError(thrown, { code: 'cut', side: 'source', retryable: true })
    if (error.code === 'guard' || isFinal(error)) throw error
    const { lastBytes: bytes, lastStarved: starved } = run.pieces
    return { ...emptyOutcome(updates, error), bytes, starved }
  }
  run.figures.enter('transfer')
  const text = `pushing ${updates.length} ref${updates.length === 1 ? '' : 's'} to ${run.server.remote.label}`
  run.reporter({ kind: 'phase', phase: 'transfer', destination: run.server.remote.label, text })
  return await pushBatches(run, {
    batches: batchesOf(run, updates),
    fetching,
    held: session,
    fetchAgain: async (some, arrived) => {
      const known = new Set(arrived)
      const wants = wantsOf(session, some).filter((id) => !known.has(id))
      return await negotiate({ ...needs, wants, haves: [...arrived, ...needs.haves] })
    },
  })
}

/** What cannot be cut: no smaller piece helps. A server's own refusal has a status or words. */
function isFinal(error: MirrorError): boolean {
  return error.code === 'too-large' && error.status === undefined && error.serverText === undefined
}

/** For a dry run: would the push be refused because the repositories share no history? @throws MirrorError `guard`. */
export async function checkRelation(run: DestinationRun, planned: PlannedPush): Promise<void> {
  await negotiate({ ...needsOf(run, planned), wants: [] })
}
