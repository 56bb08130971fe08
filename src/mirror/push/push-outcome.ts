import { MirrorError } from '../../base/errors.ts'
import type { RefUpdate } from '../../plan/plan-types.ts'
import type { RefReport } from '../../protocol/report-status.ts'
import type { Batch } from './batches.ts'

export function emptyOutcome(updates: readonly RefUpdate[], error: MirrorError): PushOutcome {
  return {
    updates,
    batches: [],
    sent: [],
    reports: new Map(),
    unpack: undefined,
    error,
    bytes: 0,
    objects: 0,
    commands: 0,
    overLimit: false,
    starved: 0,
    isShared: false,
    greetedAhead: false,
  }
}

/** What a push came to, as far as the server told. Only the listing after it says what moved. */
export interface PushOutcome {
  readonly updates: readonly RefUpdate[]
  readonly batches: readonly Batch[]
  /** Updates whose commands were sent. */
  readonly sent: readonly RefUpdate[]
  readonly reports: ReadonlyMap<string, RefReport>
  /** The report's `unpack` words, where they are not ok. */
  readonly unpack: string | undefined
  readonly error: MirrorError | undefined
  /** Bytes of the pack that were sent. */
  readonly bytes: number
  /** Commands of the largest push. */
  readonly commands: number
  /** Objects by the pack's header. */
  readonly objects: number
  /** The pack was ended here, at the limit of one push. */
  readonly overLimit: boolean
  /** Milliseconds that the destination had been waiting for the source when the push ended. */
  readonly starved: number
  /** The pack came at the pace of the slowest of several destinations. */
  readonly isShared: boolean
  /** The last push went over a connection that was opened during the one before. */
  readonly greetedAhead: boolean
}
