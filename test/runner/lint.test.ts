import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../repo/files.ts'
import { type Block, completeWorkflow, findBlocks } from '../support/workflows/blocks.ts'
import { makeProject, runActionlint, runZizmor, type Verdict } from '../support/workflows/lint.ts'

const OWN_RULES = join(ROOT, '.github/zizmor.yml')
const SHOWN_RULES = join(ROOT, 'test/support/workflows/zizmor.yml')

/** Workflows of the pages, by a file name that tells where they stand. */
function shownWorkflows(blocks: readonly Block[]): Readonly<Record<string, string>> {
  const entries = blocks.map((block) => [block, completeWorkflow(block)] as const)
  return Object.fromEntries(
    entries.flatMap(([{ place }, text]) =>
      text === undefined ? [] : [[`${place.replaceAll(/[/.:]/g, '-')}.yml`, text]],
    ),
  )
}

/** The same with this project's own action and workflow, whose inputs a linter can look up. */
function withOwnAction(text: string): string {
  return text
    .replaceAll(/OWNER\/kalandra@v1\b/g, './')
    .replaceAll(/OWNER\/kalandra(\/\.github\/workflows\/fleet\.yml)@v1\b/g, '.$1')
}

/** What zizmor says of these workflows, without the one of a fleet that stands beside them. */
function zizmorOn(project: string, workflows: Readonly<Record<string, string>>): Promise<Verdict> {
  const paths = Object.keys(workflows).map((name) => `.github/workflows/${name}`)
  return runZizmor(project, paths, SHOWN_RULES)
}

describe('the workflows of this project', () => {
  it('pass actionlint', async () => {
    expect(await runActionlint(ROOT)).toEqual({ status: 0, findings: '' })
  })

  it('pass zizmor, with action.yml and the settings of Dependabot', async () => {
    const verdict = await runZizmor(ROOT, ['.github', 'action.yml'], OWN_RULES)
    expect(verdict.status, verdict.findings).toBe(0)
    expect(verdict.findings).toContain('No findings to report')
  })
})

describe('the workflows that README and docs show', () => {
  const shown = shownWorkflows(findBlocks())

  it('are found, parts of workflows too', () => {
    const pages = new Set(Object.keys(shown).map((name) => name.replace(/-md-\d+\.yml$/, '')))
    expect([...pages]).toEqual(expect.arrayContaining(['README', 'docs-fleet', 'docs-hosts', 'docs-recipes']))
    expect(Object.keys(shown).length).toBeGreaterThan(12)
  })

  it('pass actionlint, with the inputs and outputs of action.yml', async () => {
    const own = Object.entries(shown).map(([name, text]) => [name, withOwnAction(text)])
    await using project = await makeProject(Object.fromEntries(own))
    expect(await runActionlint(project.path)).toEqual({ status: 0, findings: '' })
  })

  it('pass zizmor', async () => {
    await using project = await makeProject(shown)
    const verdict = await zizmorOn(project.path, shown)
    expect(verdict.status, verdict.findings).toBe(0)
    expect(verdict.findings).toContain('No findings to report')
  })
})

describe('the linters notice', () => {
  const workflow = (step: string): string => completeWorkflow({ place: 'here', text: step })!

  it.each([
    [
      'an input that action.yml does not have',
      '- uses: OWNER/kalandra@v1\n  with: { destinaton: x }',
      'destinaton',
    ],
    [
      'an output that action.yml does not have',
      "- { id: a, uses: OWNER/kalandra@v1 }\n- run: echo '${{ steps.a.outputs.chnged }}'",
      'chnged',
    ],
    ['a fault in a script', '- run: if [ $A = 1 ]; then echo $B', 'SC1073'],
  ])('%s', async (_, step, word) => {
    await using project = await makeProject({ 'w.yml': withOwnAction(workflow(step)) })
    const { status, findings } = await runActionlint(project.path)
    expect(status).toBe(1)
    expect(findings).toContain(word)
  })

  it('a secret that the workflow of a fleet does not take', async () => {
    const call = 'uses: ./.github/workflows/fleet.yml\n    with: { config: x }\n    secrets: { TOKEN: x }'
    await using project = await makeProject({ 'w.yml': `on: push\njobs:\n  fleet:\n    ${call}\n` })
    const { findings } = await runActionlint(project.path)
    expect(findings).toContain('"TOKEN" is not defined')
  })

  it.each([
    ['text of strangers in a script', "- run: echo '${{ github.event.issue.title }}'", 'template-injection'],
    ['an action of others that is not pinned', '- uses: someone/else@v1', 'unpinned-uses'],
  ])('%s', async (_, step, word) => {
    await using project = await makeProject({ 'w.yml': workflow(step) })
    const { status, findings } = await zizmorOn(project.path, { 'w.yml': '' })
    expect(status).toBeGreaterThan(0)
    expect(findings).toContain(word)
  })
})
