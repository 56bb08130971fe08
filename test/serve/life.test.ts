import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { git } from '../support/git.ts'
import { startMain } from '../support/start-main.ts'
import { ENV, makeSetting, startServing, until } from './serving.ts'

const SILENT = {
  answer: ({ path }: { readonly path: string }) =>
    path.includes('/a.git/') ? { status: 200, silent: true } : undefined,
}

async function isRunning(serving: Awaited<ReturnType<typeof startServing>>): Promise<boolean> {
  return (await serving.call('GET', '/mirrors/a')).json.state === 'running'
}

describe('SIGTERM', () => {
  it('S12: ends an idle server at once, with status 0', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure())
    const began = Date.now()
    serving.kill('SIGTERM')
    expect((await serving.result).code).toBe(0)
    expect(Date.now() - began).toBeLessThan(4000)
  })

  it('lets what runs end within the grace', async () => {
    const stopping = Promise.withResolvers<void>()
    await using setting = await makeSetting(['a'], {
      hold: ({ path }) => (path.includes('/a-copy.git/') ? stopping.promise : undefined),
    })
    await using serving = await startServing(await setting.configure())
    await serving.call('POST', '/sync/a')
    await until(async () => await isRunning(serving))
    serving.kill('SIGTERM')
    await until(() => serving.log().includes('stopping'))
    stopping.resolve()
    expect((await serving.result).code).toBe(0)
    expect(await git(setting.dir('a-copy'), 'rev-parse', 'main')).toBe(
      await git(setting.dir('a'), 'rev-parse', 'main'),
    )
  })

  it('stops what runs after the grace, and again at once the second time', async () => {
    await using setting = await makeSetting(['a'], SILENT)
    const config = await setting.configure({ server: '  stop-grace: 1s\n' })
    for (const isTwice of [false, true]) {
      if (isTwice) await setting.configure({ server: '  stop-grace: 1h\n' })
      await using serving = await startServing(config)
      await serving.call('POST', '/sync/a')
      await until(async () => await isRunning(serving))
      const began = Date.now()
      serving.kill('SIGTERM')
      if (isTwice) {
        await until(() => serving.log().includes('stopping'))
        serving.kill('SIGTERM')
      }
      expect((await serving.result).code).toBe(0)
      expect(Date.now() - began).toBeLessThan(8000)
    }
  })

  it('ends streams of events', async () => {
    await using setting = await makeSetting(['a'], SILENT)
    await using serving = await startServing(await setting.configure({ server: '  stop-grace: 1s\n' }))
    const { json } = await serving.call('POST', '/sync/a')
    const stream = serving.call('GET', `/rounds/${json.round}/events`)
    await until(async () => await isRunning(serving))
    serving.kill('SIGTERM')
    expect((await stream).text).toContain('event: done')
    expect((await serving.result).code).toBe(0)
  })
})

describe('SIGHUP', () => {
  it('S12: takes a good file, and keeps the old one for a bad one', async () => {
    await using setting = await makeSetting(['a', 'b'])
    const pair = (name: string): string =>
      `  - { name: ${name}, source: '${setting.backend.url}/${name}.git', destination: '${setting.backend.url}/${name}-copy.git' }\n`
    await using serving = await startServing(await setting.configure({ mirrors: pair('a') }))
    const names = async () =>
      (await serving.call('GET', '/mirrors')).json.mirrors.map(({ name }: { readonly name: string }) => name)
    await setting.configure({ mirrors: pair('a') + pair('b') })
    serving.kill('SIGHUP')
    await until(async () => (await names()).length === 2)
    const config = await setting.configure({ mirrors: '  - { name: c, sorce: x, destination: y }\n' })
    serving.kill('SIGHUP')
    // It is told in two lines.
    await until(() => serving.log().includes('Did you mean'))
    expect(serving.log()).toContain('stays in force')
    expect(await names()).toEqual(['a', 'b'])
    expect((await serving.call('GET', '/metrics')).text).toContain('kalandra_config_last_reload_successful 0')
    expect((await serving.call('POST', '/reload')).status).toBe(400)
    writeFileSync(
      config,
      readFileSync(config, 'utf8')
        .replace('sorce: x', `source: '${setting.backend.url}/a.git'`)
        .replace('destination: y', `destination: '${setting.backend.url}/c.git'`),
    )
    expect((await serving.call('POST', '/reload')).json).toMatchObject({ reloaded: true, mirrors: 1 })
    expect(await names()).toEqual(['c'])
    expect((await serving.call('GET', '/metrics')).text).toContain('kalandra_config_last_reload_successful 1')
  })
})

describe('after a restart', () => {
  it('S2: nothing is running, whatever was when it was killed; what was known is known', async () => {
    await using setting = await makeSetting(['a', 'b'], SILENT)
    const config = await setting.configure({ server: '  state: state.json\n' })
    const state = join(setting.folder, 'state.json')
    {
      await using serving = await startServing(config)
      const { json } = await serving.call('POST', '/sync/b')
      await serving.ended(json.round)
      await serving.call('POST', '/sync/a')
      await until(async () => await isRunning(serving))
      await until(() => existsSync(state))
      serving.kill('SIGKILL')
      await serving.result
    }
    await using serving = await startServing(config)
    const { mirrors } = (await serving.call('GET', '/mirrors')).json
    expect(mirrors).toMatchObject([
      { name: 'a', state: 'idle', status: null },
      { name: 'b', state: 'idle', status: 'mirrored' },
    ])
    expect((await serving.call('GET', '/metrics')).text).toMatch(
      /last_success_timestamp_seconds\{mirror="b"\} \d/,
    )
    const { json } = await serving.call('POST', '/sync/b')
    expect((await serving.ended(json.round)).counts['ok']).toBe(1)
  })

  it('a state file that is cut is put aside', async () => {
    await using setting = await makeSetting(['a'])
    const state = join(setting.folder, 'state.json')
    writeFileSync(state, '{"version":1,"mirr')
    await using serving = await startServing(await setting.configure({ server: '  state: state.json\n' }))
    expect((await serving.call('GET', '/readyz')).status).toBe(200)
    expect(existsSync(`${state}.bad`)).toBe(true)
    expect(serving.log()).toContain('.bad')
  })

  it('S13: a time that was missed is made up once', async () => {
    await using setting = await makeSetting(['a'])
    const mirrors = `  - { name: a, source: '${setting.backend.url}/a.git', destination: '${setting.backend.url}/a-copy.git', schedule: every 1m }\n`
    const long = Date.now() - 86_400_000
    const record = { lastSuccess: long, lastRun: long, status: 'mirrored', runs: [] }
    writeFileSync(join(setting.folder, 'state.json'), JSON.stringify({ version: 1, mirrors: { a: record } }))
    await using serving = await startServing(
      await setting.configure({ server: '  state: state.json\n', mirrors }),
    )
    await until(async () => (await serving.call('GET', '/mirrors/a')).json.runs.length === 1)
  })
})

it('S4b: takes a token that was replaced in its file, without a restart', async () => {
  await using setting = await makeSetting(['a'], {
    auth: { username: 'x-access-token', password: 'the-new-token' },
  })
  writeFileSync(join(setting.folder, 'token'), 'the-old-token\n')
  const config = await setting.configure({
    top: "hosts:\n  '127.0.0.1': { token: { file: token } }\ndefaults: { retries: 0 }\n",
  })
  await using serving = await startServing(config)
  const first = (await serving.call('POST', '/sync/a')).json
  expect((await serving.ended(first.round)).counts['failed']).toBe(1)
  expect((await serving.call('GET', '/mirrors/a')).json.remedy).toMatch(/token/i)
  await new Promise((resolve) => {
    setTimeout(resolve, 1100)
  })
  writeFileSync(join(setting.folder, 'token'), 'the-new-token\n')
  const second = (await serving.call('POST', '/sync/a')).json
  expect((await serving.ended(second.round)).counts['ok']).toBe(1)
  expect(serving.log()).not.toMatch(/the-(?:old|new)-token/)
})

describe('refuses to start', () => {
  const start = async (config: string, listen: string, env: NodeJS.ProcessEnv = ENV) => {
    await using main = startMain(['serve', config, '--listen', listen], env)
    return await main.result
  }

  it('S16: where others can reach it and there is no token', async () => {
    await using setting = await makeSetting(['a'])
    const config = await setting.configure()
    writeFileSync(config, readFileSync(config, 'utf8').replace(/ {2}token:.*\n/, '  page-public: true\n'))
    const { code, stderr } = await start(config, '0.0.0.0:0')
    expect(code).toBe(2)
    expect(stderr).toContain('server.token')
  })

  it('with a short token, a bad schedule, an unknown zone, an address that is none', async () => {
    await using setting = await makeSetting(['a'])
    const config = await setting.configure({
      server: '  time-zone: Mars/Olympus\n',
      top: 'defaults: { schedule: 61 * * * * }\n',
    })
    expect((await start(config, '127.0.0.1:0')).stderr).toMatch(/mirrors\.yml:2:23 .*this is not a schedule/)
    writeFileSync(config, readFileSync(config, 'utf8').replace('61 *', '1 *'))
    const { code, stderr } = await start(config, '127.0.0.1:0', { ...ENV, SERVE_TOKEN: 'short' })
    expect(code).toBe(2)
    expect(stderr).toContain('time-zone is not known here')
    expect(stderr).toContain('shorter than 16 characters')
    writeFileSync(config, readFileSync(config, 'utf8').replace('Mars/Olympus', 'UTC'))
    expect((await start(config, 'here')).stderr).toContain('--listen is not HOST:PORT')
    await using serving = await startServing(config)
    const taken = new URL(serving.url).host
    expect((await start(config, taken)).stderr).toContain('EADDRINUSE')
  })
})

it('tells its health to the verb for it', async () => {
  await using setting = await makeSetting(['a'])
  await using serving = await startServing(await setting.configure())
  await using well = startMain(['health', serving.url])
  expect(await well.result).toMatchObject({ code: 0, stdout: 'ok\n' })
  serving.kill('SIGTERM')
  await serving.result
  await using ill = startMain(['health', serving.url])
  expect(await ill.result).toMatchObject({ code: 1, stdout: 'not healthy: ECONNREFUSED\n' })
})
