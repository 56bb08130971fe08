// Webhooks on a server with many mirrors: `node bench/serve/load.ts [MIRRORS] [PER_SECOND] [SECONDS]`. Loopback only.
import { createHmac } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ENV, HOOK_SECRET, startServing } from '../../test/serve/serving.ts'
import { makeTempFolder } from '../../test/support/temp.ts'

const [mirrors = 2000, perSecond = 200, seconds = 30] = process.argv.slice(2).map(Number)

/** Bytes that the process has in memory. */
function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

await using folder = await makeTempFolder()
const list = Array.from(
  { length: mirrors },
  (_, index) =>
    `  - { name: m${index}, source: 'http://127.0.0.1:1/s/m${index}', destination: 'http://127.0.0.1:1/d/m${index}', retries: 0 }\n`,
).join('')
const config = join(folder.path, 'mirrors.yml')
writeFileSync(
  config,
  `version: 1\nserver: { token: { env: SERVE_TOKEN }, hooks: { github: { secret: { env: HOOK_SECRET } } } }\nmirrors:\n${list}`,
)
const began = performance.now()
await using serving = await startServing(config, ENV)
const ready = performance.now() - began
const { pid } = serving
const before = residentBytes(pid)

const times: number[] = []
const statuses = new Map<number, number>()
let largest = before
async function hook(index: number): Promise<void> {
  const body = JSON.stringify({ repository: { clone_url: `http://127.0.0.1:1/s/m${index % mirrors}` } })
  const secret = index % 2 === 0 ? HOOK_SECRET : 'another secret'
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  const start = performance.now()
  const { status } = await serving.call('POST', '/hooks/github', {
    token: null,
    body,
    headers: { 'x-hub-signature-256': `sha256=${signature}`, 'x-github-event': 'push' },
  })
  times.push(performance.now() - start)
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
}

const sent: Promise<void>[] = []
const start = performance.now()
for (let index = 0; index < perSecond * seconds; index++) {
  const wait = start + (index / perSecond) * 1000 - performance.now()
  if (wait > 1) await sleep(wait)
  sent.push(hook(index))
  if (index % perSecond === 0) largest = Math.max(largest, residentBytes(pid))
}
await Promise.all(sent)
const sorted = times.toSorted((a, b) => a - b)
console.log(
  JSON.stringify({
    mirrors,
    webhooks: times.length,
    ready_seconds: ready / 1000,
    p50_milliseconds: percentile(sorted, 0.5),
    p99_milliseconds: percentile(sorted, 0.99),
    statuses: Object.fromEntries(statuses),
    resident_before_bytes: before,
    resident_most_bytes: largest,
  }),
)
