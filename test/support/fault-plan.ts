import type { Transport } from './places.ts'

export type FaultKind =
  | 'cut'
  | 'reset'
  | 'half-close'
  | 'stall'
  | 'slow'
  | 'corrupt'
  /** An HTTP error page instead of the answer to a request. */
  | 'page'

export type Role = 'source' | 'destination'

/** Where and how a run is broken. Offsets are parts of a fault-free run, which a breaker measures. */
export interface FaultPlace {
  readonly role: Role
  readonly kind: FaultKind
  /** Whose bytes are counted and hit. */
  readonly from: 'client' | 'server'
  readonly part: 'head' | 'tail' | 'anywhere'
  /** Between 0 and 1, of the part. */
  readonly position: number
  /** Nobody answers any more once the fault has come. */
  readonly dead?: boolean
  /** Of the error page. */
  readonly status?: number
  /** Of `slow`: milliseconds before the rest moves at all. */
  readonly hold?: number
}

export interface FaultPoint extends FaultPlace {
  readonly transport: Transport
  readonly seed: number
  readonly index: number
  readonly retries: number
}

/** Bytes at either end of a run that are greetings, questions and reports rather than the pack. */
const EDGE = 6_000

const KINDS: Readonly<Record<Transport, readonly FaultKind[]>> = {
  file: ['cut', 'cut', 'half-close', 'stall', 'slow', 'corrupt'],
  http: ['cut', 'reset', 'half-close', 'stall', 'slow', 'corrupt', 'page'],
  ssh: ['cut', 'reset', 'half-close', 'stall', 'slow', 'corrupt', 'corrupt'],
}

const ENDING = new Set<FaultKind>(['cut', 'reset', 'half-close', 'stall'])

const PARTS = ['head', 'head', 'tail', 'anywhere'] as const

const STATUSES = [200, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504] as const

/** The fault point number `index` of a seed: the same wherever and in whatever order it is made. */
export function makeFaultPoint(transport: Transport, seed: number, index: number): FaultPoint {
  const random = createRandom(seed ^ Math.imul(index + 1, 0x9e37_79b9))
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const kind = pick(KINDS[transport])
  return {
    transport,
    seed,
    index,
    role: pick(['source', 'destination']),
    kind,
    from: pick(['client', 'server']),
    part: pick(PARTS),
    position: random(),
    retries: pick([0, 1]),
    dead: ENDING.has(kind) && random() < 0.2,
    status: pick(STATUSES),
  }
}

/** The byte of `total` at which a point lies. */
export function locateFault(point: FaultPlace, total: number): number {
  const edge = Math.min(EDGE, total)
  if (point.part === 'head') return Math.floor(point.position * edge)
  if (point.part === 'tail') return total - 1 - Math.floor(point.position * edge)
  return Math.floor(point.position * total)
}

/** What a test is called: enough to run it alone with `KALANDRA_FAULTS`. */
export function describeFault(point: FaultPoint): string {
  const { seed, index, role, kind, from, part, position, retries, dead, status } = point
  const what = kind === 'page' ? `${kind} ${status}` : `${kind} ${from}`
  const then = `${retries} retries${dead ? ', dead afterwards' : ''}`
  return `one:${seed}:${index}: ${what} at ${part} ${position.toFixed(3)} of the ${role}, ${then}`
}

const SMALL = 20
const FULL = 320
const SMALL_SEED = 20_231

/**
 * The points that `KALANDRA_FAULTS` asks for: unset a small set, always the same; `full` some hundreds from a new
 * seed; `full:SEED`; `full:SEED:FROM:TO`; `one:SEED:INDEX`.
 */
export function planFaults(
  transport: Transport,
  asked = process.env['KALANDRA_FAULTS'] ?? '',
): readonly FaultPoint[] {
  const [mode, seedText, fromText, toText] = asked.split(':')
  if (mode !== '' && mode !== 'full' && mode !== 'one') throw new Error(`KALANDRA_FAULTS is ${asked}`)
  const drawn = mode === 'full' ? Math.floor(Math.random() * 1e6) : SMALL_SEED
  const seed = seedText === undefined ? drawn : Number(seedText)
  if (mode === 'one') return [makeFaultPoint(transport, seed, Number(fromText))]
  const from = Number(fromText ?? 0)
  const to = Number(toText ?? (mode === 'full' ? FULL : SMALL))
  return Array.from({ length: to - from }, (_, index) => makeFaultPoint(transport, seed, from + index))
}

/** mulberry32: small, seeded, good enough to spread points. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}
