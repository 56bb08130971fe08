import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FORGES, startForge, TOKEN } from '../support/fake-forges.ts'
import { type ForgeWithGit, startForgeWithGit } from '../support/forge-with-git.ts'
import { forEachRef, git } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { makePair } from '../support/pair.ts'
import { addCommits } from '../support/repositories.ts'
import { type ActionResult, runAction, startAction } from '../support/runner.ts'

const ALL = { create: 'private', 'default-branch': 'source' }

const LIFTED = /^refs\/(kalandra|tags\/kalandra)/

describe('protected: allow-force at GitLab', () => {
  const forge = FORGES.find(({ kind }) => kind === 'gitlab')!
  let place: ForgeWithGit

  beforeEach(async () => {
    place = await startForgeWithGit(forge)
    const first = await runAction({ inputs: { ...place.inputs, ...ALL } })
    expect(first.exitCode, first.log).toBe(0)
    place.protect()
    await git(place.source, 'update-ref', 'refs/heads/main', 'refs/heads/main~1')
    await addCommits(place.source, 1, { path: 'rewritten' })
  })

  afterEach(() => place?.[Symbol.asyncDispose]())

  const inputs = (): Readonly<Record<string, string>> => ({ ...place.inputs, protected: 'allow-force' })

  const notes = async (): Promise<readonly string[]> =>
    [...(await forEachRef(place.destination)).keys()].filter((name) => LIFTED.test(name))

  const tipOf = async (path: string): Promise<string> => await git(path, 'rev-parse', 'refs/heads/main')

  it('lets the branch be forced for the push, puts the rule back, and leaves no note', async () => {
    const respected = await runAction({ inputs: place.inputs })
    expect(respected.exitCode).toBe(1)
    expect(await tipOf(place.destination)).not.toBe(await tipOf(place.source))
    const seen: boolean[] = []
    place.intercept(({ method, body }) => {
      if (method === 'PATCH') seen.push((body as { allow_force_push: boolean }).allow_force_push)
      return undefined
    })
    const result = await runAction({ inputs: inputs() })
    expect(result.exitCode, result.log).toBe(0)
    expect(await tipOf(place.destination)).toBe(await tipOf(place.source))
    expect(seen).toEqual([true, false])
    expect(place.state.rules).toEqual({ main: false })
    expect(await notes()).toEqual([])
  })

  it('puts the rule back where the push fails all the same', async () => {
    await git(place.destination, 'config', 'receive.denyNonFastForwards', 'true')
    const result = await runAction({ inputs: inputs() })
    expect(result.exitCode).toBe(1)
    expect(place.state.rules).toEqual({ main: false })
    expect(await notes()).toEqual([])
  })

  it('stays away from a rule where the destination takes no note of it', async () => {
    await git(place.destination, 'config', '--add', 'receive.hideRefs', 'refs/kalandra')
    await git(place.destination, 'config', '--add', 'receive.hideRefs', 'refs/tags/kalandra-lifted')
    const result = await runAction({ inputs: inputs() })
    expect(result.exitCode).toBe(1)
    expect(result.warnings.join('\n')).toContain('main stays protected')
    expect(place.host.requests.every(({ method }) => method !== 'PATCH')).toBe(true)
    expect(place.state.rules).toEqual({ main: false })
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'puts the rule back after %s between lift and push',
    async (signal) => {
      // The push must not be over before the signal comes.
      const hook = `#!/bin/sh\n[ "$1" != prepared ] || ! grep -q ' refs/heads/main$' || sleep 3\n`
      await mkdir(`${place.destination}/hooks`, { recursive: true })
      await writeFile(`${place.destination}/hooks/reference-transaction`, hook, { mode: 0o755 })
      await using running = await startAction({ inputs: inputs() })
      await running.waitFor('a forced push is allowed until this run ends')
      running.kill(signal)
      const result = await running.done
      expect(result.exitCode).toBe(1)
      // On a machine that is held up the last moment may be too short: then it is said, and the next run does it.
      if (result.log.includes('the rule of main could not be put back')) {
        expect(place.state.rules).toEqual({ main: true })
        expect(await notes()).toEqual(['refs/kalandra/lifted/main'])
        await rm(`${place.destination}/hooks`, { recursive: true })
        await runAction({ inputs: inputs() })
      } else expect(result.log).toContain('forced pushes to main are forbidden again')
      expect(place.state.rules).toEqual({ main: false })
      expect(await notes()).toEqual([])
    },
  )

  /** Ends a run without a word when the rule has just been lifted. */
  const kill = async (): Promise<void> => {
    await using running = await startAction({ inputs: inputs() })
    const { pid } = running
    place.intercept(({ method }) => {
      if (method === 'PATCH') {
        process.kill(pid, 'SIGKILL')
        place.state.rules['main'] = true
        return { status: 0, cut: true }
      }
      return undefined
    })
    expect((await running.done).signal).toBe('SIGKILL')
    place.intercept(undefined)
    expect(place.state.rules).toEqual({ main: true })
    expect(await notes()).toEqual(['refs/kalandra/lifted/main'])
  }

  it.each(['allow-force', 'respect'])(
    'is put back by the next run with protected: %s after SIGKILL',
    async (way) => {
      await kill()
      const next = await runAction({ inputs: { ...place.inputs, protected: way } })
      expect(next.log).toContain('forced pushes to main are forbidden again, where an earlier run was ended')
      expect(place.state.rules).toEqual({ main: false })
      expect(await notes()).toEqual([])
      // What was asked for is done none the less, or refused.
      expect(next.exitCode, next.log).toBe(way === 'respect' ? 1 : 0)
    },
  )

  it('is named by a run without a token, by a dry run and by doctor, which change nothing', async () => {
    await kill()
    const { 'host-kind': _kind, 'host-api': _api, ...rest } = place.inputs
    const plain = { ...rest, destination: place.destination, 'destination-token': '' }
    for (const more of [plain, { ...inputs(), 'dry-run': 'true' }, { ...inputs(), command: 'doctor' }]) {
      const result = await runAction({ inputs: more })
      expect(result.log, result.log).toContain(
        'an earlier run was ended while forced pushes to main were allowed',
      )
      expect(place.state.rules).toEqual({ main: true })
      expect(await notes()).toEqual(['refs/kalandra/lifted/main'])
    }
  })
})

describe.each(['github', 'bitbucket', 'bitbucket-server', 'azure'] as const)(
  'protected: allow-force at %s, whose rules nobody changes for a push',
  (kind) => {
    it('is refused as ever, and nothing is asked of the API but what is there', async () => {
      await using place = await startForgeWithGit(FORGES.find((forge) => forge.kind === kind)!)
      expect((await runAction({ inputs: { ...place.inputs, ...ALL } })).exitCode).toBe(0)
      place.protect()
      await git(place.source, 'update-ref', 'refs/heads/main', 'refs/heads/main~1')
      await addCommits(place.source, 1, { path: 'rewritten' })
      const count = place.host.requests.length
      const result = await runAction({ inputs: { ...place.inputs, protected: 'allow-force' } })
      expect(result.exitCode, result.log).toBe(1)
      expect(JSON.parse(result.outputs['rejected-refs']!)).toMatchObject([{ ref: 'refs/heads/main' }])
      expect(place.host.requests.slice(count).every(({ method }) => method === 'GET')).toBe(true)
      expect([...(await forEachRef(place.destination)).keys()]).toEqual(['refs/heads/main'])
    })
  },
)

describe('a destination at no host whose API is known', () => {
  it.each([
    ['create', 'private'],
    ['default-branch', 'source'],
    ['protected', 'allow-force'],
  ] as const)('is told before anything is pushed: %s: %s', async (name, value) => {
    await using pair = await makePair()
    const path = await pair.runInVain({ [name]: value })
    expect(path.exitCode).toBe(1)
    expect(path.errors.join('\n')).toContain('is at no host whose API is known')
    await using backend = await startHttpBackend({ root: pair.folder })
    const destination = `${backend.url}/destination.git`
    const web = await pair.runInVain({ [name]: value, destination, 'destination-token': TOKEN })
    expect(web.exitCode).toBe(1)
    expect(web.errors.join('\n')).toMatch(/is at no host whose API is known.*host-kind/)
    expect(web.log).not.toContain(TOKEN)
  })
})

describe('a new repository in groups of GitLab', () => {
  it('makes the groups that are missing, too', async () => {
    await using place = await startForgeWithGit(FORGES.find(({ kind }) => kind === 'gitlab')!)
    const groups = new Map([['acme', 3]])
    place.intercept(({ method, path, body }) => {
      const asked = /\/namespaces\/(.+)$/.exec(path)?.[1]
      if (asked !== undefined) {
        const id = groups.get(decodeURIComponent(asked))
        return id === undefined ? { status: 404, body: {} } : { status: 200, body: { id } }
      }
      if (path !== '/api/v4/groups' || method !== 'POST') return undefined
      expect(body).toMatchObject({ path: 'deep', parent_id: 3 })
      groups.set('acme/deep', 7)
      return { status: 201, body: { id: 7 } }
    })
    const result = await runAction({ inputs: { ...place.inputs, ...ALL } })
    expect(result.exitCode, result.log).toBe(0)
    expect(groups.get('acme/deep')).toBe(7)
    expect(place.state.made).toMatchObject({ namespace_id: 7 })
  })

  it('reads rules page by page, and follows no link to another server', async () => {
    await using place = await startForgeWithGit(FORGES.find(({ kind }) => kind === 'gitlab')!)
    expect((await runAction({ inputs: { ...place.inputs, ...ALL } })).exitCode).toBe(0)
    place.protect()
    await git(place.source, 'update-ref', 'refs/heads/main', 'refs/heads/main~1')
    await addCommits(place.source, 1, { path: 'rewritten' })
    const other = await startForge(FORGES[1]!)
    try {
      place.intercept(({ path, method }) => {
        if (method !== 'GET' || !path.endsWith('/protected_branches')) return undefined
        // Asked once: the rules are in force.
        return { status: 200, body: [], headers: { link: `<${other.host.origin}/more>; rel="next"` } }
      })
      const result = await runAction({ inputs: { ...place.inputs, protected: 'allow-force' } })
      expect(result.exitCode).toBe(1)
      expect(result.log).toContain('leads to another server')
      expect(other.host.requests).toEqual([])
      expect(place.state.rules).toEqual({ main: false })
    } finally {
      await other.host[Symbol.asyncDispose]()
    }
  })
})

describe('mirrors that a file has found', () => {
  const forge = FORGES.find(({ kind }) => kind === 'gitlab')!
  let place: ForgeWithGit

  beforeEach(async () => {
    place = await startForgeWithGit(forge)
    place.make()
    place.state.defaultBranch = 'main'
  })

  afterEach(() => place?.[Symbol.asyncDispose]())

  /** A round over a list of one repository. */
  const round = async (more = ''): Promise<ActionResult> => {
    const list = join(dirname(place.source), 'list.txt')
    await writeFile(list, `${place.source}\n`)
    const { host } = new URL(place.inputs['destination']!)
    const config = `version: 1
hosts: { '${host}': { token: { env: T }, host-kind: gitlab, host-api: '${place.inputs['host-api']}' } }
mirrors:
  - { name: '{path-flat}', discover: { list: '${list}' }, destination: '${place.inputs['destination']}'${more} }
`
    return await runAction({ inputs: { config, 'source-token': '' }, env: { T: TOKEN } })
  }

  const rename = async (): Promise<void> => {
    await git(place.source, 'branch', '-m', 'main', 'trunk')
    await git(place.source, 'symbolic-ref', 'HEAD', 'refs/heads/trunk')
  }

  it('follow the default branch of their source behind a push, and ask no API where nothing changes', async () => {
    expect((await round()).exitCode).toBe(0)
    await rename()
    const result = await round()
    expect(result.exitCode, result.log).toBe(0)
    expect(place.state.defaultBranch).toBe('trunk')
    expect(await forEachRef(place.destination)).toEqual(await forEachRef(place.source))
    const count = place.host.requests.length
    expect((await round()).exitCode).toBe(0)
    expect(place.host.requests).toHaveLength(count)
  })

  it('are mirrored all the same where the token may not set it, and left alone with keep', async () => {
    expect((await round()).exitCode).toBe(0)
    await addCommits(place.source, 1)
    await rename()
    await git(place.source, 'branch', 'main', 'trunk~1')
    place.intercept(({ method }) =>
      method === 'GET' ? undefined : { status: 403, body: { message: 'Forbidden' } },
    )
    const result = await round()
    expect(result.exitCode, result.log).toBe(0)
    expect(place.state.defaultBranch).toBe('main')
    expect(await git(place.destination, 'rev-parse', 'trunk')).toBe(
      await git(place.source, 'rev-parse', 'trunk'),
    )
    place.intercept(undefined)
    await addCommits(place.source, 1, { ref: 'refs/heads/trunk' })
    const count = place.host.requests.length
    expect((await round(', default-branch: keep')).exitCode).toBe(0)
    expect(place.state.defaultBranch).toBe('main')
    expect(place.host.requests).toHaveLength(count)
  })
})
