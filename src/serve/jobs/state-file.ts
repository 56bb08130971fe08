import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { WallClock } from './clock.ts'
import { KEPT_RUNS, type MirrorRecord, RUN_STATUSES, type RunRecord, type RunStatus } from './records.ts'

const VERSION = 1
/** Milliseconds between two writings. */
const WRITE_INTERVAL_MS = 5000
/** Mirrors that are rendered before others have their turn. */
const MIRRORS_AT_ONCE = 100

export interface StateFileInput {
  readonly path: string
  readonly clock: WallClock
  readonly onWarning: (text: string) => void
  /** What is to be written. */
  readonly collect: () => ReadonlyMap<string, MirrorRecord>
}

/**
 * Reads what was kept of each mirror. One that cannot be read or is of another version is put aside as `PATH.bad`:
 * nothing that matters is in it alone. Never throws.
 */
export function readStateFile(
  path: string,
  onWarning: (text: string) => void,
): ReadonlyMap<string, MirrorRecord> {
  if (!existsSync(path)) return new Map()
  try {
    return parseState(readFileSync(path, 'utf8'))
  } catch {
    try {
      renameSync(path, `${path}.bad`)
      onWarning('the state file could not be read: it was renamed to end in .bad, and a new one begins')
    } catch {
      onWarning('the state file could not be read, nor renamed: what it knew is not known')
    }
    return new Map()
  }
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
      this.#writing = this.#write(this.#writing ?? Promise.resolve())
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
    const next = `${path}.last`
    try {
      writeWhole(next, [...renderParts(collect())].join(''))
      renameSync(next, path)
      this.#hasWarned = false
    } catch (thrown) {
      this.#complain(thrown, next)
    }
  }

  async #write(before: Promise<void>): Promise<void> {
    await before
    const { path, collect } = this.#input
    const turn = ++this.#turn
    const next = `${path}.next`
    try {
      const parts: string[] = []
      // Thousands of mirrors are megabytes of JSON: others have their turn in between.
      for (const part of renderParts(new Map(collect()))) {
        parts.push(part)
        await setImmediate()
      }
      await writeFile(next, parts, { mode: 0o600, flush: true })
      if (turn === this.#turn) renameSync(next, path)
      else rmSync(next, { force: true })
      this.#hasWarned = false
    } catch (thrown) {
      this.#complain(thrown, next)
    }
  }

  #complain(thrown: unknown, temporary: string): void {
    const { code = 'no reason given' } = thrown as NodeJS.ErrnoException
    if (!this.#hasWarned)
      this.#input.onWarning(`the state file can't be written (${code}); mirrors run all the same`)
    this.#hasWarned = true
    removeQuietly(temporary)
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // What cannot be written often cannot be removed either.
  }
}

function writeWhole(path: string, text: string): void {
  const descriptor = openSync(path, 'w', 0o600)
  try {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** The text of the file, some mirrors at a time. */
function* renderParts(records: ReadonlyMap<string, MirrorRecord>): Generator<string> {
  yield `{"version":${VERSION},"mirrors":{`
  let part: string[] = []
  let isFirst = true
  for (const [name, record] of records) {
    part.push(`${isFirst ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(record)}`)
    isFirst = false
    if (part.length < MIRRORS_AT_ONCE) continue
    yield part.join('')
    part = []
  }
  yield `${part.join('')}}}\n`
}

/** @throws Error for anything that this version would not have written. */
function parseState(text: string): ReadonlyMap<string, MirrorRecord> {
  const whole: unknown = JSON.parse(text)
  if (!isMapping(whole) || whole['version'] !== VERSION || !isMapping(whole['mirrors']))
    throw new Error('version')
  return new Map(Object.entries(whole['mirrors']).map(([name, value]) => [name, readRecord(value)]))
}

function readRecord(value: unknown): MirrorRecord {
  if (!isMapping(value) || !Array.isArray(value['runs'])) throw new Error('record')
  const { error } = value
  return {
    lastSuccess: optional(value['lastSuccess'], isTime),
    lastRun: optional(value['lastRun'], isTime),
    status: optional(value['status'], isStatus),
    error: error === undefined ? undefined : readError(error),
    fingerprint: optional(value['fingerprint'], isText),
    runs: value['runs'].map(readRun).slice(-KEPT_RUNS),
  }
}

function readError(value: unknown): MirrorRecord['error'] {
  if (!isMapping(value) || !isText(value['message'])) throw new Error('error')
  return { message: value['message'], hint: optional(value['hint'], isText) }
}

function readRun(value: unknown): RunRecord {
  if (!isMapping(value)) throw new Error('run')
  const { ended, status, seconds, bytes, changed } = value
  if (!isTime(ended) || !isStatus(status) || !isTime(seconds) || !isTime(bytes) || !isTime(changed)) {
    throw new Error('run')
  }
  return { ended, status, seconds, bytes, changed }
}

function optional<Value>(value: unknown, is: (value: unknown) => value is Value): Value | undefined {
  if (value === undefined) return undefined
  if (!is(value)) throw new Error('value')
  return value
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isStatus(value: unknown): value is RunStatus {
  return RUN_STATUSES.some((status) => status === value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
