import { giveTurn, runInTurns } from '../base/turns.ts'
import { MirrorError, toMirrorError } from '../base/errors.ts'
import type { RefUpdate } from '../plan/plan-types.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import { negotiate, type NegotiateOptions } from './history/negotiate.ts'
import { asksAfterwards } from './losses/force-labels.ts'
import type { PiecesRun } from './pieces/pieces-run.ts'
import { isStillWanted, needsOf, type PlannedPush, wantsOf } from './planned-round.ts'
import { type Batch, makeBatches } from './push/batches.ts'
import { type PackToSend, pushBatches } from './push/push-batches.ts'
import { type PushOutcome, emptyOutcome } from './push/push-outcome.ts'
import type { Fetching } from './sessions/fetching.ts'
import { tap } from './sessions/pack-stream.ts'
import type { ReceivePackSession } from './sessions/receive-pack-session.ts'
import type { DestinationContext } from './state/context.ts'
import type { Learned } from './state/learned.ts'
import type { Ledger } from './state/ledger.ts'

export interface PushRoundOptions {
  readonly planned: PlannedPush
  readonly learned: Learned
  readonly ledger: Ledger
  /** A session that is ending while the run goes on. */
  readonly onClosing: (closed: Promise<void>) => void
}

export interface PushedRound {
  readonly outcome: PushOutcome
  /** With what a transfer in pieces has told. */
  readonly learned: Learned
}

/**
 * Asks the source for what the destination lacks and pushes it with the ref commands.
 * @throws MirrorError `guard`; the signal's reason. Everything else is in the outcome.
 */
export async function pushRound(
  context: DestinationContext,
  options: PushRoundOptions,
): Promise<PushedRound> {
  const { planned, ledger, onClosing } = options
  const { updates, session } = planned
  const { mode } = options.learned
  ledger.figures.enter('negotiate')
  await giveTurn(context.signal)
  const batches = await runInTurns(
    makeBatches(updates, { ...mode, atomic: context.options.atomic }),
    context.signal,
  )
  const pieces = beginPieces(context, options)
  const held = { session }
  let got: GotPack
  try {
    got = await getPack(context, { planned, pieces, held, learned: options.learned, batches })
  } catch (thrown) {
    held.session.abort(thrown)
    context.signal.throwIfAborted()
    const error = toMirrorError(thrown, { code: 'cut', side: 'source', retryable: true })
    if (error.code === 'guard' || isFinal(error)) throw error
    const { lastBytes: bytes, lastStarved: starved } = pieces.pieces
    const outcome = { ...emptyOutcome(updates, error), lines: pieces.lines, bytes, starved }
    return { outcome, learned: withPieces(options.learned, pieces) }
  }
  const learned = withPieces(options.learned, pieces)
  announce(context, ledger, updates.length)
  const outcome = await pushBatches(context, {
    batches,
    learned,
    ledger,
    onClosing,
    fetching: got.fetching && openQuestionsAhead(context, updates, got.fetching),
    held: held.session,
    fetchFor: (some, arrived) => fetchFor(context, got.needs, { some, arrived, session: held.session }),
  })
  return { outcome, learned }
}

/** What is asked about the updates afterwards has a connection by then: a far ssh server takes two round trips for one. */
function openQuestionsAhead(
  { source, options }: DestinationContext,
  updates: readonly RefUpdate[],
  fetching: Fetching,
): Fetching {
  if (!asksAfterwards(updates, options.force)) return fetching
  return tap(fetching, { onEnd: () => source.questions.openAhead() })
}

interface GotPack {
  readonly fetching: PackToSend
  readonly needs: NegotiateOptions
}

/** The pack of the push, asked for; what is too large for one push goes before it, in pieces. */
async function getPack(
  context: DestinationContext,
  {
    planned,
    pieces,
    held,
    learned,
    batches,
  }: {
    readonly planned: PlannedPush
    readonly pieces: PiecesRun
    readonly held: { session: ReceivePackSession }
    readonly learned: Learned
    readonly batches: readonly Batch[]
  },
): Promise<GotPack> {
  const { mode } = learned
  const isEarly = isStillWanted(planned) && !mode.ownObjects
  if (!isEarly) planned.early?.cancel()
  const needs = await needsOf(context, planned, mode.thin)
  if (mode.pieces && mode.maxBytes !== undefined && needs.wants.length > 0) {
    context.pack.pass()
    const { wants, haves } = needs
    const { sendPieces } = await import('./pieces/send-pieces.ts')
    const sent = await sendPieces(pieces, held.session, { wants, haves, maxBytes: mode.maxBytes })
    held.session = sent.session
    const left = { ...needs, haves: [...sent.ids, ...needs.haves] }
    return { fetching: sent.rest ?? (await negotiate(left)), needs: left }
  }
  if (isEarly) return { fetching: await planned.early.fetching, needs }
  const first = batches.find((batch) => batch.carriesPack)
  if (!mode.ownObjects || first === undefined) return { fetching: await negotiate(needs), needs }
  const wants = await wantsOf(held.session.listing, first.updates, context.signal)
  return { fetching: await negotiate({ ...needs, wants }), needs }
}

/** The objects of some updates alone. */
async function fetchFor(
  { signal }: DestinationContext,
  needs: NegotiateOptions,
  {
    some,
    arrived,
    session,
  }: {
    readonly some: readonly RefUpdate[]
    readonly arrived: readonly ObjectId[]
    readonly session: ReceivePackSession
  },
): Promise<PackToSend> {
  const known = new Set(arrived)
  const wants = (await wantsOf(session.listing, some, signal)).filter((id) => !known.has(id))
  return await negotiate({ ...needs, wants, haves: [...arrived, ...needs.haves] })
}

function beginPieces(
  { source, server, reporter, signal }: DestinationContext,
  { learned: { mode, pieces, thinness }, ledger }: PushRoundOptions,
): PiecesRun {
  return { source, server, reporter, signal, mode, ledger, pieces, thinness, lines: [] }
}

function withPieces(learned: Learned, { pieces, thinness }: PiecesRun): Learned {
  return { ...learned, pieces, thinness }
}

function announce({ reporter, server }: DestinationContext, ledger: Ledger, count: number): void {
  ledger.figures.enter('transfer')
  const { label } = server.remote
  const text = `pushing ${count} ref${count === 1 ? '' : 's'} to ${label}`
  reporter({ kind: 'phase', phase: 'transfer', destination: label, text })
}

/** True for our own `too-large` (a commit that fits no piece); a server's refusal has a status or text. */
function isFinal(error: MirrorError): boolean {
  return error.code === 'too-large' && error.status === undefined && error.serverText === undefined
}

/** For a dry run: would the push be refused because the repositories share no history? @throws MirrorError `guard`. */
export async function checkRelation(
  context: DestinationContext,
  planned: PlannedPush,
  { mode }: Learned,
): Promise<void> {
  const needs = await needsOf(context, planned, mode.thin)
  await negotiate({ ...needs, wants: [] })
}
