import { expect } from 'vitest'
import type { FaultPoint } from './fault-plan.ts'
import type { FaultPair, Refs } from './fault-repositories.ts'
import { refsOf } from './fault-repositories.ts'
import { fsck } from './git.ts'
import type { ActionResult } from './runner.ts'

interface ReportedChange {
  readonly ref: string
  readonly old: string
  readonly new: string
}

/** Names that are not the same in two listings. */
function changedNames(one: Refs, other: Refs): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((name) => one[name] !== other[name])
    .toSorted()
}

/** Each ref is as before or as it should be, and every object behind them is there. */
export async function expectWhole(pair: FaultPair, message: string): Promise<Refs> {
  const now = await refsOf(pair.destination)
  for (const name of new Set([pair.before, pair.after, now].flatMap((refs) => Object.keys(refs)))) {
    expect([pair.before[name], pair.after[name]], `${name}: ${message}`).toContain(now[name])
  }
  await fsck(pair.destination)
  return now
}

/** What the run says is what is there. */
export function expectHonest(pair: FaultPair, now: Refs, result: ActionResult): void {
  expect(result.signal, result.log).toBe(null)
  expect(Object.keys(result.outputs), result.log).toContain('updated-refs')
  const reported = (JSON.parse(result.outputs['updated-refs']!) as ReportedChange[])
    .map(({ ref }) => ref)
    .toSorted()
  const actual = changedNames(pair.before, now)
  expect(result.outputs['changed'], result.log).toBe(String(reported.length > 0))
  if (result.exitCode === 0) {
    expect(now, result.log).toEqual(pair.after)
    expect(reported, result.log).toEqual(actual)
    expect(result.errors, result.log).toEqual([])
  } else {
    expect(result.exitCode, result.log).toBe(1)
    expect(actual, result.log).toEqual(expect.arrayContaining(reported))
    expect(result.errors.join('\n'), result.log).not.toBe('')
  }
  expect(result.summary, result.log).not.toBe('')
}

/** The error is about the side that was broken. */
export function expectSide(
  point: FaultPoint,
  result: ActionResult,
  labels: Readonly<Record<FaultPoint['role'], string>>,
): void {
  if (result.exitCode === 0) return
  const text = result.errors.join('\n')
  const other = point.role === 'source' ? 'destination' : 'source'
  const named = (role: FaultPoint['role']): boolean =>
    text.includes(labels[role]) || new RegExp(`\\b${role}\\b`).test(text)
  expect
    .soft(named(point.role) || !named(other), `names the ${other} only: ${text}\n${result.log}`)
    .toBe(true)
  expect.soft(named(point.role), `names no side: ${text}\n${result.log}`).toBe(true)
}
