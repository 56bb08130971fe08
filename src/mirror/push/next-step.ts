import { MirrorError, withDetails } from '../../base/errors.ts'
import { filterInSteps, type Steps } from '../../base/steps.ts'
import { findUnknownObject } from '../../protocol/unknown-object.ts'
import { type Fallback, fallBack, hasStarved, type PushFailure } from '../state/fallbacks.ts'
import { noteBackupRefused, noteMode, noteRaces, noteRefused } from '../state/learned.ts'
import { describeDeclined, describeFailure } from './failure.ts'
import { lacksEarlierObjects } from './own-objects.ts'
import { lastUnpackFailure, type PushOutcome } from './push-outcome.ts'
import type { Step, StepBase, StepFacts, StepRecord } from './step.ts'
import type { Verdict } from './verdict.ts'

/** How often one ref may be lost to another writer before it is given up. */
const MOST_RACES = 5

/** A connection that ends behind so many bytes of a pack was most likely cut, and means nothing else. */
const CUT_MID_PACK_BYTES = 64 * 1024

const SILENCE = 'the server said nothing about it, and its listing shows the old value'

/** What git and JGit say of the refs of an atomic push that was ended for another one of them: nothing about the ref. */
const ENDED_FOR_ANOTHER = /\batomic (?:push failure|transaction failed)|\btransaction aborted\b/i

const FORBIDDEN =
  'The destination wants the pack at once or its length beforehand, and transfer: stream forbids to collect it: set transfer: auto or spool.'

/**
 * What follows a push, once the listing has shown what moved. Pure: what it says is written down and done by
 * `applyStep`.
 */
export function* chooseNextStep(all: StepFacts): Steps<Step> {
  // What changed decides nothing, and may be millions of refs.
  const verdicts = yield* filterInSteps(all.verdicts, ({ kind }) => kind !== 'changed')
  const facts = { ...all, verdicts }
  const failure = describeFailure(facts)
  // The next listing will show these as if they were done: they are judged now, whatever is tried next.
  const doubts = verdicts.flatMap((verdict) =>
    verdict.kind === 'doubted' && verdict.update.keeps === undefined ? refusal(facts, verdict) : [],
  )
  // The first rule that applies decides.
  const step =
    afterSourceFailure(facts) ??
    keepElsewhere(facts) ??
    leaveSharedPack(facts, failure) ??
    repeatAfterCut(facts, failure) ??
    (yield* bringOwnObjects(facts)) ??
    (yield* pushPlainer(facts, failure)) ??
    acceptVerdicts(facts, failure)
  return { ...step, records: [...doubts, ...step.records] }
}

function again(facts: StepFacts, changes: Partial<StepBase>): Step {
  return { learned: facts.learned, records: [], refreshSource: false, ...changes, kind: 'again' }
}

function retry(facts: StepFacts, error: MirrorError, changes: Partial<StepBase> = {}): Step {
  return { learned: facts.learned, records: [], refreshSource: false, ...changes, kind: 'retry', error }
}

function fail(facts: StepFacts, error: MirrorError, changes: Partial<StepBase> = {}): Step {
  const lines = error.side === 'source' ? [] : facts.outcome.lines
  return { learned: facts.learned, records: [], refreshSource: false, ...changes, kind: 'fail', error, lines }
}

function note(text: string): StepRecord {
  return { kind: 'note', text }
}

function afterSourceFailure(facts: StepFacts): Step | undefined {
  const { learned, options, failures } = facts
  const { error } = facts.outcome
  if (error?.side !== 'source') return undefined
  const isLast = failures >= options.retries
  const id = error.serverText === undefined ? undefined : findUnknownObject(error.serverText)
  const isOurs = id !== undefined && facts.outcome.updates.some((update) => update.new === id)
  if (isOurs && !isLast) {
    // Of several servers behind one address, one may not have yet what another one lists.
    if (learned.suspectIds.has(id) && failures === 0) return retry(facts, error, { refreshSource: true })
    // The ref moved since it was listed, or it is broken: what a new listing still shows is broken (G19).
    const text = `the source lists ${id} and cannot give it: refs with that id are left out`
    const records: StepRecord[] = learned.suspectIds.has(id) ? [{ kind: 'warning', text }] : []
    return again(facts, { learned: noteRefused(learned, id), records, refreshSource: true })
  }
  return error.retryable && !isLast ? retry(facts, error, { refreshSource: true }) : fail(facts, error)
}

/** Names that are to keep old values are ours: where one namespace is refused, another one may do. */
function keepElsewhere(facts: StepFacts): Step | undefined {
  const { outcome, verdicts, learned } = facts
  if (outcome.error !== undefined) return undefined
  const refused = verdicts.find(({ kind, update }) => update.keeps !== undefined && isRefusal(kind))
  if (refused === undefined) return undefined
  const reason = 'reason' in refused ? refused.reason : SILENCE
  const text = `the destination does not take ${refused.update.ref}, which was to keep an old value: ${reason}`
  return again(facts, { learned: noteBackupRefused(learned, reason), records: [note(text)] })
}

function isRefusal(kind: Verdict['kind']): boolean {
  return kind === 'refused' || kind === 'silent' || kind === 'doubted'
}

function leaveSharedPack(facts: StepFacts, failure: PushFailure): Step | undefined {
  if (!facts.outcome.isShared || !hasStarved(failure)) return undefined
  const text = 'the destination gave up while it waited for a slower one: fetching for it alone'
  return again(facts, { records: [note(text)] })
}

/** A connection that ends in the middle of a pack was most likely cut: the same way once more comes first. */
function repeatAfterCut(facts: StepFacts, failure: PushFailure): Step | undefined {
  const { error } = facts.outcome
  if (error === undefined || !isPlainCut(facts.outcome) || hasStarved(failure) || !hasOpen(facts))
    return undefined
  if (facts.options.retries === 0) return fail(facts, error)
  return facts.failures === 0 ? retry(facts, error) : undefined
}

function isPlainCut(outcome: PushOutcome): boolean {
  const { error, bytes } = outcome
  if (error?.code !== 'cut' || error.status !== undefined) return false
  return lastUnpackFailure(outcome) === undefined && bytes > CUT_MID_PACK_BYTES
}

function* bringOwnObjects(facts: StepFacts): Steps<Step | undefined> {
  const { learned } = facts
  const { mode } = learned
  if (mode.ownObjects || !(yield* lacksEarlierObjects(facts))) return undefined
  const text =
    'the destination does not find objects that an earlier push brought: each push brings its own from now on'
  return again(facts, { learned: { ...learned, mode: { ...mode, ownObjects: true } }, records: [note(text)] })
}

function* pushPlainer(facts: StepFacts, failure: PushFailure): Steps<Step | undefined> {
  const { learned, outcome } = facts
  if (isSpoolForbidden(facts, failure)) return undefined
  const fallback = yield* findFallback(facts, failure)
  if (fallback === undefined) return undefined
  return again(facts, {
    learned: noteMode(learned, fallback.mode, outcome),
    records: [note(fallback.notice)],
  })
}

function* findFallback(facts: StepFacts, failure: PushFailure): Steps<Fallback | undefined> {
  const { mode } = facts.learned
  if (failure.error !== undefined || failure.unpack !== undefined) return fallBack(mode, failure)
  for (const declined of yield* describeDeclined(facts)) {
    const fallback = fallBack(mode, declined)
    if (fallback !== undefined) return fallback
  }
  return undefined
}

/** Collecting the pack is what would help, and is not allowed: no other way is tried instead. */
function isSpoolForbidden({ learned: { mode } }: StepFacts, failure: PushFailure): boolean {
  if (failure.transferAllowed.spool || mode.spool) return false
  if (!hasStarved(failure) && ![408, 411, 504].includes(failure.error?.status ?? 0)) return false
  return fallBack(mode, { ...failure, transferAllowed: { spool: true } })?.mode.spool === true
}

/** Nothing else is left to try: what was refused is refused, and a failure is one. */
function acceptVerdicts(facts: StepFacts, failure: PushFailure): Step {
  const { outcome, verdicts, options, failures } = facts
  const races = verdicts.filter((verdict) => verdict.kind === 'raced')
  const learned = noteRaces(
    facts.learned,
    races.map(({ update }) => update.ref),
  )
  const isEndedByRace = (reason: string): boolean =>
    options.atomic && races.length > 0 && ENDED_FOR_ANOTHER.test(reason)
  const refusals = verdicts.flatMap((verdict) =>
    verdict.kind === 'refused' && verdict.update.keeps === undefined && !isEndedByRace(verdict.reason)
      ? refusal(facts, verdict)
      : [],
  )
  const records = [...refusals, ...races.map((verdict) => recordRace({ ...facts, learned }, verdict))]
  const changes = { learned, records }
  if (outcome.error !== undefined && hasOpen(facts)) {
    const isForbidden = isSpoolForbidden(facts, failure)
    const error = isForbidden ? withDetails(outcome.error, { hint: FORBIDDEN }) : outcome.error
    if (error.retryable && failures < options.retries) return retry(facts, error, changes)
    return fail(facts, error, changes)
  }
  if (failure.unpack !== undefined && hasOpen(facts)) {
    return fail(facts, unpackError(outcome, failure.unpack), changes)
  }
  const silences = verdicts.flatMap((verdict) =>
    verdict.kind === 'silent' && verdict.update.keeps === undefined ? recordSilence(facts, verdict) : [],
  )
  return again(facts, { learned, records: [...records, ...silences], refreshSource: races.length > 0 })
}

function hasOpen({ verdicts }: StepFacts): boolean {
  return verdicts.some(({ kind }) => kind === 'open')
}

type Explained = Extract<Verdict, { reason: string }>

function refusal({ defaultBranch }: StepFacts, { update, reason, push }: Explained): StepRecord {
  const isWarning = update.action === 'delete' && update.ref === defaultBranch
  return { kind: 'refusal', update, reason, lines: push.lines, isWarning }
}

function recordRace(facts: StepFacts, verdict: Explained): StepRecord {
  const { update, reason } = verdict
  const races = facts.learned.races.get(update.ref) ?? 0
  if (races >= MOST_RACES) return refusal(facts, { ...verdict, reason: `${reason} (${races} times)` })
  return note(`${update.ref} moved while it was pushed (${reason}): listing and planning again`)
}

function recordSilence(facts: StepFacts, { update, push }: Extract<Verdict, { kind: 'silent' }>): StepRecord {
  return refusal(facts, { kind: 'refused', update, reason: SILENCE, push })
}

function unpackError({ lines }: PushOutcome, words: string): MirrorError {
  return new MirrorError(`the destination could not take the pack: ${words}`, {
    code: 'unpack',
    side: 'destination',
    serverText: [words, ...lines.slice(-20)].join('\n'),
  })
}
