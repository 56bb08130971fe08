import { type FleetState, writeStateFile } from '../../fleet/state/state-file.ts'
import type { WallClock } from './clock.ts'

/** Milliseconds between two writings. */
const WRITE_INTERVAL_MS = 5000

export interface StateFileInput {
  readonly path: string
  readonly clock: WallClock
  readonly onWarning: (text: string) => void
  /** What is to be written. */
  readonly collect: () => FleetState
}

/** Writes the state at most every five seconds. */
export class StateFile {
  readonly #input: StateFileInput
  #stop: (() => void) | undefined
  #hasWarned = false

  constructor(input: StateFileInput) {
    this.#input = input
  }

  /** Something changed. */
  touch(): void {
    this.#stop ??= this.#input.clock.after(WRITE_INTERVAL_MS, () => this.flush())
  }

  /** Writes now. Never throws: a full disk is told once. */
  flush(): void {
    this.#stop?.()
    this.#stop = undefined
    const { path, collect, onWarning } = this.#input
    try {
      writeStateFile(path, collect())
      this.#hasWarned = false
    } catch (thrown) {
      const { code = 'no reason given' } = thrown as NodeJS.ErrnoException
      if (!this.#hasWarned) onWarning(`the state file can't be written (${code}); mirrors run all the same`)
      this.#hasWarned = true
    }
  }
}
