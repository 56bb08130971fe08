import type { WorkState } from '../jobs/board.ts'
import type { MirrorRecord } from '../../fleet/state/records.ts'
import type { Progress } from './live.ts'

/** What is to be known of a mirror from outside. */
export interface MirrorView {
  readonly name: string
  readonly labels: readonly string[]
  /** Printable addresses; empty: it is paused in the file, and was not read. */
  readonly source: string
  readonly destinations: readonly string[]
  readonly state: WorkState
  /** `file`: by the config, `memory`: by hand, until the server stops. */
  readonly paused: 'file' | 'memory' | undefined
  readonly schedule: string | undefined
  /** Milliseconds since 1970. */
  readonly next: number | undefined
  readonly record: MirrorRecord
  readonly progress: Progress | undefined
  /** What a host has said of its source since the server started, and when. */
  readonly notice: Notice | undefined
}

export interface Notice {
  readonly text: string
  /** Milliseconds since 1970. */
  readonly at: number
}
