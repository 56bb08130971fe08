import type { MirrorError } from '../errors.ts'
import type { ObjectId } from '../protocol/object-id.ts'
import type { RemoteUrl } from '../transport/remote-url.ts'
import type { Manner } from './manner.ts'
import type { MirrorOptions } from './options.ts'
import type { PieceState } from './piece-state.ts'
import type { Thinness } from './thinness.ts'
import type { Reporter } from './reporter.ts'
import type { DestinationFigures, Phase, RefChange, RejectedRef } from './result.ts'
import type { Server } from './server.ts'
import type { Participant } from './shared-fetch.ts'
import type { SourceRepository } from './source-repository.ts'
import type { UploadPackServer } from './upload-pack-server.ts'

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

/** Adds up what the result reports as figures. */
export class FiguresKeeper {
  packBytes = 0
  objects = 0
  pushes = 0
  readonly #seconds: Record<Phase, number> = { list: 0, negotiate: 0, transfer: 0, verify: 0 }
  #phase: Phase | undefined
  #since = 0

  /** Time counts for `phase` from now on; undefined: for none. */
  enter(phase: Phase | undefined): void {
    const now = performance.now()
    if (this.#phase !== undefined) this.#seconds[this.#phase] += (now - this.#since) / 1000
    this.#phase = phase
    this.#since = now
  }

  result(): DestinationFigures {
    this.enter(undefined)
    return {
      packBytes: this.packBytes,
      objects: this.objects,
      pushes: this.pushes,
      seconds: { ...this.#seconds },
    }
  }
}

export function notice(run: DestinationRun, level: 'info' | 'warning', text: string): void {
  if (level === 'warning') run.warnings.push(text)
  run.reporter({ kind: 'notice', level, destination: run.server.remote.label, text })
}
