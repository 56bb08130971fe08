import type { MirrorError } from '../../../src/base/errors.ts'
import type { Push, PushOutcome } from '../../../src/mirror/push/push-outcome.ts'
import type { RefUpdate } from '../../../src/plan/plan-types.ts'
import type { RefReport } from '../../../src/protocol/report-status.ts'

export const OLD = 'a'.repeat(40)

export const NEW = 'b'.repeat(40)

export const NONE = '0'.repeat(40)

export function updateOf(ref: string, action: RefUpdate['action'] = 'create'): RefUpdate {
  return {
    ref,
    sourceRef: action === 'delete' ? undefined : ref,
    action,
    old: action === 'create' ? NONE : OLD,
    new: action === 'delete' ? NONE : NEW,
    reason: '',
  }
}

/** A push that was sent. Without `unpack`: there was no report. */
export function pushOf(
  updates: readonly RefUpdate[],
  given: {
    readonly unpack?: string | undefined
    readonly refs?: Readonly<Record<string, RefReport>>
    readonly error?: MirrorError | undefined
    readonly hasObjects?: boolean
    readonly lines?: readonly string[]
  },
): Push {
  const { unpack, refs = {}, error, hasObjects = true, lines = [] } = given
  const report = unpack === undefined ? undefined : { unpack, refs: new Map(Object.entries(refs)) }
  return { updates, isSent: true, hasObjects, report, error, lines }
}

/** What came of `pushes`, with nothing special about it. */
export function outcomeOf(pushes: readonly Push[], given: Partial<PushOutcome> = {}): PushOutcome {
  const last = pushes.at(-1)
  return {
    updates: pushes.flatMap((push) => push.updates),
    pushes,
    error: last?.error,
    lines: last?.lines ?? [],
    bytes: 0,
    objects: 0,
    overLimit: false,
    starved: 0,
    isShared: false,
    greetedAhead: false,
    ...given,
  }
}
