import { LONGEST_WAIT_MS, type WallClock } from './clock.ts'
import type { Timetable } from './timetable.ts'

/** A mirror with a schedule. */
export interface Scheduled {
  readonly name: string
  readonly schedule: string
}

/** Milliseconds by which the clock must have gone back to be called set back. */
const SET_BACK_MS = 5000

/** Rings when the time of a mirror has come: once, however many of its times have passed. */
export class Alarms {
  readonly #clock: WallClock
  readonly #ring: (names: readonly string[]) => void
  readonly #due = new Map<string, number>()
  #schedules = new Map<string, string>()
  #timetable: Timetable
  #lastLook: number
  #stop: (() => void) | undefined

  constructor(clock: WallClock, timetable: Timetable, ring: (names: readonly string[]) => void) {
    this.#clock = clock
    this.#timetable = timetable
    this.#ring = ring
    this.#lastLook = clock.now()
  }

  /** The next time of a mirror; undefined: none. */
  next(name: string): number | undefined {
    return this.#due.get(name)
  }

  /** Other mirrors or schedules: those that stay as they were keep their time. `firstTime` is that of a new one. */
  set(
    mirrors: readonly Scheduled[],
    timetable: Timetable,
    firstTime: (mirror: Scheduled) => number | undefined,
  ): void {
    const isSame = this.#timetable === timetable
    const before = this.#schedules
    this.#timetable = timetable
    this.#schedules = new Map(mirrors.map(({ name, schedule }) => [name, schedule]))
    for (const name of this.#due.keys()) if (!this.#schedules.has(name)) this.#due.delete(name)
    for (const mirror of mirrors) {
      if (isSame && before.get(mirror.name) === mirror.schedule) continue
      const isNew = !before.has(mirror.name)
      this.#setDue(mirror.name, (isNew ? firstTime(mirror) : undefined) ?? this.#nextOf(mirror.name))
    }
    this.#look()
  }

  stop(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#due.clear()
    this.#schedules.clear()
  }

  #look(): void {
    const now = this.#clock.now()
    if (now < this.#lastLook - SET_BACK_MS) {
      for (const name of this.#schedules.keys()) this.#setDue(name, this.#nextOf(name))
    }
    this.#lastLook = now
    const ringing = [...this.#due].filter(([, time]) => time <= now).map(([name]) => name)
    for (const name of ringing) this.#setDue(name, this.#nextOf(name))
    this.#stop?.()
    const soonest = [...this.#due.values()].reduce((least, time) => Math.min(least, time), Infinity)
    const wait = Math.min(LONGEST_WAIT_MS, soonest - now)
    this.#stop = this.#due.size === 0 ? undefined : this.#clock.after(wait, () => this.#look())
    if (ringing.length > 0) this.#ring(ringing)
  }

  #setDue(name: string, time: number | undefined): void {
    if (time === undefined) this.#due.delete(name)
    else this.#due.set(name, time)
  }

  #nextOf(name: string): number | undefined {
    const schedule = this.#schedules.get(name)
    return schedule === undefined ? undefined : this.#timetable.next(schedule, name, this.#clock.now())
  }
}
