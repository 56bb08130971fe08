import { expect, it } from 'vitest'
import { Debounce } from '../../../src/serve/jobs/debounce.ts'
import { FakeClock } from './fake-clock.ts'

function start() {
  const clock = new FakeClock()
  const fired: [string, number][] = []
  const begin = clock.now()
  const debounce = new Debounce(clock, (key) => fired.push([key, clock.now() - begin]))
  return { clock, fired, debounce }
}

it('queues after two seconds of quiet', () => {
  const { clock, fired, debounce } = start()
  debounce.hint('a')
  clock.pass(1500)
  debounce.hint('a')
  clock.pass(1999)
  expect(fired).toEqual([])
  clock.pass(1)
  expect(fired).toEqual([['a', 3500]])
})

it('queues after ten seconds of hints without quiet, and once', () => {
  const { clock, fired, debounce } = start()
  for (let at = 0; at < 10_000; at += 500) {
    debounce.hint('a')
    clock.pass(500)
  }
  expect(fired).toEqual([['a', 10_000]])
  expect(debounce.size).toBe(0)
})

it('holds no key up for another, with one timer each', () => {
  const { clock, fired, debounce } = start()
  debounce.hint('a')
  clock.pass(1000)
  for (let count = 0; count < 1000; count++) debounce.hint('b')
  expect(clock.timers).toBe(2)
  clock.pass(1000)
  expect(fired).toEqual([['a', 2000]])
  clock.pass(1000)
  expect(fired.at(-1)).toEqual(['b', 3000])
})

it('is not held up by a clock that is set back', () => {
  const { clock, fired, debounce } = start()
  debounce.hint('a')
  clock.jump(-3_600_000)
  clock.pass(2000)
  expect(fired).toHaveLength(1)
})
