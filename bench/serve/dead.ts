// A server whose hosts are all dead: `node bench/serve/dead.ts [MIRRORS] [SECONDS]`. Runs what is in dist/. Loopback only.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../../test/serve/load/hooks.ts'
import { startDeadHosts } from '../../test/serve/load/dead-hosts.ts'
import { ENV, startServing } from '../../test/serve/serving.ts'
import { residentBytes } from '../../test/serve/soak/world.ts'
import { makeTempFolder } from '../../test/support/temp.ts'

const MOST_READY_SECONDS = 2
/** Growth from the middle of the time to its end that is still flat. */
const FLAT = 1.1

/** As the image starts it. */
const NODE_OPTIONS = '--max-semi-space-size=8'

const [mirrors = 5000, seconds = 90] = process.argv.slice(2).map(Number)

await using folder = await makeTempFolder()
await using hosts = await startDeadHosts(mirrors)
const config = join(folder.path, 'mirrors.yml')
writeFileSync(
  config,
  `version: 1\nserver: { token: { env: SERVE_TOKEN }, state: state.json, stop-grace: 0s }\n${hosts.config}`,
)
const began = performance.now()
await using serving = await startServing(
  config,
  { ...ENV, NODE_OPTIONS },
  [],
  join(import.meta.dirname, '../../dist/index.js'),
)
const { status } = await serving.call('GET', '/readyz', { token: null })
const readySeconds = (performance.now() - began) / 1000
await serving.call('POST', '/sync')
const resident: number[] = []
const pages: number[] = []
for (let second = 0; second < seconds; second++) {
  const start = performance.now()
  const page = await serving.call('GET', second % 10 === 0 ? '/' : '/page/mirrors/m0')
  if (page.status === 200) pages.push(performance.now() - start)
  resident.push(residentBytes(serving.pid) ?? 0)
  await sleep(Math.max(0, 1000 - (performance.now() - start)))
}
const { mirrors: views } = (await serving.call('GET', '/mirrors')).json as {
  readonly mirrors: readonly { readonly status: string | null; readonly state: string }[]
}
const growth =
  Math.max(...resident.slice(-10)) / Math.max(...resident.slice(seconds / 2 - 5, seconds / 2 + 5))
const goals = {
  ready: status === 200 && readySeconds <= MOST_READY_SECONDS,
  page: pages.length === seconds,
  flat: growth <= FLAT,
  logins: hosts.mostLogins() <= hosts.loginLimit,
}
console.log(
  JSON.stringify(
    {
      mirrors,
      ready_seconds: readySeconds,
      page_p50_milliseconds: percentile(pages, 0.5),
      page_most_milliseconds: Math.max(...pages),
      logins_of_one_credential: hosts.mostLogins(),
      connections_to_one_dead_host: hosts.mostConnections(),
      statuses: Object.groupBy(
        views.map(({ status: one }) => one ?? 'none'),
        (one) => one,
      ),
      resident_most_bytes: Math.max(...resident),
      resident_growth: growth,
      goals,
    },
    (key, value: unknown) =>
      key === 'statuses'
        ? Object.fromEntries(
            Object.entries(value as Record<string, string[]>).map(([one, all]) => [one, all.length]),
          )
        : value,
    2,
  ),
)
process.exitCode = Object.values(goals).every(Boolean) ? 0 : 1
