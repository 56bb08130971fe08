import { expect, it } from 'vitest'
import { readClock } from '../../src/base/clock.ts'

it('counts milliseconds, parts of them too, and never goes back', async () => {
  const times = Array.from({ length: 1000 }, readClock)
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect(times.some((time) => !Number.isInteger(time))).toBe(true)
  const [clock, began] = [readClock(), performance.now()]
  await new Promise((resolve) => setTimeout(resolve, 50))
  const passed = readClock() - clock
  const most = performance.now() - began
  expect(passed).toBeGreaterThan(49)
  expect(passed).toBeLessThan(most + 1)
})
