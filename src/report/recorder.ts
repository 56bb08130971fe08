import type { MirrorError } from '../base/errors.ts'
import type { MirrorEvent, Reporter } from './events.ts'
import type { DestinationFigures, MirrorResult, RefChange, RejectedRef } from './result.ts'

/** Keeps what was reported, for a run that has to end before it has a result. */
export interface Recorder {
  readonly reporter: Reporter
  /** The result as far as it is known: every destination failed with `error`. */
  toResult(error: MirrorError): MirrorResult
}

const NO_FIGURES: DestinationFigures = {
  packBytes: 0,
  objects: 0,
  pushes: 0,
  lfsObjects: 0,
  lfsBytes: 0,
  seconds: { list: 0, lfs: 0, negotiate: 0, transfer: 0, verify: 0 },
}

interface Seen {
  readonly changed: RefChange[]
  readonly rejected: RejectedRef[]
  readonly warnings: string[]
  bytes: number
  objects: number
  lfsBytes: number
  lfsObjects: number
}

export function createRecorder(options: {
  readonly source: string
  readonly destinations: readonly string[]
  readonly dryRun: boolean
  /** Milliseconds of a clock. */
  readonly now: () => number
}): Recorder {
  const started = options.now()
  const seen = new Map<string, Seen>(options.destinations.map((destination) => [destination, nothingSeen()]))
  return {
    reporter: (event) => record(seen, event),
    toResult: (error) => ({
      source: options.source,
      ok: false,
      dryRun: options.dryRun,
      destinations: [...seen].map(([destination, known]) => ({
        destination,
        status: 'failed',
        changed: known.changed,
        rejected: known.rejected,
        upToDate: 0,
        warnings: known.warnings,
        leftovers: [],
        error,
        figures: {
          ...NO_FIGURES,
          packBytes: known.bytes,
          objects: known.objects,
          lfsBytes: known.lfsBytes,
          lfsObjects: known.lfsObjects,
        },
      })),
      error,
      seconds: (options.now() - started) / 1000,
      sourceRefs: 0,
    }),
  }
}

/** The result of a run that never began. */
export function resultOfError(error: MirrorError): MirrorResult {
  return { source: '', ok: false, dryRun: false, destinations: [], error, seconds: 0, sourceRefs: 0 }
}

function nothingSeen(): Seen {
  return { changed: [], rejected: [], warnings: [], bytes: 0, objects: 0, lfsBytes: 0, lfsObjects: 0 }
}

function record(seen: ReadonlyMap<string, Seen>, event: MirrorEvent): void {
  const known = 'destination' in event && event.destination ? seen.get(event.destination) : undefined
  if (!known) return
  if (event.kind === 'changed') known.changed.push(event.change)
  if (event.kind === 'rejected') known.rejected.push(event.rejected)
  if (event.kind === 'notice' && event.level === 'warning') known.warnings.push(event.text)
  if (event.kind === 'progress') {
    known.bytes = Math.max(known.bytes, event.bytes)
    known.objects = Math.max(known.objects, event.objects)
  }
  if (event.kind === 'lfs-progress') {
    known.lfsBytes = Math.max(known.lfsBytes, event.bytes)
    known.lfsObjects = Math.max(known.lfsObjects, event.objects)
  }
}
