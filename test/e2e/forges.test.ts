import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Forge, FORGES, startForge, TOKEN } from '../support/fake-forges.ts'
import type { HostReply, HostRequest } from '../support/fake-host.ts'
import { type ForgeWithGit, startForgeWithGit } from '../support/forge-with-git.ts'
import { forEachRef, git } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { type ActionResult, runAction } from '../support/runner.ts'

const ALL = { create: 'private', 'default-branch': 'source' }

/** How each host says that the name is taken. */
const TAKEN: Readonly<Record<Forge['kind'], number>> = {
  github: 422,
  gitlab: 400,
  gitea: 409,
  bitbucket: 400,
  'bitbucket-server': 409,
  azure: 409,
}

describe.each(FORGES.map((forge) => [forge.kind, forge] as const))('a mirror to %s', (kind, forge) => {
  let place: ForgeWithGit

  beforeEach(async () => {
    place = await startForgeWithGit(forge)
  })

  afterEach(() => place?.[Symbol.asyncDispose]())

  const run = async (inputs: Readonly<Record<string, string>> = {}): Promise<ActionResult> => {
    const result = await runAction({ inputs: { ...place.inputs, ...inputs } })
    expect(result.log).not.toContain(TOKEN)
    return result
  }

  /** `reply` to so many of the requests that `isMeant` means. */
  const spoil = (
    reply: HostReply,
    times = Number.POSITIVE_INFINITY,
    isMeant: (request: HostRequest) => boolean = () => true,
  ): void => {
    let left = times
    place.intercept((request) => (isMeant(request) && left-- > 0 ? reply : undefined))
  }

  const expectMirrored = async (result: ActionResult): Promise<void> => {
    expect(result.exitCode, result.log).toBe(0)
    expect(await forEachRef(place.destination)).toEqual(await forEachRef(place.source))
  }

  const expectNothing = (result: ActionResult): void => {
    expect(result.exitCode, result.log).toBe(1)
    expect(result.outputs['changed']).toBe('false')
    expect(existsSync(place.destination)).toBe(false)
  }

  it('makes the repository, pushes, sets the default branch, and does nothing of it twice', async () => {
    await git(place.source, 'branch', 'second', 'main')
    const result = await run(ALL)
    await expectMirrored(result)
    expect(result.log).toContain('made the repository')
    expect(place.state.made).toEqual(forge.body)
    expect(place.state.defaultBranch).toBe('main')
    const count = place.host.requests.length
    const again = await run(ALL)
    await expectMirrored(again)
    expect(again.outputs['changed']).toBe('false')
    expect(place.host.requests.slice(count).every(({ method }) => method === 'GET')).toBe(true)
  })

  it('shows each call in a verbose log, warns of a token that ends soon where the host tells, and shows no secret', async () => {
    const result = await runAction({ inputs: { ...place.inputs, ...ALL }, env: { RUNNER_DEBUG: '1' } })
    await expectMirrored(result)
    for (const { method, path } of place.host.requests) {
      expect(result.log).toMatch(
        new RegExp(`${method} ${place.host.origin}${path.replaceAll('.', '\\.')}: HTTP \\d+`),
      )
    }
    expect(result.log).not.toContain(TOKEN)
    const isTold = kind === 'github' || kind === 'gitlab'
    expect(/the token expire[sd] .*on 2026-12-03/.test(result.warnings.join('\n'))).toBe(isTold)
    expect((await run(ALL)).log).not.toContain(': HTTP 200')
  })

  it('deletes an old default branch that the source no longer has, in the same run', async () => {
    await expectMirrored(await run(ALL))
    await git(place.source, 'branch', '-m', 'main', 'trunk')
    await git(place.source, 'symbolic-ref', 'HEAD', 'refs/heads/trunk')
    // Real git refuses to delete the branch of HEAD: the order is what makes it possible.
    const kept = await run({ 'default-branch': 'keep' })
    expect(await git(place.destination, 'branch', '--list', 'main'), kept.log).toContain('main')
    const result = await run({ 'default-branch': 'source' })
    await expectMirrored(result)
    expect(result.log).toContain('the default branch is now trunk')
    expect(place.state.defaultBranch).toBe('trunk')
  })

  it.each([
    ['a token that it does not know', { status: 401, body: { message: 'Bad credentials' } }],
    ['a token that may not', { status: 403, body: { message: 'Forbidden' } }],
    ['a page instead of an answer', { status: 200, body: '<!doctype html><title>Sign in</title>' }],
    ['an hour to wait', { status: 429, body: 'Retry later', headers: { 'retry-after': '3600' } }],
  ] as const)('makes and pushes nothing for %s, and says what to do', async (_, reply) => {
    spoil(reply)
    const result = await run(ALL)
    expectNothing(result)
    expect(result.errors.join('\n')).toMatch(/refused the token|did not answer in JSON|asks to wait 60 min/)
  })

  it('makes nothing where it answers 404 to everything, and says what that may mean', async () => {
    spoil({ status: 404, body: { message: 'Not Found' } })
    const result = await run(ALL)
    expectNothing(result)
    expect(result.errors.join('\n')).toMatch(
      /no organisation|no group or user|nothing that this token may see/,
    )
  })

  it('goes on where another runner was faster: what says that the name is taken is no failure', async () => {
    let isAsked = false
    place.intercept(({ method, path }) => {
      isAsked ||= method === 'POST'
      // Looked for, and not there; then it is.
      const isHidden = !isAsked && !/\/(namespaces|personal_access_tokens)\//.test(path)
      return isHidden ? { status: 404, body: { message: 'Not Found' } } : undefined
    })
    place.make()
    const before = place.host.requests.length
    const result = await run(ALL)
    await expectMirrored(result)
    expect(result.log).toContain('was made by somebody else')
    const posts = place.host.requests.slice(before).filter(({ method }) => method === 'POST')
    expect(posts).toHaveLength(1)
    expect(forge.answer(posts[0]!, { ...place.state, exists: true })?.status).toBe(TAKEN[kind])
  })

  it('waits as it is asked to, tries again after what passes, and mirrors', async () => {
    spoil({ status: 429, body: 'Retry later', headers: { 'retry-after': '1' } }, 1)
    const limited = await run(ALL)
    await expectMirrored(limited)
    expect(limited.log).toContain('asks to wait 1.0 s')
    for (const reply of [
      { status: 502, body: '<h1>Bad gateway</h1>' },
      { status: 503, body: '' },
      { status: 0, cut: true },
    ]) {
      spoil(reply, 1)
      await addCommits(place.source, 1)
      await expectMirrored(await run(ALL))
    }
  })

  it('goes to no other server, whose address a redirect names', async () => {
    const other = await startForge(forge)
    try {
      spoil({ status: 302, headers: { location: `${other.host.origin}/elsewhere` } })
      const result = await run(ALL)
      expectNothing(result)
      expect(other.host.requests).toEqual([])
    } finally {
      await other.host[Symbol.asyncDispose]()
    }
  })

  it('mirrors, and says that the default branch could not be set, where the token may push alone', async () => {
    await expectMirrored(await run(ALL))
    await git(place.source, 'branch', '-m', 'main', 'trunk')
    await git(place.source, 'symbolic-ref', 'HEAD', 'refs/heads/trunk')
    spoil(
      { status: 403, body: { message: 'Forbidden' } },
      Number.POSITIVE_INFINITY,
      ({ method }) => method !== 'GET',
    )
    const result = await run({ 'default-branch': 'source' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toContain('refused the token (HTTP 403)')
    expect(await git(place.destination, 'rev-parse', 'trunk')).toBe(
      await git(place.source, 'rev-parse', 'trunk'),
    )
    expect(place.state.defaultBranch).toBe('main')
  })
})
