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
import { KEPT_RUNS, type MirrorRecord, RUN_STATUSES, type RunRecord, type RunStatus } from './records.ts'

const VERSION = 1
/** Mirrors that are rendered before others may have their turn. */
const MIRRORS_AT_ONCE = 100

/** What is known from earlier rounds. Refs are the truth: without any of it, a round does the same work. */
export interface FleetState {
  /** By the names of mirrors. */
  readonly mirrors: ReadonlyMap<string, MirrorRecord>
  /** Mirrors that each discovery found the last time, by its name: `github acme`. */
  readonly found: ReadonlyMap<string, number>
}

export const NO_STATE: FleetState = { mirrors: new Map(), found: new Map() }

/**
 * Reads what was kept of each mirror. One that cannot be read or is of another version is put aside as `PATH.bad`:
 * nothing that matters is in it alone. Never throws.
 */
export function readStateFile(path: string, onWarning: (text: string) => void): FleetState {
  if (!existsSync(path)) return NO_STATE
  try {
    return parseState(readFileSync(path, 'utf8'))
  } catch {
    try {
      renameSync(path, `${path}.bad`)
      onWarning('the state file could not be read: it was renamed to end in .bad, and a new one begins')
    } catch {
      onWarning('the state file could not be read, nor renamed: what it knew is not known')
    }
    return NO_STATE
  }
}

/** Writes it whole or not at all, by way of another file. @throws Error of the system */
export function writeStateFile(path: string, state: FleetState, next = `${path}.next`): void {
  try {
    writeWhole(next, [...renderParts(state)].join(''))
    renameSync(next, path)
  } catch (thrown) {
    removeQuietly(next)
    throw thrown
  }
}

export function removeQuietly(path: string): void {
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
export function* renderParts({ mirrors, found }: FleetState): Generator<string> {
  yield `{"version":${VERSION},"mirrors":{`
  let part: string[] = []
  let isFirst = true
  for (const [name, record] of mirrors) {
    part.push(`${isFirst ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(record)}`)
    isFirst = false
    if (part.length < MIRRORS_AT_ONCE) continue
    yield part.join('')
    part = []
  }
  yield `${part.join('')}},"found":${JSON.stringify(Object.fromEntries(found))}}\n`
}

/** @throws Error for anything that this version would not have written. */
function parseState(text: string): FleetState {
  const whole: unknown = JSON.parse(text)
  if (!isMapping(whole) || whole['version'] !== VERSION || !isMapping(whole['mirrors']))
    throw new Error('version')
  const found = whole['found'] ?? {}
  if (!isMapping(found)) throw new Error('found')
  return {
    mirrors: new Map(Object.entries(whole['mirrors']).map(([name, value]) => [name, readRecord(value)])),
    found: new Map(
      Object.entries(found).map(([name, count]) => {
        if (!isTime(count)) throw new Error('count')
        return [name, count]
      }),
    ),
  }
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
    pushed: optional(value['pushed'], isText),
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
