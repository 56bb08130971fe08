import { readClock } from '../../base/clock.ts'
import type { DestinationFigures, Phase } from '../../report/result.ts'

/** Adds up what the result reports as figures. */
export class FiguresKeeper {
  packBytes = 0
  objects = 0
  pushes = 0
  lfsObjects = 0
  lfsBytes = 0
  readonly #seconds: Record<Phase, number> = { list: 0, lfs: 0, negotiate: 0, transfer: 0, verify: 0 }
  #phase: Phase | undefined
  #since = 0

  /** Time counts for `phase` from now on; undefined: for none. */
  enter(phase: Phase | undefined): void {
    const now = readClock()
    if (this.#phase !== undefined) this.#seconds[this.#phase] += (now - this.#since) / 1000
    this.#phase = phase
    this.#since = now
  }

  result(): DestinationFigures {
    this.enter(undefined)
    return {
      packBytes: this.packBytes,
      objects: this.objects,
      pushes: this.pushes,
      lfsObjects: this.lfsObjects,
      lfsBytes: this.lfsBytes,
      seconds: { ...this.#seconds },
    }
  }
}
