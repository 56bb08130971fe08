import { type MirrorError, toMirrorError } from '../../base/errors.ts'
import type { Advertisement } from '../../protocol/advertisement.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import { meansUnknownObject } from '../../protocol/unknown-object.ts'
import { openPack } from '../pack/opened-pack.ts'
import type { PackStream } from '../sessions/pack-stream.ts'
import type { UploadPackPool } from '../sessions/upload-pack-pool.ts'
import { askBoundary } from './boundary.ts'

/** Questions that are asked side by side: requests of one connection pool, or connections of their own. */
const REQUESTS_AT_ONCE = 12

const CONNECTIONS_AT_ONCE = 4

/** A connection may be cut for other reasons: silence is an answer when it comes again. */
const SILENCES_BELIEVED = 2

/** Ids and refs that are compared, to see whether all of some ids are tips. */
const MOST_COMPARED = 1_000_000

/** Commits from a tip to its parents, itself included. */
const PARENTS_DEPTH = 2

/** A connection on which an answer was broken off is lost: one of so few objects and bytes is read to its end. */
const FEW_OBJECTS = 100
const FEW_BYTES = 256 * 1024

/** The HTTP status of a program that failed. */
const SERVER_FAILED = 500

export interface AncestryQuestion {
  readonly old: ObjectId
  readonly new: ObjectId
}

/**
 * For each question: is `old` an ancestor of `new`? True only where that is shown, false where it is not, undefined where
 * the server cannot be asked.
 *
 * `want OLD`, `have NEW`, `done`: the pack is empty exactly when everything behind OLD is behind NEW too. No
 * commit is read. Some servers take tips alone as wants: those are asked the other way round.
 * @throws MirrorError of the source.
 */
export async function askAncestry(
  source: UploadPackPool,
  questions: readonly AncestryQuestion[],
): Promise<readonly (boolean | undefined)[]> {
  if (questions.length === 0) return []
  const session = await source.lease()
  const atOnce = session.forgets ? REQUESTS_AT_ONCE : CONNECTIONS_AT_ONCE
  source.release(session)
  const answers = new Map<string, boolean | undefined>()
  const groups = [...groupByNew(questions)]
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < groups.length; index = next++) {
      const [tip, olds] = groups[index]!
      const hasMore = (): boolean => next < groups.length
      await askGroup({ source, tip, olds, hasMore }, (old, answer) => answers.set(`${old} ${tip}`, answer))
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, groups.length) }, worker))
  return questions.map((question) => answers.get(`${question.old} ${question.new}`))
}

function groupByNew(questions: readonly AncestryQuestion[]): ReadonlyMap<ObjectId, readonly ObjectId[]> {
  const groups = new Map<ObjectId, Set<ObjectId>>()
  for (const question of questions) {
    const olds = groups.get(question.new) ?? new Set()
    groups.set(question.new, olds.add(question.old))
  }
  return new Map([...groups].map(([tip, olds]) => [tip, [...olds]]))
}

interface AncestryGroup {
  readonly source: UploadPackPool
  readonly tip: ObjectId
  readonly olds: readonly ObjectId[]
  /** Another group follows: its connection can be opened meanwhile. */
  readonly hasMore: () => boolean
}

/** Several branches that moved to one commit make one question; where the answer is no, each is asked about by itself. */
async function askGroup(
  { source, tip, olds, hasMore }: AncestryGroup,
  tell: (old: ObjectId, answer: boolean | undefined) => void,
): Promise<void> {
  if (olds.length > 1 && (await askWhole({ source, tip, olds, hasMore: hasMore() })) === true) {
    for (const old of olds) tell(old, true)
    return
  }
  for (const [index, old] of olds.entries()) {
    const isLast = index === olds.length - 1
    const whole = await askWhole({ source, tip, olds: [old], hasMore: !isLast || hasMore() })
    tell(old, typeof whole === 'boolean' ? whole : await askFromTip(source, { old, tip, whole }))
  }
}

/**
 * `refused`: the server says that it does not have one of them, or does not give what is no tip. `untold`: it was not asked,
 * or hung up without a word.
 */
type Whole = boolean | 'refused' | 'untold'

/** Whether all that is behind `olds` is behind `tip`. */
async function askWhole({
  source,
  olds,
  tip,
  hasMore,
}: Omit<AncestryGroup, 'hasMore'> & { readonly hasMore: boolean }): Promise<Whole> {
  for (let asked = 0; asked < SILENCES_BELIEVED; asked++) {
    const session = await source.lease()
    const { advertisement } = session
    if (!session.forgets && !mayGive(advertisement, olds)) {
      source.release(session)
      return 'untold'
    }
    if (hasMore && !session.lasts) source.openAhead()
    try {
      const pack = await openPack(
        await session.fetch({ wants: olds, haves: [tip], thin: true, ofsDelta: true }),
      )
      if (pack.objects === 0 || (!session.forgets && pack.objects <= FEW_OBJECTS)) await readOut(pack.source)
      else pack.source.cancel()
      source.release(session)
      return pack.objects === 0
    } catch (thrown) {
      source.release(session)
      const isTold = isRefusedInWords(refusalOf(source, thrown, olds))
      if (isTold) return advertisement.version === 2 ? 'refused' : 'untold'
    }
  }
  return 'untold'
}

/** Reads what is left of a small pack; one that is not small after all is given up. */
async function readOut(pack: PackStream): Promise<void> {
  let bytes = 0
  for (;;) {
    const slice = await pack.next()
    if (slice === undefined) return
    bytes += slice.length
    if (bytes > FEW_BYTES) return pack.cancel()
  }
}

/** Git over ssh gives tips alone in v0, unless it was told otherwise. */
function mayGive(advertisement: Advertisement, ids: readonly ObjectId[]): boolean {
  if (advertisement.version === 2 || advertisement.capabilities.has('allow-reachable-sha1-in-want'))
    return true
  const { refs } = advertisement
  if (ids.length * refs.length > MOST_COMPARED) return false
  return ids.every((id) => refs.some((ref) => ref.id === id))
}

/**
 * `want NEW`, `shallow OLD`, `have OLD`, without `done`: `ready` means that a way leads from NEW to what we have. OLD is
 * called shallow because servers count the parents of a have as ours, too: a commit that was amended is ready by its
 * parent. JGit calls any commit without parents ready, so NEW has to have some: at depth 2 there are commits, which at depth 1
 * would be NEW itself in any case.
 * @returns undefined where the server has no such answer. One that refused OLD in version 2 gives whatever lies behind its
 * tips, as far as is known: to it, OLD lies behind none.
 */
async function askFromTip(
  source: UploadPackPool,
  question: { readonly old: ObjectId; readonly tip: ObjectId; readonly whole: 'refused' | 'untold' },
): Promise<boolean | undefined> {
  const { old, tip, whole } = question
  const ready = await askReady(source, old, tip)
  if (ready === undefined) return whole === 'refused' ? false : undefined
  if (!ready) return false
  try {
    const parents = await askBoundary(source, [tip], PARENTS_DEPTH)
    return parents.length > 0
  } catch (error) {
    refusalOf(source, error, [tip])
    return undefined
  }
}

async function askReady(source: UploadPackPool, old: ObjectId, tip: ObjectId): Promise<boolean | undefined> {
  const session = await source.lease()
  try {
    if (!session.tellsReady) return undefined
    const { ready } = await session.askReady([tip], [old], { shallow: [old] })
    return ready
  } catch (error) {
    refusalOf(source, error, [old, tip])
    return undefined
  } finally {
    source.release(session)
  }
}

/** A page of http is none where the program behind it failed: it says nothing of objects. */
function isRefusedInWords({ serverText, status }: MirrorError): boolean {
  return Boolean(serverText) && status !== SERVER_FAILED
}

/**
 * The error of a server that does not have an object or does not give it, in its words or without one: over http,
 * servers that else would hang up say that they failed (go-git, dulwich).
 * @throws the error when it is another one; the reason of the run's signal.
 */
function refusalOf(source: UploadPackPool, thrown: unknown, ids: readonly ObjectId[]): MirrorError {
  source.server.signal.throwIfAborted()
  const error = toMirrorError(thrown, { code: 'cut', side: 'source' })
  if (error.code === 'http' && error.status === SERVER_FAILED) return error
  const isAnswer = error.code === 'cut' || error.code === 'server'
  if (isAnswer && ids.some((id) => meansUnknownObject(error.serverText, id))) return error
  throw error
}
