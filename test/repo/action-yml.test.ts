import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { OUTPUT_NAMES } from '../../src/action/outputs.ts'
import { OPTION_DEFAULTS, OPTION_NAMES } from '../../src/options/names.ts'
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

/** Defaults that only the runner knows. */
const FROM_RUNNER: Readonly<Record<string, string>> = {
  source: '${{ github.server_url }}/${{ github.repository }}',
  'source-token': '${{ github.token }}',
  'workflow-token': '${{ github.token }}',
}

describe('action.yml', () => {
  it('runs the bundle on node24, and nothing before or after it', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
  })

  it('has the inputs that the code reads, in its order, and no other', () => {
    expect(Object.keys(action.inputs)).toEqual(OPTION_NAMES)
  })

  it.each(OPTION_NAMES)('gives %s the default that the code has', (name) => {
    expect(action.inputs[name]?.default ?? '').toBe(FROM_RUNNER[name] ?? OPTION_DEFAULTS[name])
    expect(action.inputs[name]?.required === true).toBe(name === 'destination')
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

it('says in README.md what action.yml says', () => {
  const script = join(ROOT, 'scripts', 'readme.mjs')
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow()
})

it('names every input that a recipe of README.md or docs/ uses', () => {
  const pages = ['README.md', ...listFiles('docs', /\.md$/)].map(readFile).join('\n')
  const blocks = [...pages.matchAll(/^```yaml\n([^]*?)^```/gm)].map((match) => match[1] ?? '')
  const used = blocks.flatMap((block) => {
    const after = block.slice(block.search(/^ +with:/m) + 1)
    return [...after.matchAll(/^ {10}([a-z-]+):/gm)].map((match) => match[1])
  })
  expect(used.length).toBeGreaterThan(10)
  expect(used.filter((name) => !OPTION_NAMES.some((known) => known === name))).toEqual([])
})

it('has one version', () => {
  expect(VERSION).toBe(JSON.parse(readFile('package.json')).version)
})
