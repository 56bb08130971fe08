import { describe, expect, expectTypeOf, it } from 'vitest'
import { OPTION_NAMES, OPTION_SPECS, type OptionKind, SECRET_OPTIONS } from '../../src/options/names.ts'
import type { OptionValue } from '../../src/options/values.ts'
import { listFiles, readFile } from '../repo/files.ts'

const KINDS: readonly OptionKind[] = [
  'text',
  'secret',
  'lines',
  'switch',
  'number',
  'size',
  'seconds',
  'choice',
]

describe('the table of options', () => {
  it('names each option once, in lower case with hyphens', () => {
    expect(new Set(OPTION_NAMES).size).toBe(OPTION_NAMES.length)
    for (const name of OPTION_NAMES) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  it.each(OPTION_SPECS)('describes $name for both ways in, and says where it may stand', (spec) => {
    expect(spec.about.length).toBeGreaterThan(20)
    expect(spec.about).toMatch(/\.$/)
    // A terminal shows no Markdown.
    expect(spec.help).not.toMatch(/`|\.$/)
    expect(KINDS).toContain(spec.kind)
    expect(spec.places).toContain('run')
    expect(new Set(spec.places).size).toBe(spec.places.length)
    if (spec.kind === 'choice') expect(spec.choices).toContain(spec.default)
    if (spec.kind === 'switch') expect(['true', 'false']).toContain(spec.default)
    if (spec.kind === 'secret') expect(spec.default).toBe('')
  })

  it('knows every secret as one', () => {
    const suspects = OPTION_NAMES.filter((name) => /(key|passphrase|token|password|secret)$/.test(name))
    expect(SECRET_OPTIONS).toEqual(suspects)
  })

  it('has a reader for every row', () => {
    const readers = [
      ...listFiles('src/options', /^read-.*\.ts$/),
      'src/action/inputs.ts',
      'src/cli/terminal/arguments.ts',
    ]
    const code = readers.map(readFile).join('\n').replaceAll('${side}', 'source')
    const unread = OPTION_NAMES.filter(
      (name) => !code.includes(`'${name}'`) && !code.includes(`${name.replace(/^destination/, 'source')}\``),
    )
    expect(unread).toEqual([])
  })

  it('gives each kind its type', () => {
    expectTypeOf<OptionValue<'prune'>>().toEqualTypeOf<boolean>()
    expectTypeOf<OptionValue<'refs'>>().toEqualTypeOf<readonly string[]>()
    expectTypeOf<OptionValue<'retries'>>().toEqualTypeOf<number>()
    expectTypeOf<OptionValue<'time-limit'>>().toEqualTypeOf<number | undefined>()
    expectTypeOf<OptionValue<'transfer'>>().toEqualTypeOf<'auto' | 'stream' | 'spool'>()
    expectTypeOf<OptionValue<'source-token'>>().toEqualTypeOf<string>()
  })
})
