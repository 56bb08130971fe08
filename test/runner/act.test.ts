import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, makeCertificate } from '../support/certificate.ts'
import { forEachRef, fsck, makeBareRepository } from '../support/git.ts'
import { type HttpBackend, startHttpBackend } from '../support/http-backend.ts'
import { addCommits, fillRepository } from '../support/repositories.ts'
import { type Sshd, startSshd } from '../support/sshd.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'
import { runWorkflow } from '../support/workflows/act.ts'
import { findBlocks } from '../support/workflows/blocks.ts'

const TOKEN = 'token-of-the-workflow'

let folder: TempFolder
let certificate: Certificate
let server: HttpBackend
let sshd: Sshd

/** `https://localhost:PORT` is the workflow's own server, with its own token; mirrors are on an OpenSSH server. */
beforeAll(async () => {
  folder = await makeTempFolder()
  certificate = await makeCertificate()
  await mkdir(join(folder.path, 'owner'))
  const source = await makeBareRepository({ parent: join(folder.path, 'owner'), name: 'name' })
  await fillRepository(source.path)
  const auth = { username: 'x-access-token', password: TOKEN }
  server = await startHttpBackend({ root: folder.path, tls: certificate, auth })
  sshd = await startSshd()
})
afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  await sshd?.[Symbol.asyncDispose]()
  await certificate?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
})

const source = (): string => join(folder.path, 'owner/name')

/** A new empty repository. */
async function makeDestination(name: string): Promise<string> {
  return (await makeBareRepository({ parent: folder.path, name })).path
}

/** Branches and tags of both are the same, and complete at the destination. */
async function expectMirrored(destination: string): Promise<void> {
  const [there, here] = await Promise.all(
    [source(), destination].map((path) => forEachRef(path, 'refs/heads', 'refs/tags')),
  )
  expect(there!.size).toBeGreaterThan(5)
  expect(here).toEqual(there)
  await fsck(destination)
}

const workflowServer = () => ({
  instance: `localhost:${server.port}`,
  env: { NODE_EXTRA_CA_CERTS: certificate.path },
  secrets: { GITHUB_TOKEN: TOKEN, MIRROR_KEY: sshd.clientKey.privateKey },
  vars: { KNOWN_HOSTS: sshd.knownHosts },
})

/** The block of YAML with that text in it, as the page shows it, to a mirror on the test's own server. */
function shown(page: string, text: string, destination: string): string {
  const block = findBlocks().find((found) => found.place.startsWith(`${page}:`) && found.text.includes(text))
  const at = 'git@gitlab.com:me/project.git'
  expect(block?.text.split(at).length, `${page} shows a workflow to ${at}`).toBe(2)
  const known = `\n          ssh-known-hosts: \${{ vars.KNOWN_HOSTS }}`
  return block!.text.replace(at, `${sshd.url(destination)}${known}`)
}

/** act says nothing of a step that it leaves out. */
const LEFT_OUT = { result: undefined, printed: '' }

const CHECKOUT = '- uses: actions/checkout@v7'

function makeWorkflow(...steps: readonly string[]): string {
  const lines = [CHECKOUT, ...steps].flatMap((step) => step.split('\n')).map((line) => `      ${line}`)
  return `on: push\njobs:\n  mirror:\n    runs-on: ubuntu-latest\n    steps:\n${lines.join('\n')}\n`
}

/** A step with this project's action, from the source of the tests. */
function makeStep(destination: string, ...more: readonly string[]): string {
  return [
    '- id: kalandra',
    '  uses: ./',
    ...more.filter((line) => !line.startsWith('with ')).map((line) => `  ${line}`),
    '  with:',
    `    source: ${source()}`,
    `    destination: ${destination}`,
    ...more.filter((line) => line.startsWith('with ')).map((line) => `    ${line.slice(5)}`),
  ].join('\n')
}

describe('a workflow, run by act', () => {
  it('mirrors on push, as the README writes it, with nothing checked out', async () => {
    const destination = await makeDestination('readme.git')
    const workflow = shown('README.md', 'on: [push, delete, workflow_dispatch]', destination)
    const result = await runWorkflow({ workflow, ...workflowServer() })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.jobs).toEqual(['mirror success'])
    await expectMirrored(destination)
    // The default source and the default token, for the workflow's own server.
    expect(server.requests.map(({ path }) => path)).toContain('/owner/name/info/refs?service=git-upload-pack')
    for (const line of sshd.clientKey.privateKey.trim().split('\n').slice(1, -1))
      expect(result.log).not.toContain(line)
    expect(result.log).not.toContain(TOKEN)
  })

  it('takes the inputs of workflow_dispatch, as the recipe of a dry run writes them', async () => {
    const destination = await makeDestination('dispatch.git')
    const workflow = shown('docs/recipes.md', 'dry-run: { type: boolean', destination)
    const options = { workflow, event: 'workflow_dispatch', ...workflowServer() }
    const dry = await runWorkflow({ ...options, inputs: { 'dry-run': 'true' } })
    expect(dry.exitCode, dry.log).toBe(0)
    expect(dry.log).toContain('refs/heads/main')
    expect(await forEachRef(destination)).toEqual(new Map())
    const real = await runWorkflow({ ...options, inputs: { 'dry-run': 'false' } })
    expect(real.exitCode, real.log).toBe(0)
    await expectMirrored(destination)
  })

  it('hands outputs to a later step, and a summary to the runner', async () => {
    const destination = await makeDestination('outputs.git')
    const later = [
      '- id: later',
      '  env:',
      "    CHANGED: '${{ steps.kalandra.outputs.changed }}'",
      "    CREATED: '${{ steps.kalandra.outputs.created }}'",
      "    FIRST: '${{ fromJSON(steps.kalandra.outputs.updated-refs)[0].action }}'",
      "    REJECTED: '${{ toJSON(fromJSON(steps.kalandra.outputs.rejected-refs)) }}'",
      '  run: echo "$CHANGED $CREATED $FIRST $REJECTED"',
      "- if: steps.kalandra.outputs.changed == 'true'",
      '  id: reached',
      '  run: echo reached',
    ].join('\n')
    const workflow = makeWorkflow(makeStep(destination), later)
    const first = await runWorkflow({ workflow })
    expect(first.exitCode, first.log).toBe(0)
    await expectMirrored(destination)
    const { size } = await forEachRef(source(), 'refs/heads', 'refs/tags')
    const step = first.step('mirror', 'kalandra')
    expect(step.outputs).toMatchObject({ changed: 'true', created: String(size), rejected: '0' })
    expect(step.summary).toContain(`## ✅ Mirrored: ${size} created at 1 destination`)
    expect(step.summary).toContain('<code>refs/heads/main</code>')
    expect(first.step('mirror', 'later').printed).toBe(`true ${size} create []\n`)
    expect(first.step('mirror', 'reached').result).toBe('success')

    const second = await runWorkflow({ workflow: workflow.replace('[0].action', '') })
    expect(second.exitCode, second.log).toBe(0)
    expect(second.step('mirror', 'kalandra').outputs).toMatchObject({
      changed: 'false',
      'updated-refs': '[]',
    })
    expect(second.step('mirror', 'reached')).toMatchObject(LEFT_OUT)
  })

  it('spreads a fleet over the jobs of a matrix from plan, and joins their reports', async () => {
    const names = ['one', 'two', 'three', 'four', 'five']
    const paths = await Promise.all(names.map((name) => makeDestination(`fleet-${name}.git`)))
    const mirrors = names.map(
      (name, index) => `  - { name: ${name}, source: '${source()}', destination: '${paths[index]}' }\n`,
    )
    const reports = join(folder.path, 'reports')
    for (const shard of [1, 2, 3]) await mkdir(join(reports, `${shard}`), { recursive: true })
    const job = (head: readonly string[], step: readonly string[]): string =>
      [...head, 'runs-on: ubuntu-latest', 'steps:', `  ${CHECKOUT}`, '  - id: kalandra', '    uses: ./']
        .concat(step.map((line) => `    ${line}`))
        .map((line) => `    ${line}\n`)
        .join('')
    const config = 'config: .github/mirrors.yml'
    const workflow = `
on: push
jobs:
  plan:
${job(
  ["outputs: { matrix: '${{ steps.kalandra.outputs.matrix }}' }"],
  [`with: { command: plan, ${config}, shards: 3 }`],
)}
  mirror:
${job(
  ['needs: plan', "strategy: { fail-fast: false, matrix: '${{ fromJSON(needs.plan.outputs.matrix) }}' }"],
  [
    `with: { ${config}, shard: '\${{ matrix.shard }}', report-file: '${reports}/\${{ matrix.shard }}.jsonl' }`,
  ],
)}
  report:
${job(['needs: mirror'], [`with: { command: report, report-file: '${reports}/**/3.jsonl' }`])}
`
    const result = await runWorkflow({
      workflow,
      files: { '.github/mirrors.yml': `version: 1\nmirrors:\n${mirrors.join('')}` },
    })
    expect(result.exitCode, result.log).toBe(0)
    const matrix = JSON.parse(result.step('plan', 'kalandra').outputs['matrix']!) as { include: object[] }
    expect(result.jobs.filter((line) => line === 'mirror success')).toHaveLength(matrix.include.length)
    expect(matrix.include.length).toBeGreaterThan(1)
    expect(result.jobs.at(-1)).toBe('report success')
    const { summary, outputs } = result.step('report', 'kalandra')
    expect(summary).toContain('5 mirrors')
    expect(outputs['changed']).toBe('true')
    for (const path of paths) await expectMirrored(path)
  })

  it('fails a step whose push was refused, with outputs and summary for the steps after it', async () => {
    const destination = await makeDestination('refused.git')
    const hook = join(destination, 'hooks/update')
    await mkdir(join(destination, 'hooks'), { recursive: true })
    await writeFile(hook, '#!/bin/sh\n[ "$1" != refs/heads/side ] || { echo "no side here"; exit 1; }\n')
    await chmod(hook, 0o755)
    const tell = [
      '- id: tell',
      '  if: failure()',
      "  run: echo '${{ steps.kalandra.outputs.rejected }} ${{ fromJSON(steps.kalandra.outputs.rejected-refs)[0].ref }}'",
      '- id: never',
      '  run: echo never',
    ].join('\n')
    const result = await runWorkflow({ workflow: makeWorkflow(makeStep(destination), tell) })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.jobs).toEqual(['mirror failure'])
    const step = result.step('mirror', 'kalandra')
    expect(step.result).toBe('failure')
    expect(step.errors.join('\n')).toContain('refs/heads/side')
    expect(step.summary).toContain('<code>refs/heads/side</code>')
    expect(result.step('mirror', 'tell').printed).toBe('1 refs/heads/side\n')
    expect(result.step('mirror', 'never')).toMatchObject(LEFT_OUT)
    const refs = await forEachRef(destination)
    expect(refs.has('refs/heads/side')).toBe(false)
    expect(refs.has('refs/heads/main')).toBe(true)
  })

  it('goes on after a step that may fail, which has touched nothing', async () => {
    const destination = await makeDestination('wrong.git')
    await addCommits(destination, 1)
    const before = await forEachRef(destination)
    const later =
      "- id: later\n  run: echo '${{ steps.kalandra.outcome }} ${{ steps.kalandra.outputs.changed }}'"
    const step = makeStep(destination, 'continue-on-error: true')
    const result = await runWorkflow({ workflow: makeWorkflow(step, later) })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.step('mirror', 'later').printed).toBe('failure false\n')
    expect(result.step('mirror', 'kalandra').errors.join('\n')).toContain('allow-unrelated')
    expect(await forEachRef(destination)).toEqual(before)
  })

  it('says what is wrong with an input, in the words of an annotation', async () => {
    const destination = await makeDestination('input.git')
    const result = await runWorkflow({ workflow: makeWorkflow(makeStep(destination, 'with prune: perhaps')) })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.step('mirror', 'kalandra').errors.join('\n')).toMatch(/prune.*perhaps/)
    expect(await forEachRef(destination)).toEqual(new Map())
  })
})
