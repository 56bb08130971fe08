import { afterAll, beforeAll, describe, it } from 'vitest'
import { tryPoint } from '../support/fault-bench.ts'
import { type Breaker, startBreaker } from '../support/fault-breaker.ts'
import { describeFault, planFaults } from '../support/fault-plan.ts'

describe('a run over http that is broken', () => {
  let breaker: Breaker
  beforeAll(async () => {
    breaker = await startBreaker('http')
  })
  afterAll(() => breaker?.[Symbol.asyncDispose]())

  for (const point of planFaults('http')) it(describeFault(point), () => tryPoint(breaker, point))
})
