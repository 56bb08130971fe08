import type { MirrorError } from '../../base/errors.ts'
import { type ErrorJson, type ResultJson, toErrorJson, toResultJson } from '../../report/result-json.ts'
import { redact, type Secrets } from '../../report/redact.ts'
import type { MirrorResult } from '../../report/result.ts'
import type { Skipped } from '../discover/filter.ts'

/** What became of one mirror. */
export interface MirrorLine {
  readonly name: string
  /** Whether it is what it should be; one that is paused is. */
  readonly ok: boolean
  /** Why it was not tried; null: it was. */
  readonly skipped: string | null
  /** Not looked at: its source was not pushed to since the last success, by the list of its owner. */
  readonly unpushed?: true
  /** `sha256:…` of what the source has in scope; null where that is not known. */
  readonly fingerprint: string | null
  readonly result: ResultJson | null
}

/** What became of an entry with `discover`. */
export interface DiscoveryLine {
  readonly discovery: string
  readonly ok: boolean
  /** Mirrors that it gave. */
  readonly found: number
  readonly skipped: Skipped
  /** Repositories that cannot be mirrored under their names, and why. */
  readonly refused: readonly string[]
  readonly error: ErrorJson | null
}

/** The end of a round or of one of its shards: a file without it is of one that died. */
export interface RoundEnd {
  readonly version: 1
  readonly ok: boolean
  readonly dryRun: boolean
  /** `3/20`; null: the whole fleet. */
  readonly shard: string | null
  /** Shards that have a mirror, from 1; empty where there are none. */
  readonly filled: readonly number[]
  readonly mirrors: number
  readonly seconds: number
}

/** One line of a report: a mirror, a discovery, or the end. */
export type RoundLine = MirrorLine | DiscoveryLine | { readonly round: RoundEnd }

export interface RoundReport {
  /** By name. */
  readonly mirrors: readonly MirrorLine[]
  readonly discoveries: readonly DiscoveryLine[]
  readonly ok: boolean
  readonly dryRun: boolean
  readonly seconds: number
  /** What is missing of the report itself: shards without a file, files without an end. */
  readonly missing: readonly string[]
}

export function lineOfResult(
  name: string,
  result: MirrorResult,
  fingerprint: string | undefined,
): MirrorLine {
  return {
    name,
    ok: result.ok,
    skipped: null,
    fingerprint: fingerprint ?? null,
    result: toResultJson(result),
  }
}

export function lineOfSkip(name: string, reason: string, ok: boolean): MirrorLine {
  return { name, ok, skipped: reason, fingerprint: null, result: null }
}

/** One whose source was not pushed to since its last success. */
export function lineOfUnpushed(name: string, since: number): MirrorLine {
  const time = new Date(since).toISOString().slice(0, 16).replace('T', ' ')
  const skipped = `its source was not pushed to since the last success, ${time} UTC`
  return { name, ok: true, skipped, unpushed: true, fingerprint: null, result: null }
}

export function lineOfDiscovery(given: {
  readonly name: string
  readonly found: number
  readonly skipped: Skipped
  readonly refused: readonly string[]
  readonly error: MirrorError | undefined
}): DiscoveryLine {
  const { name, found, skipped, refused, error } = given
  return {
    discovery: name,
    ok: error === undefined && refused.length === 0,
    found,
    skipped,
    refused,
    error: toErrorJson(error),
  }
}

/** The same without a secret in any text that a server had a part in. */
export function redactDiscovery(line: DiscoveryLine, secrets: Secrets): DiscoveryLine {
  const clean = (text: string): string => redact(text, secrets)
  const { refused, error } = line
  return {
    ...line,
    discovery: clean(line.discovery),
    refused: refused.map(clean),
    error: error && {
      ...error,
      message: clean(error.message),
      hint: error.hint === null ? null : clean(error.hint),
    },
  }
}

/** As one line of ASCII, so that nothing in it reaches a terminal or a runner as more than text. */
export function printLine(line: RoundLine): string {
  return JSON.stringify(line).replaceAll(
    /[\u007f-\uffff]|(?<=##)\[/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
