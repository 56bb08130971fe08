import { describe, expect, it } from 'vitest'
import { git } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { makeSetting, startServing, until } from './serving.ts'

async function tipOf(dir: string): Promise<string> {
  return await git(dir, 'rev-parse', 'refs/heads/main')
}

describe('a round', () => {
  it('mirrors what it means, and tells', async () => {
    await using setting = await makeSetting(['a', 'b'])
    await using serving = await startServing(await setting.configure())
    const started = await serving.call('POST', '/sync', { body: { only: ['a'] } })
    expect(started.status).toBe(202)
    expect(started.json).toMatchObject({ mirrors: 1, coalesced: false })
    expect(started.headers.get('location')).toBe(`/rounds/${started.json.round}`)
    const round = await serving.ended(started.json.round)
    expect(round).toMatchObject({ state: 'done', counts: { mirrors: 1, ok: 1, failed: 0, pending: 0 } })
    expect(await tipOf(setting.dir('a-copy'))).toBe(await tipOf(setting.dir('a')))
    const { json } = await serving.call('GET', '/mirrors/a')
    expect(json).toMatchObject({ status: 'mirrored', state: 'idle', error: null })
    expect(json.runs).toHaveLength(1)
    expect((await serving.call('GET', '/mirrors/b')).json.status).toBeNull()
  })

  it('shows what it would do, and does not, in a dry run', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure())
    const { json } = await serving.call('POST', '/sync/a', { body: { dryRun: true } })
    const round = await serving.ended(json.round)
    expect(JSON.stringify(round.results)).toContain('"planned"')
    expect(await git(setting.dir('a-copy'), 'for-each-ref')).toBe('')
    expect((await serving.call('GET', '/mirrors/a')).json.lastRun).toBeNull()
  })

  it('fails and goes on where a mirror fails, with the remedy', async () => {
    await using setting = await makeSetting(['a'])
    const mirrors = `  - { name: a, source: '${setting.backend.url}/a.git', destination: '${setting.backend.url}/a-copy.git' }
  - { name: team/gone, retries: 0, source: '${setting.backend.url}/gone.git', destination: '${setting.backend.url}/a-copy2.git' }
`
    await using serving = await startServing(await setting.configure({ mirrors }))
    const { json } = await serving.call('POST', '/sync')
    const round = await serving.ended(json.round)
    expect(round.counts).toMatchObject({ ok: 1, failed: 1 })
    const gone = (await serving.call('GET', '/mirrors/team/gone')).json
    expect(gone.status).toBe('failed')
    expect(gone.remedy).toMatch(/\w/)
    const page = await serving.call('GET', '/')
    expect(page.text.indexOf('team/gone')).toBeLessThan(page.text.indexOf('>a<'))
    expect(page.text).toContain(gone.remedy.slice(0, 20))
  })

  it('gives the same round to the same Idempotency-Key', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(await setting.configure())
    const headers = { 'idempotency-key': 'once' }
    const first = (await serving.call('POST', '/sync', { headers })).json
    await serving.ended(first.round)
    expect((await serving.call('POST', '/sync', { headers })).json).toMatchObject({
      round: first.round,
      coalesced: true,
    })
    expect((await serving.call('POST', '/sync')).json.round).not.toBe(first.round)
  })

  it('streams its events, and those that were missed to a reader that comes back', async () => {
    await using setting = await makeSetting(['a', 'b'])
    await using serving = await startServing(await setting.configure())
    const { json } = await serving.call('POST', '/sync')
    const whole = await serving.call('GET', `/rounds/${json.round}/events`)
    expect(whole.headers.get('content-type')).toBe('text/event-stream')
    expect(whole.text.match(/^event: mirror$/gm)).toHaveLength(2)
    expect(whole.text).toMatch(/event: done\ndata: \{"state":"done","mirrors":2,"failed":0\}\n\n$/)
    const rest = await serving.call('GET', `/rounds/${json.round}/events`, {
      headers: { 'last-event-id': '1' },
    })
    expect(rest.text.match(/^id: \d+$/gm)).toEqual(['id: 2', 'id: 3'])
  })
})

describe('a trigger', () => {
  it('S1: during a run makes one more run, however many come, and a push between is mirrored by it', async () => {
    const pushed = Promise.withResolvers<void>()
    const triggered = Promise.withResolvers<void>()
    await using setting = await makeSetting(['a'], {
      hold: ({ method, path }) => {
        if (method !== 'POST' || !path.endsWith('/a-copy.git/git-receive-pack')) return undefined
        pushed.resolve()
        return triggered.promise
      },
    })
    await using serving = await startServing(await setting.configure())
    const first = (await serving.call('POST', '/sync/a')).json
    // What the source has was listed long before that.
    await pushed.promise
    const dir = setting.dir('a')
    await addCommits(dir, 1)
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => (await serving.call('POST', '/sync/a')).json),
    )
    triggered.resolve()
    const rounds = new Set(answers.map(({ round }) => round))
    expect(rounds.has(first.round)).toBe(false)
    for (const round of rounds) expect((await serving.ended(round)).state).toBe('done')
    const { json } = await serving.call('GET', '/mirrors/a')
    expect(json.runs).toHaveLength(2)
    expect(json.state).toBe('idle')
    expect(await tipOf(setting.dir('a-copy'))).toBe(await tipOf(dir))
  })

  it('S4: can be taken back: a round that is cancelled stops what nobody else asked for, and others go on', async () => {
    await using setting = await makeSetting(['a', 'b'], {
      answer: ({ path }) => (path.includes('/a.git/') ? { status: 200, silent: true } : undefined),
    })
    await using serving = await startServing(await setting.configure())
    const stuck = (await serving.call('POST', '/sync/a')).json
    const other = (await serving.call('POST', '/sync/b')).json
    await until(async () => (await serving.call('GET', '/mirrors/a')).json.state === 'running')
    expect((await serving.ended(other.round)).counts['ok']).toBe(1)
    expect((await serving.call('DELETE', `/rounds/${stuck.round}`)).status).toBe(202)
    expect((await serving.call('DELETE', `/rounds/${stuck.round}`)).status).toBe(409)
    await until(async () => (await serving.call('GET', '/mirrors/a')).json.state === 'idle')
    expect((await serving.ended(stuck.round)).state).toBe('cancelled')
  })

  it('S4: does nothing to a mirror that is paused, until it is resumed', async () => {
    await using setting = await makeSetting(['a', 'b'])
    await using serving = await startServing(await setting.configure())
    expect((await serving.call('POST', '/mirrors/a/pause')).json.note).toContain('Until the server stops')
    expect((await serving.call('POST', '/sync/a')).status).toBe(409)
    const { json } = await serving.call('POST', '/sync')
    const round = await serving.ended(json.round)
    expect(round.results.map(({ name, skipped }) => [name, skipped])).toEqual([
      ['a', 'it is paused'],
      ['b', null],
    ])
    await serving.call('POST', '/mirrors/a/resume')
    expect((await serving.call('POST', '/sync/a')).status).toBe(202)
  })
})

it('runs by its schedule, and tells the next time', async () => {
  await using setting = await makeSetting(['a'])
  const mirrors = `  - { name: a, source: '${setting.backend.url}/a.git', destination: '${setting.backend.url}/a-copy.git', schedule: every 1m }\n`
  await using serving = await startServing(await setting.configure({ mirrors }))
  const { json } = await serving.call('GET', '/mirrors/a')
  const wait = Date.parse(json.next) - Date.now()
  expect(wait).toBeLessThanOrEqual(6000)
  await until(async () => (await serving.call('GET', '/mirrors/a')).json.status === 'mirrored')
})
