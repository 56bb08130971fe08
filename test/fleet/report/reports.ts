import { MirrorError } from '../../../src/base/errors.ts'
import {
  lineOfDiscovery,
  lineOfResult,
  lineOfSkip,
  type MirrorLine,
  printLine,
  type RoundEnd,
  type RoundLine,
  type RoundReport,
} from '../../../src/fleet/report/round-lines.ts'
import { makeDestination, makeResult } from '../../support/results.ts'

export const CHANGE = {
  ref: 'refs/heads/main',
  action: 'update',
  old: 'a'.repeat(40),
  new: 'b'.repeat(40),
} as const

export function changed(name: string): MirrorLine {
  return lineOfResult(
    name,
    makeResult([makeDestination({ status: 'mirrored', changed: [CHANGE] })]),
    'sha256:1',
  )
}

export function unchanged(name: string): MirrorLine {
  return lineOfResult(name, makeResult([makeDestination({ status: 'unchanged' })]), 'sha256:1')
}

export function failed(name: string, message = 'there is no repository', hint = 'Make one.'): MirrorLine {
  const error = new MirrorError(message, { code: 'not-found', side: 'destination', hint })
  return lineOfResult(name, makeResult([makeDestination({ status: 'failed', error })]), undefined)
}

export function skipped(name: string): MirrorLine {
  return lineOfSkip(name, 'the credential for h was refused 3 times', false)
}

export function paused(name: string): MirrorLine {
  return lineOfSkip(name, 'it is paused', true)
}

export function discovery(error?: MirrorError) {
  return lineOfDiscovery({
    name: 'github acme',
    found: error === undefined ? 3 : 0,
    skipped: { excluded: 1, archived: 2, forks: 0, empty: 0 },
    refused: [],
    error,
  })
}

export function reportOf(mirrors: readonly MirrorLine[], more: Partial<RoundReport> = {}): RoundReport {
  return {
    mirrors,
    discoveries: [],
    missing: [],
    dryRun: false,
    seconds: 12,
    ok: mirrors.every(({ ok }) => ok),
    ...more,
  }
}

/** The text of a file of `--jsonl`. */
export function fileOf(lines: readonly RoundLine[], end?: Partial<RoundEnd>): string {
  const round = {
    version: 1,
    ok: true,
    dryRun: false,
    shard: null,
    filled: [],
    mirrors: 0,
    seconds: 1,
    ...end,
  } as const
  const all = end === undefined ? lines : [...lines, { round }]
  return all.map((line) => `${printLine(line)}\n`).join('')
}
