import type { Side } from '../base/errors.ts'
import type { Phase, RefChange, RejectedRef } from './result.ts'

/**
 * What happens while it happens. `destination` is a printable address; without it the event is about the
 * source or the whole run. Texts marked raw come from a server.
 */
export type MirrorEvent =
  | {
      readonly kind: 'phase'
      readonly phase: Phase
      readonly destination?: string | undefined
      readonly text: string
    }
  | {
      readonly kind: 'progress'
      readonly destination: string
      /** Bytes of the pack that the destination took so far. */
      readonly bytes: number
      readonly objects: number
    }
  | {
      readonly kind: 'lfs-progress'
      readonly destination: string
      /** Bytes of LFS objects that the destination took so far. */
      readonly bytes: number
      /** Objects that arrived so far. */
      readonly objects: number
      /** Objects that are known to be missing so far. */
      readonly missing: number
    }
  /** Whole lines, raw: progress and hook output. */
  | { readonly kind: 'server-text'; readonly side: Side; readonly server: string; readonly text: string }
  /** Our words; may quote a server, raw. */
  | {
      readonly kind: 'notice'
      readonly level: 'info' | 'warning'
      readonly destination?: string | undefined
      readonly text: string
    }
  | {
      readonly kind: 'changed'
      readonly destination: string
      readonly change: RefChange
      readonly dryRun: boolean
    }
  | { readonly kind: 'rejected'; readonly destination: string; readonly rejected: RejectedRef }

/** Takes events; must not throw. */
export type Reporter = (event: MirrorEvent) => void
