// The switch between the mutants of all instrumented modules, with what they were seen to do.

/** Steps of loops that a test may take beyond what it took without a mutant. */
const SPARE_STEPS = 200_000
const STEPS_TIMES = 20

export class MutantSwitch {
  /** The mutant that is on; 0 for none. */
  active = 0
  /** Where reached mutants are noted down. */
  seen = undefined
  steps = 0
  mostSteps = Infinity

  at(id) {
    this.seen?.add(id)
    return id === this.active
  }

  /** @throws in a loop that does not seem to end. */
  tick() {
    this.steps += 1
    if (this.steps > this.mostSteps) throw new Error('the loop does not end')
  }

  /** @param usual steps of the test without a mutant */
  begin(usual) {
    this.steps = 0
    this.mostSteps = usual * STEPS_TIMES + SPARE_STEPS
  }
}
