import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, makeBareRepository } from '../support/git.ts'
import { type Endpoint, fileEndpoint, listRefs, mirror } from '../support/real-hosts/endpoint.ts'
import { type Gitea, type GiteaUser, startGitea } from '../support/real-hosts/gitea.ts'
import { changesOf } from '../support/real-hosts/mirror-story.ts'
import { addCommits } from '../support/repositories.ts'
import type { ActionResult } from '../support/runner.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

type GiteaTransport = 'http' | 'ssh'

interface Refusal {
  readonly title: string
  /** What Gitea says. */
  readonly words: RegExp
  /** What the message makes of it. */
  readonly advice: Readonly<Record<GiteaTransport, RegExp>>
  readonly to: (transport: GiteaTransport) => Promise<Endpoint>
}

describe('Gitea', () => {
  let gitea: Gitea
  let guest: GiteaUser
  let folder: TempFolder
  let source: Endpoint

  beforeAll(async () => {
    gitea = await startGitea()
    guest = await gitea.createUser('guest')
    folder = await makeTempFolder()
    const { path } = await makeBareRepository({ parent: folder.path, name: 'source.git' })
    source = fileEndpoint(path)
    await addCommits(path, 3)
    await git(path, 'branch', 'release', 'main')
    await git(path, 'tag', 'v1', 'main')
  })

  afterAll(async () => {
    await gitea?.[Symbol.asyncDispose]()
    await folder?.[Symbol.asyncDispose]()
  })

  /** The run failed before anything was touched, and the message says what is wrong and what to do. */
  const expectRefusal = (result: ActionResult, words: RegExp, advice: RegExp): void => {
    expect(result.exitCode, result.log).toBe(1)
    expect(result.outputs['changed'], result.log).toBe('false')
    expect(result.log).toMatch(words)
    expect(result.errors.join('\n')).toMatch(advice)
    // The host frames its words with lines of nothing but `error:`.
    expect(result.errors.join('\n')).not.toMatch(/error: error:|error:\./)
  }

  const refusals: readonly Refusal[] = [
    {
      title: 'a user who may not write',
      words: /is not authorized to write to|not allowed|403|denied/i,
      advice: { ssh: /may read the destination and not write/, http: /may not|rights|write/ },
      to: async (transport) => gitea.endpoint(await gitea.create(`closed-${transport}`), transport, guest),
    },
    {
      title: 'an archived repository',
      words: /archived/i,
      advice: { ssh: /archived/i, http: /archived/i },
      to: async (transport) => {
        const name = await gitea.create(`archived-${transport}`)
        await gitea.api('PATCH', `/repos/${name}`, { archived: true })
        return gitea.endpoint(name, transport)
      },
    },
    {
      title: 'a repository that is not there',
      words: /Push to create is not enabled|Cannot find repository|not found|no repository/i,
      advice: { ssh: /create the repository|no such repository/i, http: /create the repository/i },
      to: async (transport) => gitea.endpoint('keeper/nowhere', transport),
    },
    {
      title: 'the repository of somebody who is not there',
      words: /Cannot find repository|not found|no repository|Push to create|exist/i,
      advice: { ssh: /address|no such repository/i, http: /address|no such repository/i },
      to: async (transport) => gitea.endpoint('nobody/nowhere', transport),
    },
  ]

  for (const transport of ['http', 'ssh'] as const) {
    for (const { title, words, advice, to } of refusals) {
      it(`says what is wrong with ${title}, over ${transport}`, async () => {
        const result = await mirror(source, await to(transport), { retries: '0' })
        expectRefusal(result, words, advice[transport])
      })
    }
  }

  it.each(['http', 'ssh'] as const)(
    'keeps a protected branch and a protected tag, over %s',
    async (transport) => {
      const name = await gitea.create(`protected-${transport}`)
      const destination = gitea.endpoint(name, transport)
      expect((await mirror(source, destination)).exitCode).toBe(0)
      const rule = { rule_name: 'release', enable_push: false, block_on_rejected_reviews: false }
      await gitea.api('POST', `/repos/${name}/branch_protections`, rule)
      await gitea.api('POST', `/repos/${name}/tag_protections`, {
        name_pattern: 'v*',
        whitelist_usernames: ['guest'],
      })
      const before = await listRefs(destination)
      const { path } = await makeBareRepository({ parent: folder.path, name: `moved-${transport}.git` })
      await git(source.url, 'push', '-q', path, 'main', 'release', 'v1')
      await addCommits(path, 1)
      await addCommits(path, 1, { ref: 'refs/heads/release', path: 'more' })
      await git(path, 'tag', '-f', 'v1', 'release')
      const result = await mirror(fileEndpoint(path), destination)
      expect(result.exitCode, result.log).toBe(1)
      expect(changesOf(result), result.log).toEqual(['update refs/heads/main'])
      const rejected = JSON.parse(result.outputs['rejected-refs']!) as { ref: string; reason: string }[]
      expect(rejected.map(({ ref }) => ref).toSorted()).toEqual(['refs/heads/release', 'refs/tags/v1'])
      expect(result.log).toMatch(/branch release is protected|protected branch/i)
      expect(result.log).toMatch(/tag v1 is protected|protected tag/i)
      const there = await listRefs(destination)
      expect(there.get('refs/heads/main')).toBe(await git(path, 'rev-parse', 'main'))
      for (const ref of ['refs/heads/release', 'refs/tags/v1']) expect(there.get(ref)).toBe(before.get(ref))
    },
  )

  it('takes a mirror by a deploy key that may write', async () => {
    const name = await gitea.create('deployed')
    const destination = gitea.sshEndpoint(name, await gitea.createDeployKey(name, { write: true }))
    const result = await mirror(source, destination)
    expect(result.exitCode, result.log).toBe(0)
    expect(await listRefs(destination)).toEqual(await listRefs(source))
  })

  it('says that a deploy key may only read', async () => {
    const name = await gitea.create('read-deployed')
    const destination = gitea.sshEndpoint(name, await gitea.createDeployKey(name, { write: false }))
    const result = await mirror(source, destination, { retries: '0' })
    expectRefusal(result, /not authorized to write/i, /a deploy key that only reads.*Enable Write Access/)
  })

  it('follows a repository that was renamed, over http', async () => {
    const name = await gitea.create('before')
    await gitea.api('PATCH', `/repos/${name}`, { name: 'after' })
    const result = await mirror(source, gitea.endpoint(name, 'http'))
    expect(result.exitCode, result.log).toBe(0)
    expect(await listRefs(gitea.endpoint('keeper/after', 'http'))).toEqual(await listRefs(source))
  })

  it('takes a history in pieces where a push may not be large', async () => {
    const { path } = await makeBareRepository({ parent: folder.path, name: 'large.git' })
    await addCommits(path, 12, { size: 60_000, path: 'large' })
    const name = await gitea.create('pieces')
    const destination = gitea.endpoint(name, 'http')
    const result = await mirror(fileEndpoint(path), destination, { 'max-pack-size': '200k' })
    expect(result.exitCode, result.log).toBe(0)
    expect(await listRefs(destination)).toEqual(await listRefs(fileEndpoint(path)))
    expect(result.log).toMatch(/piece|steps/i)
    const tags = await gitea.api<object[]>('GET', `/repos/${name}/tags`)
    const releases = await gitea.api<object[]>('GET', `/repos/${name}/releases`)
    expect({ tags, releases }).toEqual({ tags: [], releases: [] })
  })
})
