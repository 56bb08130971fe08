import { expect } from 'vitest'
import { type FaultGit, locateCall, makeFaultGit } from './fault-git.ts'
import { type FaultPlace, locateFault, type Role } from './fault-plan.ts'
import { type Passed, type SpoiledPlace, spoilPlace } from './fault-proxy.ts'
import { type FaultPair, makeFaultPair } from './fault-repositories.ts'
import { startHttpBackend } from './http-backend.ts'
import { pairInputs, startPlace, type Place, type Transport } from './places.ts'
import { waitFor, waitForNoProcess } from './processes.ts'
import { type ActionResult, startAction } from './runner.ts'
import type { Running } from './running.ts'
import { makeTempFolder } from './temp.ts'

/** Milliseconds for a run: what takes longer hangs. */
const HARD_LIMIT = 30_000

/** Both sides on one transport, each of which can be broken. */
export interface Breaker extends AsyncDisposable {
  readonly pair: FaultPair
  readonly labels: Readonly<Record<Role, string>>
  start(inputs: Readonly<Record<string, string>>): Promise<Running<ActionResult>>
  run(inputs: Readonly<Record<string, string>>): Promise<ActionResult>
  /** The fault of what is started now, once; undefined: none. */
  arm(place: FaultPlace | undefined): Promise<void>
  /** The fault has come. */
  struck(): Promise<boolean>
  /** Waits until no program and no socket of a run is left. @throws Error with what is, after a while. */
  settled(): Promise<void>
}

type Way = Omit<Breaker, 'pair' | 'run' | 'settled' | typeof Symbol.asyncDispose> & {
  sockets(): number
}

/** Starts the servers, and measures a run without a fault. `more`: inputs of every run. */
export async function startBreaker(
  transport: Transport,
  more: Readonly<Record<string, string>> = {},
): Promise<Breaker> {
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await makeTempFolder()).path
    // Over http a pack of up to 1 MiB is one request with its length, and a longer one streams.
    const pair = await makeFaultPair(folder, transport === 'http' ? 30_000 : 6_000)
    const tools = stack.use(await makeTempFolder()).path
    const way =
      transport === 'file'
        ? await fileWay(pair, tools, more)
        : await proxyWay(transport, pair, { stack, always: more })
    await pair.restore()
    const owned = stack.move()
    return {
      ...way,
      pair,
      run: (inputs) => runWith(way, inputs),
      async settled() {
        const left = await waitForNoProcess(folder)
        if (left.length > 0) throw new Error(`still running: ${left.join('; ')}`)
        await waitFor('sockets are left', () => way.sockets() === 0)
      },
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

async function runWith(
  { start }: Pick<Way, 'start'>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<ActionResult> {
  await using running = await start(inputs)
  return await running.done
}

async function fileWay(
  pair: FaultPair,
  tools: string,
  always: Readonly<Record<string, string>>,
): Promise<Way> {
  const program: FaultGit = await makeFaultGit(tools)
  const inputs = { source: pair.source, destination: pair.destination, 'source-token': '', ...always }
  const start: Way['start'] = (more) =>
    startAction({ inputs: { ...inputs, ...more }, env: { PATH: program.path }, limit: HARD_LIMIT })
  await program.count()
  const first = await runWith({ start })
  expect(first.exitCode, first.log).toBe(0)
  const calls = await program.calls()
  return {
    labels: pair,
    start,
    arm: (place) => program.arm(place && locateCall(place, calls[place.role])),
    struck: () => program.struck(),
    sockets: () => 0,
  }
}

async function proxyWay(
  transport: Transport,
  pair: FaultPair,
  {
    stack,
    always,
  }: { readonly stack: AsyncDisposableStack; readonly always: Readonly<Record<string, string>> },
): Promise<Way> {
  const startSide = async (): Promise<SpoiledPlace> =>
    stack.use(await spoilPlace(await startServer(transport, pair.folder)))
  const places: Readonly<Record<Role, SpoiledPlace>> = {
    source: await startSide(),
    destination: await startSide(),
  }
  const proxies = Object.values(places).map(({ proxy }) => proxy)
  const inputs = pairInputs(
    { place: places.source, path: pair.source },
    { place: places.destination, path: pair.destination },
  )
  const start: Way['start'] = (more) =>
    startAction({ inputs: { ...inputs, ...always, ...more }, limit: HARD_LIMIT })
  const first = await runWith({ start })
  expect(first.exitCode, first.log).toBe(0)
  const totals: Readonly<Record<Role, Passed>> = {
    source: places.source.proxy.passed(),
    destination: places.destination.proxy.passed(),
  }
  return {
    labels: { source: inputs['source']!, destination: inputs['destination']! },
    start,
    async arm(place) {
      for (const proxy of proxies) proxy.arm(undefined)
      if (!place) return
      const { role, kind, from, dead, status, hold } = place
      const { [from]: bytes, requests } = totals[role]
      const after = kind === 'page' ? Math.floor(place.position * requests) : locateFault(place, bytes)
      places[role].proxy.arm({ kind, from, after, dead, status, hold })
    },
    struck: async () => proxies.some((proxy) => proxy.struck()),
    sockets: () => proxies.reduce((sum, proxy) => sum + proxy.open(), 0),
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
