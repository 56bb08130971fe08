import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type NamedSpec, OPTION_SPECS } from '../../src/options/names.ts'
import { readFile } from '../repo/files.ts'

/** What was published to users has to stay what the table of options says. */

interface Input {
  readonly description: string
  readonly required?: boolean
  readonly default?: string
}

interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly string[]
  readonly description?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly items?: Schema
}

const { inputs } = parse(readFile('action.yml')) as { readonly inputs: Readonly<Record<string, Input>> }
const file = (JSON.parse(readFile('kalandra.schema.json')) as Required<Schema>).properties
const mirror = file['mirrors']!.items!.properties!

/** Keys of a config file that are options of the whole file by their own names. */
const PLACES = {
  mirror: file['defaults']!.properties!,
  host: file['hosts']!.additionalProperties!.properties!,
  endpoint: mirror['destination']!.anyOf!.find(({ properties }) => properties)!.properties!,
} as const

/** Each end of a mirror is a mapping of its own, with shorter names. */
const OF_ENDS = /^(source|destination|ssh)(-|$)/
/** A login of a host in a config file, which is no option of its mirrors. */
const OF_LOGINS = /^app-(?:id|private-key)$/

/** What the schema says of a value of this kind. */
function fits(spec: NamedSpec, schema: Schema): void {
  const all = [schema, ...(schema.anyOf ?? [])]
  const number = all.find(({ type }) => type === 'integer')
  switch (spec.kind) {
    case 'switch':
      return expect(schema.type).toBe('boolean')
    case 'choice':
      return expect(schema.enum).toEqual(spec.choices)
    case 'number':
      expect([number?.minimum, number?.maximum]).toEqual([spec.min, spec.max])
      return expect(all.some((one) => one.const === 'unlimited')).toBe(spec.unlimited === true)
    case 'seconds':
      expect([number?.minimum, number?.maximum]).toEqual([spec.min, spec.max])
      return expect(all.some(({ pattern }) => pattern?.includes('smh'))).toBe(spec.units === true)
    case 'size':
      return expect(all.some(({ pattern }) => pattern?.includes('kKmMgG'))).toBe(true)
    case 'lines':
      return expect(all.some(({ type }) => type === 'array')).toBe(true)
    default:
      return expect(all.some(({ type }) => type === 'string')).toBe(true)
  }
}

describe.each(OPTION_SPECS)('$name', (spec) => {
  it('is an input of the action, with that default and these words', () => {
    const input = inputs[spec.name]
    expect(input?.description).toBe(spec.about)
    expect(input?.default ?? '').toBe(spec.runnerDefault ?? spec.default)
    expect(input?.required === true).toBe(spec.required === true)
  })

  it('stands in a config file where its row says, and nowhere else', () => {
    expect(['run', 'mirror', 'host', 'endpoint']).toEqual(expect.arrayContaining([...spec.places]))
    if (OF_ENDS.test(spec.name) || OF_LOGINS.test(spec.name)) return
    for (const [place, keys] of Object.entries(PLACES)) {
      const schema = keys[spec.name]
      expect([place, schema !== undefined]).toEqual([
        place,
        spec.places.includes(place as keyof typeof PLACES),
      ])
      if (schema === undefined) continue
      expect(schema.description).toBe(spec.about)
      fits(spec, schema)
    }
  })

  it('has its place and its words in the help of the command line', () => {
    expect(['what', 'how', 'access', 'fleet']).toContain(spec.group)
    expect(spec.help).toMatch(/^\S.{9,}$/)
    if (spec.value !== undefined) expect(spec.value).toMatch(/^[A-Z][A-Z_/-]*$/)
    expect([undefined, 'position', 'file', 'never']).toContain(spec.commandLine)
  })
})
