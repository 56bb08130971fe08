import { readClock } from '../base/clock.ts'
import { MirrorError } from '../base/errors.ts'
import { keepHeapSmall } from '../base/heap.ts'
import type { LfsObject, LfsStore } from './api/store.ts'
import { type Carried, type CarryOptions, NOTHING } from './carry-options.ts'
import { failForRefused, giveUp, type LeftOut, listObjects, tellLost } from './left-out.ts'
import type { Pointer } from './pointers/pointer.ts'

/** Objects that are looked at together: memory stays flat however many there are. */
const WINDOW_OBJECTS = 500
/** Milliseconds between two figures of what has flowed. */
const PROGRESS_MS = 100

interface Stores {
  readonly from: LfsStore
  readonly to: LfsStore
}

/**
 * Asks both servers for what the pointers name, relays what is missing, and asks the destination again, window by window:
 * the servers are asked about the next one, and about what has arrived of the one before, while objects flow.
 * @throws as `carryLfs`
 */
export async function carryPointers(options: CarryOptions, pointers: readonly Pointer[]): Promise<Carried> {
  const { onFound, retry } = options
  await onFound(pointers.length)
  keepHeapSmall()
  let stores: Stores
  try {
    stores = await retry('opening the LFS servers', async () => ({
      from: await options.source.store(),
      to: await options.openDestination(),
    }))
  } catch (thrown) {
    return giveUp(options, pointers.length, thrown)
  }
  const left: LeftOut = { lost: [], refused: [] }
  const compareFrom = (at: number): Promise<readonly LfsObject[]> =>
    begin(compare(options, stores, { window: pointers.slice(at, at + WINDOW_OBJECTS), left }))
  let carried = NOTHING
  let missing = 0
  let comparing = compareFrom(0)
  let proving = Promise.resolve()
  for (let at = 0; at < pointers.length; at += WINDOW_OBJECTS) {
    let there
    try {
      there = await comparing
    } catch (thrown) {
      if (at > 0) throw thrown
      return giveUp(options, pointers.length, thrown)
    }
    comparing = compareFrom(at + WINDOW_OBJECTS)
    missing += there.length
    const { sent, bytes } = await relayWindow(options, stores, {
      objects: there,
      before: carried,
      missing,
      left,
    })
    carried = { objects: carried.objects + sent.length, bytes: carried.bytes + bytes }
    await proving
    proving = begin(retry('looking for what was sent', () => proveArrival(stores.to, sent)))
  }
  await proving
  failForRefused(left.refused)
  tellLost(options, left.lost)
  return carried
}

/** Its failure is met where it is waited for, or nowhere when something else has failed before. */
function begin<T>(act: Promise<T>): Promise<T> {
  act.catch(() => undefined)
  return act
}

/** What of a window the destination lacks and the source has. */
async function compare(
  { retry }: CarryOptions,
  { from, to }: Stores,
  { window, left }: { readonly window: readonly Pointer[]; readonly left: LeftOut },
): Promise<readonly LfsObject[]> {
  if (window.length === 0) return []
  const standings = await retry('asking the destination’s LFS server', () => to.prepare(window))
  for (const standing of standings) if (standing.kind === 'refused') left.refused.push(standing)
  const missing = standings.filter(({ kind }) => kind === 'missing').map(({ object }) => object)
  if (missing.length === 0) return []
  const found = await retry('asking the source’s LFS server', () => from.find(missing))
  left.lost.push(...found.filter(({ kind }) => kind !== 'there'))
  return found.filter(({ kind }) => kind === 'there').map(({ object }) => object)
}

interface Window {
  readonly objects: readonly LfsObject[]
  readonly before: Carried
  /** Objects that are known to be missing so far. */
  readonly missing: number
  readonly left: LeftOut
}

/** What has flowed, told now and then: an event for each slice would take longer than writing it. */
function makeMeter({ onProgress }: CarryOptions, { before, missing }: Window) {
  let bytes = 0
  let objects = 0
  let toldAt = -Infinity
  const tell = (): void => {
    toldAt = readClock()
    onProgress({ bytes: before.bytes + bytes, objects: before.objects + objects, missing })
  }
  return {
    tell,
    bytes: () => bytes,
    onBytes(count: number) {
      bytes += count
      if (readClock() - toldAt >= PROGRESS_MS) tell()
    },
    onSent() {
      objects++
      tell()
    },
  }
}

async function relayWindow(
  options: CarryOptions,
  stores: Stores,
  window: Window,
): Promise<{ readonly sent: readonly LfsObject[]; readonly bytes: number }> {
  const { objects, left } = window
  if (objects.length === 0) return { sent: [], bytes: 0 }
  const meter = makeMeter(options, window)
  meter.tell()
  const { sent, failed } = await options.member.send(stores.to, objects, {
    onBytes: meter.onBytes,
    onSent: meter.onSent,
    onRetry: (object, error) =>
      options.notice('info', `sending the LFS object ${object.oid} again: ${error.message}`),
  })
  meter.tell()
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
    left.lost.push({ kind: 'missing', object })
  }
  return { sent, bytes: meter.bytes() }
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
