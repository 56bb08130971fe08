import { MirrorError } from '../../base/errors.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import type { RemoteUrl } from '../../transport/address/remote-url.ts'
import type { Manner } from './fallbacks.ts'
import type { MirrorOptions } from '../../options/options.ts'
import type { PieceState } from './piece-state.ts'
import type { Thinness } from './thin-or-whole.ts'
import type { Reporter } from '../../report/events.ts'
import type { RefChange, RejectedRef } from '../../report/result.ts'
import type { Server } from '../sessions/server.ts'
import type { Participant } from '../pack/shared-fetch.ts'
import { SourceRepository } from '../sessions/source-repository.ts'
import { UploadPackServer } from '../sessions/upload-pack-pool.ts'
import { FiguresKeeper } from './figures.ts'

/** What one destination's run knows and has done so far. */
export interface DestinationRun {
  readonly options: MirrorOptions
  readonly reporter: Reporter
  readonly signal: AbortSignal
  readonly source: SourceRepository
  readonly url: RemoteUrl
  /** The destination as receive-pack. */
  readonly server: Server
  /** The destination as upload-pack, asked for symbolic refs and for history. */
  readonly reader: UploadPackServer
  /** Where the pack comes from. */
  readonly pack: Participant
  manner: Manner
  readonly changed: Map<string, RefChange>
  readonly rejected: Map<string, RejectedRef>
  readonly warnings: string[]
  upToDate: number
  /** Source refs in scope, once a round was planned. */
  inScope: number | undefined
  /** The destination's default branch, when the plan deletes it. */
  defaultBranch: string | undefined
  readonly figures: FiguresKeeper
  /** Ids at the source that its upload-pack will not give (G19). */
  readonly brokenIds: Set<ObjectId>
  /** How far a transfer in pieces has come. */
  pieces: PieceState
  thinness: Thinness
  /** Ids that it refused once. */
  readonly suspectIds: Set<ObjectId>
  /** How often a ref was lost to another writer. */
  readonly races: Map<string, number>
  /** Sessions that end while the run goes on; each settles when its end is there. */
  readonly closing: Promise<unknown>[]
  /** The last lines that the destination wrote. */
  lines: readonly string[]
  error: MirrorError | undefined
}

export function notice(run: DestinationRun, level: 'info' | 'warning', text: string): void {
  if (level === 'warning') run.warnings.push(text)
  run.reporter({ kind: 'notice', level, destination: run.server.remote.label, text })
}
