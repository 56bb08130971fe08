import type { ErrorCode, MirrorError, Side } from '../base/errors.ts'
import type {
  DestinationFigures,
  DestinationResult,
  DestinationStatus,
  MirrorResult,
  RefAction,
  RefChange,
} from './result.ts'
import { describeMessage } from './wording.ts'

/** Goes up when a field goes away or changes its meaning; new fields may come at any time. */
const RESULT_VERSION = 1

/** What `--json` prints: the result of a run. docs/result.schema.json is made from this type. */
export interface ResultJson {
  /** Of this format; it goes up when a field goes away or changes its meaning. */
  readonly version: typeof RESULT_VERSION
  /** Address of the source, without credentials. */
  readonly source: string
  /** Whether every destination is what it should be. */
  readonly ok: boolean
  /** Whether nothing was to be changed; `changed` then tells what would be. */
  readonly dryRun: boolean
  readonly destinations: readonly DestinationJson[]
  /** The failure of the source, or of the run as a whole. */
  readonly error: ErrorJson | null
  /** Seconds that the run took. */
  readonly seconds: number
  /** Refs that the source has in scope. */
  readonly sourceRefs: number
}

/** What became of one destination. */
export interface DestinationJson {
  /** Its address, without credentials. */
  readonly destination: string
  readonly status: DestinationStatus
  readonly changed: readonly RefChange[]
  readonly rejected: readonly RejectedRefJson[]
  /** Refs in scope that were equal already. */
  readonly upToDate: number
  readonly warnings: readonly string[]
  /** Refs of Kalandra's own that stay there: the next run goes on from them. */
  readonly leftovers: readonly string[]
  readonly error: ErrorJson | null
  readonly figures: DestinationFigures
}

/** A ref that should have changed and did not. */
export interface RejectedRefJson {
  readonly ref: string
  readonly action: RefAction
  /** Why, in one line; may quote a server. */
  readonly reason: string
  /** What it means and what to do about it. */
  readonly advice: string | null
  /** Names the cause: the same for all refs that were refused for it. */
  readonly adviceId: string | null
  /** A warning does not fail the run. */
  readonly warning: boolean
}

export interface ErrorJson {
  readonly code: ErrorCode
  readonly message: string
  /** What to do. */
  readonly hint: string | null
  readonly side: Side | null
  /** HTTP status, where there was one. */
  readonly status: number | null
  /** Whether the same run may succeed a moment later. */
  readonly retryable: boolean
}

/** An entry of the output `updated-refs`. */
export interface UpdatedRefEntry extends RefChange {
  readonly destination: string
}

/** An entry of the output `rejected-refs`. */
export interface RejectedRefEntry {
  readonly destination: string
  readonly ref: string
  readonly action: RefAction
  readonly reason: string
}

/** The result as JSON in ASCII, so that nothing in it reaches a terminal or a runner as more than text. */
export function renderJson(result: MirrorResult): string {
  return [...renderJsonParts(result)].join('')
}

/** Entries of a list in one part. */
const ENTRIES_IN_A_PART = 1000

/** Spaces before the entries of a destination's lists. */
const ENTRY_INDENT = 8

/** As `renderJson`, in parts: with millions of refs it is longer than a string can be. */
export function* renderJsonParts(result: MirrorResult): Generator<string> {
  const destinations = result.destinations.map((given) => ({ ...given, changed: [], rejected: [] }))
  const frame = JSON.stringify(toResultJson({ ...result, destinations }), undefined, 2)
  // No text can look like that: its quotes are escaped.
  const parts = frame.split(/(?<="(?:changed|rejected)": )\[\]/)
  const lists = result.destinations.flatMap(({ changed, rejected }) => [
    entriesOf(changed, toChangeJson),
    entriesOf(rejected, toRejectedJson),
  ])
  for (const [index, part] of parts.entries()) {
    yield toAscii(part)
    yield* lists[index] ?? []
  }
}

function* entriesOf<T>(list: readonly T[], toJson: (entry: T) => object): Generator<string> {
  if (list.length === 0) return yield '[]'
  const space = ' '.repeat(ENTRY_INDENT)
  for (let from = 0; from < list.length; from += ENTRIES_IN_A_PART) {
    const some = list.slice(from, from + ENTRIES_IN_A_PART)
    const texts = some.map((entry) => JSON.stringify(toJson(entry), undefined, 2).replaceAll(/^/gm, space))
    yield toAscii(`${from === 0 ? '[' : ','}\n${texts.join(',\n')}`)
  }
  yield `\n${space.slice(2)}]`
}

function toAscii(json: string): string {
  return json.replaceAll(
    /[\u007f-\uffff]|(?<=##)\[/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The result without anything that JSON does not know. */
export function toResultJson(result: MirrorResult): ResultJson {
  const { source, ok, dryRun, destinations, error, seconds, sourceRefs } = result
  return {
    version: RESULT_VERSION,
    source,
    ok,
    dryRun,
    destinations: destinations.map(toDestinationJson),
    error: toErrorJson(error),
    seconds,
    sourceRefs,
  }
}

function toDestinationJson(given: DestinationResult): DestinationJson {
  return {
    destination: given.destination,
    status: given.status,
    changed: given.changed.map(toChangeJson),
    rejected: given.rejected.map(toRejectedJson),
    upToDate: given.upToDate,
    warnings: given.warnings,
    leftovers: given.leftovers ?? [],
    error: toErrorJson(given.error),
    figures: given.figures,
  }
}

function toChangeJson({ ref, action, old, new: now }: RefChange): RefChange {
  return { ref, action, old, new: now }
}

function toRejectedJson({
  ref,
  action,
  reason,
  advice,
  adviceId,
  warning,
}: MirrorResult['destinations'][number]['rejected'][number]): RejectedRefJson {
  return { ref, action, reason, advice: advice ?? null, adviceId: adviceId ?? null, warning }
}

export function toErrorJson(error: MirrorError | undefined): ErrorJson | null {
  if (!error) return null
  return {
    code: error.code,
    message: describeMessage(error),
    hint: error.hint ?? null,
    side: error.side ?? null,
    status: error.status ?? null,
    retryable: error.retryable,
  }
}
