import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FORGES, startForge, TOKEN } from '../support/fake-forges.ts'
import { startForgeWithGit } from '../support/forge-with-git.ts'
import { git } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { hashFolder, makePair } from '../support/pair.ts'
import { pairInputs, startPlace } from '../support/places.ts'
import { runAction, runCli } from '../support/runner.ts'
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
    expect(lines).toEqual([
      `ok       ${pair.source}: read: 2 refs in scope`,
      `ok       ${pair.source}: lfs: there is no LFS server to read from`,
      `ok       ${pair.destination}: write: takes pushes with this login`,
      `ok       ${pair.destination}: next run: 1 created`,
      `ok       ${pair.destination}: size limit: none is known for one push`,
    ])
    expect(await hashFolder(pair.destination)).toEqual(before)
  })

  it('is a command of the action, too', async () => {
    await using pair = await makePair()
    const before = await hashFolder(pair.destination)
    const good = await pair.run({ command: 'doctor' })
    expect(good.exitCode, good.log).toBe(0)
    expect(good.log).toContain('next run: 1 created')
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
    expect(found.stdout).toContain('default branch: main')
    expect(found.stdout).toMatch(/warning .*: protected branches: main\. .*protected: allow-force/)
    expect(found.stdout).toMatch(/warning .*: expiry: the token expires in \d+ days?, on \d{4}-\d\d-\d\d/)
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

/** The lines of an output, without those before the last blank of their places. */
function linesOf({ stdout }: Finished): readonly string[] {
  return stdout.trimEnd().split('\n')
}

describe('what doctor says of each end', () => {
  it('is everything of the list: address, login, rights, default branch, protection, size, LFS, expiry', async () => {
    await using place = await startForgeWithGit(FORGES.find(({ kind }) => kind === 'gitlab')!)
    place.make()
    Object.assign(place.state, { defaultBranch: 'main', rules: { main: false } })
    const { destination = '' } = place.inputs
    const args = [place.source, destination, '--host-kind', 'gitlab', '--host-api', place.inputs['host-api']!]
    // The source has LFS, and real git's http server has none.
    await mkdir(join(place.source, 'lfs', 'objects'), { recursive: true })
    const result = await doctor([...args, '--default-branch', 'source', '--max-pack-size', '2G'], {
      KALANDRA_DESTINATION_TOKEN: TOKEN,
    })
    const origin = new URL(destination).origin
    const found = linesOf(result).map((line) => line.replaceAll(/in \d+ days?|within a day/g, 'SOON'))
    expect(found).toEqual([
      `ok       ${place.source}: read: 1 ref in scope`,
      `ok       ${place.source}: lfs: objects of LFS can be read`,
      `ok       ${origin}: address: answers over http, without encryption`,
      `ok       ${origin}: login: takes the token`,
      `ok       ${destination}: write: takes pushes with this login`,
      `ok       ${destination}: next run: 1 created`,
      `ok       ${destination}: size limit: 2.1 GB in one push; larger histories go in pieces`,
      expect.stringMatching(/^(warning|error) +.*: expiry: the token expire[sd]/),
      `ok       ${destination}: default branch: main; the next run sets it to the source's`,
      expect.stringMatching(/^warning +.*: protected branches: main\. Where the source rewrites them/),
      expect.stringMatching(/^warning +.*: lfs: objects of LFS cannot be written: .*Turn LFS on/),
    ])
    expect(place.host.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('is a host key that is known, and one that is not', async () => {
    await using pair = await makePair()
    await using place = await startPlace('ssh', pair.folder)
    const inputs = { ...pairInputs({ place, path: pair.source }, { place, path: pair.destination }) }
    const good = await pair.run({ ...inputs, command: 'doctor' })
    expect(good.exitCode, good.log).toBe(0)
    expect(good.log).toMatch(/ok: ssh:\/\/[^ ]+: host key: is one that is known/)
    expect(good.log).toMatch(/ok: ssh:\/\/[^ ]+: login: takes the ssh key/)
    const unknown = await pair.run({ ...inputs, 'ssh-known-hosts': '', command: 'doctor' })
    expect(unknown.exitCode).toBe(1)
    expect(unknown.log).toMatch(/error: ssh:\/\/[^ ]+: host key: .*\. .*ssh-known-hosts/)
    // Nothing is claimed of what was not seen.
    expect(unknown.log).not.toContain('login: takes')
    expect(unknown.log).not.toContain('write: takes pushes')
  })

  it('is a server that is not there, and a login that may read and not write', async () => {
    await using pair = await makePair()
    const dead = await doctor([pair.source, 'http://127.0.0.1:9/a.git', '--retries', '0'])
    expect(dead.exitCode).toBe(1)
    expect(dead.stdout).toMatch(/error +http:\/\/127\.0\.0\.1:9: address: .*\. [A-Z]/)
    await using backend = await startHttpBackend({
      root: pair.folder,
      answer: ({ path }) => (path.includes('receive-pack') ? { status: 403, body: 'no' } : undefined),
    })
    const forbidden = await doctor([pair.source, `${backend.url}/destination.git`, '--retries', '0'])
    expect(forbidden.exitCode).toBe(1)
    expect(forbidden.stdout).toMatch(/error +.*destination\.git: write: .*\. [A-Z]/)
  })

  it('is the destination, too, where the source cannot be read', async () => {
    await using pair = await makePair()
    const { exitCode, stdout } = await doctor(['/nowhere.git', pair.destination])
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/error +\/nowhere\.git: read: /)
    expect(stdout).toContain(`ok       ${pair.destination}: write: takes pushes with this login`)
    expect(stdout).not.toContain('next run')
  })
})

describe('doctor for a file of many mirrors', () => {
  /** Six mirrors to one host, whose token is in the file once; one of them has no destination, one is paused. */
  const startFleet = async () => {
    const place = await startForgeWithGit(FORGES.find(({ kind }) => kind === 'gitlab')!)
    place.make()
    Object.assign(place.state, { defaultBranch: 'main', rules: { main: false } })
    const destination = place.inputs['destination']!
    const { origin, host } = new URL(destination)
    const sources = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (name) => {
        const path = join(place.source, '..', `${name}.git`)
        await git(place.source, 'clone', '-q', '--bare', place.source, path)
        return path
      }),
    )
    const mirrors = sources.map(
      (source, index) =>
        `  - { name: m${index}, source: ${source}, destination: '${origin}/acme/deep/other${index}' }`,
    )
    const text = `version: 1
hosts:
  '${host}':
    token: { env: GITLAB }
    host-kind: gitlab
    host-api: ${place.inputs['host-api']}
mirrors:
  - { name: good, source: ${place.source}, destination: '${destination}' }
  - { name: paused, source: /p, destination: /q, paused: true }
${mirrors.join('\n')}
`
    const path = join(place.source, '..', 'fleet.yml')
    await writeFile(path, text)
    return { place, path, text, origin, destination }
  }

  it('says what a host tells once, and of each mirror what is its own, each with a remedy, and ends with 1', async () => {
    const { place, path, origin, destination } = await startFleet()
    await using _place = place
    const result = await doctor([path], { GITLAB: TOKEN })
    expect(result.exitCode, result.stderr).toBe(1)
    const lines = linesOf(result)
    expect(lines.filter((line) => line.includes(`${origin}: address:`))).toHaveLength(1)
    expect(lines.filter((line) => line.includes(`${origin}: expiry:`))).toHaveLength(1)
    expect(place.host.requests.filter(({ path: asked }) => asked.endsWith('/self'))).toHaveLength(1)
    expect(lines[0]).toBe('hosts')
    expect(lines).toContain('mirror good')
    expect(lines).toContain('mirror paused: it is paused')
    expect(lines).toContain(`  ok       ${destination}: write: takes pushes with this login`)
    for (const index of [0, 1, 2, 3]) {
      const errors = lines.filter((line) => line.startsWith('  error') && line.includes(`other${index}`))
      expect(errors.length, result.stdout).toBeGreaterThan(0)
      for (const line of errors) expect(line).toMatch(/\. [A-Z]/)
    }
    expect(lines.at(-1)).toMatch(/^6 mirrors: \d+ errors, \d+ warnings?\.$/)
    expect(result.stdout + result.stderr).not.toContain(TOKEN)
    expect(place.host.requests.every(({ method }) => method === 'GET')).toBe(true)
    const good = await doctor([path, '--only', 'good'], { GITLAB: TOKEN })
    expect(good.stdout).not.toContain('mirror m0')
    const json = await doctor([path, '--only', 'good', '--json'], { GITLAB: TOKEN })
    const parsed = linesOf(json).map((line) => JSON.parse(line) as { mirror: string | null; topic: string })
    expect(parsed).toContainEqual(expect.objectContaining({ mirror: 'good', topic: 'write', level: 'ok' }))
    expect(parsed).toContainEqual(
      expect.objectContaining({ mirror: null, topic: 'address', mirrors: ['good'] }),
    )
  })

  it('opens no more than the limit of a host at once', async () => {
    const { place, path, text } = await startFleet()
    await using _place = place
    await writeFile(path, text.replace('    token:', '    mirrors-at-once: 1\n    token:'))
    const result = await doctor([path], { GITLAB: TOKEN })
    expect(result.exitCode).toBe(1)
    const names = place.host.requests.flatMap(
      ({ path: asked }) => /acme%2Fdeep%2F(\w+)/.exec(asked)?.[1] ?? [],
    )
    // What is asked of one mirror is asked before the next one begins.
    const turns = names.filter((name, index) => name !== names[index - 1])
    expect(turns.toSorted()).toEqual(['new', 'other0', 'other1', 'other2', 'other3'])
  })

  it('is a command of the action with a config, with a table for each mirror', async () => {
    const { place, text } = await startFleet()
    await using _place = place
    const inputs = { command: 'doctor', config: text, 'source-token': '' }
    const result = await runAction({ inputs, env: { GITLAB: TOKEN } })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toMatch(/doctor: 6 mirrors: \d+ errors/)
    expect(result.summary).toContain('### Hosts')
    expect(result.summary).toContain('### good')
    expect(result.summary.match(/^### /gm)).toHaveLength(7)
    expect(result.summary).not.toContain(TOKEN)
    expect(result.log).not.toContain(TOKEN)
    const one = await runAction({ inputs: { ...inputs, only: 'good' }, env: { GITLAB: TOKEN } })
    expect(one.log).toContain('write: takes pushes with this login')
    const wrong = await runAction({ inputs: { ...inputs, 'report-file': 'x' }, env: { GITLAB: TOKEN } })
    expect(wrong.exitCode).toBe(1)
    expect(wrong.errors.join('\n')).toContain('report-file: means nothing to doctor')
  })

  it('says where the file is wrong, and asks nobody', async () => {
    const { place, path, text } = await startFleet()
    await using _place = place
    await writeFile(path, text.replace('version: 1', 'version: 2'))
    const result = await doctor([path], { GITLAB: TOKEN })
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain('must be 1')
    const missing = await doctor([path.replace('fleet', 'nothing')])
    expect(missing.exitCode).toBe(2)
    expect(place.host.requests).toEqual([])
  })
})
