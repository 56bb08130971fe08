import { renameSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { type FleetState, removeQuietly, renderParts, writeStateFile } from '../../fleet/state/state-file.ts'
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

/** Writes the state at most every five seconds, whole or not at all; nothing else waits for the disk meanwhile. */
export class StateFile {
  readonly #input: StateFileInput
  #stop: (() => void) | undefined
  #hasWarned = false
  #writing: Promise<void> | undefined
  /** Of the writing that counts: an older one that is still under way ends without a trace. */
  #turn = 0

  constructor(input: StateFileInput) {
    this.#input = input
  }

  /** Something changed. */
  touch(): void {
    this.#stop ??= this.#input.clock.after(WRITE_INTERVAL_MS, () => {
      this.#stop = undefined
      this.#writing = this.#write((this.#writing ?? Promise.resolve()).catch(() => undefined))
    })
  }

  /** Until what is being written is on the disk. */
  async settle(): Promise<void> {
    await this.#writing
  }

  /** Writes now, and waits for it. Never throws: a full disk is told once. */
  flush(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#turn++
    const { path, collect } = this.#input
    try {
      writeStateFile(path, collect(), `${path}.last`)
      this.#hasWarned = false
    } catch (thrown) {
      this.#complain(thrown)
    }
  }

  async #write(before: Promise<void>): Promise<void> {
    await before
    const { path, collect } = this.#input
    const turn = ++this.#turn
    const next = `${path}.next`
    try {
      const { mirrors, found } = collect()
      const parts: string[] = []
      // Thousands of mirrors are megabytes of JSON: others have their turn in between.
      for (const part of renderParts({ mirrors: new Map(mirrors), found: new Map(found) })) {
        parts.push(part)
        await setImmediate()
      }
      await writeFile(next, parts, { mode: 0o600, flush: true })
      if (turn === this.#turn) renameSync(next, path)
      else rmSync(next, { force: true })
      this.#hasWarned = false
    } catch (thrown) {
      removeQuietly(next)
      this.#complain(thrown)
    }
  }

  #complain(thrown: unknown): void {
    const { code = 'no reason given' } = thrown as NodeJS.ErrnoException
    if (!this.#hasWarned)
      this.#input.onWarning(`the state file can't be written (${code}); mirrors run all the same`)
    this.#hasWarned = true
  }
}
