import { describe, expect, it } from 'vitest'
import { redact } from '../../src/report/redact.ts'
import { printUrl } from '../../src/transport/address/remote-url.ts'
import { manyRepositories, startFakeApi } from '../support/fake-api.ts'
import { fleetOf, refusalOf } from './fleet-of.ts'

function file(mirrors: string, before = ''): string {
  return `version: 1\n${before}mirrors:\n${mirrors}`
}

function pair(name: string, source: string, destination: string, more = ''): string {
  return `  - { name: ${name}, source: '${source}', destination: '${destination}'${more} }\n`
}

describe('what an error names', () => {
  it('is the host below hosts, or the mirror where it has its own', async () => {
    const type = 'ssh-ed25519'
    const blob = Buffer.concat([
      Buffer.from([0, 0, 0, type.length]),
      Buffer.from(type),
      Buffer.from([0, 0, 0, 32]),
    ])
    const key = Buffer.concat([blob, Buffer.alloc(32, 7)]).toString('base64')
    const own = `  - name: b
    source: /b
    destination: { url: 'ssh://git@[::1]:2299/b', known-hosts: 'h.example ${type} ${key}' }
`
    const mirrors = pair('a', '/a', 'ssh://git@h.example:2299/a') + own + pair('c', '/c', 'git@i.example:c')
    const hosts = 'hosts: { "h.example:2299": { mirrors-at-once: 2 } }\n'
    const fleet = await fleetOf(file(mirrors, hosts), { env: { SSH_AUTH_SOCK: '/agent' } })
    const names = fleet.mirrors.map(({ groups }) => groups[0]?.destinations[0]?.inputNames?.knownHosts)
    expect(names).toEqual([
      'known-hosts of "h.example:2299" below hosts',
      'known-hosts of mirror "b"',
      'known-hosts of "i.example" below hosts',
    ])
  })
})

describe('options', () => {
  it('of a destination are stronger than those of the mirror, of its host and the defaults', async () => {
    const text = file(
      `  - name: a
    source: https://s.example/a
    retries: 7
    destinations:
      - https://d.example/a
      - { url: https://e.example/a, prune: false, refs: [refs/heads/main, refs/tags/*] }
      - https://f.example/a
`,
      'defaults: { retries: 1, prune: true, max-deletions: unlimited, refs: refs/heads/*, time-limit: 90m, idle-timeout: 60 }\nhosts: { f.example: { transfer: spool, retries: 2 } }\n',
    )
    const { mirrors } = await fleetOf(text)
    const groups = mirrors[0]?.groups ?? []
    expect(groups.map(({ destinations }) => destinations.map(({ url }) => printUrl(url)))).toEqual([
      ['https://d.example/a'],
      ['https://e.example/a'],
      ['https://f.example/a'],
    ])
    const [d, e, f] = groups
    expect(d).toMatchObject({
      retries: 7,
      prune: true,
      maxDeletions: Infinity,
      idleTimeout: 60_000,
      timeLimit: 5_400_000,
      transfer: 'auto',
    })
    expect(e).toMatchObject({ retries: 7, prune: false })
    expect(e?.refspecs.texts).toEqual(['refs/heads/main', 'refs/tags/*'])
    expect(d?.refspecs.texts).toEqual(['refs/heads/*'])
    expect(f).toMatchObject({ retries: 7, transfer: 'spool' })
  })

  it('have a limit of six hours where nobody says one', async () => {
    const { mirrors } = await fleetOf(file(pair('a', '/a', '/b')))
    expect(mirrors[0]?.groups[0]?.timeLimit).toBe(6 * 3_600_000)
  })

  it('that are the same put destinations into one run', async () => {
    const { mirrors } = await fleetOf(file('  - { source: /s/a, destinations: [/d/a, /e/a] }\n'))
    expect(mirrors[0]?.groups).toHaveLength(1)
    expect(mirrors[0]?.groups[0]?.destinations).toHaveLength(2)
  })

  it('are read by the reader of the inputs, and complained about where they stand', async () => {
    const text = file(
      pair('a', '/s/a', '/d/a') + pair('b', '/s/b', '/d/b', ', refs: main') + pair('c', 'nowhere', '/d/c'),
      'defaults: { idle-timeout: 0, max-pack-size: 0G }\n',
    )
    expect(await refusalOf(text, { env: {} })).toEqual([
      expect.stringMatching(/^2:27 {2}idle-timeout must be at least 1/),
    ])
    const other = text.replace('idle-timeout: 0', 'idle-timeout: 1')
    expect(await refusalOf(other)).toEqual([
      expect.stringMatching(/^2:45 {2}max-pack-size: "0G" is not a size/),
      expect.stringMatching(
        /^5:59 {2}mirror "b": refs: "main" is not a full ref name\. Write names from refs\//,
      ),
      expect.stringMatching(/^6:24 {2}mirror "c": source is no address of a repository\. Give https/),
    ])
  })

  it('of the file that all mirrors have are complained about once', async () => {
    const text = file(
      pair('a', '/s/a', '/d/a') + pair('b', '/s/b', '/d/b'),
      'defaults: { max-pack-size: 0G }\n',
    )
    expect(await refusalOf(text)).toEqual([
      expect.stringMatching(/^2:28 {2}max-pack-size: "0G" is not a size/),
    ])
  })
})

describe('credentials', () => {
  const HOSTS = `hosts:
  github.com: { token: '\${GITHUB}' }
  gitlab.com: { ssh-key: { env: KEY }, known-hosts: 'gitlab.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf' }
  git.example:8443: { token: { env: OTHER }, username: me }
  git.example: { token: { env: PLAIN } }
`
  const env = { GITHUB: 'gh-secret-1', OTHER: 'other-secret-2', PLAIN: 'plain-secret-3' }

  async function loginsOf(source: string, destination: string, more = ''): Promise<readonly object[]> {
    const { mirrors } = await fleetOf(file(pair('a', source, destination, more), HOSTS), { env })
    const [group] = mirrors[0]?.groups ?? []
    return [group?.source.credentials ?? {}, group?.destinations[0]?.credentials ?? {}]
  }

  it('go to their own host, by whatever name it is reached', async () => {
    const github = { username: 'x-access-token', token: 'gh-secret-1' }
    expect(await loginsOf('https://github.com/a/b', 'https://git.example/a')).toEqual([
      github,
      { username: 'x-access-token', token: 'plain-secret-3' },
    ])
    expect(await loginsOf('https://www.github.com/a/b', 'https://git.example:8443/a')).toEqual([
      github,
      { username: 'me', token: 'other-secret-2' },
    ])
    expect(await loginsOf('https://github.com.evil.example/a/b', 'https://gitlab.com/a/b')).toEqual([{}, {}])
  })

  it('of the mirror take the place of those of the host, as a whole', async () => {
    const text = file(
      "  - { name: a, source: { url: https://git.example:8443/x, token: '${PLAIN}' }, destination: /d }\n",
      HOSTS,
    )
    const { mirrors } = await fleetOf(text, { env })
    expect(mirrors[0]?.groups[0]?.source.credentials).toEqual({
      username: 'x-access-token',
      token: 'plain-secret-3',
    })
  })

  it('[F2] that are missing are told all at once, with their lines', async () => {
    const mirrors =
      pair('a', 'https://github.com/a/b', 'git@gitlab.com:a/b') +
      pair('b', '${ROOT}/x', 'https://git.example/b')
    expect(await refusalOf(file(mirrors, HOSTS))).toEqual([
      '3:24  the variable GITHUB is not set. Set it where this runs; in a workflow: env: NAME: ${{ secrets.NAME }}',
      '4:33  the variable KEY is not set. Set it where this runs; in a workflow: env: NAME: ${{ secrets.NAME }}',
      '6:32  the variable PLAIN is not set. Set it where this runs; in a workflow: env: NAME: ${{ secrets.NAME }}',
      '9:24  the variable ROOT is not set. Set it where this runs; in a workflow: env: NAME: ${{ secrets.NAME }}',
    ])
  })

  it('of mirrors that were not chosen may be missing, and those of a paused one', async () => {
    const mirrors = pair('a', '/a', 'https://git.example/a') + pair('b', '${ROOT}', 'https://github.com/a/b')
    expect(await refusalOf(file(mirrors, HOSTS), { env: { PLAIN: 'x'.repeat(8) }, only: ['a'] })).toEqual([])
    const paused = pair('a', '/a', 'https://git.example/a', ', paused: true')
    expect(await refusalOf(file(paused, HOSTS))).toEqual([])
    expect(await refusalOf(file(paused, HOSTS), { depth: 'everything' })).toHaveLength(4)
    expect(await refusalOf(file(mirrors, HOSTS), { depth: 'names' })).toEqual([])
  })

  it('[F3] are known as secrets, in every form', async () => {
    const mirrors = pair('a', 'https://github.com/a/b', 'https://u:${PASS}@h.example/a')
    const { secrets } = await fleetOf(file(mirrors, HOSTS), { env: { ...env, PASS: 'pass-secret-4' } })
    const basic = Buffer.from('x-access-token:gh-secret-1').toString('base64')
    expect(redact(`gh-secret-1 ${basic} pass-secret-4 plain-secret-3`, secrets)).toBe(
      '*** *** *** plain-secret-3',
    )
  })

  it('are told before an API is asked', async () => {
    const told: (readonly string[])[] = []
    const before: number[] = []
    await using api = await startFakeApi({
      owner: 'acme',
      token: 'api-secret-5',
      repositories: manyRepositories(1),
    })
    const text = file(
      `  - { discover: { gitea: '${api.origin}/acme' }, destination: '/m/{repository}' }\n`,
      `hosts: { '${new URL(api.origin).host}': { token: '\${API}' } }\n`,
    )
    await fleetOf(text, {
      env: { API: 'api-secret-5' },
      onSecrets: ({ texts }) => {
        told.push(texts)
        before.push(api.requests.length)
      },
    })
    expect(told[0]).toContain('api-secret-5')
    expect(before[0]).toBe(0)
  })

  it.each([
    'https://me:hunter22@h.example/x',
    'https://me:hunter22${A}@h.example/x',
    'ssh://git:hunter22@h.example/x',
    '//me:hunter22@h.example/x',
    'https://ghp_hunter22hunter22hunter22@h.example/x',
  ])('in the address are refused, and not shown: %s', async (address) => {
    const refusal = await refusalOf(file(pair('a', address, '/d')), { env: { A: 'x' } })
    expect(refusal).toHaveLength(1)
    expect(refusal[0]).toMatch(/password or token in the address/)
    expect(refusal[0]).not.toContain('hunter22')
  })
})

describe('what is refused before anything runs', () => {
  it.each([
    [
      'one name twice',
      pair('a', '/a', '/b') + pair('a', '/c', '/d'),
      '4:13  the name "a" is taken by line 3',
    ],
    [
      'one default name twice',
      '  - { source: /a, destination: /b }\n  - { source: /a, destination: /c }\n',
      '4:5  the name "a" is taken by line 3',
    ],
    [
      'its own source',
      pair('a', 'https://github.com/A/b', 'git@github.com:a/B.git'),
      '3:63  mirror "a": git@github.com:a/B.git is its own source',
    ],
    [
      'one destination of two',
      pair('a', '/a', 'https://h.example/x') + pair('b', '/b', 'git@h.example:x.git'),
      '4:43  mirror "b": git@h.example:x.git is written to by mirror "a" in line 3, too, and their refs overlap',
    ],
    [
      'a ring of two',
      pair('a', '/a', '/b') + pair('b', '/b', '/a'),
      '3:5  a ring: /a → /b → /a (lines 3, 4)',
    ],
    [
      'a ring of three, by other spellings',
      pair('a', 'https://github.com/x/a', 'https://github.com/x/b') +
        pair('b', 'git@github.com:x/b.git', '/c') +
        pair('c', '/c/', 'ssh://git@ssh.github.com:443/X/a'),
      '3:5  a ring: https://github.com/x/a → git@github.com:x/b.git → /c/ → https://github.com/x/a (lines 3, 4, 5)',
    ],
  ])('[F7] %s', async (_, mirrors, complaint) => {
    const refusal = await refusalOf(file(mirrors), { env: { SSH_AUTH_SOCK: '/agent' } })
    expect(refusal.map((line) => line.slice(0, complaint.length))).toEqual([complaint])
  })

  it('[F7] but not disjoint scopes, chains, or one source of several', async () => {
    const refs = (space: string) => `, refs: refs/heads/*:refs/heads/${space}/*`
    expect(
      await refusalOf(file(pair('a', '/a', '/d', refs('a')) + pair('b', '/b', '/d', refs('b')))),
    ).toEqual([])
    expect(await refusalOf(file(pair('a', '/a', '/b') + pair('b', '/b', '/c')))).toEqual([])
    expect(await refusalOf(file(pair('a', '/a', '/b') + pair('b', '/a', '/c')))).toEqual([])
    expect(
      await refusalOf(
        file(pair('a', '/a', '/b', ', refs: refs/heads/*') + pair('b', '/b', '/a', ', refs: refs/tags/*')),
      ),
    ).toEqual([])
  })

  it('is what any two mirrors do to each other, whichever were chosen', async () => {
    const text = file(pair('a', '/a', '/b') + pair('b', '/b', '/a') + pair('c', '/c', '/d'))
    expect(await refusalOf(text, { only: ['c'] })).toHaveLength(1)
  })

  it('finds long chains and rings without much time', async () => {
    const links = Array.from({ length: 5000 }, (_, index) =>
      pair(`m${index}`, `/r${index}`, `/r${index + 1}`),
    )
    const { chains } = await fleetOf(file(links.join('')), { depth: 'names' })
    expect(chains.first('m4999')).toBe('m0')
    expect(chains.before.get('m7')).toEqual(['m6'])
    const ring = await refusalOf(file(`${links.join('')}${pair('last', '/r5000', '/r0')}`), {
      depth: 'names',
    })
    expect(ring).toHaveLength(1)
  })
})

it('[F8] takes the same mirrors in a plan, in a round, and in the shards of one together', async () => {
  const repositories = [
    ...manyRepositories(40),
    { path: 'old', archived: true },
    { path: 'fork', fork: true },
  ]
  await using api = await startFakeApi({ owner: 'acme', repositories })
  const discover = `{ gitea: '${api.origin}/acme', include: 'r*', exclude: 'r000*' }`
  const text = file(`  - { discover: ${discover}, name: '{path}', destination: '/m/{repository}' }\n`)
  const names = async (more: Parameters<typeof fleetOf>[1]) =>
    (await fleetOf(text, more)).mirrors.map(({ name }) => name)
  const plan = await names({ depth: 'names' })
  expect(plan).toHaveLength(30)
  expect(await names({})).toEqual(plan)
  const shards = await Promise.all([1, 2, 3].map((index) => names({ shard: { index, count: 3 } })))
  expect(shards.flat().toSorted()).toEqual(plan)
  expect(await names({ only: ['r001*'] })).toHaveLength(10)
})

describe('a schedule', () => {
  it.each(['17 */4 * * *', '0 3 * * MON-FRI', '*/5 * * * *'])('may be %s', async (schedule) => {
    expect(await refusalOf(file(pair('a', '/a', '/b', `, schedule: '${schedule}'`)))).toEqual([])
  })

  it.each(['daily', '* * * *', '* * * * * *', '61 * * * *', '0 0 31 2 *', '@daily'])(
    'is not %s',
    async (schedule) => {
      const refusal = await refusalOf(file(pair('a', '/a', '/b', `, schedule: '${schedule}'`)))
      expect(refusal).toEqual([expect.stringMatching(/^3:59 {2}this is not a schedule\. Write five fields/)])
    },
  )
})

describe('only', () => {
  const text = file(
    pair('acme/app', '/a', '/1', ', labels: [nightly]') +
      pair('acme/lib/x', '/b', '/2') +
      pair('other', '/c', '/3'),
  )

  it.each([
    [['other'], ['other']],
    [['acme/*'], ['acme/app']],
    [['acme/**'], ['acme/app', 'acme/lib/x']],
    [
      ['nightly', 'other'],
      ['acme/app', 'other'],
    ],
    [[], ['acme/app', 'acme/lib/x', 'other']],
  ])('%j means %j', async (only, names) => {
    const { mirrors } = await fleetOf(text, { only })
    expect(mirrors.map(({ name }) => name)).toEqual(names)
  })

  it('refuses words that mean nothing', async () => {
    await expect(fleetOf(text, { only: ['other', 'acme/none', 'x*'] })).rejects.toMatchObject({
      code: 'usage',
      message: 'only: "acme/none", "x*" means no mirror',
    })
  })

  it('asks no API where a name of the file was meant', async () => {
    await using api = await startFakeApi({ owner: 'acme', repositories: manyRepositories(1) })
    const mixed = `${text}  - { discover: { gitea: '${api.origin}/acme' }, destination: '/m/{repository}' }\n`
    expect((await fleetOf(mixed, { only: ['other'] })).mirrors).toHaveLength(1)
    expect(api.requests).toHaveLength(0)
    expect((await fleetOf(mixed, { only: ['acme/*'] })).mirrors).toHaveLength(1)
    expect(api.requests.length).toBeGreaterThan(0)
  })
})
