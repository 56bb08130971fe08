import { expect } from 'vitest'
import type { ActionResult } from './runner.ts'

/** A file of mirrors that is wrong. */
export interface BadFleet {
  readonly what: string
  /** What stands in the file; `GOOD` in it stands for a pair of which nothing may be touched. */
  readonly text: string
  readonly env?: NodeJS.ProcessEnv
  /** `line:column` and the beginning of the words, of every mistake that is told. */
  readonly says: readonly [first: string, ...others: string[]]
  /** May stand in no output. */
  readonly secret?: string
}

const TOKEN = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
const HEAD = 'version: 1\nmirrors:\n  - GOOD\n'
const MIB = 1024 * 1024

/** Each makes ten of the one before: a hundred million values of a few lines. */
const BOMB = Array.from(
  { length: 8 },
  (_, index) =>
    `${'abcdefgh'[index]}: &${'abcdefgh'[index]} [${
      index === 0
        ? 'x'
        : Array(10)
            .fill(`*${'abcdefgh'[index - 1]}`)
            .join(', ')
    }]\n`,
).join('')

/** One row for each kind of mistake that a file of mirrors can have before any server is asked. */
export const BAD_FLEETS: readonly BadFleet[] = [
  {
    what: '[F2] a variable that is not set, as a secret',
    text: `hosts: { h.invalid: { token: { env: MISSING_ONE } } }\n${HEAD}  - { name: x, source: 'https://h.invalid/x', destination: /x }\n`,
    says: ['1:37  the variable MISSING_ONE is not set. Set it where this runs'],
  },
  {
    what: '[F2] a variable that is empty, as a secret',
    text: `hosts: { h.invalid: { token: '\${EMPTY}' } }\n${HEAD}  - { name: x, source: 'https://h.invalid/x', destination: /x }\n`,
    env: { EMPTY: '' },
    says: ['1:30  the variable EMPTY is empty. Set it where this runs'],
  },
  {
    what: '[F2] a variable that is not set, in an address',
    text: `${HEAD}  - { name: x, source: '/s/\${MISSING_TWO}', destination: /x }\n`,
    says: ['4:24  the variable MISSING_TWO is not set. Set it where this runs'],
  },
  {
    what: '[F2] two variables that are not set',
    text: `hosts: { h.invalid: { token: { env: MISSING_ONE } } }\n${HEAD}  - { name: x, source: 'https://h.invalid/x', destination: '/d/\${MISSING_TWO}' }\n`,
    says: ['1:37  the variable MISSING_ONE is not set', '5:60  the variable MISSING_TWO is not set'],
  },
  {
    what: '[F2] a file with a secret that is not there',
    text: `hosts: { h.invalid: { token: { file: no/such/file } } }\n${HEAD}  - { name: x, source: 'https://h.invalid/x', destination: /x }\n`,
    says: ["1:38  the file no/such/file can't be read (ENOENT)"],
  },
  {
    what: '[F3] a token in the file',
    text: `hosts: { h.invalid: { token: ${TOKEN} } }\n${HEAD}`,
    says: ['1:30  a secret does not belong into this file: write { env: NAME }'],
    secret: TOKEN,
  },
  {
    what: '[F3] a token as the name of a variable',
    text: `hosts: { h.invalid: { token: { env: ${TOKEN} } } }\n${HEAD}  - { name: x, source: 'https://h.invalid/x', destination: /x }\n`,
    says: ['1:37  the variable that is named here is not set'],
    secret: TOKEN,
  },
  {
    what: '[F3] a password in an address',
    text: `${HEAD}  - { name: x, source: 'https://me:hunter22@h.invalid/x', destination: /x }\n`,
    says: ['4:24  mirror "x": source has a password or token in the address'],
    secret: 'hunter22',
  },
  {
    what: '[F3] a token in the place of an address',
    text: `${HEAD}  - { name: x, source: ${TOKEN}, destination: /x }\n`,
    says: ['4:24  mirror "x": source is no address'],
    secret: TOKEN,
  },
  {
    what: '[F4] a misspelt key',
    text: `${HEAD}  - { name: x, source: /s, destinaton: /x, destination: /y }\n`,
    says: ['4:28  mirror "x": unknown key "destinaton". Did you mean "destination"?'],
  },
  {
    what: '[F4] a misspelt key at the top',
    text: `defualts: { prune: false }\n${HEAD}`,
    says: ['1:1  unknown key "defualts". Did you mean "defaults"?'],
  },
  {
    what: '[F5] a key twice',
    text: `${HEAD}  - name: x\n    source: /s\n    destination: /x\n    source: /t\n`,
    says: ['7:5  this key stands twice in one mapping'],
  },
  {
    what: '[F5] a name twice',
    text: `${HEAD}  - { name: x, source: /s, destination: /x }\n  - { name: x, source: /t, destination: /y }\n`,
    says: ['5:13  the name "x" is taken by line 4. Give each mirror its own name'],
  },
  {
    what: '[F5] an anchor bomb',
    text: `${HEAD}x: { ${BOMB.replaceAll('\n', ', ')} }\n`,
    says: ['1:1  anchors unfold to more values than a fleet needs'],
  },
  {
    what: '[F5] an alias to nothing',
    text: `${HEAD}  - { name: x, source: *nothing, destination: /x }\n`,
    says: ['4:24  an alias (*…) names no anchor (&…) that stands before it'],
  },
  {
    what: '[F5] a tag of another program',
    text: `${HEAD}  - { name: x, source: !!js/function 'function () {}', destination: /x }\n`,
    says: ['4:24  a tag (!…) has no meaning here'],
  },
  {
    what: '[F5] a tab',
    text: `${HEAD}  - name: x\n\tsource: /s\n`,
    says: ['5:1  a tab indents this line: YAML takes spaces only'],
  },
  {
    what: '[F5] a merge key',
    text: `defaults: &d { prune: false }\n${HEAD}  - { <<: *d, name: x, source: /s, destination: /x }\n`,
    says: ['5:7  merge keys (<<) are not read. Use `defaults`'],
  },
  { what: '[F5] an empty file', text: '', says: ['1:1  the file is empty'] },
  {
    what: '[F5] a file of 5 MiB',
    text: `${HEAD}# ${'x'.repeat(5 * MIB)}\n`,
    says: ['1:1  a config file has at most 4 MiB. Let `discover` find the repositories'],
  },
  {
    what: 'a name of 10,000 characters',
    text: `${HEAD}  - { name: ${'n'.repeat(10_000)}, source: /s, destination: /x }\n`,
    says: ['4:13  name is longer than 200 characters'],
  },
  {
    what: '100,000 mirrors',
    text: `${HEAD}${'  - 1\n'.repeat(100_000)}`,
    says: ['3:3  mirrors has more than 50000 mirrors'],
  },
  {
    what: '[F6] one destination in two spellings',
    text: `${HEAD}  - { name: x, source: /s, destination: 'https://GitHub.com:443/Me/App.git' }\n  - { name: y, source: /t, destination: 'https://github.com/me/app/' }\n`,
    says: ['5:41  mirror "y": https://github.com/me/app/ is written to by mirror "x" in line 4, too'],
  },
  {
    what: '[F6] a mirror into its own source, by another way',
    text: `${HEAD}  - { name: x, source: 'https://www.github.com/me/app', destination: 'https://github.com/Me/App.git' }\n`,
    says: ['4:70  mirror "x": https://github.com/Me/App.git is its own source'],
  },
  {
    what: '[F7] a ring',
    text: `${HEAD}  - { name: x, source: 'https://h.invalid/a', destination: 'https://h.invalid/b' }\n  - { name: y, source: 'https://h.invalid/b.git/', destination: 'https://h.invalid/a' }\n`,
    says: ['4:5  a ring: https://h.invalid/a → https://h.invalid/b.git/ → https://h.invalid/a (lines 4, 5)'],
  },
  {
    what: '[F9] an owner that is none',
    text: `${HEAD}  - { discover: { github: 'a b/../c' }, destination: '/d/{path}' }\n`,
    says: ['4:27  github does not name an owner. Write OWNER or https://HOST/OWNER'],
  },
  {
    what: '[F9] an empty owner',
    text: `${HEAD}  - { discover: { github: '' }, destination: '/d/{path}' }\n`,
    says: ['4:27  github is empty'],
  },
  {
    what: '[F9] a server without an address',
    text: `${HEAD}  - { discover: { gitea: acme }, destination: '/d/{path}' }\n`,
    says: ['4:26  gitea needs the address of the owner. Write https://HOST/OWNER'],
  },
  {
    what: '[F9] a manifest without an address',
    text: `${HEAD}  - { discover: { grokmirror: kernel.org }, destination: '/d/{path}' }\n`,
    says: ['4:31  grokmirror needs the https address of a manifest'],
  },
]

/** The text with a pair of which nothing may be touched. */
export function fillFleet(
  { text }: Pick<BadFleet, 'text'>,
  pair: { readonly source: string; readonly destination: string },
): string {
  // The version stands first in each of them, whatever the row is about.
  const good = `{ name: good, source: '${pair.source}', destination: '${pair.destination}' }`
  return text.replace('GOOD', good)
}

/** So many characters are more than an input of the action can hold. */
const LARGE = 100_000

/** The rows that the action can be given. */
export const ACTION_FLEETS = BAD_FLEETS.filter(({ text }) => text.length < LARGE)

/** What is started as a program, where a function shows every row: the first, the empty one and the large ones. */
export function isStarted({ text }: BadFleet, index: number): boolean {
  return index === 0 || text === '' || text.length >= LARGE
}

/** What the action says of a row, as its one result. */
export function judgeFleetAction(row: BadFleet, result: ActionResult): void {
  const { exitCode, errors, log, summary } = result
  expect(exitCode).toBe(1)
  if (row.text === '') return expect(errors.join()).toMatch(/config: is empty/)
  expect(errors).toHaveLength(row.says.length + 1)
  for (const [index, words] of row.says.entries())
    expect(errors[index]).toContain(`config:${words.replace('  ', ' ')}`)
  expect(summary).toMatch(/^## ❌ config: /)
  if (row.secret !== undefined) expect(`${log}${summary}`).not.toContain(row.secret)
}

/** What a round of the command line says of the row in `file`. */
export function judgeFleet(
  row: BadFleet,
  file: string,
  ended: { readonly status: number | null; readonly stdout: string; readonly stderr: string },
): void {
  const { status, stdout, stderr } = ended
  expect(status, stderr).toBe(2)
  expect(stdout).toBe('')
  const lines = stderr.split('\n').filter((line) => line.startsWith(`${file}:`))
  const wanted = row.says.map((words) => words.replace('  ', ' '))
  const told = lines.map((line) => line.slice(file.length + 1))
  expect(told.map((line, index) => line.slice(0, wanted[index]?.length ?? 0))).toEqual(wanted)
  expect(stderr).toMatch(/^error: .*mistakes?; nothing was touched\./m)
  expect(stderr).not.toMatch(/^\s+at /m)
  if (row.secret !== undefined) expect(stderr).not.toContain(row.secret)
}
