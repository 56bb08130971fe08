import type { MirrorLine } from '../report/round-lines.ts'
import { type MirrorRecord, NO_RECORD, withRun } from './records.ts'
import { readStateFile, writeStateFile } from './state-file.ts'

/** Milliseconds between two writings. */
const WRITE_INTERVAL_MS = 5000

export interface RoundStateInput {
  readonly path: string
  readonly onWarning: (text: string) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** What rounds leave to the next one, in a file. */
export interface RoundState {
  record(name: string): MirrorRecord
  /** Mirrors that each discovery found the last time, by its name. */
  readonly found: ReadonlyMap<string, number>
  /** What became of a mirror. `pushed`: its mark before it ran. */
  take(line: MirrorLine, pushed?: string): void
  /** How many mirrors each discovery found this time; those that failed are left out. */
  setFound(counts: ReadonlyMap<string, number>): void
  /** Writes what is not written. `names`: all mirrors that there are, others are forgotten; undefined: not all are known. */
  end(names: ReadonlySet<string> | undefined): void
}

/** Never throws: a file that cannot be read or written is told, and a round does the same without it. */
export function openRoundState({ path, onWarning, now }: RoundStateInput): RoundState {
  const known = readStateFile(path, onWarning)
  const mirrors = new Map(known.mirrors)
  const found = new Map(known.found)
  let written = now()
  let hasWarned = false
  const write = (): void => {
    written = now()
    try {
      writeStateFile(path, { mirrors, found })
    } catch (thrown) {
      const { code = 'no reason given' } = thrown as NodeJS.ErrnoException
      if (!hasWarned)
        onWarning(`the state file can't be written (${code}): the next round will not know of this one`)
      hasWarned = true
    }
  }
  const record: RoundState['record'] = (name) => mirrors.get(name) ?? NO_RECORD
  return {
    record,
    found: known.found,
    take(line, pushed) {
      mirrors.set(line.name, withRun(record(line.name), line, now(), pushed))
      if (now() - written >= WRITE_INTERVAL_MS) write()
    },
    setFound(counts) {
      for (const [name, count] of counts) found.set(name, count)
    },
    end(names) {
      if (names !== undefined) for (const name of mirrors.keys()) if (!names.has(name)) mirrors.delete(name)
      write()
    },
  }
}
