import { describe, expect, it } from 'vitest'
import { FleetKeeper } from '../../../src/serve/config/fleet-keeper.ts'
import type { Secrets } from '../../../src/report/redact.ts'

const HOUR_MS = 3_600_000
const TEXT = `version: 1
hosts: { h.invalid: { token: '\${TOKEN}' } }
mirrors: [{ name: a, source: 'https://h.invalid/x', destination: /nowhere/y }]
`

function makeKeeper() {
  const state = { text: TEXT, now: 0 }
  const env: NodeJS.ProcessEnv = { TOKEN: 'the-first-token' }
  const told: Secrets[] = []
  const silent = (): void => undefined
  const keeper = new FleetKeeper({
    readConfig: () => [{ text: state.text, name: 'mirrors.yml', folder: '/nowhere' }],
    env,
    signal: new AbortController().signal,
    knownHostsFiles: [],
    log: { debug: silent, info: silent, warn: silent, error: silent },
    onSecrets: (secrets) => void told.push(secrets),
    onChange: silent,
    now: () => state.now,
  })
  return { keeper, state, env, told }
}

describe('secrets of a server', () => {
  it('are hidden for as long as what runs may use them, whatever the file says by then', async () => {
    const { keeper, state, env, told } = makeKeeper()
    await keeper.load()
    state.now += 25 * HOUR_MS
    env['TOKEN'] = 'the-second-token'
    expect(await keeper.reload()).toEqual([])
    expect(keeper.loaded.secrets.texts).toEqual(
      expect.arrayContaining(['the-first-token', 'the-second-token']),
    )
    state.text = `${TEXT}server: { token: short }\n`
    expect(await keeper.reload()).not.toEqual([])
    expect(told.at(-1)!.texts).toEqual(expect.arrayContaining(['the-first-token', 'the-second-token']))
    state.text = TEXT
    for (let day = 0; day < 2; day++) {
      state.now += 25 * HOUR_MS
      expect(await keeper.reload()).toEqual([])
    }
    expect(keeper.loaded.secrets.texts).not.toContain('the-first-token')
    expect(keeper.loaded.secrets.texts).toContain('the-second-token')
  })
})
