import { expect, it } from 'vitest'
import { FLAGS, mannerOf, parseArguments, variableOf } from '../../src/cli/terminal/arguments.ts'
import { renderHelp } from '../../src/cli/help.ts'
import { OPTION_SPECS } from '../../src/options/names.ts'

const HELP = renderHelp()

it('tells of every option in the way that it is given', () => {
  for (const spec of OPTION_SPECS) {
    const { name } = spec
    switch (mannerOf(spec)) {
      case 'never':
        expect(HELP).not.toContain(`--${name} `)
        break
      case 'position':
        expect(HELP).toContain(name.toUpperCase())
        break
      case 'secret':
        expect(HELP).toContain(`${variableOf(name)} `)
        expect(HELP).toContain(`--${name}-file PATH`)
        break
      case 'file':
        expect(HELP).toContain(`--${name}-file PATH`)
        break
      case 'switch':
        expect(HELP).toContain(`  --${spec.default === 'true' ? 'no-' : ''}${name} `)
        break
      default:
        expect(HELP).toMatch(new RegExp(`^  --${name} [A-Z]+\\b`, 'm'))
    }
  }
  for (const { name } of FLAGS) expect(HELP).toContain(`--${name}`)
})

it('tells of no option that is not there', () => {
  for (const name of new Set(HELP.match(/--[a-z-]+/g))) {
    const value = new RegExp(`${name} [A-Z]`).test(HELP) ? ['unlimited'] : []
    expect(() => parseArguments(['s', 'd', name, ...value], {}), name).not.toThrow()
  }
})

it('tells the defaults', () => {
  expect(HELP).toMatch(/--max-deletions N .*\n?.* default: 50$/m)
  expect(HELP.replaceAll(/\s+/g, ' ')).toContain('default: refs/heads/* and refs/tags/*')
})

it('fits a terminal of 100 columns', () => {
  for (const line of HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(103)
})
