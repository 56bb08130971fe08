import { hash } from 'node:crypto'
import { Cron } from 'croner'
import { readPeriod } from '../../fleet/config/check-schedules.ts'

/** Share of its period by which a mirror is shifted, at most `MOST_SPREAD_MS`: a fleet must not start at one moment. */
const SPREAD_SHARE = 0.1
const MOST_SPREAD_MS = 15 * 60_000
/** Runs of a schedule of cron of which the shortest distance counts as its period. */
const SAMPLE_RUNS = 10
/** A Monday, so that the period of a schedule does not depend on the day on which somebody asks. */
const SAMPLE_START = new Date('2024-01-01T00:00:00Z')

interface Schedule {
  /** Milliseconds. */
  readonly period: number
  /** The first time after `after`, without any shift; undefined: never. */
  next(after: number, name: string): number | undefined
}

/** When mirrors run by their schedules. Times are milliseconds since 1970; the same name has the same shift always. */
export class Timetable {
  readonly #timeZone: string
  readonly #schedules = new Map<string, Schedule>()

  constructor(timeZone: string) {
    this.#timeZone = timeZone
  }

  /** The first time after `after`; undefined: never. */
  next(schedule: string, name: string, after: number): number | undefined {
    return this.#schedule(schedule).next(after, name)
  }

  /** A moment of the first tenth of the period: where a mirror runs that is due when the program starts. */
  startDelay(schedule: string, name: string): number {
    return shiftOf(name, spreadOf(this.#schedule(schedule).period))
  }

  /** Whether a time has passed since the last run without one. */
  isMissed(schedule: string, name: string, lastRun: number | undefined, now: number): boolean {
    if (lastRun === undefined) return true
    const next = this.next(schedule, name, lastRun)
    return next !== undefined && next <= now
  }

  #schedule(text: string): Schedule {
    const found = this.#schedules.get(text)
    if (found !== undefined) return found
    const period = readPeriod(text)
    const made = period === undefined ? cronSchedule(text, this.#timeZone) : everySchedule(period.every)
    this.#schedules.set(text, made)
    return made
  }
}

/** Whether this machine knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

function cronSchedule(text: string, timezone: string): Schedule {
  const cron = new Cron(text, { paused: true, timezone })
  const runs = cron.nextRuns(SAMPLE_RUNS, SAMPLE_START).map((run) => run.getTime())
  const gaps = runs.slice(1).map((time, index) => time - runs[index]!)
  const period = gaps.length === 0 ? Infinity : Math.min(...gaps)
  return {
    period,
    next(after, name) {
      const shift = shiftOf(name, spreadOf(period))
      const next = cron.nextRun(new Date(after - shift))
      return next === null ? undefined : next.getTime() + shift
    },
  }
}

/** A period has no hour of its own: each mirror has its own point in it. */
function everySchedule(period: number): Schedule {
  return {
    period,
    next(after, name) {
      const phase = shiftOf(name, period)
      return (Math.floor((after - phase) / period) + 1) * period + phase
    },
  }
}

function spreadOf(period: number): number {
  return Math.min(MOST_SPREAD_MS, Math.floor(period * SPREAD_SHARE))
}

/** Whole seconds below `range`, by the name alone. */
function shiftOf(name: string, range: number): number {
  const seconds = Math.floor(range / 1000)
  if (seconds < 1) return 0
  return (hash('sha256', name, 'buffer').readUInt32BE(0) % seconds) * 1000
}
