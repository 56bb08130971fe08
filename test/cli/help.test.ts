import { expect, it } from 'vitest'
import { parseArguments, variableOf } from '../../src/cli/arguments.ts'
import { HELP } from '../../src/cli/help.ts'
import { OPTION_NAMES, SECRET_OPTIONS } from '../../src/options/names.ts'

it('tells of every input', () => {
  for (const name of OPTION_NAMES) {
    if (name === 'workflow-token') continue
    if (name === 'source' || name === 'destination') expect(HELP).toContain(name.toUpperCase())
    else if (SECRET_OPTIONS.includes(name)) expect(HELP).toContain(variableOf(name))
    else expect(HELP).toContain(name)
  }
})

it('tells of no option that is not there', () => {
  const switches = new Set(HELP.match(/--[a-z-]+/g))
  for (const name of switches) {
    if (['--help', '--version'].includes(name)) continue
    const value = new RegExp(`${name} [A-Z]`).test(HELP) ? ['unlimited'] : []
    expect(() => parseArguments(['s', 'd', name, ...value], {}), name).not.toThrow()
  }
})

it('fits a terminal of 110 columns', () => {
  for (const line of HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(110)
})
