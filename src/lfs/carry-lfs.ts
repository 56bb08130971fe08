import { MirrorError, toMirrorError } from '../base/errors.ts'
import { forEachInTurns } from '../base/turns.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import type { LfsObject, LfsStore, Standing } from './api/store.ts'
import type { LfsSource, Range } from './lfs-source.ts'
import type { FoundPointers } from './pointers/find-pointers.ts'
import type { Pointer } from './pointers/pointer.ts'
import type { RelayMember } from './relay/shared-relay.ts'

/**
 * - `auto`: carry where there are pointers and both ends speak LFS; warn where one does not
 * - `true`: as `auto`, and what cannot be carried is a failure
 * - `full`: as `true`, and every pointer of the source is looked at, whatever the destination has
 */
export type LfsMode = 'auto' | 'true' | 'full'

export interface CarryOptions {
  readonly mode: LfsMode
  readonly source: LfsSource
  /** Opens the destination's LFS store. @throws MirrorError */
  readonly openDestination: () => Promise<LfsStore>
  readonly member: RelayMember
  readonly signal: AbortSignal
  /** New values that the destination lacks. */
  readonly wants: readonly ObjectId[]
  /** Ids that the destination has. */
  readonly haves: readonly ObjectId[]
  /** Tips of the source within the scope of the run, the default branch's first. */
  readonly tips: readonly ObjectId[]
  readonly notice: (level: 'info' | 'warning', text: string) => void
  /** Runs `act` again after failures that pass; `what` is for the log. @throws what `act` threw last. */
  readonly retry: <T>(what: string, act: () => Promise<T>) => Promise<T>
  /** Pointers were found: servers may be asked and objects may flow for long from now on. */
  readonly onFound: (count: number) => Promise<void>
  readonly onProgress: (progress: Progress) => void
}

export interface Progress {
  readonly bytes: number
  readonly objects: number
  /** Objects that are known to be missing so far. */
  readonly missing: number
}

export interface Carried {
  /** Objects that arrived and were listed by the destination afterwards. */
  readonly objects: number
  /** Bytes that were sent. */
  readonly bytes: number
}

const NOTHING: Carried = { objects: 0, bytes: 0 }
/** Objects that are looked at together: memory stays flat however many there are. */
const WINDOW_OBJECTS = 500
/** Pointers of the tips by which is told whether an earlier run left objects out. */
const PROBE_OBJECTS = 100
/** Names in a message. */
const NAMES_LIMIT = 5

/**
 * Carries what LFS keeps beside the objects of a push, before the push: finds the pointers that become visible at the
 * destination, asks both servers, relays what is missing, and asks the destination again.
 * @throws MirrorError for an object that the destination did not take, or does not list afterwards; with `true` and
 *   `full` for everything that cannot be carried; the signal's reason.
 */
export async function carryLfs(options: CarryOptions): Promise<Carried> {
  const { member } = options
  try {
    const pointers = await choosePointers(options)
    return pointers.length === 0 ? NOTHING : await carryPointers(options, pointers)
  } finally {
    member.leave()
  }
}

/** The pointers whose objects the destination may lack. */
async function choosePointers(options: CarryOptions): Promise<readonly Pointer[]> {
  const { mode, wants, haves, tips, notice } = options
  if (mode === 'full') return await scanAll(options)
  if (wants.length === 0) return []
  if (!(await isWorthIt(options))) return []
  if (haves.length === 0) return (await mayUseLfs(options)) ? await scanAll(options) : []
  const { pointers, isTracked, unreadable } = await look(options, { wants, haves, deepen: undefined })
  tellUnreadable(options, unreadable)
  if (pointers.length === 0 && !isTracked) return []
  if (!(await lacksEarlier(options, tips.slice(0, 1), pointers))) return pointers
  notice('info', 'the destination lacks LFS objects of refs that it has: looking at the whole history')
  return await scanAll(options)
}

/** The pointers of a range; again after failures that pass. */
async function look({ source, retry }: CarryOptions, range: Range): Promise<FoundPointers> {
  return await retry('looking for LFS pointers', () => source.scan(range))
}

async function scanAll(options: CarryOptions): Promise<readonly Pointer[]> {
  const { tips, wants, signal } = options
  const ids = new Set<ObjectId>()
  for (const some of [tips, wants]) await forEachInTurns(some, (id) => ids.add(id), signal)
  const all = [...ids]
  if (all.length === 0) return []
  const { pointers, unreadable } = await look(options, { wants: all, haves: [], deepen: undefined })
  tellUnreadable(options, unreadable)
  return pointers
}

/**
 * A source that leaves nothing out of a pack would be read twice for each push. Where it has no LFS of its own, as
 * plain Git servers have none, that is not done unasked.
 */
async function isWorthIt({ mode, source, retry }: CarryOptions): Promise<boolean> {
  if (mode !== 'auto' || !(await source.isUnfiltered())) return true
  return await retry('looking for the source’s LFS server', () => source.hasStore())
}

/**
 * A history that was never looked at is looked at as a whole where that is cheap. Elsewhere the tip of the default
 * branch decides: a repository without LFS should not be read twice.
 */
async function mayUseLfs(options: CarryOptions): Promise<boolean> {
  const { mode, source, tips, notice } = options
  if (mode !== 'auto' || (await source.isCheap())) return true
  const { pointers, isTracked } = await look(options, { wants: tips.slice(0, 1), haves: [], deepen: 1 })
  // The first scan may have found out that the cheapest filter is refused.
  if (pointers.length > 0 || isTracked || (await source.isCheap())) return true
  notice(
    'info',
    'the default branch uses no LFS, so the history was not searched for pointers; lfs: full does that',
  )
  return false
}

function tellUnreadable({ mode, notice }: CarryOptions, count: number): void {
  if (count === 0) return
  const text = `${count} small ${count === 1 ? 'file' : 'files'} of the source could not be read, and may be LFS pointers`
  if (mode !== 'auto') throw new MirrorError(text, { code: 'pack', side: 'source' })
  notice('warning', text)
}

/**
 * Whether the destination lacks objects that refs of before point at, and that can be had. `found`: what the push itself
 * brings.
 */
async function lacksEarlier(
  options: CarryOptions,
  tips: readonly ObjectId[],
  found: readonly Pointer[],
): Promise<boolean> {
  if (tips.length === 0) return false
  const fresh = new Set(found.map(({ oid }) => oid))
  const { pointers } = await look(options, { wants: tips, haves: [], deepen: 1 })
  const earlier = pointers.filter(({ oid }) => !fresh.has(oid)).slice(0, PROBE_OBJECTS)
  if (earlier.length === 0) return false
  try {
    const store = await options.openDestination()
    const standings = await options.retry('asking the destination’s LFS server', () => store.find(earlier))
    const missing = standings.filter(({ kind }) => kind === 'missing').map(({ object }) => object)
    if (missing.length === 0) return false
    // What exists nowhere would make every run look at everything.
    const source = await options.source.store()
    const found = await options.retry('asking the source’s LFS server', () => source.find(missing))
    return found.some(({ kind }) => kind === 'there')
  } catch {
    // Told when objects are to be carried.
    return false
  }
}

interface Stores {
  readonly from: LfsStore
  readonly to: LfsStore
}

/** What could not be carried. */
interface Left {
  /** The source does not give them. */
  readonly lost: Standing[]
  /** The destination does not take them. */
  readonly refused: Refused[]
}

type Refused = Extract<Standing, { readonly kind: 'refused' }>

async function carryPointers(options: CarryOptions, pointers: readonly Pointer[]): Promise<Carried> {
  const { onFound, retry } = options
  await onFound(pointers.length)
  let stores: Stores
  try {
    stores = await retry('opening the LFS servers', async () => ({
      from: await options.source.store(),
      to: await options.openDestination(),
    }))
  } catch (thrown) {
    return giveUp(options, pointers.length, thrown)
  }
  const left: Left = { lost: [], refused: [] }
  let carried = NOTHING
  let missing = 0
  for (let at = 0; at < pointers.length; at += WINDOW_OBJECTS) {
    const window = pointers.slice(at, at + WINDOW_OBJECTS)
    let there
    try {
      there = await compare(options, stores, { window, left })
    } catch (thrown) {
      if (at > 0) throw thrown
      return giveUp(options, pointers.length, thrown)
    }
    missing += there.length
    const sent = await relayWindow(options, stores, { objects: there, before: carried, missing, left })
    carried = { objects: carried.objects + sent.objects, bytes: carried.bytes + sent.bytes }
  }
  failForRefused(left.refused)
  tellLost(options, left.lost)
  return carried
}

/** What of a window the destination lacks and the source has. */
async function compare(
  { retry }: CarryOptions,
  { from, to }: Stores,
  { window, left }: { readonly window: readonly Pointer[]; readonly left: Left },
): Promise<readonly LfsObject[]> {
  const standings = await retry('asking the destination’s LFS server', () => to.prepare(window))
  for (const standing of standings) if (standing.kind === 'refused') left.refused.push(standing)
  const missing = standings.filter(({ kind }) => kind === 'missing').map(({ object }) => object)
  if (missing.length === 0) return []
  const found = await retry('asking the source’s LFS server', () => from.find(missing))
  left.lost.push(...found.filter(({ kind }) => kind !== 'there'))
  return found.filter(({ kind }) => kind === 'there').map(({ object }) => object)
}

function tellLost({ mode, notice }: CarryOptions, lost: readonly Standing[]): void {
  if (lost.length === 0) return
  const [reason] = lost.flatMap((standing) => (standing.kind === 'refused' ? [standing] : []))
  const why = reason === undefined ? '' : ` (it says: ${reason.message}, ${reason.code})`
  const text = `the source’s LFS server does not give ${listObjects(lost.map(({ object }) => object))}${why}: the destination lacks ${lost.length === 1 ? 'it' : 'them'}, too`
  if (mode !== 'auto') throw new MirrorError(text, { code: 'not-found', side: 'source', hint: LOST_HINT })
  notice('warning', `${text}. ${LOST_HINT}`)
}

const LOST_HINT =
  'Whoever has the files can upload them with `git lfs push --all` to the source; pointers in documentation or tests may mean nothing.'

/** @throws MirrorError for objects that the destination will not take */
function failForRefused(refused: readonly Refused[]): void {
  const [first] = refused
  if (first === undefined) return
  throw new MirrorError(
    `the destination’s LFS server refuses ${listObjects(refused.map(({ object }) => object))}: ${first.message} (${first.code})`,
    {
      code: 'http',
      side: 'destination',
      status: first.code,
      serverText: first.message,
      hint: 'The other objects have arrived, and no ref was moved. With lfs: false the refs are mirrored without LFS objects.',
    },
  )
}

async function relayWindow(
  options: CarryOptions,
  stores: Stores,
  given: {
    readonly objects: readonly LfsObject[]
    readonly before: Carried
    /** Objects that are known to be missing so far. */
    readonly missing: number
    readonly left: Left
  },
): Promise<Carried> {
  if (given.objects.length === 0) return NOTHING
  let bytes = 0
  let objects = 0
  const tell = (): void =>
    options.onProgress({
      bytes: given.before.bytes + bytes,
      objects: given.before.objects + objects,
      missing: given.missing,
    })
  tell()
  const { sent, failed } = await options.member.send(stores.to, given.objects, {
    onBytes(count) {
      bytes += count
      tell()
    },
    onSent() {
      objects++
      tell()
    },
    onRetry: (object, error) =>
      options.notice('info', `sending the LFS object ${object.oid} again: ${error.message}`),
  })
  const fatal = failed.filter(
    ({ error }) => options.mode !== 'auto' || error.side !== 'source' || error.retryable,
  )
  const [first] = fatal
  if (first !== undefined) {
    throw new MirrorError(
      `${listObjects(fatal.map(({ object }) => object))} did not arrive: ${first.error.message}`,
      {
        code: first.error.code,
        side: first.error.side,
        status: first.error.status,
        hint: first.error.hint,
        serverText: first.error.serverText,
      },
    )
  }
  for (const { object, error } of failed) {
    options.notice('warning', error.message)
    given.left.lost.push({ kind: 'missing', object })
  }
  await options.retry('looking for what was sent', () => proveArrival(stores.to, sent))
  return { objects: sent.length, bytes }
}

/** What the destination lists afterwards is the result. @throws MirrorError `unverified` */
async function proveArrival(store: LfsStore, sent: readonly LfsObject[]): Promise<void> {
  if (sent.length === 0) return
  const absent = (await store.find(sent)).filter(({ kind }) => kind !== 'there').map(({ object }) => object)
  if (absent.length === 0) return
  throw new MirrorError(
    `the destination’s LFS server took ${listObjects(absent)} and does not list ${absent.length === 1 ? 'it' : 'them'} afterwards`,
    {
      code: 'unverified',
      side: 'destination',
      retryable: true,
      hint: 'Its storage loses what is written, or lists it late: look into the log of that server, and run again.',
    },
  )
}

/** One end does not speak LFS, or not with us. */
function giveUp({ mode, notice }: CarryOptions, count: number, thrown: unknown): Carried {
  const error = toMirrorError(thrown, { code: 'cut', retryable: true })
  // What passes says nothing about what the server can do.
  if (mode !== 'auto' || error.retryable || error.code === 'cancelled') throw error
  notice(
    'warning',
    `${count} LFS ${count === 1 ? 'object is' : 'objects are'} not carried: ${error.message}${error.hint === undefined ? '' : `. ${error.hint}`}`,
  )
  return NOTHING
}

function listObjects(objects: readonly LfsObject[]): string {
  const names = objects.slice(0, NAMES_LIMIT).map(({ oid }) => oid)
  const more = objects.length - names.length
  return `${objects.length === 1 ? 'the LFS object' : 'the LFS objects'} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
