// Webhooks on a server with many mirrors while four transfers run: `node bench/serve/load.ts [MIRRORS] [PER_SECOND] [SECONDS]`.
// Runs what is in dist/. Loopback only.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile, sendHooks } from '../../test/serve/load/hooks.ts'
import { ENV, startServing } from '../../test/serve/serving.ts'
import { residentBytes } from '../../test/serve/soak/world.ts'
import { makeTempFolder } from '../../test/support/temp.ts'

const MOST_P99_MS = 50
const MOST_RESIDENT_BYTES = 250_000_000
/** Growth from one third of the time to the next that is still flat. */
const FLAT = 1.1
/** Bytes of a second of each transfer. */
const PACE = 500_000
/** Seconds for the runs that were hinted, behind the last hint. */
const DRAIN_SECONDS = 240

/** As the image starts it. */
const NODE_OPTIONS = '--max-semi-space-size=8'

const [mirrors = 2000, perSecond = 200, seconds = 30] = process.argv.slice(2).map(Number)

await using folder = await makeTempFolder()
const servers = fork(join(import.meta.dirname, 'load-servers.ts'), [
  String(PACE * (seconds + 60)),
  String(PACE),
])
await using _ = { [Symbol.asyncDispose]: async () => await disconnect(servers) }
const told = (await next(servers)) as {
  readonly url: string
  readonly mirrors: string
  readonly names: string[]
}
const list = Array.from(
  { length: mirrors },
  (_, index) =>
    `  - { name: m${index}, source: '${told.url}/s/m${index}.git', destination: '${told.url}/d/m${index}.git' }\n`,
).join('')
const config = join(folder.path, 'mirrors.yml')
writeFileSync(
  config,
  `version: 1\nserver: { token: { env: SERVE_TOKEN }, hooks: { github: { secret: { env: HOOK_SECRET } } }, state: state.json, stop-grace: 0s }\nmirrors:\n${list}${told.mirrors}`,
)
const began = performance.now()
await using serving = await startServing(
  config,
  { ...ENV, NODE_OPTIONS },
  [],
  join(import.meta.dirname, '../../dist/index.js'),
)
const readySeconds = (performance.now() - began) / 1000
const before = residentBytes(serving.pid) ?? 0

await serving.call('POST', '/sync', { body: { only: told.names } })
await sleep(2000)
const running = [await countRunning()]
const resident: number[] = []
const result = await sendHooks(serving, {
  mirrors,
  perSecond,
  seconds,
  sourceOf: (index) => `${told.url}/s/m${index}`,
  onSecond: () => resident.push(residentBytes(serving.pid) ?? 0),
})
running.push(await countRunning())
const flood = performance.now()
const late = await drain()
const drainSeconds = (performance.now() - flood) / 1000
resident.push(residentBytes(serving.pid) ?? 0)

const third = Math.floor(resident.length / 3)
const growth = Math.max(...resident.slice(2 * third)) / Math.max(...resident.slice(third, 2 * third))
const p99 = percentile(result.times, 0.99)
const goals = {
  p99: p99 <= MOST_P99_MS,
  memory: Math.max(...resident) <= MOST_RESIDENT_BYTES,
  flat: growth <= FLAT,
  ran: late === 0,
  transfers: running.every((count) => count === told.names.length),
}
console.log(
  JSON.stringify(
    {
      mirrors,
      webhooks: result.times.length,
      statuses: result.statuses,
      ready_seconds: readySeconds,
      p50_milliseconds: percentile(result.times, 0.5),
      p99_milliseconds: p99,
      most_milliseconds: Math.max(...result.times),
      transfers_running: running,
      hinted: result.hinted.size,
      hinted_and_not_run_after: late,
      drain_seconds: drainSeconds,
      resident_before_bytes: before,
      resident_most_bytes: Math.max(...resident),
      resident_growth: growth,
      goals,
    },
    undefined,
    2,
  ),
)
process.exitCode = Object.values(goals).every(Boolean) ? 0 : 1

async function countRunning(): Promise<number> {
  const states = await Promise.all(
    told.names.map(async (name) => (await serving.call('GET', `/mirrors/${name}`)).json.progress !== null),
  )
  return states.filter(Boolean).length
}

/** Waits until every mirror that was hinted has been listed since. @returns how many were not */
async function drain(): Promise<number> {
  const limit = performance.now() + DRAIN_SECONDS * 1000
  for (;;) {
    servers.send('listed')
    const { listed } = (await next(servers)) as { readonly listed: readonly (readonly [string, number])[] }
    const times = new Map(listed)
    const left = [...result.hinted].filter(([index, time]) => (times.get(`m${index}`) ?? 0) < time)
    if (left.length === 0 || performance.now() > limit) return left.length
    await sleep(500)
  }
}

async function next(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, 'message')
  return message
}

async function disconnect(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
}
