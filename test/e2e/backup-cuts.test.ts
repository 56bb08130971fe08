import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Breaker, startBreaker } from '../support/fault-breaker.ts'
import { describeFault, type FaultPoint, makeFaultPoint } from '../support/fault-plan.ts'
import { keptOf, refsOf } from '../support/overwritten.ts'
import type { Transport } from '../support/places.ts'

const CUTS: Readonly<Record<Transport, number>> = { file: 34, http: 33, ssh: 33 }

const SEED = 1917

/** Refs that the run overwrites or deletes. */
const AT_STAKE = ['refs/heads/forced', 'refs/heads/old', 'refs/tags/light']

/** Every way in which a destination can go away, at places all over the run. */
function* planCuts(transport: Transport): Generator<FaultPoint> {
  let found = 0
  for (let index = 0; found < CUTS[transport]; index++) {
    const point = makeFaultPoint(transport, SEED, index)
    if (!['cut', 'reset', 'half-close'].includes(point.kind)) continue
    found++
    yield { ...point, role: found % 4 === 0 ? 'source' : 'destination', retries: 0 }
  }
}

async function tryCut(breaker: Breaker, point: FaultPoint): Promise<void> {
  const { pair } = breaker
  await pair.restore()
  await breaker.arm(point)
  const result = await breaker.run({ retries: '0', 'idle-timeout': '3' })
  await breaker.settled()
  const after = await refsOf(pair.destination)
  const kept = keptOf(after)
  for (const name of AT_STAKE) {
    const old = pair.before[name]!
    const told = `${name} after ${describeFault(point)}\n${result.log}`
    if (after[name] !== old) expect(kept[name], told).toContain(old)
    // What is kept is the old value, and no other.
    expect(new Set(kept[name] ?? [old]), told).toEqual(new Set([old]))
  }
}

for (const transport of ['file', 'http', 'ssh'] as const) {
  describe(`a run over ${transport} that is cut, with backup on`, () => {
    let breaker: Breaker
    beforeAll(async () => {
      breaker = await startBreaker(transport, { backup: 'true' })
    })
    afterAll(() => breaker?.[Symbol.asyncDispose]())

    for (const point of planCuts(transport)) {
      it(`moves nothing whose old value is not kept: ${describeFault(point)}`, () => tryCut(breaker, point))
    }
  })
}
