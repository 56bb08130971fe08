import type { MirrorEvent } from '../report/events.ts'
import type { Phase } from '../report/result.ts'
import { PHASES } from '../report/wording.ts'

const GROUP_TITLES: Readonly<Record<Phase, string>> = {
  list: 'List refs',
  lfs: 'LFS objects',
  negotiate: 'Negotiate',
  transfer: 'Transfer',
  verify: 'Verify',
}

/** What a phase that begins means for the groups of the log. */
export interface GroupChange {
  /** Whether a group ends first. */
  readonly ends: boolean
  /** The title of the group that begins; undefined: none does. */
  readonly begins: string | undefined
  /** Whether the phase has a line of its own beside the title. */
  readonly line: boolean
}

export interface PhaseGroups {
  enter(event: MirrorEvent & { kind: 'phase' }): GroupChange
  /** Whether a group was open. */
  close(): boolean
}

/**
 * Groups of a log, which do not nest. Destinations run side by side: where there are several, a group begins with
 * the first of them that gets so far.
 */
export function createPhaseGroups(several: boolean): PhaseGroups {
  let open: Phase | undefined
  return {
    enter({ phase, text }) {
      if (several && open !== undefined && PHASES.indexOf(phase) <= PHASES.indexOf(open)) {
        return { ends: false, begins: undefined, line: true }
      }
      const ends = open !== undefined
      open = phase
      return { ends, begins: several ? GROUP_TITLES[phase] : beginSentence(text), line: several }
    },
    close() {
      const wasOpen = open !== undefined
      open = undefined
      return wasOpen
    },
  }
}

function beginSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
