import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Pace } from '../../../src/serve/run/pace.ts'

/** Takes the thread for 20 of each 20 milliseconds until it is told to end. */
function holdUp(): () => void {
  let isOver = false
  const hold = (): void => {
    if (isOver) return
    const until = performance.now() + 20
    while (performance.now() < until);
    setImmediate(hold)
  }
  hold()
  return () => (isOver = true)
}

describe('the pace', () => {
  it('gives turns in the order of the calls, one at a time', async () => {
    const pace = new Pace()
    const begun: number[] = []
    const work = async (number: number): Promise<void> => {
      await pace.turn()
      begun.push(number)
    }
    const all = [work(0), work(1), work(2)]
    expect(begun).toEqual([])
    await all[0]
    expect(begun).toEqual([0])
    await Promise.all(all)
    expect(begun).toEqual([0, 1, 2])
  })

  it('lets nothing begin while the thread is held up, but for a tenth of a second at most', async () => {
    const pace = new Pace()
    const release = holdUp()
    const began = performance.now()
    await pace.turn()
    release()
    expect(performance.now() - began).toBeGreaterThan(95)
    await sleep(1)
    await pace.turn()
  })
})
