import type { Complaints } from './config/complaints.ts'
import type { Draft } from './config/draft.ts'
import type { FleetFile, Part } from './config/fleet-file.ts'

/** Milliseconds between two runs of a schedule such as `every 4h`. */
export interface Period {
  readonly every: number
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const LONGEST_PERIOD_MS = 366 * 86_400_000
const WORDS = 'is neither five fields of cron nor a period such as `every 4h`'

/** When a mirror runs, by itself or by the defaults. */
export function scheduleOf({ defaults }: FleetFile, { tree }: Pick<Draft, 'tree'>): string | undefined {
  return (tree['schedule'] ?? defaults.tree['schedule']) as string | undefined
}

/** `every 4h`, `every: 30m`; undefined: not a period. */
export function readPeriod(text: string): Period | undefined {
  const parts = /^every:? ?([1-9]\d{0,5}) ?([mhd])$/i.exec(text.trim())
  const every = Number(parts?.[1]) * (UNITS[parts?.[2]?.toLowerCase() ?? ''] ?? 0)
  return every > 0 && every <= LONGEST_PERIOD_MS ? { every } : undefined
}

/** Complains about each schedule of a file that cannot be read. */
export async function checkSchedules(file: FleetFile, complaints: Complaints): Promise<void> {
  for (const part of [file.defaults, ...file.mirrors]) await checkSchedule(part, complaints)
}

async function checkSchedule({ path, tree }: Part, complaints: Complaints): Promise<void> {
  const text = tree['schedule']
  if (typeof text !== 'string' || readPeriod(text) !== undefined) return
  if (!/^\S+(?: +\S+){4}$/.test(text.trim()))
    return complaints.add([...path, 'schedule'], `schedule ${WORDS}`)
  const { Cron } = await import('croner')
  try {
    const next = new Cron(text, { paused: true, timezone: 'UTC' }).nextRun()
    if (next === null) complaints.add([...path, 'schedule'], 'schedule names a time that never comes')
  } catch {
    // The library's message quotes what it was given.
    complaints.add([...path, 'schedule'], `schedule ${WORDS}`)
  }
}
