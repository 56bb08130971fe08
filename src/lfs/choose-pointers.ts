import { MirrorError } from '../base/errors.ts'
import { forEachInTurns } from '../base/turns.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import type { CarryOptions } from './carry-options.ts'
import type { Range } from './lfs-source.ts'
import type { FoundPointers } from './pointers/find-pointers.ts'
import type { Pointer } from './pointers/pointer.ts'

/** Pointers of the tips by which is told whether an earlier run left objects out. */
const PROBE_OBJECTS = 100

/** What is collected rather than asked for twice. */
const HELD_PACK_BYTES = 16 * 1024 * 1024
const HELD_PACK_MS = 30_000

/** The pointers whose objects the destination may lack. */
export async function choosePointers(options: CarryOptions): Promise<readonly Pointer[]> {
  const { mode, wants, haves, tips, source, notice } = options
  if (mode === 'full') return await scanAll(options)
  if (wants.length === 0) return []
  let { shown } = options
  if (shown === undefined) {
    const answer = await readOnWhileAsking(options)
    if (answer === 'not-worth-it') return []
    shown = answer
  }
  if (shown === undefined) {
    if (!(await source.isCheap())) options.onDoubt()
    if (haves.length === 0) return (await mayUseLfs(options)) ? await scanAll(options) : []
  } else source.learn(shown)
  const { pointers, isTracked, unreadable } =
    shown ?? (await look(options, { wants, haves, deepen: undefined }))
  tellUnreadable(options, unreadable)
  if (pointers.length === 0 && !isTracked) return []
  if (!(await isWorthIt(options))) return tellNoStore(options, pointers)
  if (haves.length === 0) return pointers
  options.onDoubt()
  if (!(await lacksEarlier(options, tips.slice(0, 1), pointers))) return pointers
  notice('info', 'the destination lacks LFS objects of refs that it has: looking at the whole history')
  return await scanAll(options)
}

/**
 * A source that leaves nothing out would have to send all of it again: as much as can be kept of its pack is collected while
 * it is asked for its LFS server.
 */
async function readOnWhileAsking(options: CarryOptions): Promise<FoundPointers | 'not-worth-it' | undefined> {
  const asking = isWorthIt(options)
  asking.catch(() => undefined)
  const isUnfiltered = await options.source.isUnfiltered()
  const reading = isUnfiltered ? options.glance?.read(HELD_PACK_BYTES, HELD_PACK_MS) : undefined
  reading?.catch(() => undefined)
  const first = await Promise.race([asking, ...(reading ? [reading] : [])])
  if (typeof first === 'object') return first
  if (await asking) return await reading
  options.glance?.stop()
  return 'not-worth-it'
}

/** @returns nothing to carry */
function tellNoStore({ notice }: CarryOptions, { length }: readonly Pointer[]): readonly [] {
  const objects = length === 1 ? 'object is' : 'objects are'
  if (length > 0)
    notice('warning', `${length} LFS ${objects} not carried: the source has no LFS server that answers`)
  return []
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
