import { diagnose } from '../../advice/advise.ts'
import type { RaceTest } from './verdict.ts'

/** A lost compare-and-swap, or a lock that another push holds (G8), in the words of the host's server. */
export function createRaceTest(host: string | undefined): RaceTest {
  return ({ lines }, { ref, action }, reason) => {
    const refusal = { ref, action, reason }
    return diagnose({ phase: 'transfer', words: lines, host, refusal })?.next.kind === 'again'
  }
}
