import { forEachInTurns, giveTurn, runInTurns } from '../base/turns.ts'
import { within } from '../base/deadline.ts'
import { MirrorError, toMirrorError } from '../base/errors.ts'
import type { RefUpdate } from '../plan/plan-types.ts'
import type { DestinationResult } from '../report/result.ts'
import { formatPlural } from '../report/wording.ts'
import { isSameFolder } from '../transport/address/same-folder.ts'
import type { ForceLabels } from './losses/force-labels.ts'
import type { HostSteps } from './host-steps.ts'
import { usesHost } from '../options/read-host.ts'
import { isAnchor } from '../plan/anchors.ts'
import { isLifted } from '../plan/ours/lifted.ts'
import { loadActs } from './load-acts.ts'
import { loadSetbacks } from './push/load-setbacks.ts'
import { planRound } from './plan-round.ts'
import type { Planned, PlannedPush } from './planned-round.ts'
import type { PushOutcome } from './push/push-outcome.ts'
import type { Step, StepFacts } from './push/step.ts'
import type { Verdict } from './push/verdict.ts'
import { ReceivePackSession } from './sessions/receive-pack-session.ts'
import { describeRetry, waitFor, withRetries } from './sessions/retry.ts'
import type { DestinationContext } from './state/context.ts'
import type { Learned } from './state/learned.ts'
import { Ledger } from './state/ledger.ts'

/** Rounds of listing, planning and pushing; a destination that keeps moving is given up after these. */
const MOST_ROUNDS = 60

/** Milliseconds that the result of a push waits for its labels. */
const LABEL_LIMIT_MS = 5_000

export interface DestinationEnd {
  readonly result: DestinationResult
  /** Source refs in scope, where a round was planned. */
  readonly inScope: number | undefined
  /** Sessions that are still ending. */
  readonly closed: Promise<unknown>
}

/**
 * Brings one destination to the state of the source: list, plan, guard, push, and list again, until the
 * listing shows that nothing is left to do, or that what is left was refused. The listing after a push is
 * its verification and the next round's beginning. Never throws.
 *
 * @param learned what is known before the first round
 */
export async function runDestination(context: DestinationContext, learned: Learned): Promise<DestinationEnd> {
  const { options, reporter, server, signal } = context
  const ledger = new Ledger({ label: server.remote.label, isDryRun: options.dryRun, reporter })
  const closing: Promise<void>[] = []
  const onClosing = (closed: Promise<void>): void => void closing.push(closed)
  let { mode } = learned
  const onLearned = (now: Learned): void => void ({ mode } = now)
  let host: HostSteps | undefined
  try {
    await refuseSelf(context)
    host = await openHostIfNeeded(context, ledger)
    await host?.prepare()
    await runRounds({ context, ledger, onClosing, onLearned, host }, learned)
  } catch (thrown) {
    const error = toMirrorError(signal.aborted ? signal.reason : thrown, { code: 'cut', side: 'destination' })
    const { host } = error.side === 'source' ? context.source.uploadPack.server : server
    const { withAdvice } = await loadSetbacks()
    ledger.fail(withAdvice(error, { phase: 'list', words: [], host }))
  }
  await host?.end()
  if (ledger.error !== undefined) {
    const { settleAnchors } = await loadActs()
    await settleAnchors({ ...context, ledger, mode, onClosing }, ledger.error)
  }
  context.pack.leave()
  context.lfs?.leave()
  return { result: ledger.result(), inScope: ledger.inScope, closed: Promise.all(closing) }
}

interface Rounds {
  readonly context: DestinationContext
  readonly ledger: Ledger
  readonly onClosing: (closed: Promise<void>) => void
  readonly onLearned: (learned: Learned) => void
  /** undefined: nothing is done at the host but pushes. */
  readonly host: HostSteps | undefined
}

/** Nothing of the hosts' APIs is loaded where no option needs it. */
async function openHostIfNeeded(context: DestinationContext, ledger: Ledger): Promise<HostSteps | undefined> {
  if (!usesHost(context.options.host) || context.options.restores) return undefined
  const { openHostSteps } = await import('./host-steps.ts')
  return await openHostSteps(context, context.endpoint, ledger)
}

/** A push that the next listing will tell about. */
interface Pushed {
  readonly planned: Planned
  readonly outcome: PushOutcome
  readonly labels: Promise<ForceLabels>
}

async function runRounds(rounds: Rounds, learnedBefore: Learned): Promise<void> {
  const { context, ledger, onClosing, onLearned, host } = rounds
  let learned = learnedBefore
  let pushed: Pushed | undefined
  /** What was pushed broke off, and the step after it is done: the server may have finished it later than was listed. */
  let isJudged = false
  let failures = 0
  let isImpliedDone = false
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const session = await list(rounds, pushed === undefined || isJudged ? 'list' : 'verify')
    try {
      if (round === 0 && (await settleLifted(rounds, session))) {
        await session.close()
        continue
      }
      if (pushed !== undefined) {
        const { verdicts, isDone } = await settle(rounds, pushed, session)
        if (!isJudged && !isDone) {
          const chosen = await decide(rounds, { pushed, verdicts, learned, failures })
          const step =
            host === undefined
              ? chosen
              : await host.liftRules(chosen, await within(pushed.labels, LABEL_LIMIT_MS))
          learned = step.learned
          onLearned(learned)
          await follow(rounds, step, { pushed, session, failures })
          if (step.kind === 'fail') return
          isJudged = step.kind === 'retry'
          if (isJudged) {
            failures++
            continue
          }
        }
        pushed = undefined
        isJudged = false
      }
      const drafted = await planRound(context, { session, learned, ledger })
      if (isDefaultBranchLeft(drafted)) {
        const isSet = await settleDefaultBranch(rounds, { planned: drafted, session, isImpliedDone })
        isImpliedDone ||= ledger.figures.pushes > 0
        if (isSet && drafted.updates.length > 0) {
          await session.close()
          continue
        }
      }
      const here = { ...drafted, session }
      const wasUsable = session.usable
      const planned = await carry(rounds, here, learned)
      if (context.options.dryRun || planned.updates.length === 0) {
        // It left while LFS objects were carried, and nothing is to be pushed: what is there is looked at anew.
        if (wasUsable && !session.usable && !session.forgets) continue
        await finish(rounds, { planned, session, learned })
        return
      }
      await context.admit()
      const { FEW_LABELS, pushRound, questions } = await loadActs()
      const isMuch = questions(planned.updates).length > FEW_LABELS
      const beside = isMuch ? labelsOf(context, planned) : undefined
      const made = await pushRound(context, { planned, learned, ledger, onClosing })
      learned = made.learned
      onLearned(learned)
      // The session that gave the pack is free by now, and answers while the destination is listed.
      const labels = beside ?? labelsOf(context, planned)
      pushed = { planned, outcome: made.outcome, labels }
    } catch (error) {
      session.abort(error)
      throw error
    }
  }
  throw new MirrorError('the destination kept changing while it was mirrored', {
    code: 'race',
    side: 'destination',
    hint: 'Something else writes to the refs in scope; stop it, or narrow `refs`.',
  })
}

/** Carries what LFS objects the push will make visible; what only keeps old values makes nothing visible. */
async function carry(
  { context, ledger, onClosing }: Rounds,
  planned: PlannedPush,
  learned: Learned,
): Promise<PlannedPush> {
  if (context.lfs === undefined || planned.later.length > 0) return planned
  if (planned.updates.length === 0 && context.options.lfs !== 'full') {
    context.lfs.leave()
    return planned
  }
  const { carryRound } = await loadActs()
  return await carryRound(context, { planned, learned, ledger, onClosing })
}

/** An earlier run may have been killed while it had lifted a rule of the host. @returns whether to list again */
async function settleLifted(
  { context, ledger, host }: Rounds,
  { listing: { refs } }: ReceivePackSession,
): Promise<boolean> {
  if (!refs.some(({ name }) => isLifted(name))) return false
  if (host !== undefined) return await host.settleLeftovers(refs)
  const { settleLeftovers } = await import('./host-steps.ts')
  return await settleLeftovers(context, ledger, refs)
}

/** All is done but for the deletion of the default branch, if there is one. */
function isDefaultBranchLeft({ plan, updates }: Planned): boolean {
  const last = plan.defaultBranchDelete?.ref
  return updates.every(({ ref, keeps }) => last !== undefined && (keeps ?? ref) === last)
}

/** @returns whether it changed: what is left may be possible now */
async function settleDefaultBranch(
  { context, ledger, host }: Rounds,
  {
    planned,
    session,
    isImpliedDone,
  }: { readonly planned: Planned; readonly session: ReceivePackSession; readonly isImpliedDone: boolean },
): Promise<boolean> {
  const wanted = context.options.host.defaultBranch
  const isImplied = wanted.kind === 'source' && wanted.isImplied === true
  // A round over many mirrors in which nothing changes asks no API.
  const isDue = ledger.figures.pushes > 0 || planned.plan.defaultBranchDelete !== undefined
  if (isImplied ? isImpliedDone || !isDue || context.options.dryRun : host === undefined) return false
  const names = new Set(session.listing.refs.map(({ name }) => name))
  if (!isImplied) return (await host?.settleDefaultBranch(planned, names)) === true
  const { settleImpliedBranch } = await import('./host-steps.ts')
  return await settleImpliedBranch(context, ledger, { planned, names })
}

/** Writes down what the listing shows as moved. */
async function settle(
  { context, ledger }: Rounds,
  { outcome, labels }: Pushed,
  { listing }: ReceivePackSession,
): Promise<{ readonly verdicts: readonly Verdict[]; readonly isDone: boolean }> {
  const { signal, server } = context
  await giveTurn(signal)
  const { isAllDone, judgePushes, recordChanges } = await loadActs()
  let verdicts = await runInTurns(
    judgePushes(outcome, listing, () => false),
    signal,
  )
  const isDone = await runInTurns(isAllDone(outcome, verdicts), signal)
  if (!isDone) {
    // Whether a refusal tells of another writer is read in the table of what servers say.
    const { createRaceTest } = await loadSetbacks()
    verdicts = await runInTurns(judgePushes(outcome, listing, createRaceTest(server.host)), signal)
  }
  // A label is not worth a wait: what is not known by now is reported as `update`.
  const known = await within(labels, LABEL_LIMIT_MS)
  const before = ledger.changes
  try {
    await runInTurns(recordChanges(ledger, verdicts, known), signal)
  } catch (error) {
    const { length } = verdicts.filter(({ kind, update }) => kind === 'changed' && !update.keeps)
    const left = length - (ledger.changes - before)
    if (left > 0)
      ledger.warn(
        `${formatPlural(left, 'more ref')} changed than are listed: writing them down was cut short`,
      )
    throw error
  }
  return { verdicts, isDone }
}

async function decide(
  { context: { options, server, signal } }: Rounds,
  {
    pushed: { outcome, planned },
    ...facts
  }: Pick<StepFacts, 'verdicts' | 'learned' | 'failures'> & { readonly pushed: Pushed },
): Promise<Step> {
  const { chooseNextStep } = await loadSetbacks()
  const defaultBranch = planned.plan.defaultBranchDelete?.ref
  const choosing = chooseNextStep({ ...facts, options, outcome, defaultBranch, host: server.host })
  return await runInTurns(choosing, signal)
}

async function follow(
  { context, ledger }: Rounds,
  step: Step,
  {
    pushed,
    session,
    failures,
  }: { readonly pushed: Pushed; readonly session: ReceivePackSession; readonly failures: number },
): Promise<void> {
  const { options, server, signal, source } = context
  const { applyStep } = await loadSetbacks()
  await applyStep(step, {
    ledger,
    hosts: { source: source.uploadPack.server.host, destination: server.host },
    failures,
    retries: options.retries,
    wait: async (delay) => {
      await session.close()
      await waitFor(delay, signal)
    },
    refreshSource: () => source.refresh(pushed.planned.source),
    signal,
  })
  if (step.kind === 'fail') session.abort(step.error)
}

/** Nothing is left to do, or nothing may be done. */
async function finish(
  { context, ledger, onClosing }: Rounds,
  {
    planned,
    session,
    learned,
  }: { readonly planned: Planned; readonly session: ReceivePackSession; readonly learned: Learned },
): Promise<void> {
  if (context.options.dryRun) {
    const { checkRelation } = await loadActs()
    await checkRelation(context, { ...planned, session }, learned)
    await recordPlan(context, ledger, planned)
  } else if (hasOwnRefs(context, session)) {
    const { removeAnchors, removeBackups } = await loadActs()
    const removal = { ...context, ledger, mode: learned.mode }
    await removeAnchors(removal, session)
    await removeBackups(removal, session)
  } else {
    ledger.keepLeftovers([])
  }
  onClosing(session.leave())
}

/** The destination may show refs of ours that have served. */
function hasOwnRefs({ options }: DestinationContext, { listing }: ReceivePackSession): boolean {
  return options.backup !== undefined || listing.refs.some(({ name }) => isAnchor(name))
}

async function labelsOf(
  { source, options }: DestinationContext,
  { updates, labels }: Planned,
): Promise<ForceLabels> {
  if (labels !== undefined) return labels
  const { askLabels } = await loadActs()
  return await askLabels(source.questions, updates, options.force)
}

async function refuseSelf({ options, url, server }: DestinationContext): Promise<void> {
  if (options.restores || !(await isSameFolder(options.source.url, url))) return
  throw new MirrorError(`destination: ${server.remote.label} is the source itself`, {
    code: 'guard',
    side: 'destination',
    hint: 'Name another repository: a mirror of a repository into itself would overwrite and delete its own refs.',
  })
}

async function list({ context, ledger }: Rounds, phase: 'list' | 'verify'): Promise<ReceivePackSession> {
  const { reporter, server, signal } = context
  ledger.figures.enter(phase)
  const { label } = server.remote
  const text = phase === 'list' ? `listing ${label}` : `verifying ${label}`
  reporter({ kind: 'phase', phase, destination: label, text })
  return await withRetries(() => ReceivePackSession.open(server), {
    retries: context.listingRetries,
    signal,
    onRetry: (error, delay) => ledger.note(describeRetry('listing the destination again', error, delay)),
  })
}

/** What a dry run would change. */
async function recordPlan(context: DestinationContext, ledger: Ledger, planned: Planned): Promise<void> {
  const labels = await labelsOf(context, planned)
  const { changeOf } = await loadActs()
  const { defaultBranchDelete: last } = planned.plan
  const record = (update: RefUpdate): void => ledger.change(changeOf(update, labels.get(update.ref)))
  await forEachInTurns(planned.updates, record, context.signal)
  if (last !== undefined && planned.updates.at(-1) !== last) record(last)
}
