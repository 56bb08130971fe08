import type { Complaints } from './complaints.ts'
import type { FleetFile } from './fleet-file.ts'

/** Complains about schedules that are none: five fields of cron, in the order of crontab(5). */
export async function checkSchedules(
  { defaults, mirrors }: FleetFile,
  complaints: Pick<Complaints, 'add'>,
): Promise<void> {
  const scheduled = [defaults, ...mirrors].filter(({ tree }) => tree['schedule'] !== undefined)
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
      "Write five fields of cron, such as '17 */4 * * *'",
    )
  }
}

function isSchedule(Cron: typeof import('croner').Cron, text: string): boolean {
  if (text.trim().split(/\s+/).length !== 5) return false
  try {
    // A day that never comes is no schedule either.
    return new Cron(text, { paused: true, timezone: 'UTC' }).nextRun() !== null
  } catch {
    return false
  }
}
