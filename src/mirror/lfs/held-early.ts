import { within } from '../../base/deadline.ts'
import type { CarryOptions } from '../../lfs/carry-options.ts'
import type { FoundPointers } from '../../lfs/pointers/find-pointers.ts'
import type { ObjectFormat } from '../../protocol/object-id.ts'
import type { Fetching } from '../sessions/fetching.ts'
import { HeldPack } from './held-pack.ts'

/**
 * Milliseconds that a pack may wait for the answer about pointers. A server that does one thing at a time answers when the
 * pack is given up.
 */
const LONGEST_HELD_MS = 5000

type Read = NonNullable<CarryOptions['glance']>['read']

export interface HeldEarlyOptions {
  readonly fetching: Promise<Fetching | undefined>
  readonly format: ObjectFormat
  readonly signal: AbortSignal
  /** The pack has all that the push brings: what it shows need not be asked. */
  readonly glances: boolean
}

/** A pack that was asked for before it is known whether LFS objects go before it. */
export interface HeldEarly {
  readonly fetching: Promise<Fetching | undefined>
  /** As `CarryOptions` has it. */
  readonly glance: CarryOptions['glance']
  /** It was given up: another one is to be asked for. */
  isGivenUp(): boolean
  /** It would have to wait: where the source still sends it, it is given up. */
  giveUp(): void
  /** Nobody will want it. */
  drop(): void
  /** The wait is over. */
  release(): void
}

export function holdEarly(options: HeldEarlyOptions): HeldEarly {
  const { format, signal, glances } = options
  let held: HeldPack | undefined
  let isGivenUp = false
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  let shown: Promise<FoundPointers | undefined> | undefined
  const fetching = glances
    ? options.fetching.then((pack) =>
        pack?.answer.pack === undefined ? pack : (held = new HeldPack(pack)).fetching,
      )
    : options.fetching
  const drop = (): void => {
    isGivenUp = true
    void fetching.then((pack) => pack?.cancel()).catch(() => undefined)
  }
  const giveUp = (): void => {
    if (held?.isWhole !== true && !isGivenUp) drop()
  }
  const startTimer = (): void => {
    if (!isOver && held?.isWhole !== true) timer ??= setTimeout(giveUp, LONGEST_HELD_MS)
  }
  const stopTimer = (): void => {
    clearTimeout(timer)
    timer = undefined
  }
  const read: Read = async (limitBytes, limitMs) => {
    await fetching.catch(() => undefined)
    if (held === undefined || isGivenUp) return undefined
    stopTimer()
    const slices = await within(held.collect(limitBytes), limitMs)
    startTimer()
    if (slices === undefined) {
      held.stop()
      return undefined
    }
    const { readWholePack } = await import(
      /* webpackChunkName: "acts" */ '../../lfs/pointers/read-whole-pack.ts'
    )
    return await (shown ??= readWholePack(slices, { format, signal }))
  }
  // Its failure is met where the pack is waited for, or nowhere when it is no longer wanted.
  if (glances) fetching.catch(() => undefined)
  else fetching.then(startTimer, () => undefined)
  return {
    fetching,
    glance: glances ? { read, stop: () => held?.stop() } : undefined,
    isGivenUp: () => isGivenUp,
    giveUp,
    drop,
    release() {
      isOver = true
      stopTimer()
    },
  }
}
