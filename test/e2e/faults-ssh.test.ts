import { afterAll, beforeAll, describe, it } from 'vitest'
import { type FaultBench, startFaultBench } from '../support/fault-bench.ts'
import { describeFault, planFaults } from '../support/fault-plan.ts'

describe('a run over ssh that is broken', () => {
  let bench: FaultBench
  beforeAll(async () => {
    bench = await startFaultBench('ssh')
  })
  afterAll(() => bench?.[Symbol.asyncDispose]())

  for (const point of planFaults('ssh')) it(describeFault(point), () => bench.tryPoint(point))
})
