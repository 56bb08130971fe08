import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { git } from '../support/git.ts'
import { addCommits, addRefs } from '../support/repositories.ts'
import { startTransfers } from './load/transfers.ts'
import { HOOK_SECRET, makeSetting, type Serving, startServing, until } from './serving.ts'

async function hook(serving: Serving, event: string, body: object) {
  const text = JSON.stringify(body)
  return await serving.call('POST', '/hooks/github', {
    token: null,
    body: text,
    headers: {
      'x-hub-signature-256': `sha256=${createHmac('sha256', HOOK_SECRET).update(text).digest('hex')}`,
      'x-github-event': event,
    },
  })
}

const HOOKS = '  hooks: { github: { secret: { env: HOOK_SECRET } } }\n'

it('S3: ends a mirror whose server says nothing by its idle-timeout, and the next ones are unharmed', async () => {
  await using setting = await makeSetting(['a', 'b', 'c'], {
    answer: ({ path }) => (path.includes('/a.git/') ? { status: 200, silent: true } : undefined),
  })
  await using serving = await startServing(
    await setting.configure({ top: 'defaults: { idle-timeout: 2, retries: 0 }\n' }),
  )
  const { json } = await serving.call('POST', '/sync')
  const round = await serving.ended(json.round)
  expect(round.results.map(({ name, ok }) => [name, ok])).toEqual([
    ['a', false],
    ['b', true],
    ['c', true],
  ])
  expect((await serving.call('GET', '/mirrors/a')).json).toMatchObject({ state: 'idle', status: 'failed' })
  expect((await serving.call('GET', '/mirrors/a')).json.error).toMatch(/2 seconds|silent|nothing/i)
})

it('S8: mirrors by its schedule what no hook tells of', async () => {
  await using setting = await makeSetting(['a'])
  const mirrors = `  - { name: a, source: '${setting.backend.url}/a.git', destination: '${setting.backend.url}/a-copy.git', schedule: every 1m }\n`
  await using serving = await startServing(await setting.configure({ mirrors }))
  await until(async () => (await serving.call('GET', '/mirrors/a')).json.status === 'mirrored')
  const dir = setting.dir('a')
  // Five tags in one push: GitHub sends nothing at all.
  await addRefs(dir, 5, await git(dir, 'rev-parse', 'main'))
  const limit = Date.now() + 70_000
  const list = async (of: string): Promise<string> => await git(of, 'for-each-ref', '--format=%(refname)')
  while ((await list(setting.dir('a-copy'))) !== (await list(dir)) && Date.now() < limit) {
    await new Promise((resolve) => {
      setTimeout(resolve, 500)
    })
  }
  expect((await list(setting.dir('a-copy'))).match(/refs\/tags/g)).toHaveLength(5)
}, 120_000)

describe('S12: SIGTERM', () => {
  it('amid a pack ends within the grace and five seconds, and leaves the destination as it was', async () => {
    await using setting = await makeSetting(['a'])
    await using transfers = await startTransfers(2, { bytes: 2_000_000, bytesPerSecond: 30_000 })
    await using serving = await startServing(
      await setting.configure({
        server: '  stop-grace: 1s\n  state: state.json\n',
        mirrors: transfers.mirrors,
      }),
    )
    await serving.call('POST', '/sync')
    await until(async () => {
      const { mirrors } = (await serving.call('GET', '/mirrors')).json
      return mirrors.every(
        ({ progress }: { readonly progress: { readonly bytes: number } | null }) =>
          (progress?.bytes ?? 0) > 100_000,
      )
    }, 'two transfers')
    const began = Date.now()
    serving.kill('SIGTERM')
    expect((await serving.result).code).toBe(0)
    expect(Date.now() - began).toBeLessThan(1000 + 5000)
    for (const dir of transfers.copies) expect(await git(dir, 'for-each-ref')).toBe('')
  }, 120_000)

  it('while a source is being listed ends within the grace and five seconds', async () => {
    await using setting = await makeSetting(['a'], {
      answer: ({ path }) => (path.includes('/a.git/') ? { status: 200, silent: true } : undefined),
    })
    await using serving = await startServing(await setting.configure({ server: '  stop-grace: 1s\n' }))
    await serving.call('POST', '/sync')
    await until(async () => (await serving.call('GET', '/mirrors/a')).json.state === 'running')
    const began = Date.now()
    serving.kill('SIGTERM')
    expect((await serving.result).code).toBe(0)
    expect(Date.now() - began).toBeLessThan(1000 + 5000)
  })
})

describe('a hook of a destination', () => {
  it.each([
    [false, 0],
    [true, 1],
  ])('with `heal: %s` runs %i mirrors', async (heals, matched) => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(
      await setting.configure({ server: `${HOOKS}  heal: ${heals}\n` }),
    )
    const first = (await serving.call('POST', '/sync/a')).json
    await serving.ended(first.round)
    const [source, copy] = [setting.dir('a'), setting.dir('a-copy')]
    await addCommits(copy, 1)
    const told = await hook(serving, 'push', {
      repository: { clone_url: `${setting.backend.url}/a-copy.git` },
    })
    expect(told).toMatchObject({ status: 202, json: { matched } })
    if (!heals) return
    const tip = async (dir: string): Promise<string> => await git(dir, 'rev-parse', 'main')
    await until(async () => (await tip(copy)) === (await tip(source)), 'the copy as it was')
    // Its own push is told of by a hook as well: that run finds nothing to do, and so it ends.
    await hook(serving, 'push', { repository: { clone_url: `${setting.backend.url}/a-copy.git` } })
    await until(async () => (await serving.call('GET', '/mirrors/a')).json.runs.length === 3)
    expect((await serving.call('GET', '/mirrors/a')).json.status).toBe('unchanged')
  })
})

describe('a hook about the repository itself', () => {
  it.each(['archived', 'deleted'])(
    '(%s) is told in the log, the API and on the page, and runs nothing',
    async (action) => {
      await using setting = await makeSetting(['a'])
      await using serving = await startServing(await setting.configure({ server: HOOKS }))
      const told = await hook(serving, 'repository', {
        action,
        repository: { clone_url: `${setting.backend.url}/a.git`, name: 'a' },
      })
      expect(told).toMatchObject({ status: 202, json: { matched: 1 } })
      const { json } = await serving.call('GET', '/mirrors/a')
      expect(json).toMatchObject({ state: 'idle', status: null, notice: { text: `github: ${action}` } })
      expect((await serving.call('GET', '/page/mirrors/a')).text).toContain(`github: ${action}`)
      await until(() => serving.log().includes('is not what it was'))
    },
  )

  it('that was renamed finds the mirror by the old name', async () => {
    await using setting = await makeSetting([])
    const mirrors =
      "  - { name: a, source: 'https://github.com/acme/old.git', destination: '/nowhere/a.git' }\n"
    await using serving = await startServing(await setting.configure({ server: HOOKS, mirrors }))
    const repository = {
      name: 'new',
      owner: { login: 'acme' },
      html_url: 'https://github.com/acme/new',
      clone_url: 'https://github.com/acme/new.git',
    }
    const changes = { repository: { name: { from: 'old' } } }
    expect((await hook(serving, 'repository', { action: 'renamed', repository, changes })).json).toEqual({
      matched: 1,
    })
    const moved = {
      ...repository,
      name: 'old',
      owner: { login: 'others' },
      html_url: 'https://github.com/others/old',
    }
    const from = { organization: { login: 'acme' } }
    expect(
      (
        await hook(serving, 'repository', {
          action: 'transferred',
          repository: moved,
          changes: { owner: { from } },
        })
      ).json,
    ).toEqual({ matched: 1 })
    expect((await hook(serving, 'repository', { action: 'edited', repository })).status).toBe(204)
  })
})

describe('a mirror that takes too long', () => {
  it('is ended by its time-limit, and says so', async () => {
    await using setting = await makeSetting(['a'], {
      answer: ({ path }) => (path.includes('/a.git/') ? { status: 200, silent: true } : undefined),
    })
    await using serving = await startServing(
      await setting.configure({ top: 'defaults: { time-limit: 2s, retries: 0 }\n' }),
    )
    const { json } = await serving.call('POST', '/sync/a')
    expect((await serving.ended(json.round)).counts['failed']).toBe(1)
    expect((await serving.call('GET', '/mirrors/a')).json.error).toMatch(/took longer than 2\.0 s/)
  })
})
