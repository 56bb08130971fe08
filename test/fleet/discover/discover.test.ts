import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Fleet } from '../../../src/fleet/prepare.ts'
import { renderRoundSummary } from '../../../src/fleet/report/round-summary.ts'
import { runRound } from '../../../src/fleet/round/round.ts'
import { type FakeApi, type FakeApiOptions, manyRepositories, startFakeApi } from '../../support/fake-api.ts'
import { makeTempFolder } from '../../support/temp.ts'
import { fleetOf, refusalOf } from '../fleet-of.ts'

const NOTHING = { env: {} }

function fleetAt(api: FakeApi, service: string, owner: string, more = ''): Promise<Fleet> {
  const where = service === 'bitbucket' ? owner : `${api.origin}/${owner}`
  const address = service === 'bitbucket' ? 'bitbucket.org' : new URL(api.origin).host
  return fleetOf(
    `version: 1
hosts: { '${address}': { token: '\${TOKEN}'${service === 'bitbucket' ? `, api: '${api.origin}/2.0'` : ''} } }
mirrors:
  - name: m/{path}
    discover: { ${service}: '${where}'${more} }
    destination: /mirrors/{path-flat}.git
`,
    { env: { TOKEN: 'ghp_secret99' }, mostWait: 3000 },
  )
}

const SERVICES = ['github', 'gitlab', 'gitea', 'bitbucket']

function optionsOf(service: string, more: Partial<FakeApiOptions> = {}): FakeApiOptions {
  const address = service === 'bitbucket' ? 'https://bitbucket.org/acme/x.git' : undefined
  const repositories = (more.repositories ?? manyRepositories(3)).map((repository) => ({
    ...repository,
    ...(address === undefined ? {} : { address }),
  }))
  return { owner: 'acme', token: 'ghp_secret99', ...more, repositories }
}

describe.each(SERVICES)('%s', (service) => {
  it.each([1, 30, 100, 101, 1000])('gives all of %d repositories, once', async (count) => {
    await using api = await startFakeApi(optionsOf(service, { repositories: manyRepositories(count) }))
    const fleet = await fleetAt(api, service, 'acme')
    expect(fleet.discovered[0]?.error?.message).toBeUndefined()
    expect(fleet.mirrors.map(({ name }) => name)).toEqual(
      manyRepositories(count).map(({ path }) => `m/${path}`),
    )
    const pages = Math.ceil(count / (service === 'gitea' ? 50 : 100))
    expect(api.requests).toHaveLength(pages)
    expect(api.requests.every(({ authorization }) => authorization?.includes('ghp_secret99'))).toBe(true)
  })

  it('does not take a short page for the last one', async () => {
    await using api = await startFakeApi(optionsOf(service, { repositories: manyRepositories(95), cap: 10 }))
    expect((await fleetAt(api, service, 'acme')).mirrors).toHaveLength(95)
  })

  it('asks for a user where there is no such organisation', async () => {
    if (service === 'bitbucket') return
    await using api = await startFakeApi(optionsOf(service, { user: true }))
    expect((await fleetAt(api, service, 'acme')).mirrors).toHaveLength(3)
  })

  it('leaves out what is archived, forked, empty or excluded, and counts it', async () => {
    const repositories = [
      { path: 'app' },
      { path: 'old', archived: service !== 'bitbucket', fork: service === 'bitbucket' },
      { path: 'fork', fork: true },
      { path: 'new', empty: true },
      { path: 'Sandbox-1' },
      { path: 'tool' },
    ]
    await using api = await startFakeApi(optionsOf(service, { repositories }))
    const fleet = await fleetAt(api, service, 'acme', ", include: ['*'], exclude: ['sandbox-*', tool]")
    expect(fleet.mirrors.map(({ name }) => name)).toEqual(['m/app'])
    expect(fleet.discovered[0]?.skipped).toEqual({
      excluded: 2,
      archived: service === 'bitbucket' ? 0 : 1,
      forks: service === 'bitbucket' ? 2 : 1,
      empty: 1,
    })
    const all = await fleetAt(api, service, 'acme', ', archived: true, forks: true')
    expect(all.mirrors.map(({ name }) => name)).toEqual(['m/Sandbox-1', 'm/app', 'm/fork', 'm/old', 'm/tool'])
  })

  it.each([
    ['nothing', { repositories: [] }, /found no repository$/],
    [
      'nothing but what is left out',
      { repositories: [{ path: 'a', fork: true }] },
      /found no repository to mirror: 1 forks$/,
    ],
    ['another owner', { owner: 'other' }, /there is no(thing| such owner)/],
    ['another token', { token: 'another' }, /refused the token \(HTTP 401\)/],
  ] as const)('fails for %s', async (_, more, words) => {
    await using api = await startFakeApi(optionsOf(service, more))
    const { discovered, mirrors } = await fleetAt(api, service, 'acme')
    expect(mirrors).toEqual([])
    expect(discovered[0]?.error?.message).toMatch(words)
  })

  it('refuses pages at another host, and sends no token there', async () => {
    await using other = await startFakeApi(optionsOf(service))
    const next = `${other.origin}/x?page=2`
    await using api = await startFakeApi({
      ...optionsOf(service),
      intercept: () => ({
        status: 200,
        headers: { link: `<${next}>; rel="next"` },
        body: JSON.stringify(service === 'bitbucket' ? { values: [], next } : []),
      }),
    })
    const { discovered } = await fleetAt(api, service, 'acme')
    expect(discovered[0]?.error).toMatchObject({
      code: 'protocol',
      message: expect.stringContaining('leads to another server'),
    })
    expect(other.requests).toEqual([])
  })

  it('ends pages that go round in a circle', async () => {
    await using api = await startFakeApi({
      ...optionsOf(service),
      intercept: ({ path }, _, origin) => {
        const next = `${origin}${path}?page=2`
        return {
          status: 200,
          headers: { link: `<${next}>; rel="next"` },
          body: JSON.stringify(service === 'bitbucket' ? { values: [], next } : []),
        }
      },
    })
    const { discovered } = await fleetAt(api, service, 'acme')
    expect(discovered[0]?.error?.message).toMatch(/go round in a circle/)
    expect(api.requests.length).toBeLessThan(5)
  })

  it('fails when a page in the middle is refused, and takes nothing for the whole', async () => {
    await using api = await startFakeApi({
      ...optionsOf(service, { repositories: manyRepositories(500) }),
      intercept: ({ query }) => (query.get('page') === '3' ? { status: 403, body: '{}' } : undefined),
    })
    const { discovered, mirrors } = await fleetAt(api, service, 'acme')
    expect(discovered[0]?.error).toMatchObject({ code: 'auth', status: 403 })
    expect(mirrors).toEqual([])
  })

  it('waits for a server that asks for a short time, and tries again after a passing failure', async () => {
    let failures = 0
    await using api = await startFakeApi({
      ...optionsOf(service),
      intercept: () => {
        failures++
        if (failures === 1) return { status: 429, headers: { 'retry-after': '1' }, body: 'Retry later' }
        return failures === 2 ? { status: 502, body: '<html>' } : undefined
      },
    })
    const { mirrors } = await fleetAt(api, service, 'acme')
    expect(mirrors).toHaveLength(3)
    expect(failures).toBeGreaterThan(2)
  })

  it('fails at once where the wait is 54 minutes, with the time', async () => {
    const reset = String(Math.floor(Date.now() / 1000) + 54 * 60)
    await using api = await startFakeApi({
      ...optionsOf(service),
      intercept: () => ({
        status: 403,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
        body: '{}',
      }),
    })
    const started = performance.now()
    const { discovered } = await fleetAt(api, service, 'acme')
    expect(discovered[0]?.error?.message).toMatch(/asks to wait 5[34] min \d+ s/)
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(api.requests).toHaveLength(1)
  })

  it('takes no name that could lead elsewhere, and says so', async () => {
    const repositories = ['ok', '../up', 'a/../b', '-x', 'a b', 'a\nb', '$(touch x)', '{owner}'].map(
      (path) => ({ path }),
    )
    await using api = await startFakeApi(optionsOf(service, { repositories }))
    const { discovered, mirrors } = await fleetAt(api, service, 'acme')
    expect(mirrors.map(({ name }) => name)).toEqual(['m/ok'])
    expect(discovered[0]?.refused).toHaveLength(7)
  })
})

it('asks Gitea for the next page until one is empty, where no header says how many there are', async () => {
  const repositories = manyRepositories(25)
  await using api = await startFakeApi({
    owner: 'acme',
    token: 'ghp_secret99',
    repositories,
    cap: 10,
    plain: true,
  })
  expect((await fleetAt(api, 'gitea', 'acme')).mirrors).toHaveLength(25)
  expect(api.requests).toHaveLength(4)
})

it('takes no address of another host from an API', async () => {
  const repositories = ['https://evil.example/x', 'file:///etc', 'ext::sh', ''].map((address, index) => ({
    path: `r${index}`,
    address,
  }))
  await using api = await startFakeApi({ owner: 'acme', token: 'ghp_secret99', repositories })
  const { discovered, mirrors } = await fleetAt(api, 'gitea', 'acme')
  expect(mirrors).toEqual([])
  expect(discovered[0]?.refused).toHaveLength(4)
})

it('looks for subgroups, with globs within and across them', async () => {
  const repositories = ['app', 'team/app', 'team/deep/app'].map((path) => ({ path }))
  await using api = await startFakeApi({ owner: 'acme/sub', token: 'ghp_secret99', repositories })
  const names = async (include: string) =>
    (await fleetAt(api, 'gitlab', 'acme/sub', `, include: '${include}'`)).mirrors.map(({ name }) => name)
  expect(await names('*')).toEqual(['m/app'])
  expect(await names('*/*')).toEqual(['m/team/app'])
  expect(await names('team/**')).toEqual(['m/team/app', 'm/team/deep/app'])
  expect(await names('**')).toEqual(['m/app', 'm/team/app', 'm/team/deep/app'])
})

it('adds what only an installation of a GitHub App sees', async () => {
  await using api = await startFakeApi({
    owner: 'acme',
    token: 'ghs_secret99',
    repositories: manyRepositories(2),
  })
  const text = `version: 1\nhosts: { '${new URL(api.origin).host}': { token: '\${TOKEN}' } }\nmirrors: [{ discover: { github: '${api.origin}/acme' }, destination: '/m/{repository}' }]\n`
  expect((await fleetOf(text, { env: { TOKEN: 'ghs_secret99' } })).mirrors).toHaveLength(2)
  expect(api.requests.map(({ path }) => path)).toContain('/api/v3/installation/repositories')
})

it('names both repositories whose flat names are one', async () => {
  const repositories = ['a/b', 'a-b'].map((path) => ({ path }))
  await using api = await startFakeApi({ owner: 'acme', repositories })
  const text = `version: 1\nmirrors:\n  - discover: { gitlab: '${api.origin}/acme' }\n    destination: /m/{path-flat}\n`
  const refusal = await refusalOf(text, NOTHING)
  expect(refusal).toHaveLength(1)
  expect(refusal[0]).toMatch(
    /^4:18 {2}mirror ".*\/acme\/a-b": \/m\/a-b is written to by mirror ".*\/acme\/a\/b" in line 4/,
  )
})

it.each([
  ['github: a/b', /github does not name an owner/],
  ['gitea: acme', /gitea needs the address of the owner/],
  ['github: "git@github.com:acme"', /github does not name an owner/],
  ['gitlab: https://h.example', /gitlab does not name an owner/],
  ['gitlab: "a/../b"', /gitlab does not name an owner/],
])('refuses %s', async (entry, words) => {
  const refusal = await refusalOf(
    `version: 1\nmirrors: [{ discover: { ${entry} }, destination: '/m/{repository}' }]\n`,
  )
  expect(refusal[0]).toMatch(words)
})

it('refuses templates that stand for nothing', async () => {
  await using api = await startFakeApi({ owner: 'acme', repositories: manyRepositories(2) })
  const entry = `{ discover: { gitea: '${api.origin}/acme' }, name: 'x/{repo}', destination: '/m/{repository}' }`
  expect((await refusalOf(`version: 1\nmirrors: [${entry}]\n`))[0]).toMatch(/\{repo\} stands for nothing/)
  const plain = "{ source: '/a/{repository}', destination: /b }"
  expect((await refusalOf(`version: 1\nmirrors: [${plain}]\n`))[0]).toMatch(/with `discover` alone/)
})

it('shows no token that a server repeats, on the page of a job either', async () => {
  const repositories = [{ path: 'no *entry* for ghp_secret99 <b>' }, { path: 'ok' }]
  await using api = await startFakeApi(optionsOf('gitea', { repositories }))
  const fleet = await fleetAt(api, 'gitea', 'acme', ", exclude: 'ok*'")
  expect(fleet.discovered[0]?.refused[0]).toContain('ghp_secret99')
  const lines: string[] = []
  const report = await runRound({
    fleet,
    shard: undefined,
    dryRun: true,
    env: {},
    signal: new AbortController().signal,
    onLine: (line) => void lines.push(JSON.stringify(line)),
  })
  const page = renderRoundSummary(report)
  expect(page).toContain('entry')
  expect(`${page}${lines.join('')}`).not.toMatch(/secret99/)
  expect(page).not.toContain('<b>')
})

it('fills nothing of the environment into what a server says', async () => {
  const answer = (origin: string) => [{ full_name: 'acme/app', clone_url: `${origin}/acme/\${HOME}{owner}` }]
  await using api = await startFakeApi({
    owner: 'acme',
    repositories: [],
    intercept: (_, __, origin) => ({
      status: 200,
      headers: { 'x-total-count': '1' },
      body: JSON.stringify(answer(origin)),
    }),
  })
  const text = `version: 1\nmirrors: [{ discover: { gitea: '${api.origin}/acme' }, destination: '/m/{repository}' }]\n`
  const { mirrors } = await fleetOf(text, { env: { HOME: 'PWNED' } })
  const [options] = mirrors[0]?.groups ?? []
  expect(JSON.stringify(options?.source.url)).toMatch(/\/acme\/\$%7BHOME%7D%7Bowner%7D/)
})

describe('a list', () => {
  it('gives pairs, and mirrors by the template', async () => {
    await using temp = await makeTempFolder()
    await writeFile(
      join(temp.path, 'list.txt'),
      '\ufeff# all\r\nhttps://a.example/x/y.git  # one\n\nhttps://a.example/x/z /own/z\n',
    )
    const text = "version: 1\nmirrors: [{ discover: { list: list.txt }, destination: '/m/{repository}' }]\n"
    const config = { text, name: 'm.yml', folder: temp.path }
    const { mirrors } = await fleetOf('', { config: [config] })
    expect(mirrors.map(({ name, groups }) => [name, groups[0]?.destinations[0]?.url])).toEqual([
      ['a.example/x/y', { scheme: 'file', path: '/m/y' }],
      ['a.example/x/z', { scheme: 'file', path: '/own/z' }],
    ])
  })

  it('is read over http', async () => {
    await using api = await startFakeApi({
      owner: 'x',
      repositories: [],
      intercept: () => ({ status: 200, body: '/a /b\n' }),
    })
    const text = `version: 1\nmirrors: [{ discover: { list: '${api.origin}/list' } }]\n`
    expect((await fleetOf(text)).mirrors).toHaveLength(1)
  })

  it.each([
    ['/a /b /c', /line 1 of the list has more than two addresses/],
    ['/a /b\nnonsense /c', /line 2 of the list is no address/],
    ['https://me:pw@h.example/x /b', /line 1 of the list has a password/],
    ['', /found no repository/],
  ])('fails for %j', async (list, words) => {
    await using temp = await makeTempFolder()
    await writeFile(join(temp.path, 'list.txt'), list)
    const text = 'version: 1\nmirrors: [{ discover: { list: list.txt } }]\n'
    const { discovered } = await fleetOf('', { config: [{ text, name: 'm.yml', folder: temp.path }] })
    expect(discovered[0]?.error?.message).toMatch(words)
  })

  it('is told of by its lines where percent signs are no encoding, and takes no owner that leads elsewhere', async () => {
    await using temp = await makeTempFolder()
    await writeFile(
      join(temp.path, 'list.txt'),
      'https://a.example/x/%zz\nssh://git@a.example/../up/y\nhttps://a.example/..%2Fx/z\nhttps://a.example/x/z\n',
    )
    const text = "version: 1\nmirrors: [{ discover: { list: list.txt }, destination: '/m/{owner}/{path}' }]\n"
    const config = { text, name: 'm.yml', folder: temp.path }
    const { mirrors, discovered } = await fleetOf('', { config: [config] })
    expect(mirrors.map(({ groups }) => groups[0]?.destinations[0]?.url)).toEqual([
      { scheme: 'file', path: '/m/x/z' },
    ])
    expect(discovered[0]?.refused).toHaveLength(3)
  })

  it('fails where it is not there', async () => {
    const { discovered } = await fleetOf('version: 1\nmirrors: [{ discover: { list: none.txt } }]\n')
    expect(discovered[0]?.error?.message).toMatch(/the list none\.txt can't be read \(ENOENT\)/)
  })
})

describe('what was found', () => {
  it('follows the default branch of its source unless the file says otherwise, and what was written does not', async () => {
    await using api = await startFakeApi(optionsOf('gitea'))
    const branchOf = ({ mirrors }: Fleet): unknown => mirrors[0]!.groups[0]!.host.defaultBranch
    expect(branchOf(await fleetAt(api, 'gitea', 'acme'))).toEqual({ kind: 'source', isImplied: true })
    const text = (discover: string, more: string): string => `version: 1
defaults: { ${more} }
mirrors:
  - { name: one, ${discover}, destination: /mirrors/one.git }
`
    const found = `discover: { gitea: '${api.origin}/acme', include: [${manyRepositories(3)[0]!.path}] }`
    const hosts = `hosts: { '${new URL(api.origin).host}': { token: '\${TOKEN}' } }\n`
    const written = await fleetOf(text('source: /a.git', 'prune: true'), NOTHING)
    expect(branchOf(written)).toEqual({ kind: 'keep' })
    for (const name of ['keep', 'trunk']) {
      const given = await fleetOf(`${text(found, `default-branch: ${name}`)}${hosts}`, {
        env: { TOKEN: 'ghp_secret99' },
        mostWait: 3000,
      })
      expect(branchOf(given)).toMatchObject(name === 'keep' ? { kind: 'keep' } : { kind: 'name', name })
    }
  })
})
