import { setTimeout as sleep } from 'node:timers/promises'
import { type Chances, makeChances } from './chances.ts'
import { findLost, meddle, pushSomething } from './repositories.ts'
import { makeWorld, residentBytes, SECRETS, type World } from './world.ts'

export interface SoakInput {
  /** Of the schedule of deeds: the same one for the same seed. */
  readonly seed: number
  readonly seconds: number
  readonly mirrors: number
  /** Most milliseconds between two deeds. */
  readonly pause: number
  readonly onLine?: ((line: string) => void) | undefined
}

/** What came of a soak. All lists are empty where all is well. */
export interface SoakReport {
  readonly seed: number
  readonly seconds: number
  /** Deeds by their kind. */
  readonly deeds: Readonly<Record<string, number>>
  /** Runs that ended, by status. */
  readonly runs: Readonly<Record<string, number>>
  /** Answers to webhooks by status. */
  readonly hooks: Readonly<Record<string, number>>
  readonly restarts: number
  /** Mirrors that still ran or waited long after the last deed. */
  readonly stuck: readonly string[]
  /** Mirrors of the last round that were not mirrored by it. */
  readonly failed: readonly string[]
  /** Mirrors whose copy was not like its source after the last round. */
  readonly lost: readonly string[]
  /** Mirrors whose last push came by hook alone, and did not come. */
  readonly unheard: readonly string[]
  /** What must not happen at any time. */
  readonly wrong: readonly string[]
  readonly mostResidentBytes: number
}

const SECOND = 1000
/** Milliseconds for all to end once the hosts are up. */
const QUIET_LIMIT = 240 * SECOND
/** Milliseconds for a push to come by hook alone. */
const HOOK_LIMIT = 60 * SECOND

/** How often each deed comes. */
const DEEDS = {
  push: 50,
  'bad hook': 12,
  'hook twice': 4,
  look: 8,
  sync: 5,
  'sync all': 2,
  cancel: 2,
  pause: 2,
  meddle: 3,
  cut: 4,
  'dead source': 1.5,
  'dead destination': 1.5,
  reload: 1.5,
  'bad reload': 1,
  SIGTERM: 0.8,
  SIGKILL: 1.2,
} as const
type Deed = keyof typeof DEEDS

interface Soaking {
  readonly world: World
  readonly chances: Chances
  readonly hooks: Record<string, number>
  readonly wrong: string[]
  /** What has to be put right again: hosts that are dead, mirrors that are paused. */
  readonly later: Set<Promise<void>>
  readonly isOver: AbortController
}

/** Lets a server mirror while all kinds of things happen, and looks what came of it. Never throws for what is wrong. */
export async function soak(input: SoakInput): Promise<SoakReport> {
  await using world = await makeWorld(input.mirrors)
  const soaking: Soaking = {
    world,
    chances: makeChances(input.seed),
    hooks: {},
    wrong: [],
    later: new Set(),
    isOver: new AbortController(),
  }
  const deeds: Record<string, number> = {}
  let most = 0
  const measure = (): void => {
    most = Math.max(most, residentBytes(world.serving.pid) ?? 0)
  }
  const began = Date.now()
  for (let number = 1; Date.now() < began + input.seconds * SECOND; number++) {
    const deed = soaking.chances.weighted(DEEDS)
    deeds[deed] = (deeds[deed] ?? 0) + 1
    await doDeed(soaking, deed, number).catch((thrown: unknown) => {
      soaking.wrong.push(`${number} ${deed}: ${String(thrown)}`)
    })
    measure()
    if (number % 100 === 0) input.onLine?.(`${Math.round((Date.now() - began) / SECOND)} s: ${number} deeds`)
    await sleep(soaking.chances.between(0, input.pause))
  }
  input.onLine?.('nothing more happens')
  soaking.isOver.abort()
  await Promise.all(soaking.later)
  const stuck = await waitForQuiet(world)
  const { round } = (await world.serving.call('POST', '/sync')).json as { readonly round: string }
  const { results } = await world.serving.ended(round)
  const failed = results.filter(({ ok, skipped }) => !ok || skipped !== null).map(({ name }) => name)
  const lost = await findLost(world.pairs)
  const unheard = await findUnheard(soaking)
  measure()
  const code = await world.restart('SIGTERM')
  if (code !== 0) soaking.wrong.push(`SIGTERM at the end: status ${code}`)
  checkLogs(soaking)
  return {
    seed: input.seed,
    seconds: input.seconds,
    deeds,
    runs: countRuns(world.logs()),
    hooks: soaking.hooks,
    restarts: (deeds['SIGTERM'] ?? 0) + (deeds['SIGKILL'] ?? 0),
    stuck,
    failed,
    lost,
    unheard,
    wrong: soaking.wrong,
    mostResidentBytes: most,
  }
}

async function doDeed(soaking: Soaking, deed: Deed, number: number): Promise<void> {
  const { world, chances, wrong } = soaking
  const { serving, hosts, pairs } = world
  const pair = pairs[chances.between(0, pairs.length - 1)]!
  const length = chances.between(1, 50) * SECOND
  switch (deed) {
    case 'push': {
      const kind = await pushSomething(pair, chances, number)
      // A hook may be lost: the host does not send it again.
      const isSent = kind !== 'tags' && chances.holds(0.8)
      if (isSent) await expectHook(soaking, world.hook(pair, { delivery: `d${number}` }), [202])
      break
    }
    case 'hook twice':
      for (let time = 0; time < 2; time++)
        await expectHook(soaking, world.hook(pair, { delivery: `twice${number}` }), [202])
      break
    case 'bad hook': {
      const body = chances.oneOf([undefined, '', '{', '[]', 'null', 'payload=%7B', '\u0000'.repeat(100)])
      const isForged = body === undefined || body === '' || chances.holds(0.5)
      const manner = { ...(body === undefined ? {} : { body }), ...(isForged ? { secret: 'a guess' } : {}) }
      await expectHook(soaking, world.hook(pair, manner), isForged ? [401, 429] : [400])
      break
    }
    case 'look':
      for (const path of ['/', '/metrics', '/mirrors', `/page/mirrors/${pair.name}`, '/readyz', '/healthz']) {
        const { status } = await serving.call('GET', path)
        if (status !== 200) wrong.push(`${number} GET ${path}: ${status}`)
      }
      break
    case 'sync':
      await expectStatus(soaking, number, serving.call('POST', `/sync/${pair.name}`), [202, 409])
      break
    case 'sync all':
      await expectStatus(soaking, number, serving.call('POST', '/sync'), [202])
      break
    case 'cancel': {
      const { json } = await serving.call('POST', '/sync')
      await expectStatus(soaking, number, serving.call('DELETE', `/rounds/${json.round}`), [202, 409])
      break
    }
    case 'pause':
      await expectStatus(soaking, number, serving.call('POST', `/mirrors/${pair.name}/pause`), [200])
      doLater(soaking, length, async () => {
        await world.serving.call('POST', `/mirrors/${pair.name}/resume`).catch(() => undefined)
      })
      break
    case 'meddle':
      await meddle(pair, chances, number)
      break
    case 'cut':
      chances.oneOf([hosts.source, hosts.destination]).cut()
      break
    case 'dead source':
    case 'dead destination': {
      const host = deed === 'dead source' ? hosts.source : hosts.destination
      if (!host.isUp) break
      await host.down()
      doLater(soaking, length, async () => await host.up())
      break
    }
    case 'reload':
      serving.kill('SIGHUP')
      break
    case 'bad reload':
      await world.writeConfig(false)
      await expectStatus(soaking, number, serving.call('POST', '/reload'), [400])
      await world.writeConfig(true)
      break
    case 'SIGTERM':
    case 'SIGKILL': {
      const code = await world.restart(deed)
      if (code !== (deed === 'SIGTERM' ? 0 : null)) wrong.push(`${number} ${deed}: status ${code}`)
      await checkFresh(soaking, number)
      break
    }
  }
}

/** Nothing runs after a start that this process did not begin: the schedule's first ones are not due yet, or have begun here. */
async function checkFresh({ world, wrong }: Soaking, number: number): Promise<void> {
  const { json } = await world.serving.call('GET', '/mirrors')
  const { mirrors } = json as {
    readonly mirrors: readonly {
      readonly name: string
      readonly state: string
      readonly progress: object | null
    }[]
  }
  for (const { name, state, progress } of mirrors) {
    if (state === 'running' && progress === null) wrong.push(`${number} ${name} runs, and nobody runs it`)
  }
}

/** Does it after `ms`, or when nothing more happens. */
function doLater({ later, isOver }: Soaking, ms: number, work: () => Promise<void>): void {
  const done = sleep(ms, undefined, { signal: isOver.signal })
    .catch(() => undefined)
    .then(work)
  later.add(done)
  void done.then(() => later.delete(done))
}

async function expectHook(
  { hooks, wrong }: Soaking,
  answer: Promise<number>,
  expected: readonly number[],
): Promise<void> {
  const status = await answer
  hooks[status] = (hooks[status] ?? 0) + 1
  if (!expected.includes(status)) wrong.push(`a hook was answered ${status}, not ${expected.join(' or ')}`)
}

async function expectStatus(
  { wrong }: Soaking,
  number: number,
  answer: Promise<{ readonly status: number }>,
  expected: readonly number[],
): Promise<void> {
  const { status } = await answer
  if (!expected.includes(status)) wrong.push(`${number}: ${status}, not ${expected.join(' or ')}`)
}

/** @returns the mirrors that do not end */
async function waitForQuiet({ serving }: World): Promise<readonly string[]> {
  const limit = Date.now() + QUIET_LIMIT
  for (;;) {
    const { mirrors } = (await serving.call('GET', '/mirrors')).json as {
      readonly mirrors: readonly { readonly name: string; readonly state: string }[]
    }
    const busy = mirrors.filter(({ state }) => state !== 'idle').map(({ name }) => name)
    if (busy.length === 0 || Date.now() > limit) return busy
    await sleep(250)
  }
}

/** Pushes once more to every source, tells it by hook alone, and waits. */
async function findUnheard(soaking: Soaking): Promise<readonly string[]> {
  const { world, chances } = soaking
  for (const [index, pair] of world.pairs.entries()) {
    await pushSomething(pair, chances, 1_000_000 + index)
    await expectHook(soaking, world.hook(pair), [202])
  }
  const limit = Date.now() + HOOK_LIMIT
  for (;;) {
    const unheard = await findLost(world.pairs)
    if (unheard.length === 0 || Date.now() > limit) return unheard
    await sleep(500)
  }
}

function countRuns(logs: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [, status = ''] of logs.matchAll(/"mirror":"[^"]+","duration_seconds":[^}]*"msg":"([a-z]+)"/g))
    counts[status] = (counts[status] ?? 0) + 1
  return counts
}

function checkLogs({ world, wrong }: Soaking): void {
  const logs = world.logs()
  for (const secret of SECRETS) if (logs.includes(secret)) wrong.push('a secret stands in the log')
  const defect = /.*\bdefect\b.*/.exec(logs)?.[0]
  if (defect !== undefined) wrong.push(`the log tells of a defect: ${defect.slice(0, 300)}`)
}
