import { expect } from 'vitest'
import type { Breaker } from './fault-breaker.ts'
import { expectHonest, expectSide, expectWhole } from './fault-checks.ts'
import { describeFault, type FaultPoint } from './fault-plan.ts'

const IDLE = '3'
const PASSING = new Set(['cut', 'reset', 'half-close', 'stall'])

/** The run is to go through, by trying again where it must. */
function mends({ transport, kind, from, retries, dead }: FaultPoint): boolean {
  // To an HTTP server half a request is a wrong request: 400.
  if (transport === 'http' && kind === 'half-close' && from === 'client') return false
  return kind === 'slow' || (PASSING.has(kind) && retries > 0 && !dead)
}

/** Breaks a run at the point, and checks all that is promised. */
export async function tryPoint(breaker: Breaker, point: FaultPoint): Promise<void> {
  const { pair } = breaker
  const name = describeFault(point)
  await pair.restore()
  await breaker.arm(point)
  const broken = await breaker.run({
    'idle-timeout': IDLE,
    retries: String(point.retries),
    'max-deletions': 'unlimited',
  })
  const told = `${name}\n${broken.log}`
  await breaker.settled()
  // Where the transport has no checksum, nothing but the pack is protected against a wrong byte.
  if (point.kind === 'corrupt' && point.transport !== 'ssh') expect([0, 1], told).toContain(broken.exitCode)
  else {
    expectHonest(pair, await expectWhole(pair, told), broken)
    expectSide(point, broken, breaker.labels)
    if (mends(point)) expect(broken.exitCode, `not mended by itself: ${told}`).toBe(0)
  }
  await breaker.arm(undefined)
  const next = await breaker.run({ 'max-deletions': 'unlimited' })
  expect(next.exitCode, `the next run: ${next.log}\nafter ${told}`).toBe(0)
  expect(await expectWhole(pair, name), next.log).toEqual(pair.after)
}
