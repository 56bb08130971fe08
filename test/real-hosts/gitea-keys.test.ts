import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, makeBareRepository } from '../support/git.ts'
import { waitFor } from '../support/processes.ts'
import { type Endpoint, fileEndpoint, listRefs, mirror } from '../support/real-hosts/endpoint.ts'
import { type Gitea, startGitea } from '../support/real-hosts/gitea.ts'
import { newerGit } from '../support/real-hosts/newer-git.ts'
import { addCommits } from '../support/repositories.ts'
import { type ActionResult, runAction, startAction } from '../support/runner.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

/** What a host's own pages are made of, beside the refs. */
interface Shown {
  readonly branches: readonly string[]
  readonly tags: readonly string[]
  readonly defaultBranch: string
  readonly isEmpty: boolean
}

async function show(gitea: Gitea, repository: string): Promise<Shown> {
  const list = async (kind: string): Promise<readonly string[]> => {
    // Nothing but null while it takes the repository for empty.
    const items = await gitea.api<{ name: string }[] | null>('GET', `/repos/${repository}/${kind}?limit=50`)
    return (items ?? []).map(({ name }) => name).toSorted()
  }
  const { default_branch: defaultBranch, empty: isEmpty } = await gitea.api<{
    default_branch: string
    empty: boolean
  }>('GET', `/repos/${repository}`)
  return { branches: await list('branches'), tags: await list('tags'), defaultBranch, isEmpty }
}

/** The host follows a push by a queue. */
async function expectShown(gitea: Gitea, repository: string, expected: Partial<Shown>): Promise<void> {
  const wanted = { isEmpty: false, ...expected }
  const pick = async (): Promise<object> => {
    const shown = await show(gitea, repository)
    return Object.fromEntries(Object.keys(wanted).map((key) => [key, shown[key as keyof Shown]]))
  }
  const isSeen = async (): Promise<boolean> => isDeepStrictEqual(await pick(), wanted)
  await waitFor('what Gitea shows', isSeen, 15_000).catch(() => undefined)
  expect(await pick()).toEqual(wanted)
}

describe('deploy keys of a real Gitea', () => {
  let gitea: Gitea
  let folder: TempFolder

  beforeAll(async () => {
    gitea = await startGitea()
    folder = await makeTempFolder()
  })

  afterAll(async () => {
    await gitea?.[Symbol.asyncDispose]()
    await folder?.[Symbol.asyncDispose]()
  })

  const makeSource = async (name: string): Promise<Endpoint> => {
    const { path } = await makeBareRepository({ parent: folder.path, name: `${name}.git` })
    await addCommits(path, 3)
    await git(path, 'branch', 'second', 'main')
    await git(path, 'tag', 'v1', 'main')
    return fileEndpoint(path)
  }

  it('that write: a story of pushes, and the host shows each state', async () => {
    const source = await makeSource('story')
    const name = await gitea.create('story')
    const destination = gitea.sshEndpoint(name, await gitea.createDeployKey(name, { write: true }))
    const first = await mirror(source, destination)
    expect(first.exitCode, first.log).toBe(0)
    await expectShown(gitea, name, { branches: ['main', 'second'], tags: ['v1'], defaultBranch: 'main' })
    await git(source.url, 'branch', '-D', 'second')
    await git(source.url, 'branch', 'third', 'main~1')
    await git(source.url, 'tag', '-d', 'v1')
    await git(source.url, 'tag', 'v2', 'main')
    await git(source.url, 'update-ref', 'refs/heads/main', 'refs/heads/main~1')
    await addCommits(source.url, 1, { path: 'rewritten' })
    const second = await mirror(source, destination)
    expect(second.exitCode, second.log).toBe(0)
    expect(await listRefs(destination)).toEqual(await listRefs(source))
    await expectShown(gitea, name, { branches: ['main', 'third'], tags: ['v2'], defaultBranch: 'main' })
  })

  it('that write, beside a token: the key pushes, and the token sets the default branch', async () => {
    const source = await makeSource('both')
    const name = await gitea.create('both')
    const key = await gitea.createDeployKey(name, { write: true })
    const inputs = {
      'destination-token': gitea.admin.token,
      'host-kind': 'gitea',
      'host-api': `${gitea.url}/api/v1`,
      'default-branch': 'second',
    }
    const result = await mirror(source, gitea.sshEndpoint(name, key), inputs)
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).not.toContain(gitea.admin.token)
    await expectShown(gitea, name, { branches: ['main', 'second'], defaultBranch: 'second' })
  })

  it('that only read: nothing moves, the advice says where to change it, and doctor says so before', async () => {
    const source = await makeSource('read-only')
    const name = await gitea.create('read-only')
    const destination = gitea.sshEndpoint(name, await gitea.createDeployKey(name, { write: false }))
    const advice = /a deploy key that only reads.*Enable Write Access/
    const result = await mirror(source, destination, { retries: '0' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toMatch(advice)
    const looked = await mirror(source, destination, { command: 'doctor' })
    expect(looked.exitCode, looked.log).toBe(1)
    expect(looked.log).toMatch(/error: .*: write: /)
    expect(looked.log).toMatch(advice)
    expect(looked.log).toMatch(/ok: ssh:.*: host key: is one that is known/)
    await expectShown(gitea, name, { branches: [], tags: [], isEmpty: true })
    // As a source it is all that is needed.
    const reader = gitea.sshEndpoint(name, await gitea.createDeployKey(name, { write: true }))
    expect((await mirror(source, reader)).exitCode).toBe(0)
    const { path } = await makeBareRepository({ parent: folder.path, name: 'copy.git' })
    const copied = await mirror(destination, fileEndpoint(path))
    expect(copied.exitCode, copied.log).toBe(0)
    expect(await listRefs(fileEndpoint(path))).toEqual(await listRefs(source))
  })

  it('of another repository: nothing moves, and the message says that this one cannot be seen', async () => {
    const source = await makeSource('other')
    const name = await gitea.create('other', { private: true })
    const key = await gitea.createDeployKey(await gitea.create('elsewhere'), { write: true })
    const result = await mirror(source, gitea.sshEndpoint(name, key), { retries: '0' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toMatch(/\. [A-Z].*(key|repository)/)
    await expectShown(gitea, name, { branches: [], isEmpty: true })
  })

  describe('protected: allow-force, and a run that is killed', () => {
    const inputs = (source: string, name: string): Readonly<Record<string, string>> => ({
      source,
      'source-token': '',
      destination: `${gitea.url}/${name}.git`,
      'destination-username': gitea.admin.name,
      'destination-token': gitea.admin.token,
    })

    const run = async (source: string, name: string, way: string): Promise<ActionResult> =>
      await runAction({ inputs: { ...inputs(source, name), protected: way } })

    const isForbidden = async (name: string): Promise<boolean> => {
      const [rule] = await gitea.api<{ enable_force_push: boolean }[]>(
        'GET',
        `/repos/${name}/branch_protections`,
      )
      return rule?.enable_force_push === false
    }

    const notesOf = async (name: string): Promise<string> =>
      await git(
        gitea.path(name),
        'for-each-ref',
        '--format=%(refname)',
        'refs/kalandra',
        'refs/tags/kalandra-lifted',
      )

    it.each(['allow-force', 'respect'] as const)(
      'is put right by the next run with protected: %s, and the host shows none of our refs',
      async (way) => {
        const { url: source } = await makeSource(`killed-${way}`)
        const name = await gitea.create(`killed-${way}`)
        expect((await run(source, name, 'respect')).exitCode).toBe(0)
        await gitea.api('POST', `/repos/${name}/branch_protections`, {
          rule_name: 'ma*',
          enable_push: true,
          enable_force_push: false,
        })
        await git(source, 'update-ref', 'refs/heads/main', 'refs/heads/main~1')
        await addCommits(source, 1, { path: 'rewritten' })
        await using running = await startAction({
          inputs: { ...inputs(source, name), protected: 'allow-force' },
        })
        await running.waitFor('a forced push is allowed until this run ends')
        running.kill('SIGKILL')
        expect((await running.done).signal).toBe('SIGKILL')
        expect(await isForbidden(name)).toBe(false)
        expect(await notesOf(name)).toBe('refs/kalandra/lifted/ma%2A')
        await expectShown(gitea, name, { branches: ['main', 'second'], tags: ['v1'] })
        const next = await run(source, name, way)
        expect(next.log).toContain('forced pushes to ma* are forbidden again, where an earlier run was ended')
        expect(await isForbidden(name)).toBe(true)
        expect(await notesOf(name)).toBe('')
        if (way === 'allow-force') {
          expect(next.exitCode, next.log).toBe(0)
          expect(await git(gitea.path(name), 'rev-parse', 'main')).toBe(
            await git(source, 'rev-parse', 'main'),
          )
        }
      },
    )
  })
})

describe('a real Gitea whose git knows sha256', () => {
  let gitea: Gitea
  let folder: TempFolder

  beforeAll(async () => {
    gitea = await startGitea({ config: { git: [`PATH = ${join(newerGit(), 'git')}`] } })
    folder = await makeTempFolder()
  })

  afterAll(async () => {
    await gitea?.[Symbol.asyncDispose]()
    await folder?.[Symbol.asyncDispose]()
  })

  it('makes a repository in the format of the source, and shows what was pushed', async () => {
    const { path } = await makeBareRepository({ parent: folder.path, name: 'new.git', format: 'sha256' })
    await addCommits(path, 3)
    await git(path, 'branch', 'second', 'main')
    const inputs = {
      source: path,
      'source-token': '',
      destination: `${gitea.url}/keeper/new.git`,
      'destination-username': gitea.admin.name,
      'destination-token': gitea.admin.token,
      create: 'private',
      'default-branch': 'second',
    }
    const result = await runAction({ inputs })
    expect(result.exitCode, result.log).toBe(0)
    const made = await gitea.api<{ object_format_name: string; private: boolean }>('GET', '/repos/keeper/new')
    expect(made).toMatchObject({ object_format_name: 'sha256', private: true })
    await expectShown(gitea, 'keeper/new', { branches: ['main', 'second'], defaultBranch: 'second' })
    const destination = gitea.endpoint('keeper/new', 'http')
    expect(await listRefs(destination)).toEqual(await listRefs(fileEndpoint(path)))
  })
})
