import { expect, it } from 'vitest'
import { applyStep } from '../../../src/mirror/push/apply-step.ts'
import { loadSetbacks } from '../../../src/mirror/push/load-setbacks.ts'
import { chooseNextStep } from '../../../src/mirror/push/next-step.ts'
import { setbacks } from '../../../src/mirror/push/setbacks.ts'

it('gives what chooses and what applies the step after a failure, the same ones each time', async () => {
  expect(setbacks).toMatchObject({ applyStep, chooseNextStep })
  const loaded = await loadSetbacks()
  expect(loaded).toMatchObject({ applyStep, chooseNextStep })
  expect(await loadSetbacks()).toBe(loaded)
})
