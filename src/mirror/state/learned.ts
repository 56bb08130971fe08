import type { ObjectId } from '../../protocol/object-id.ts'
import type { PushMode } from './fallbacks.ts'
import { newPieceState, noteRestTooLarge, type PieceState } from './piece-state.ts'
import { surpriseOf } from './piece-weight.ts'
import { judgeTooLarge, THIN, type Thinness } from './thin-or-whole.ts'

/** What a destination's run knows that it did not know when it began. Replaced as a whole, never changed. */
export interface Learned {
  /** How this destination is pushed to. */
  readonly mode: PushMode
  /** How far a transfer in pieces has come. */
  readonly pieces: PieceState
  /** Whether pieces are asked for as thin packs. */
  readonly thinness: Thinness
  /** Ids that the source refused once: their refs moved, or they are broken. */
  readonly suspectIds: ReadonlySet<ObjectId>
  /** Ids that the source lists again and again and never gives (G19). */
  readonly brokenIds: ReadonlySet<ObjectId>
  /** Which of the namespaces for old values is tried, and why an earlier one was not taken. */
  readonly backups: BackupState
  /** How often a ref was lost to another writer. */
  readonly races: ReadonlyMap<string, number>
}

export interface BackupState {
  /** Position among `MirrorOptions.backup.prefixes`; past their end there is none left. */
  readonly prefixAt: number
  /** In the server's words. */
  readonly reason: string
}

/** `top`: a moment after the newest commit, in seconds since 1970. */
export function startLearned(mode: PushMode, top: number): Learned {
  return {
    mode,
    pieces: newPieceState(top),
    thinness: THIN,
    suspectIds: new Set(),
    brokenIds: new Set(),
    backups: { prefixAt: 0, reason: '' },
    races: new Map(),
  }
}

/** The source will not give `id`: the first time its ref may have moved, the second time the id is broken. */
export function noteRefused(learned: Learned, id: ObjectId): Learned {
  if (!learned.suspectIds.has(id)) return { ...learned, suspectIds: new Set([...learned.suspectIds, id]) }
  return { ...learned, brokenIds: new Set([...learned.brokenIds, id]) }
}

/** The destination did not take refs in the namespace for old values. */
export function noteBackupRefused(learned: Learned, reason: string): Learned {
  return { ...learned, backups: { prefixAt: learned.backups.prefixAt + 1, reason } }
}

/** Another writer was faster with each of `refs`. */
export function noteRaces(learned: Learned, refs: readonly string[]): Learned {
  if (refs.length === 0) return learned
  const races = new Map(learned.races)
  for (const ref of refs) races.set(ref, (races.get(ref) ?? 0) + 1)
  return { ...learned, races }
}

/** A plainer way to push. `pack`: what did not arrive; where `mode` cuts the history, it tells how large that is. */
export function noteMode(
  learned: Learned,
  mode: PushMode,
  pack: { readonly objects: number; readonly bytes: number },
): Learned {
  if (!mode.pieces || pack.objects === 0) return { ...learned, mode }
  const { objects } = pack
  const bytes = Math.max(pack.bytes, mode.maxBytes ?? 0)
  const { pieces, thinness } = learned
  return {
    ...learned,
    mode,
    thinness: judgeTooLarge(thinness, thinness.isThin, surpriseOf(pieces, { objects, bytes })),
    pieces: noteRestTooLarge(pieces, objects, bytes),
  }
}
