import { describe, expect, it } from 'vitest'
import { Alarms } from '../../../src/serve/jobs/alarms.ts'
import { isTimeZone, Timetable } from '../../../src/serve/jobs/timetable.ts'
import { FakeClock } from './fake-clock.ts'

const HOUR_MS = 3_600_000
const at = (text: string): number => Date.parse(text)

describe('a schedule', () => {
  it('is shifted by the name, at most a tenth of its period and a quarter of an hour, always alike', () => {
    const table = new Timetable('UTC')
    const start = at('2026-03-01T00:00:00Z')
    const shifts = Array.from({ length: 200 }, (_, index) => {
      const first = table.next('0 */4 * * *', `m${index}`, start)!
      expect(new Timetable('UTC').next('0 */4 * * *', `m${index}`, start)).toBe(first)
      return first % (4 * HOUR_MS)
    })
    expect(Math.max(...shifts)).toBeLessThan(15 * 60_000)
    expect(new Set(shifts).size).toBeGreaterThan(100)
    const hourly = Array.from(
      { length: 200 },
      (_, index) => table.next('0 * * * *', `m${index}`, start)! % HOUR_MS,
    )
    expect(Math.max(...hourly)).toBeLessThan(6 * 60_000)
  })

  it('of a period comes once in each, at the own point of the mirror', () => {
    const table = new Timetable('UTC')
    const first = table.next('every 4h', 'a', at('2026-03-01T00:00:00Z'))!
    expect(table.next('every 4h', 'a', first)).toBe(first + 4 * HOUR_MS)
    expect(table.next('every 4h', 'a', first - 1)).toBe(first)
  })

  it('S13: keeps to the hour of its time zone over the change of the clock', () => {
    const table = new Timetable('Europe/Berlin')
    const shift = table.next('30 3 * * *', 'a', at('2026-01-10T00:00:00Z'))! - at('2026-01-10T02:30:00Z')
    const before = table.next('30 3 * * *', 'a', at('2026-03-28T00:00:00Z'))! - shift
    const after = table.next('30 3 * * *', 'a', at('2026-03-29T12:00:00Z'))! - shift
    expect(new Date(before).toISOString()).toBe('2026-03-28T02:30:00.000Z')
    expect(new Date(after).toISOString()).toBe('2026-03-30T01:30:00.000Z')
  })

  it('S13: comes once in the night that has an hour twice, and once in the night that has one less', () => {
    const table = new Timetable('Europe/Berlin')
    const count = (from: string, to: string): number => {
      let found = 0
      for (let time = table.next('30 2 * * *', 'a', at(from)); time !== undefined && time < at(to); found++) {
        time = table.next('30 2 * * *', 'a', time)
      }
      return found
    }
    expect(count('2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z')).toBe(1)
    expect(count('2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z')).toBe(1)
  })

  it('knows whether a time was missed', () => {
    const table = new Timetable('UTC')
    const now = at('2026-03-01T12:00:00Z')
    expect(table.isMissed('every 4h', 'a', now - 5 * HOUR_MS, now)).toBe(true)
    expect(table.isMissed('0 */4 * * *', 'a', now - 1, now)).toBe(false)
    expect(table.isMissed('every 4h', 'a', undefined, now)).toBe(true)
  })

  it('knows zones', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true)
    expect(isTimeZone('Mars/Olympus')).toBe(false)
  })
})

describe('alarms', () => {
  function start() {
    const clock = new FakeClock()
    const rung: string[] = []
    const table = new Timetable('UTC')
    const alarms = new Alarms(clock, table, (names) => rung.push(...names))
    return { clock, rung, table, alarms }
  }
  const hourly = { name: 'a', schedule: 'every 1h' }

  it('ring once an hour', () => {
    const { clock, rung, table, alarms } = start()
    alarms.set([hourly], table, () => undefined)
    clock.pass(24 * HOUR_MS)
    expect(rung).toHaveLength(24)
    alarms.stop()
    expect(clock.timers).toBe(0)
  })

  it('make a missed time up once, when the clock jumps over many', () => {
    const { clock, rung, table, alarms } = start()
    alarms.set([hourly], table, () => undefined)
    clock.jump(10 * HOUR_MS)
    clock.pass(60_000)
    expect(rung).toHaveLength(1)
  })

  it('go on when the clock is set back by a day', () => {
    const { clock, rung, table, alarms } = start()
    alarms.set([hourly], table, () => undefined)
    clock.jump(-24 * HOUR_MS)
    clock.pass(3 * HOUR_MS)
    expect(rung.length).toBeGreaterThanOrEqual(2)
  })

  it('take a first time, and leave what did not change alone when the file is read anew', () => {
    const { clock, rung, table, alarms } = start()
    alarms.set([hourly], table, () => clock.now() + 5000)
    clock.pass(5000)
    expect(rung).toEqual(['a'])
    const next = alarms.next('a')
    alarms.set([hourly, { name: 'b', schedule: 'every 2h' }], table, () => undefined)
    expect(alarms.next('a')).toBe(next)
    alarms.set([{ name: 'b', schedule: 'every 2h' }], table, () => undefined)
    expect(alarms.next('a')).toBeUndefined()
  })

  it('wait longer than a timer of node can', () => {
    const { clock, rung, table, alarms } = start()
    alarms.set([{ name: 'a', schedule: '0 0 1 1 *' }], table, () => undefined)
    clock.pass(400 * 24 * HOUR_MS)
    expect(rung).toEqual(['a'])
  })
})
