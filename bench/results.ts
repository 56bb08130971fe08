import { readFileSync } from 'node:fs'
import type { Go } from './cases.ts'

/** What `--json` writes of the runs themselves. */
export interface Measured {
  readonly machine: Readonly<Record<string, string>>
  readonly scale: number
  /** Timed runs of each program. */
  readonly runs: number
  readonly goes: readonly Go[]
}

/**
 * Puts together what earlier runs wrote with `--json`, so that a long measurement can be made in pieces.
 * @throws Error that names the file that can't be read, is none of these, or was measured at another scale.
 */
export function readMeasured(paths: readonly string[]): Measured {
  const all = paths.map(readOne)
  const [first] = all
  if (first === undefined) throw new Error('--from: no file')
  const other = all.findIndex(({ scale }) => scale !== first.scale)
  if (other !== -1)
    throw new Error(`--from ${paths[other]}: scale ${all[other]!.scale}, but ${paths[0]} has ${first.scale}`)
  return { ...first, runs: Math.min(...all.map(({ runs }) => runs)), goes: all.flatMap(({ goes }) => goes) }
}

function readOne(path: string): Measured {
  let read: Partial<Measured> | null
  try {
    read = JSON.parse(readFileSync(path, 'utf8')) as Partial<Measured> | null
  } catch (error) {
    throw new Error(`--from ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
  const { machine, scale, runs, goes } = read ?? {}
  if (machine === undefined || scale === undefined || runs === undefined || !Array.isArray(goes))
    throw new Error(`--from ${path}: not what npm run bench -- --json writes`)
  return { machine, scale, runs, goes }
}
