import type { Complaints } from './complaints.ts'
import { type FleetFile, type MirrorPart, settingOf } from './fleet-file.ts'

/** Milliseconds between two runs of a schedule such as `every 4h`. */
export interface Period {
  readonly every: number
}

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const LONGEST_PERIOD_MS = 366 * 86_400_000

/** When a mirror runs, by itself or by the defaults. */
export function scheduleOf(part: Pick<MirrorPart, 'tree' | 'defaults'>): string | undefined {
  return settingOf(part, 'schedule') as string | undefined
}

/** `every 4h`, `every: 30m`; undefined: not a period. */
export function readPeriod(text: string): Period | undefined {
  const parts = /^every:? ?([1-9]\d{0,5}) ?([mhd])$/i.exec(text.trim())
  const every = Number(parts?.[1]) * (UNITS_MS[parts?.[2]?.toLowerCase() ?? ''] ?? 0)
  return every > 0 && every <= LONGEST_PERIOD_MS ? { every } : undefined
}

/** Complains about schedules that are none: five fields of cron, in the order of crontab(5), or a period. */
export async function checkSchedules(
  { defaults, mirrors }: FleetFile,
  complaints: Pick<Complaints, 'add'>,
): Promise<void> {
  const scheduled = [...defaults, ...mirrors].filter(({ tree }) => tree['schedule'] !== undefined)
  if (scheduled.length === 0) return
  const { Cron } = await import('croner')
  const known = new Map<string, boolean>()
  for (const { path, tree } of scheduled) {
    const text = tree['schedule'] as string
    if (!known.has(text)) known.set(text, isSchedule(Cron, text))
    if (known.get(text) === true) continue
    complaints.add(
      [...path, 'schedule'],
      'this is not a schedule',
      "Write five fields of cron, such as '17 */4 * * *', or a period such as 'every 4h'",
    )
  }
}

function isSchedule(Cron: typeof import('croner').Cron, text: string): boolean {
  if (readPeriod(text) !== undefined) return true
  if (text.trim().split(/\s+/).length !== 5) return false
  try {
    // A day that never comes is no schedule either.
    return new Cron(text, { paused: true, timezone: 'UTC' }).nextRun() !== null
  } catch {
    return false
  }
}
