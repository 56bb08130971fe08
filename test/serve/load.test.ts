import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeTempFolder } from '../support/temp.ts'
import { startDeadHosts } from './load/dead-hosts.ts'
import { sendHooks } from './load/hooks.ts'
import { startReplayServer } from './load/replay-server.ts'
import { startTransfers } from './load/transfers.ts'
import { ENV, startServing, until } from './serving.ts'

// Seconds and megabytes are for `node bench/serve/load.ts` and `dead.ts`: here it is what happens that counts.

it('runs every mirror after its last hint, whatever else is sent and however many transfers go on', async () => {
  const mirrors = 200
  await using folder = await makeTempFolder()
  await using replay = await startReplayServer()
  await using transfers = await startTransfers(4, { bytes: 2_000_000, bytesPerSecond: 10_000 })
  const list = Array.from(
    { length: mirrors },
    (_, index) =>
      `  - { name: m${index}, source: '${replay.url}/s/m${index}.git', destination: '${replay.url}/d/m${index}.git' }\n`,
  ).join('')
  const config = join(folder.path, 'mirrors.yml')
  writeFileSync(
    config,
    `version: 1\nserver: { token: { env: SERVE_TOKEN }, hooks: { github: { secret: { env: HOOK_SECRET } } }, stop-grace: 0s }\nmirrors:\n${list}${transfers.mirrors}`,
  )
  await using serving = await startServing(config)
  const isSending = async (): Promise<boolean> => {
    const views = await Promise.all(
      transfers.names.map(async (name) => (await serving.call('GET', `/mirrors/${name}`)).json),
    )
    return views.every(({ progress }) => progress !== null && progress.bytes > 0)
  }
  await serving.call('POST', '/sync', { body: { only: transfers.names } })
  await until(isSending, 'four transfers')
  const { statuses, hinted } = await sendHooks(serving, {
    mirrors,
    perSecond: 100,
    seconds: 5,
    sourceOf: (index) => `${replay.url}/s/m${index}`,
  })
  expect(statuses).toEqual({ 202: 250, 401: 10, 429: 240 })
  expect(hinted.size).toBe(mirrors)
  await until(
    () => [...hinted].every(([index, time]) => (replay.listed.get(`m${index}`) ?? 0) >= time),
    'a run of each mirror after its last hint',
  )
  expect(await isSending()).toBe(true)
}, 240_000)

it.skipIf(process.platform !== 'linux')(
  'S5: is ready though all hosts are dead, and asks neither them nor for a login more than the circuit allows',
  async () => {
    await using folder = await makeTempFolder()
    await using hosts = await startDeadHosts(500)
    const config = join(folder.path, 'mirrors.yml')
    writeFileSync(
      config,
      `version: 1\nserver: { token: { env: SERVE_TOKEN }, sync-on-start: false }\n${hosts.config}`,
    )
    await using serving = await startServing(config, ENV)
    expect((await serving.call('GET', '/readyz', { token: null })).status).toBe(200)
    expect(hosts.mostLogins() + hosts.mostConnections()).toBe(0)
    const { json } = await serving.call('POST', '/sync')
    expect((await serving.call('GET', '/')).text).toContain('500 mirrors')
    // Those that are refused end at once; a dead host is tried once more after half a minute, and then given up.
    const round = await serving.ended(json.round)
    expect(round.counts).toMatchObject({ mirrors: 500, ok: 0, failed: 500 })
    expect(hosts.mostLogins()).toBeGreaterThan(2)
    expect(hosts.mostLogins()).toBeLessThanOrEqual(hosts.loginLimit)
    // Five failures, what was under way by then, and the probe; each mirror asks both of its ends, and tries again.
    expect(hosts.mostConnections()).toBeLessThan(100)
    const reasons = new Set(
      round.results.map(({ skipped }) => skipped?.replace(/\S+(?= could| was)/, 'HOST')),
    )
    expect([...reasons].toSorted()).toEqual([
      'HOST could not be reached, again and again',
      'the credential for HOST was refused 3 times',
      undefined,
    ])
    // Later triggers ask nobody, until the time for it has come.
    const logins = hosts.mostLogins()
    const again = (await serving.call('POST', '/sync', { body: { only: ['m0', 'm5', 'm10'] } })).json
    expect((await serving.ended(again.round)).counts['failed']).toBe(3)
    expect(hosts.mostLogins()).toBe(logins)
  },
  120_000,
)
