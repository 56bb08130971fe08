import { expect } from 'vitest'
import type { BadInput } from './bad-inputs.ts'
import type { ActionResult } from './runner.ts'

const SWITCHES = new Set(['prune', 'force', 'atomic', 'dry-run', 'allow-unrelated'])
const SECRETS = /-(token|ssh-key|ssh-passphrase)$/

/** What a program made of a row: texts and exit status. */
export interface Tried {
  readonly said: string
  readonly status: number | null
}

/** A row as the action takes it. */
export function inputsOf(
  row: BadInput,
  { source, destination }: { readonly source: string; readonly destination: string },
): Readonly<Record<string, string>> {
  return { source, destination, 'source-token': '', retries: '0', ...row.inputs, [row.input]: row.value }
}

/** What the action has said in its one message, of which its outputs and its summary know, too. */
export function readTried(result: ActionResult): Tried {
  expect(result.errors, result.log).toHaveLength(1)
  expect(result.outputs['changed']).toBe('false')
  expect(result.summary).toMatch(/^## ❌/)
  expect(`${result.stdout}${result.stderr}${result.summary}`).not.toMatch(/^\s+at /m)
  return { said: result.errors[0]!, status: result.exitCode }
}

/** The first row of each input: what is started as a program, where a function shows every row. */
export function oneOfEach(rows: readonly BadInput[]): readonly BadInput[] {
  return rows.filter((row, index) => rows.findIndex(({ input }) => input === row.input) === index)
}

/** A row as the command line takes it. */
export function commandOf(
  row: BadInput,
  pair: { readonly source: string; readonly destination: string },
): { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv } {
  const inputs: Record<string, string> = { ...row.inputs, [row.input]: row.value }
  const { source = pair.source, destination = pair.destination, ...rest } = inputs
  const env: NodeJS.ProcessEnv = { ...row.env }
  const args: string[] = []
  for (const [name, value] of Object.entries(rest)) {
    if (SECRETS.test(name)) env[commandName(name)] = value
    else if (name === 'refs') args.push(...value.split('\n').map((line) => `--refs=${line}`))
    else args.push(`--${name}=${value}`)
  }
  return { args: ['--retries=0', ...args, '--', source, destination], env }
}

function commandName(input: string): string {
  return SECRETS.test(input) ? `KALANDRA_${input.toUpperCase().replaceAll('-', '_')}` : input
}

/** It names the input, says what is wrong in one sentence and what to do in another. */
function judgeWords(row: BadInput, said: string, name: string): readonly string[] {
  const faults: string[] = []
  if (!said.includes(row.named ?? name)) faults.push(`does not name ${row.named ?? name}`)
  if (!row.says.test(said.replaceAll(/\s+/g, ' '))) faults.push(`does not say ${row.says}`)
  if (!/[.)"']\s+(See|What to do|[A-Z])/.test(said)) faults.push('does not say what to do')
  return faults
}

/** What is wrong with the answer of the action. */
export function judgeAction(row: BadInput, { said, status }: Tried): readonly string[] {
  return [...judgeWords(row, said, row.input), ...(status === 1 ? [] : [`ended with ${status}: ${said}`])]
}

/** What is wrong with the answer of the command line. */
export function judgeCommand(row: BadInput, { said, status }: Tried): readonly string[] {
  const isPlace = row.input === 'source' || row.input === 'destination'
  const name = isPlace ? row.input.toUpperCase() : commandName(row.input)
  return [
    ...(SWITCHES.has(row.input) ? [] : judgeWords(row, said, name)),
    ...(said.includes(name) || row.named ? [] : [`no ${name} in ${said}`]),
    ...(status === 2 ? [] : [`ended with ${status}: ${said}`]),
  ]
}
