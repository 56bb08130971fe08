import { printableLine } from '../base/printable.ts'
import type { DestinationResult, MirrorResult } from '../report/result.ts'
import { countActions } from '../report/wording.ts'
import type { RejectedRefEntry, UpdatedRefEntry } from '../report/result-json.ts'
import type { Core } from './core.ts'

export const OUTPUT_NAMES = [
  'changed',
  'updated-refs',
  'rejected-refs',
  'created',
  'updated',
  'deleted',
  'rejected',
  'pack-bytes',
  'matrix',
  'lfs-objects',
  'lfs-bytes',
] as const

export type OutputName = (typeof OUTPUT_NAMES)[number]

export interface Outputs {
  readonly values: Readonly<Record<Exclude<OutputName, 'matrix'>, string>>
  /** Refs that the lists leave out, because a job's outputs may hold 1 MB. */
  readonly leftOut: number
}

/** Bytes for both lists together. The runner counts UTF-16, two bytes a character, against 1 MB a job. */
const LISTS_BYTES = 880_000

/** What a run is for the steps after it; for a dry run, `updated-refs` and the counts tell what would change. */
export function computeOutputs(result: MirrorResult): Outputs {
  const counts = countActions(result.destinations.flatMap((destination) => destination.changed))
  const rejected = listJson(result.destinations, rejectedEntries, LISTS_BYTES / 2)
  const updated = listJson(result.destinations, changedEntries, LISTS_BYTES - rejected.bytes)
  const moved = result.destinations.some((destination) => destination.changed.length > 0)
  return {
    values: {
      changed: String(moved && !result.dryRun),
      'updated-refs': updated.json,
      'rejected-refs': rejected.json,
      created: String(counts.create),
      updated: String(counts.update + counts.force),
      deleted: String(counts.delete),
      rejected: String(
        result.destinations.reduce((sum, destination) => sum + destination.rejected.length, 0),
      ),
      'pack-bytes': sumFigure(result.destinations, 'packBytes'),
      'lfs-objects': sumFigure(result.destinations, 'lfsObjects'),
      'lfs-bytes': sumFigure(result.destinations, 'lfsBytes'),
    },
    leftOut: updated.leftOut + rejected.leftOut,
  }
}

/** @throws Error when the runner's output file is missing. */
export function writeOutputs(outputs: Outputs, { setOutput }: Pick<Core, 'setOutput'>): void {
  for (const [name, value] of Object.entries(outputs.values)) setOutput(name, value)
}

function* changedEntries(destination: DestinationResult): Generator<UpdatedRefEntry> {
  for (const change of destination.changed) {
    yield {
      destination: destination.destination,
      ref: change.ref,
      action: change.action,
      old: change.old,
      new: change.new,
    }
  }
}

function* rejectedEntries(destination: DestinationResult): Generator<RejectedRefEntry> {
  for (const ref of destination.rejected) {
    const reason = printableLine(ref.reason, 1000)
    yield { destination: destination.destination, ref: ref.ref, action: ref.action, reason }
  }
}

function listJson(
  destinations: readonly DestinationResult[],
  entriesOf: (destination: DestinationResult) => Iterable<object>,
  max: number,
): { readonly json: string; readonly bytes: number; readonly leftOut: number } {
  const parts: string[] = []
  let bytes = 4
  let leftOut = 0
  for (const destination of destinations) {
    for (const entry of entriesOf(destination)) {
      const text = leftOut > 0 ? '' : JSON.stringify(entry)
      const size = Math.max(text.length * 2, Buffer.byteLength(text)) + 2
      if (leftOut > 0 || bytes + size > max) {
        leftOut += 1
        continue
      }
      bytes += size
      parts.push(text)
    }
  }
  return { json: `[${parts.join(',')}]`, bytes, leftOut }
}

function sumFigure(
  destinations: readonly DestinationResult[],
  name: 'packBytes' | 'lfsObjects' | 'lfsBytes',
): string {
  return String(destinations.reduce((sum, { figures }) => sum + figures[name], 0))
}
