import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forEachRef, git, makeBareRepository } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { runAction, runCli } from '../support/runner.ts'
import { type Servers, startServers } from '../support/windows/servers.ts'
import { WINDOWS } from '../support/windows/wine.ts'

let servers: Servers
/** main, side and wip. */
const SOURCE = 'source.git'

beforeAll(async () => {
  servers = await startServers()
  await makeBareRepository({ parent: servers.root, name: SOURCE })
  await addCommits(at(SOURCE), 3)
  for (const name of ['side', 'wip']) await git(at(SOURCE), 'branch', name, 'main')
})
afterAll(() => servers?.[Symbol.asyncDispose]())

const at = (name: string): string => join(servers.root, name)

async function makeDestination(name: string): Promise<string> {
  await makeBareRepository({ parent: servers.root, name })
  return name
}

async function branchesOf(name: string): Promise<readonly string[]> {
  return [...(await forEachRef(at(name))).keys()].map((ref) => ref.replace('refs/heads/', ''))
}

const crlf = (text: string): string => text.replaceAll('\n', '\r\n')

describe('on Windows, line ends of Windows', () => {
  it('are none of the values of inputs: lists, keys and known hosts', async () => {
    const [one, two] = [await makeDestination('one.git'), await makeDestination('two.git')]
    const lists = {
      destination: `${servers.url('ssh', one)}\n${servers.url('http', two)}\n`,
      refs: 'refs/heads/*\n^refs/heads/wip\n',
    }
    const inputs = Object.entries({ ...servers.inputs, ...lists }).map(([name, text]) => [name, crlf(text)])
    const result = await runAction({
      machine: WINDOWS,
      inputs: { ...Object.fromEntries(inputs), source: servers.url('git', SOURCE) },
    })
    expect(result, result.log).toMatchObject({ exitCode: 0, errors: [] })
    for (const name of [one, two]) expect(await branchesOf(name)).toEqual(['main', 'side'])
    const reported = JSON.parse(result.outputs['updated-refs']!) as { ref: string }[]
    expect(reported.map(({ ref }) => ref)).not.toContainEqual(expect.stringContaining('\r'))
  })

  it('are none of the values of a file of mirrors and of the files that it names', async () => {
    const [one, two] = [await makeDestination('fleet-one.git'), await makeDestination('fleet-two.git')]
    await writeFile(join(servers.drive, 'key-crlf'), crlf(servers.sshd.clientKey.privateKey))
    await writeFile(join(servers.drive, 'known-crlf'), crlf(servers.sshd.knownHosts))
    const config = `version: 1
hosts:
  127.0.0.1:${servers.sshd.port}:
    ssh-key: { file: '${servers.path('key-crlf')}' }
    known-hosts: { file: '${servers.path('known-crlf')}' }
defaults:
  refs: |
    refs/heads/*
    ^refs/heads/wip
mirrors:
  - { name: one, source: '${servers.url('git', SOURCE)}', destination: '${servers.url('ssh', one)}' }
  - { name: two, source: '${servers.url('http', SOURCE)}', destination: '${servers.url('git', two)}' }
`
    await writeFile(join(servers.drive, 'mirrors.yml'), crlf(config))
    await mkdir(join(servers.drive, 'reports'))
    const report = servers.path('reports/report.jsonl')
    const args = ['round', servers.path('mirrors.yml'), '--report-file', report]
    const round = await runCli(args, { machine: WINDOWS })
    expect(round, `${round.stdout}${round.stderr}`).toMatchObject({ exitCode: 0 })
    for (const name of [one, two]) expect(await branchesOf(name)).toEqual(['main', 'side'])
    const lines = (await readFile(join(servers.drive, 'reports/report.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(lines.flatMap((line) => (JSON.parse(line) as { name?: string }).name ?? []).toSorted()).toEqual([
      'one',
      'two',
    ])
    // A pattern with backslashes, as a shell of Windows leaves it.
    const joined = await runCli(['report', servers.path('reports/*.jsonl')], { machine: WINDOWS })
    expect(joined, `${joined.stdout}${joined.stderr}`).toMatchObject({ exitCode: 0 })
    expect(joined.stdout).toContain('2 mirrors')
  })

  it('say where a file of mirrors is wrong, by its path on drive C', async () => {
    await writeFile(join(servers.drive, 'wrong.yml'), 'version: 1\r\nmirrors:\r\n  - { sorce: x }\r\n')
    const result = await runCli(['check', servers.path('wrong.yml')], { machine: WINDOWS })
    expect(result.exitCode).toBe(2)
    expect(result.stderr).toContain(`${servers.path('wrong.yml')}:3:7 `)
    expect(result.stderr).toContain('sorce')
    expect(result.stderr).not.toMatch(/\r(?!\n)/)
  })
})
