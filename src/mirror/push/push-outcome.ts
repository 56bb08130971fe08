import type { MirrorError } from '../../base/errors.ts'
import type { RefUpdate } from '../../plan/plan-types.ts'
import type { PushReport } from '../../protocol/report-status.ts'

/** One push, as far as the server told of it. */
export interface Push {
  readonly updates: readonly RefUpdate[]
  /** Its commands were sent: what the server did with them is open until it is listed. */
  readonly isSent: boolean
  /** It brought the objects that its refs need, as far as they were not there. */
  readonly hasObjects: boolean
  /** Undefined where the server has no report-status, or the push broke off. */
  readonly report: PushReport | undefined
  readonly error: MirrorError | undefined
  /** What the server wrote beside the report: hooks, progress, stderr; raw. */
  readonly lines: readonly string[]
}

/** What the pushes of a round came to, as far as the server told. Only the listing after them says what moved. */
export interface PushOutcome {
  /** All that was to be pushed. */
  readonly updates: readonly RefUpdate[]
  /** Those that were tried, in their order. */
  readonly pushes: readonly Push[]
  /** Why there were no more. */
  readonly error: MirrorError | undefined
  /** The words of the server about that. */
  readonly lines: readonly string[]
  /** Bytes of packs that were sent. */
  readonly bytes: number
  /** Objects by the header of the last pack. */
  readonly objects: number
  /** The pack was ended here, at the limit of one push. */
  readonly overLimit: boolean
  /** Milliseconds that the destination had been waiting for the source when the last push ended. */
  readonly starved: number
  /** The pack came at the pace of the slowest of several destinations. */
  readonly isShared: boolean
  /** The last push went over a connection that was opened during the one before. */
  readonly greetedAhead: boolean
}

/** What could not even be asked for. */
export function emptyOutcome(updates: readonly RefUpdate[], error: MirrorError): PushOutcome {
  return {
    updates,
    pushes: [],
    error,
    lines: [],
    bytes: 0,
    objects: 0,
    overLimit: false,
    starved: 0,
    isShared: false,
    greetedAhead: false,
  }
}

/** The report's `unpack` words of a pack that was not taken. */
export function unpackFailure(push: Push | undefined): string | undefined {
  const words = push?.report?.unpack
  return words === 'ok' ? undefined : words
}

/** The words of the last push, where its pack was not taken: after such a push there is no other. */
export function lastUnpackFailure({ pushes }: PushOutcome): string | undefined {
  return unpackFailure(pushes.at(-1))
}

/** Commands of the largest push that was sent. */
export function mostCommands({ pushes }: PushOutcome): number {
  let most = 0
  for (const push of pushes) if (push.isSent) most = Math.max(most, push.updates.length)
  return most
}
