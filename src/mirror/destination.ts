import { withAdvice } from '../advice/advise.ts'
import { giveTurn } from '../base/turns.ts'
import { within } from '../base/deadline.ts'
import { MirrorError, toMirrorError } from '../base/errors.ts'
import type { DestinationResult } from '../report/result.ts'
import { isSameFolder } from '../transport/address/same-folder.ts'
import { carryRound } from './carry-round.ts'
import { askLabels, FEW_LABELS, type ForceLabels, questions } from './force-labels.ts'
import type { HostSteps } from './host-steps.ts'
import { usesHost } from '../options/read-host.ts'
import { removeAnchors, settleAnchors } from './pieces/remove-anchors.ts'
import { planRound } from './plan-round.ts'
import type { Planned } from './planned-round.ts'
import { checkRelation, pushRound } from './push-round.ts'
import { removeBackups } from './remove-backups.ts'
import { applyStep } from './push/apply-step.ts'
import { chooseNextStep } from './push/next-step.ts'
import type { PushOutcome } from './push/push-outcome.ts'
import { changeOf, recordChanges } from './push/record-changes.ts'
import type { Step, StepFacts } from './push/step.ts'
import { judgePushes, type Verdict } from './push/verdict.ts'
import { ReceivePackSession } from './sessions/receive-pack-session.ts'
import { describeRetry, waitFor, withRetries } from './sessions/retry.ts'
import type { DestinationContext } from './state/context.ts'
import type { Learned } from './state/learned.ts'
import { Ledger } from './state/ledger.ts'

/** Rounds of listing, planning and pushing; a destination that keeps moving is given up after these. */
const MOST_ROUNDS = 60

/** Milliseconds that the result of a push waits for its labels. */
const LABEL_LIMIT_MS = 5_000

/** Changes of a dry run that are written down before others get a turn: each is an event, too. */
const CHANGES_AT_ONCE = 1_000

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
    ledger.fail(withAdvice(error, { phase: 'list', words: [], host }))
  }
  await host?.end()
  if (ledger.error !== undefined) await settleAnchors({ ...context, ledger, mode, onClosing }, ledger.error)
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
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const session = await list(rounds, pushed === undefined || isJudged ? 'list' : 'verify')
    try {
      if (pushed !== undefined) {
        const verdicts = await settle(rounds, pushed, session)
        if (!isJudged) {
          const chosen = decide(rounds, { pushed, verdicts, learned, failures })
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
      if (host !== undefined && isDefaultBranchLeft(drafted)) {
        const names = new Set(session.listing.refs.map(({ name }) => name))
        if ((await host.settleDefaultBranch(drafted, names)) && drafted.updates.length > 0) {
          await session.close()
          continue
        }
      }
      const here = { ...drafted, session }
      // What only keeps old values makes nothing visible.
      const wasUsable = session.usable
      const planned =
        drafted.later.length > 0
          ? here
          : await carryRound(context, { planned: here, learned, ledger, onClosing })
      if (context.options.dryRun || planned.updates.length === 0) {
        // It left while LFS objects were carried, and nothing is to be pushed: what is there is looked at anew.
        if (wasUsable && !session.usable && !session.forgets) continue
        await finish(rounds, { planned, session, learned })
        return
      }
      await context.admit()
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

/** All is done but for the deletion of the default branch, if there is one. */
function isDefaultBranchLeft({ plan, updates }: Planned): boolean {
  const last = plan.defaultBranchDelete?.ref
  return updates.every(({ ref, keeps }) => last !== undefined && (keeps ?? ref) === last)
}

/** Writes down what the listing shows as moved. */
async function settle(
  { context, ledger }: Rounds,
  { outcome, labels }: Pushed,
  { listing }: ReceivePackSession,
): Promise<readonly Verdict[]> {
  await giveTurn(context.signal)
  const verdicts = judgePushes(outcome, listing, context.server.host)
  // A label is not worth a wait: what is not known by now is reported as `update`.
  recordChanges(ledger, verdicts, await within(labels, LABEL_LIMIT_MS))
  return verdicts
}

function decide(
  { context: { options, server } }: Rounds,
  {
    pushed: { outcome, planned },
    ...facts
  }: Pick<StepFacts, 'verdicts' | 'learned' | 'failures'> & { readonly pushed: Pushed },
): Step {
  const defaultBranch = planned.plan.defaultBranchDelete?.ref
  return chooseNextStep({ ...facts, options, outcome, defaultBranch, host: server.host })
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
    await checkRelation(context, { ...planned, session }, learned)
    await recordPlan(context, ledger, planned)
  } else {
    const removal = { ...context, ledger, mode: learned.mode }
    await removeAnchors(removal, session)
    await removeBackups(removal, session)
  }
  onClosing(session.leave())
}

async function labelsOf(
  { source, options }: DestinationContext,
  { updates, labels }: Planned,
): Promise<ForceLabels> {
  if (labels !== undefined) return labels
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
  const { defaultBranchDelete } = planned.plan
  const updates = new Set(planned.updates)
  if (defaultBranchDelete !== undefined) updates.add(defaultBranchDelete)
  let count = 0
  for (const update of updates) {
    if (++count % CHANGES_AT_ONCE === 0) await giveTurn(context.signal)
    ledger.change(changeOf(update, labels.get(update.ref)))
  }
}
