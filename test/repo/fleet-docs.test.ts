import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { complaintsOf } from '../fleet/config/complaints-of.ts'
import { OPTION_NAMES } from '../../src/options/names.ts'
import { readFile } from './files.ts'

interface Step {
  readonly uses?: string
  readonly with?: object
}

interface Workflow {
  readonly steps?: readonly Step[]
  readonly jobs?: Readonly<Record<string, { readonly steps?: readonly Step[] }>>
}

const blocks = [...readFile('docs/fleet.md').matchAll(/^```yaml\n([^]*?)^```/gm)].map(
  (match) => match[1] ?? '',
)

describe('docs/fleet.md', () => {
  it('shows a file that is right', async () => {
    const [config = ''] = blocks
    expect(await complaintsOf(config)).toEqual([])
    const validate = new Ajv({ strictTypes: false }).compile(
      JSON.parse(readFile('kalandra.schema.json')) as object,
    )
    expect(validate(parse(config))).toBe(true)
  })

  it('uses inputs that there are', () => {
    const used = blocks
      .map((block) => parse(block) as Workflow)
      .flatMap(({ steps = [], jobs = {} }) => [
        ...steps,
        ...Object.values(jobs).flatMap((job) => job.steps ?? []),
      ])
      .filter(({ uses = '' }) => uses.startsWith('OWNER/kalandra@'))
      .flatMap((step) => Object.keys(step.with ?? {}))
    expect(used.length).toBeGreaterThan(5)
    expect(used.filter((name) => !OPTION_NAMES.some((known) => known === name))).toEqual([])
  })

  it('is YAML in every block', () => {
    for (const block of blocks) expect(() => parse(block) as unknown).not.toThrow()
  })
})

it('hands inputs to the action that it has, in the reusable workflow', () => {
  const workflow = parse(readFile('.github/workflows/fleet.yml')) as Workflow
  const steps = Object.values(workflow.jobs ?? {}).flatMap((job) => job.steps ?? [])
  const names = steps
    .filter(({ uses }) => uses === './.kalandra')
    .flatMap((step) => Object.keys(step.with ?? {}))
  expect(names.length).toBeGreaterThan(8)
  expect(names.filter((name) => !OPTION_NAMES.some((known) => known === name))).toEqual([])
})
