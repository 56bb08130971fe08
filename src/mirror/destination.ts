import { MirrorError, toMirrorError } from '../base/errors.ts'
import { withAdvice } from '../advice/advise.ts'
import { isSameFolder } from '../transport/address/same-folder.ts'
import { settlePush } from './push/verdict.ts'
import { removeAnchors } from './pieces/remove-anchors.ts'
import type { PushOutcome } from './push/push-outcome.ts'
import { ReceivePackSession } from './sessions/receive-pack-session.ts'
import type { DestinationResult } from '../report/result.ts'
import { retryDelay, waitFor, withRetries } from './sessions/retry.ts'
import { type DestinationRun, notice } from './state/destination-state.ts'
import { decideNext } from './push/next-step.ts'
import type { Planned } from './planned-round.ts'
import { planRound } from './plan-round.ts'
import { questions, FEW_LABELS, askLabels } from './force-labels.ts'
import { checkRelation, pushPlan } from './push-round.ts'

/** Rounds of listing, planning and pushing; a destination that keeps moving is given up after these. */
const MOST_ROUNDS = 60

/**
 * Brings one destination to the state of the source: list, plan, guard, push, and list again, until the
 * listing shows that nothing is left to do, or that what is left was refused. The listing after a push is
 * its verification and the next round's beginning.
 */
export async function runDestination(run: DestinationRun): Promise<DestinationResult> {
  try {
    await runRounds(run)
  } catch (thrown) {
    const error = toMirrorError(run.signal.aborted ? run.signal.reason : thrown, {
      code: 'cut',
      side: 'destination',
    })
    const isSource = error.side === 'source'
    const { host } = isSource ? run.source.uploadPack.server : run.server
    run.error = withAdvice(error, { lines: isSource ? [] : run.lines, host })
  }
  run.pack.leave()
  return resultOf(run)
}

async function runRounds(run: DestinationRun): Promise<void> {
  await refuseSelf(run)
  let last: PushOutcome | undefined
  /** A push that broke off: the server may have finished it after the listing that followed. */
  let late: PushOutcome | undefined
  let labels: Promise<ReadonlyMap<string, boolean>> | undefined
  let failures = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const session = await list(run, last === undefined ? 'list' : 'verify')
    let planned: Planned
    try {
      if (last !== undefined) {
        const source = await run.source.listing()
        const verdicts = await settlePush(run, last, session.listing, await soon(labels))
        const next = decideNext(run, last, verdicts, failures)
        if (next.kind === 'fail') throw next.error
        if (next.kind === 'retry') {
          failures++
          const delay = retryDelay(failures, next.error.retryAfter)
          notice(
            run,
            'info',
            `trying again in ${(delay / 1000).toFixed(1)} s (${failures} of ${run.options.retries}): ${next.error.message}`,
          )
          await session.close()
          await waitFor(delay, run.signal)
          if (next.refreshSource) await run.source.refresh(source)
          late = last
          last = undefined
          continue
        }
        if (next.refreshSource) await run.source.refresh(source)
      }
      if (late !== undefined) await settlePush(run, late, session.listing, await soon(labels))
      late = undefined
      planned = await planRound(run, session)
    } catch (error) {
      session.abort(error)
      throw error
    }
    if (run.options.dryRun) {
      await checkRelation(run, { ...planned, session })
      await finishDryRun(run, planned)
      run.closing.push(session.leave())
      return
    }
    if (planned.updates.length === 0) {
      await removeAnchors(run, session)
      run.closing.push(session.leave())
      return
    }
    const isMuch = questions(planned.updates).length > FEW_LABELS
    labels = isMuch ? askLabels(run, planned) : undefined
    last = await pushPlan(run, { ...planned, session })
    // The session that gave the pack is free by now, and answers while the destination is listed.
    labels ??= askLabels(run, planned)
  }
  throw new MirrorError('the destination kept changing while it was mirrored', {
    code: 'race',
    side: 'destination',
    hint: 'Something else writes to the refs in scope; stop it, or narrow `refs`.',
  })
}

/** Milliseconds that the result of a push waits for its labels. */
const LABEL_LIMIT = 5_000

/** A label is not worth a wait: what is not known by now is reported as `update`. */
async function soon<T>(labels: Promise<T> | undefined): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, LABEL_LIMIT, undefined)
  })
  try {
    return await Promise.race([labels, late])
  } finally {
    clearTimeout(timer)
  }
}

async function refuseSelf(run: DestinationRun): Promise<void> {
  if (!(await isSameFolder(run.options.source.url, run.url))) return
  throw new MirrorError(`destination: ${run.server.remote.label} is the source itself`, {
    code: 'guard',
    side: 'destination',
    hint: 'Name another repository: a mirror of a repository into itself would overwrite and delete its own refs.',
  })
}

async function list(run: DestinationRun, phase: 'list' | 'verify'): Promise<ReceivePackSession> {
  run.figures.enter(phase)
  const { label } = run.server.remote
  run.reporter({
    kind: 'phase',
    phase,
    destination: label,
    text: phase === 'list' ? `listing ${label}` : `verifying ${label}`,
  })
  return await withRetries(() => ReceivePackSession.open(run.server), {
    retries: run.options.retries,
    signal: run.signal,
    onRetry: (error, delay) =>
      notice(
        run,
        'info',
        `listing the destination again in ${(delay / 1000).toFixed(1)} s: ${error.message}`,
      ),
  })
}

async function finishDryRun(run: DestinationRun, planned: Planned): Promise<void> {
  const labels = await askLabels(run, planned)
  const { defaultBranchDelete } = planned.plan
  const updates = new Set(planned.updates)
  if (defaultBranchDelete !== undefined) updates.add(defaultBranchDelete)
  for (const update of updates) {
    const action = labels.get(update.ref) === false ? 'force' : update.action
    const change = { ref: update.ref, action, old: update.old, new: update.new }
    run.changed.set(update.ref, change)
    run.reporter({ kind: 'changed', destination: run.server.remote.label, change, dryRun: true })
  }
}

function resultOf(run: DestinationRun): DestinationResult {
  const changed = [...run.changed.values()]
  const rejected = [...run.rejected.values()]
  const status =
    run.error !== undefined
      ? 'failed'
      : rejected.some((ref) => !ref.warning)
        ? 'rejected'
        : run.options.dryRun
          ? 'planned'
          : changed.length > 0
            ? 'mirrored'
            : 'unchanged'
  return {
    destination: run.server.remote.label,
    status,
    changed,
    rejected,
    upToDate: run.upToDate,
    warnings: run.warnings,
    error: run.error,
    figures: run.figures.result(),
  }
}
