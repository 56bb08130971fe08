import { describe, expect, it } from 'vitest'
import { forEachRef, git, makeBareRepository } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { type ActionResult, runAction } from '../support/runner.ts'
import { type Sshd, type SshdOptions, startSshd } from '../support/sshd.ts'
import { makeTempFolder } from '../support/temp.ts'

interface Pair extends AsyncDisposable {
  readonly source: string
  readonly destination: string
  readonly sshd: Sshd
  run(more?: Readonly<Record<string, string>>): Promise<ActionResult>
}

/** Two branches at one commit, which both sides have, behind an sshd that takes no variable. */
async function startPair(options: SshdOptions = {}): Promise<Pair> {
  const stack = new AsyncDisposableStack()
  const parent = stack.use(await makeTempFolder()).path
  const source = (await makeBareRepository({ parent, name: 'source.git' })).path
  const destination = (await makeBareRepository({ parent, name: 'destination.git' })).path
  await addCommits(source, 3)
  await git(source, 'branch', 'merged', 'main')
  await git(source, 'push', '-q', destination, 'main', 'merged')
  const sshd = stack.use(await startSshd({ ...options, acceptGitProtocol: false }))
  const inputs = {
    source,
    destination: sshd.url(destination),
    'source-token': '',
    'destination-ssh-key': sshd.clientKey.privateKey,
    'ssh-known-hosts': sshd.knownHosts,
  }
  return {
    source,
    destination,
    sshd,
    run: (more) => runAction({ inputs: { ...inputs, ...more } }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** The account runs Git's programs and no shell. */
const RESTRICTED: SshdOptions = { forceCommand: 'git-shell -c "$SSH_ORIGINAL_COMMAND"' }

describe('a destination behind ssh that lists in version 0', () => {
  it('loses a branch that was merged, and keeps a symbolic ref', async () => {
    await using pair = await startPair()
    const { source, destination } = pair
    await git(source, 'branch', '-D', 'merged')
    await git(destination, 'symbolic-ref', 'refs/heads/latest', 'refs/heads/main')
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    expect([...(await forEachRef(destination)).keys()]).toEqual(['refs/heads/latest', 'refs/heads/main'])
    expect(result.log).toContain('it is a symbolic ref: deleting it would delete refs/heads/main')
  })

  it('keeps what may be a symbolic ref where the account runs Git alone, and says so', async () => {
    await using pair = await startPair(RESTRICTED)
    const { source, destination } = pair
    await git(source, 'branch', '-D', 'merged')
    const before = await forEachRef(destination)
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    expect(await forEachRef(destination)).toEqual(before)
    expect(result.log).toContain('it may be a symbolic ref to refs/heads/main')
    expect(result.log).toContain('AcceptEnv GIT_PROTOCOL')
    expect(result.log).not.toMatch(/unrecognized command|env GIT_PROTOCOL/)
  })

  it('keeps what may be a symbolic ref to a branch out of scope, which no run would bring back', async () => {
    await using pair = await startPair(RESTRICTED)
    const { source, destination } = pair
    await git(source, 'branch', '-D', 'merged')
    await addCommits(source, 1)
    const kept = 'refs/heads/kept/1.0'
    await git(destination, 'update-ref', kept, 'refs/heads/merged')
    await git(destination, 'symbolic-ref', 'refs/heads/merged', kept)
    const before = await git(destination, 'rev-parse', kept)
    const result = await pair.run({ refs: 'refs/heads/*\n^refs/heads/kept/*' })
    expect(result.exitCode, result.log).toBe(0)
    expect((await forEachRef(destination)).get(kept), result.log).toBe(before)
    expect(result.log).toContain(`it may be a symbolic ref to ${kept}`)
    expect(await git(destination, 'rev-parse', 'main')).toBe(await git(source, 'rev-parse', 'main'))
  })

  it('tells them apart there, too, once the default branch has moved', async () => {
    await using pair = await startPair(RESTRICTED)
    const { source, destination } = pair
    await git(source, 'branch', '-D', 'merged')
    await git(destination, 'symbolic-ref', 'refs/heads/latest', 'refs/heads/main')
    await addCommits(source, 1)
    const result = await pair.run()
    expect(result.exitCode, result.log).toBe(0)
    expect([...(await forEachRef(destination)).keys()]).toEqual(['refs/heads/latest', 'refs/heads/main'])
    expect(await git(destination, 'rev-parse', 'main')).toBe(await git(source, 'rev-parse', 'main'))
    expect(result.outputs).toMatchObject({ updated: '1', deleted: '1' })
    expect(result.log).toContain('refs/heads/latest')
  })
})
