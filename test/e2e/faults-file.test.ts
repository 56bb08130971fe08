import { afterAll, beforeAll, describe, it } from 'vitest'
import { type FaultBench, startFaultBench } from '../support/fault-bench.ts'
import { describeFault, planFaults } from '../support/fault-plan.ts'

describe('a run over file that is broken', () => {
  let bench: FaultBench
  beforeAll(async () => {
    bench = await startFaultBench('file')
  })
  afterAll(() => bench?.[Symbol.asyncDispose]())

  for (const point of planFaults('file')) it(describeFault(point), () => bench.tryPoint(point))
})
