import { describe, expect, it } from 'vitest'
import { FORGES, startForge, TOKEN } from '../support/fake-forges.ts'
import { git } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { hashFolder, makePair } from '../support/pair.ts'
import { runCli } from '../support/runner.ts'
import type { Finished } from '../support/running.ts'

async function doctor(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return await runCli(['doctor', ...args], { env: { no_proxy: '*', ...env } })
}

describe('doctor', () => {
  it('says of a good pair what the next run does, and writes nothing', async () => {
    await using pair = await makePair()
    await pair.mirror()
    await git(pair.source, 'branch', 'new', 'main')
    const before = await hashFolder(pair.destination)
    const { exitCode, stdout, stderr } = await doctor([pair.source, pair.destination])
    expect(exitCode, stderr + stdout).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^ok +.*source\.git: can be read: 2 refs in scope$/)
    expect(lines[1]).toMatch(
      /^ok +.*destination\.git: takes pushes with this login; the next run: 1 created$/,
    )
    expect(await hashFolder(pair.destination)).toEqual(before)
  })

  it('is a command of the action, too', async () => {
    await using pair = await makePair()
    const before = await hashFolder(pair.destination)
    const good = await pair.run({ command: 'doctor' })
    expect(good.exitCode, good.log).toBe(0)
    expect(good.log).toContain('takes pushes with this login; the next run: 1 created')
    const bad = await pair.run({ command: 'doctor', destination: '/nowhere/at/all.git' })
    expect(bad.exitCode).toBe(1)
    expect(bad.errors.join('\n')).not.toBe('')
    const api = await pair.run({ command: 'doctor', create: 'private' })
    expect(api.exitCode).toBe(1)
    expect(api.errors.join('\n')).toContain('is at no host whose API is known')
    expect(await hashFolder(pair.destination)).toEqual(before)
  })

  it('names what is wrong on each side with a remedy beside it, and ends with 1', async () => {
    await using pair = await makePair()
    await using backend = await startHttpBackend({
      root: pair.folder,
      auth: { username: 'x-access-token', password: 'right-token' },
    })
    const address = `${backend.url}/destination.git`
    const wrong = await doctor([pair.source, address, '/nowhere/at/all.git'], {
      KALANDRA_DESTINATION_TOKEN: 'wrong-token',
    })
    expect(wrong.exitCode).toBe(1)
    const lines = wrong.stdout.trimEnd().split('\n')
    expect(lines.filter((line) => line.startsWith('error'))).toHaveLength(2)
    for (const line of lines.filter((one) => one.startsWith('error'))) expect(line).toMatch(/\. [A-Z]/)
    expect(wrong.stdout).not.toContain('wrong-token')
    const right = await doctor([pair.source, address], { KALANDRA_DESTINATION_TOKEN: 'right-token' })
    expect(right.exitCode, right.stdout).toBe(0)
    const json = await doctor(['/nowhere.git', pair.destination, '--json'])
    expect(json.exitCode).toBe(1)
    expect(
      json.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toContainEqual(expect.objectContaining({ level: 'error', place: '/nowhere.git' }))
  })

  it('finds what would stop a run before its first write', async () => {
    await using pair = await makePair()
    await git(pair.source, 'push', '-q', pair.destination, 'main:refs/heads/theirs')
    const { exitCode, stdout } = await doctor([pair.source, pair.destination, '--max-deletions', '0'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('max-deletions')
  })

  it('asks the API of the host: what is there, who may push, which branches are protected, when the token ends', async () => {
    await using pair = await makePair()
    const forge = FORGES.find(({ kind }) => kind === 'gitlab')!
    const { host, state } = await startForge(forge)
    await using _host = host
    Object.assign(state, { exists: true, defaultBranch: 'main', rules: { main: false } })
    const address = `${host.origin}${forge.address}`
    const env = { KALANDRA_DESTINATION_TOKEN: TOKEN }
    const found = await doctor([pair.source, address, '--host-kind', 'gitlab'], env)
    expect(found.stdout).toContain('its default branch is main')
    expect(found.stdout).toMatch(/warning .*protected branches: main\. .*protected: allow-force/)
    expect(found.stdout).toMatch(/the token (lasts until|expire[sd])/)
    expect(found.stdout).not.toContain(TOKEN)
    state.exists = false
    const missing = await doctor([pair.source, address, '--host-kind', 'gitlab'], env)
    expect(missing.exitCode).toBe(1)
    expect(missing.stdout).toContain('set create: private')
    const made = await doctor([pair.source, address, '--host-kind', 'gitlab', '--create', 'private'], env)
    expect(made.exitCode, made.stdout).toBe(0)
    expect(made.stdout).toContain('the next run makes it (private)')
    expect(host.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('says that nobody knows the API of a host where something is to be done there', async () => {
    await using pair = await makePair()
    const { exitCode, stdout } = await doctor([pair.source, pair.destination, '--default-branch', 'source'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('is at no host whose API is known')
  })
})
