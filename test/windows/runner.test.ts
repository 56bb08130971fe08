import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forEachRef, makeBareRepository } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { type ActionResult, runAction, runCli } from '../support/runner.ts'
import { type Servers, startServers } from '../support/windows/servers.ts'
import { WINDOWS } from '../support/windows/wine.ts'

let servers: Servers

beforeAll(async () => {
  servers = await startServers()
  await makeBareRepository({ parent: servers.root, name: 'source.git' })
  await addCommits(join(servers.root, 'source.git'), 3)
})
afterAll(() => servers?.[Symbol.asyncDispose]())

async function mirrorTo(name: string, inputs: Readonly<Record<string, string>> = {}): Promise<ActionResult> {
  return await runAction({
    machine: WINDOWS,
    inputs: {
      ...servers.inputs,
      source: servers.url('ssh', 'source.git'),
      destination: servers.url('ssh', name),
      ...inputs,
    },
  })
}

/** An escape sequence of a terminal begins with one of these. */
// oxlint-disable-next-line no-control-regex
const ESCAPES = /[\u001b\u009b]/

describe('on Windows, the files of the runner', () => {
  it('get outputs and summary by paths on drive C, and no state', async () => {
    await makeBareRepository({ parent: servers.root, name: 'files.git' })
    const result = await mirrorTo('files.git')
    expect(result, result.log).toMatchObject({ exitCode: 0, errors: [], warnings: [], stderr: '', state: {} })
    expect(result.outputs).toMatchObject({
      changed: 'true',
      created: '1',
      rejected: '0',
      'rejected-refs': '[]',
    })
    expect(JSON.parse(result.outputs['updated-refs']!)).toMatchObject([
      { ref: 'refs/heads/main', action: 'create' },
    ])
    expect(result.summary).toMatch(/^## ✅ Mirrored: 1 created at 1 destination/)
    // Outputs go to the file: a command in the log would be the old way, which the runner refuses.
    expect(result.commands.map(({ name }) => name)).not.toContain('set-output')
    expect(result.stdout).not.toMatch(ESCAPES)
    expect(result.masks).toEqual(
      expect.arrayContaining([servers.sshd.clientKey.privateKey.trim().split('\n')[1]]),
    )
  })

  it('get them from a failure, too, with an annotation that can be read', async () => {
    const result = await mirrorTo('missing.git')
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toContain('has no repository at that path')
    expect(result.outputs).toMatchObject({ changed: 'false', 'updated-refs': '[]' })
    expect(result.summary).toMatch(/^## ❌ /)
    expect(result.log).not.toMatch(/^\s+at .*:\d+:\d+\)?\r?$/m)
  })

  it('get them from a wrong input, before anything is touched', async () => {
    const result = await mirrorTo('files.git', { prune: 'perhaps' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.errors.join('\n')).toMatch(/prune.*perhaps/)
    expect(result.outputs).toMatchObject({ changed: 'false' })
  })
})

describe('on Windows, a command line without a terminal', () => {
  it('prints no colours and no line that is written over', async () => {
    await makeBareRepository({ parent: servers.root, name: 'plain.git' })
    const args = [servers.url('http', 'source.git'), servers.url('git', 'plain.git')]
    const result = await runCli(args, { machine: WINDOWS, env: { TERM: 'xterm-256color' } })
    expect(result, result.stderr).toMatchObject({ exitCode: 0 })
    expect(result.stdout).toContain('Mirrored: 1 created at 1 destination')
    const printed = `${result.stdout}${result.stderr}`
    expect(printed).not.toMatch(ESCAPES)
    expect(printed).not.toMatch(/\r(?!\n)/)
    expect(await forEachRef(join(servers.root, 'plain.git'))).toEqual(
      await forEachRef(join(servers.root, 'source.git')),
    )
  })

  it('has exit status 2 for wrong use', async () => {
    const result = await runCli(['--no-such-option'], { machine: WINDOWS })
    expect(result).toMatchObject({ exitCode: 2, stdout: '' })
    expect(result.stderr).toContain('--no-such-option')
  })
})
