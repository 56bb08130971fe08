import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, makeBareRepository } from '../support/git.ts'
import { type Gitea, startGitea } from '../support/real-hosts/gitea.ts'
import { waitFor } from '../support/processes.ts'
import { addCommits } from '../support/repositories.ts'
import { type ActionResult, runAction, startAction } from '../support/runner.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

interface Shown {
  readonly default_branch: string
  readonly private: boolean
  readonly empty: boolean
  readonly object_format_name: string
}

interface Rule {
  readonly rule_name: string
  readonly enable_force_push: boolean
}

describe('what is done at a real Gitea', () => {
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

  const makeSource = async (name: string, format: 'sha1' | 'sha256' = 'sha1'): Promise<string> => {
    const { path } = await makeBareRepository({ parent: folder.path, name: `${name}.git`, format })
    await addCommits(path, 3)
    return path
  }

  const inputs = (source: string, repository: string, more: Readonly<Record<string, string>> = {}) => ({
    source,
    'source-token': '',
    destination: `${gitea.url}/${repository}.git`,
    'destination-username': gitea.admin.name,
    'destination-token': gitea.admin.token,
    ...more,
  })

  const mirror = async (
    source: string,
    repository: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<ActionResult> => await runAction({ inputs: inputs(source, repository, more) })

  const look = async (repository: string): Promise<Shown> =>
    await gitea.api<Shown>('GET', `/repos/${repository}`)

  const branchesOf = async (repository: string): Promise<readonly string[]> => {
    const list = await gitea.api<{ name: string }[] | null>('GET', `/repos/${repository}/branches?limit=50`)
    return (list ?? []).map(({ name }) => name).toSorted()
  }

  describe('create', () => {
    it('makes a repository of the account, private, and the host shows what was pushed', async () => {
      const source = await makeSource('own')
      await git(source, 'branch', 'second', 'main')
      const result = await mirror(source, 'keeper/own', { create: 'private' })
      expect(result.exitCode, result.log).toBe(0)
      expect(result.log).toContain('made the repository')
      await waitFor('the branches', async () => (await branchesOf('keeper/own')).length === 2, 10_000)
      expect(await look('keeper/own')).toMatchObject({ private: true, default_branch: 'main', empty: false })
      expect(await branchesOf('keeper/own')).toEqual(['main', 'second'])
    })

    it('makes one of an organisation, public', async () => {
      await gitea.api('POST', '/orgs', { username: 'acme' })
      const source = await makeSource('public')
      const result = await mirror(source, 'acme/new', { create: 'public' })
      expect(result.exitCode, result.log).toBe(0)
      expect(await look('acme/new')).toMatchObject({ private: false, object_format_name: 'sha1' })
    })

    it('makes one for sha256 where the source is, as far as the host can', async () => {
      const source = await makeSource('sha256', 'sha256')
      const probe = await gitea.ask('POST', '/user/repos', { name: 'probe', object_format_name: 'sha256' })
      const result = await mirror(source, 'keeper/sha256', { create: 'private' })
      if (probe.status === 201) {
        expect(result.exitCode, result.log).toBe(0)
        expect(await look('keeper/sha256')).toMatchObject({ object_format_name: 'sha256' })
      } else {
        // Gitea's own git is too old for it.
        expect(result.exitCode).toBe(1)
        expect(result.log).toContain('invalid object format: sha256')
      }
    })

    it('leaves one that is there as it is', async () => {
      const source = await makeSource('there')
      await gitea.create('there')
      const result = await mirror(source, 'keeper/there', { create: 'private' })
      expect(result.exitCode, result.log).toBe(0)
      expect(result.log).not.toContain('made the repository')
      expect(await look('keeper/there')).toMatchObject({ private: false })
    })

    it('says what a token lacks, and makes nothing in a dry run or for an owner that is not there', async () => {
      const source = await makeSource('refused')
      const dry = await mirror(source, 'keeper/dry', { create: 'private', 'dry-run': 'true' })
      expect(dry.exitCode).toBe(1)
      expect(dry.errors.join('\n')).toContain('does not exist')
      const nobody = await mirror(source, 'nobody/x', { create: 'private' })
      expect(nobody.exitCode).toBe(1)
      expect(nobody.errors.join('\n')).toContain('nobody is no organisation')
      const other = await gitea.createUser('other')
      const foreign = await runAction({
        inputs: {
          ...inputs(source, 'keeper/foreign', { create: 'private' }),
          'destination-token': other.token,
        },
      })
      expect(foreign.exitCode).toBe(1)
      expect(foreign.log).not.toContain(other.token)
      const wrong = await mirror(source, 'keeper/wrong', {
        create: 'private',
        'destination-token': 'not-a-token-at-all',
      })
      expect(wrong.exitCode).toBe(1)
      expect(wrong.errors.join('\n')).toContain('refused the token')
      for (const name of ['dry', 'foreign', 'wrong']) {
        expect((await gitea.ask('GET', `/repos/keeper/${name}`)).status).toBe(404)
      }
    })

    it('goes over ssh with a token beside the key', async () => {
      const source = await makeSource('ssh')
      const destination = gitea.endpoint('keeper/by-ssh', 'ssh')
      const result = await runAction({
        inputs: {
          ...inputs(source, 'keeper/by-ssh', { create: 'private' }),
          destination: destination.url,
          'destination-ssh-key': gitea.admin.key.privateKey,
          'ssh-known-hosts': gitea.knownHosts.text,
          'host-kind': 'gitea',
          'host-api': `${gitea.url}/api/v1`,
        },
      })
      expect(result.exitCode, result.log).toBe(0)
      expect(await look('keeper/by-ssh')).toMatchObject({ private: true })
    })
  })

  describe('default-branch', () => {
    it("follows the source's, and the old one that is gone there is deleted in the same run", async () => {
      const source = await makeSource('follow')
      expect((await mirror(source, 'keeper/follow', { create: 'private' })).exitCode).toBe(0)
      await git(source, 'branch', '-m', 'main', 'trunk')
      await git(source, 'symbolic-ref', 'HEAD', 'refs/heads/trunk')
      const result = await mirror(source, 'keeper/follow', { 'default-branch': 'source' })
      expect(result.exitCode, result.log).toBe(0)
      expect(result.log).toContain('the default branch is now trunk')
      await waitFor('trunk alone', async () => (await branchesOf('keeper/follow')).join() === 'trunk', 10_000)
      expect(await look('keeper/follow')).toMatchObject({ default_branch: 'trunk', empty: false })
      const again = await mirror(source, 'keeper/follow', { 'default-branch': 'source' })
      expect(again.log).not.toContain('the default branch is now')
      expect(again.outputs['changed']).toBe('false')
    })

    it('takes a name, and warns of one that is not there', async () => {
      const source = await makeSource('named')
      await git(source, 'branch', 'release/1', 'main')
      const result = await mirror(source, 'keeper/named', {
        create: 'private',
        'default-branch': 'release/1',
      })
      expect(result.exitCode, result.log).toBe(0)
      expect(await look('keeper/named')).toMatchObject({ default_branch: 'release/1' })
      const wrong = await mirror(source, 'keeper/named', { 'default-branch': 'nothing' })
      expect(wrong.exitCode).toBe(0)
      expect(wrong.warnings.join('\n')).toContain('no branch nothing')
      expect(await look('keeper/named')).toMatchObject({ default_branch: 'release/1' })
    })
  })

  describe('protected', () => {
    const protect = async (name: string, rule: string): Promise<string> => {
      const source = await makeSource(name)
      expect((await mirror(source, `keeper/${name}`, { create: 'private' })).exitCode).toBe(0)
      await gitea.api('POST', `/repos/keeper/${name}/branch_protections`, {
        rule_name: rule,
        enable_push: true,
        enable_force_push: false,
      })
      await git(source, 'update-ref', 'refs/heads/main', 'refs/heads/main~1')
      await addCommits(source, 1, { path: 'rewritten' })
      return source
    }

    const rulesOf = async (name: string): Promise<readonly Rule[]> =>
      await gitea.api<Rule[]>('GET', `/repos/keeper/${name}/branch_protections`)

    it('respects a rule unless it is told otherwise', async () => {
      const source = await protect('respect', 'main')
      const result = await mirror(source, 'keeper/respect')
      expect(result.exitCode).toBe(1)
      expect(await rulesOf('respect')).toMatchObject([{ rule_name: 'main', enable_force_push: false }])
    })

    for (const rule of ['main', 'm*']) {
      it(`allows a forced push for the push alone, and puts the rule ${rule} back`, async () => {
        const name = rule === 'main' ? 'allow' : 'allow-pattern'
        const source = await protect(name, rule)
        const result = await mirror(source, `keeper/${name}`, { protected: 'allow-force' })
        expect(result.exitCode, result.log).toBe(0)
        expect(await git(gitea.path(`keeper/${name}`), 'rev-parse', 'main')).toBe(
          await git(source, 'rev-parse', 'main'),
        )
        expect(await rulesOf(name)).toMatchObject([{ rule_name: rule, enable_force_push: false }])
        expect(result.log).toContain('are forbidden again')
      })
    }

    it('puts the rule back when the run is cancelled right after it was lifted', async () => {
      const source = await protect('cancelled', 'main')
      await using running = await startAction({
        inputs: inputs(source, 'keeper/cancelled', { protected: 'allow-force' }),
      })
      await running.waitFor('a forced push is allowed until this run ends')
      running.cancel()
      const result = await running.done
      expect(result.log).toContain('are forbidden again')
      expect(await rulesOf('cancelled')).toMatchObject([{ rule_name: 'main', enable_force_push: false }])
    })
  })

  it('keeps old values below refs/kalandra/, which the host shows as no branch and no tag', async () => {
    const source = await makeSource('kept')
    expect((await mirror(source, 'keeper/kept', { create: 'private' })).exitCode).toBe(0)
    const old = await git(source, 'rev-parse', 'main')
    await git(source, 'update-ref', 'refs/heads/main', 'refs/heads/main~1')
    await addCommits(source, 1, { path: 'rewritten' })
    const result = await mirror(source, 'keeper/kept', { backup: 'true' })
    expect(result.exitCode, result.log).toBe(0)
    const refs = await git(
      gitea.path('keeper/kept'),
      'for-each-ref',
      '--format=%(objectname) %(refname)',
      'refs/kalandra',
    )
    expect(refs).toMatch(new RegExp(`^${old} refs/kalandra/backup/\\d{8}T\\d{6}Z/heads/main$`))
    // Gitea lists what was pushed a moment later.
    await expect.poll(() => branchesOf('keeper/kept')).toEqual(['main'])
    expect(await gitea.api('GET', '/repos/keeper/kept/tags')).toEqual([])
  })
})
