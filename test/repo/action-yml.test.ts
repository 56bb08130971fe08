import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { OUTPUT_NAMES } from '../../src/action/outputs.ts'
import { OPTION_NAMES, OPTION_SPECS, specOf } from '../../src/options/names.ts'
import { VERSION } from '../../src/base/version.ts'
import { listFiles, readFile, ROOT } from './files.ts'

interface Input {
  readonly description: string
  readonly required?: boolean
  readonly default?: string
}

const action = parse(readFile('action.yml')) as {
  readonly name: string
  readonly description: string
  readonly inputs: Readonly<Record<string, Input>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
  readonly branding: { readonly icon: string; readonly color: string }
  readonly runs: Readonly<Record<string, string>>
}

describe('action.yml', () => {
  it('runs the bundle on node24, and nothing before or after it', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
  })

  it('has the inputs that the code reads, in its order, and no other', () => {
    expect(Object.keys(action.inputs)).toEqual(OPTION_NAMES)
  })

  it.each(OPTION_NAMES)('gives %s the default that the code has', (name) => {
    const spec = specOf(name)
    expect(action.inputs[name]?.default ?? '').toBe(spec.runnerDefault ?? spec.default)
    expect(action.inputs[name]?.required === true).toBe(spec.required === true)
    expect(action.inputs[name]?.description).toBe(spec.about)
  })

  it('has the outputs that the code writes', () => {
    expect(Object.keys(action.outputs)).toEqual(OUTPUT_NAMES)
  })

  it('describes everything, and is fit for the marketplace', () => {
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)]) {
      expect(description.length).toBeGreaterThan(10)
    }
    expect(action.description.length).toBeLessThan(125)
    expect(Object.keys(action.branding)).toEqual(['icon', 'color'])
  })
})

it('takes from the runner what only the runner knows', () => {
  const known = OPTION_SPECS.filter(({ runnerDefault }) => runnerDefault !== undefined)
  expect(known.map(({ name, runnerDefault }) => [name, runnerDefault])).toEqual([
    ['source', '${{ github.server_url }}/${{ github.repository }}'],
    ['source-token', '${{ github.token }}'],
    ['workflow-token', '${{ github.token }}'],
  ])
})

it('says in action.yml and README.md what the table of options says', () => {
  const script = join(ROOT, 'scripts', 'readme.mjs')
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow()
})

it('names every input that a recipe of README.md or docs/ uses', () => {
  const pages = ['README.md', ...listFiles('docs', /\.md$/)].map(readFile).join('\n')
  const blocks = [...pages.matchAll(/^```yaml\n([^]*?)^```/gm)].map((match) => match[1] ?? '')
  const used = blocks.flatMap((block) => {
    if (!/^ +with:/m.test(block)) return []
    const after = block.slice(block.search(/^ +with:/m) + 1)
    return [...after.matchAll(/^ {10}([a-z-]+):/gm)].map((match) => match[1])
  })
  expect(used.length).toBeGreaterThan(10)
  expect(used.filter((name) => !OPTION_NAMES.some((known) => known === name))).toEqual([])
})

it('has one version', () => {
  expect(VERSION).toBe(JSON.parse(readFile('package.json')).version)
})
