import { expect } from 'vitest'
import { expectHonest, expectSide, expectWhole } from './fault-checks.ts'
import { type FaultGit, locateCall, makeFaultGit } from './fault-git.ts'
import { describeFault, type FaultPoint, locateFault, type Role } from './fault-plan.ts'
import { type Passed, type SpoiledPlace, spoilPlace } from './fault-proxy.ts'
import { type FaultPair, makeFaultPair } from './fault-repositories.ts'
import { startHttpBackend } from './http-backend.ts'
import { pairInputs, startPlace, type Place, type Transport } from './places.ts'
import { waitFor, waitForNoProcess } from './processes.ts'
import { type ActionResult, runAction } from './runner.ts'
import { makeTempFolder } from './temp.ts'

/** Milliseconds for a broken run: what takes longer hangs. */
const HARD_LIMIT = 30_000
const IDLE = '3'

/** What the points of one transport are tried on. */
export interface FaultBench extends AsyncDisposable {
  /** Breaks a run at the point, and checks all that is promised. */
  tryPoint(point: FaultPoint): Promise<void>
}

export async function startFaultBench(transport: Transport): Promise<FaultBench> {
  const stack = new AsyncDisposableStack()
  const folder = stack.use(await makeTempFolder()).path
  const pair = await makeFaultPair(folder)
  const tools = stack.use(await makeTempFolder()).path
  const bench = transport === 'file' ? await fileBreaker(pair, tools) : await proxyBreaker(transport, pair, stack)
  const owned = stack.move()
  return {
    tryPoint: (point) => tryPoint(pair, bench, point),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** How runs are broken on a transport. */
interface Breaker {
  readonly labels: Readonly<Record<Role, string>>
  run(inputs: Readonly<Record<string, string>>): Promise<ActionResult>
  arm(point: FaultPoint | undefined): Promise<void>
  /** After the run: nothing of it is open. */
  settled(): Promise<void>
}

async function tryPoint(pair: FaultPair, breaker: Breaker, point: FaultPoint): Promise<void> {
  const name = describeFault(point)
  await pair.restore()
  await breaker.arm(point)
  const inputs = { 'idle-timeout': IDLE, retries: String(point.retries), 'max-deletions': 'unlimited' }
  const broken = await breaker.run(inputs)
  expect(await waitForNoProcess(pair.folder), `${name}: still running\n${broken.log}`).toEqual([])
  await breaker.settled()
  // Nothing but the pack protects against a wrong byte where the transport has no checksum.
  const trusted = point.kind !== 'corrupt' || point.transport === 'ssh'
  if (trusted) {
    const now = await expectWhole(pair, `${name}\n${broken.log}`)
    expectHonest(pair, now, broken)
    expectSide(point, broken, breaker.labels)
    const mended = point.kind === 'slow' || (point.kind !== 'page' && point.kind !== 'corrupt' && point.retries > 0 && !point.dead)
    if (mended) expect(broken.exitCode, `${name}: not mended by itself\n${broken.log}`).toBe(0)
  } else expect([0, 1], broken.log).toContain(broken.exitCode)
  await breaker.arm(undefined)
  const next = await breaker.run({ 'max-deletions': 'unlimited' })
  expect(next.exitCode, `${name}: the next run\n${broken.log}\n${next.log}`).toBe(0)
  expect(await expectWhole(pair, name), next.log).toEqual(pair.after)
}

async function fileBreaker(pair: FaultPair, tools: string): Promise<Breaker> {
  const program: FaultGit = await makeFaultGit(tools)
  const inputs = { source: pair.source, destination: pair.destination, 'source-token': '' }
  const run = (more: Readonly<Record<string, string>>): Promise<ActionResult> =>
    runAction({ inputs: { ...inputs, ...more }, env: { PATH: program.path }, limit: HARD_LIMIT })
  await program.arm(undefined)
  expect((await run({})).exitCode).toBe(0)
  const calls = await program.calls()
  return {
    labels: { source: pair.source, destination: pair.destination },
    run,
    arm: (point) => program.arm(point && locateCall(point, calls[point.role])),
    settled: async () => undefined,
  }
}

/** fcgiwrap does not end its child when the client goes away in the middle of a request: here Node serves http. */
async function startServer(transport: Transport, root: string): Promise<Place> {
  if (transport !== 'http') return await startPlace(transport, root)
  const backend = await startHttpBackend({ root })
  return {
    url: (path) => `${backend.url}${path.slice(root.length)}`,
    inputs: () => ({}),
    knownHosts: '',
    [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
  }
}

async function proxyBreaker(transport: Transport, pair: FaultPair, stack: AsyncDisposableStack): Promise<Breaker> {
  const start = async (): Promise<SpoiledPlace> => {
    return stack.use(await spoilPlace(await startServer(transport, pair.folder)))
  }
  const places: Readonly<Record<Role, SpoiledPlace>> = { source: await start(), destination: await start() }
  const both = Object.values(places)
  const inputs = pairInputs(
    { place: places.source, path: pair.source },
    { place: places.destination, path: pair.destination },
  )
  const run = (more: Readonly<Record<string, string>>): Promise<ActionResult> =>
    runAction({ inputs: { ...inputs, ...more }, limit: HARD_LIMIT })
  const first = await run({})
  expect(first.exitCode, first.log).toBe(0)
  const totals: Readonly<Record<Role, Passed>> = {
    source: places.source.proxy.passed(),
    destination: places.destination.proxy.passed(),
  }
  return {
    labels: { source: inputs['source']!, destination: inputs['destination']! },
    run,
    async arm(point) {
      for (const { proxy } of both) proxy.arm(undefined)
      if (!point) return
      const { role, kind, from, dead, status } = point
      const after =
        kind === 'page' ? Math.floor(point.position * totals[role].requests) : locateFault(point, totals[role][from])
      places[role].proxy.arm({ kind, from, after, dead, status })
    },
    settled: () => waitFor('sockets are left', () => both.every(({ proxy }) => proxy.open() === 0)),
  }
}
