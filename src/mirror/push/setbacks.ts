import { withAdvice } from '../../advice/advise.ts'
import { chooseTry } from '../state/fallbacks.ts'
import { applyStep } from './apply-step.ts'
import { chooseNextStep } from './next-step.ts'
import { createRaceTest } from './race-test.ts'

/** What a run takes where something failed or was refused: the table of what servers say, and what follows from it. */
export const setbacks = { applyStep, chooseNextStep, chooseTry, createRaceTest, withAdvice } as const
