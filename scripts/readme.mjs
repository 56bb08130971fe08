// Writes the inputs of action.yml from the table of options, and the tables of README.md from action.yml. With --check
// it changes nothing and exits 1 where they differ. Needs a Node that reads TypeScript, which `npm run` finds.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { OPTION_TABLE } from '../src/options/table.ts'

const root = join(import.meta.dirname, '..')
/** Columns of a line of action.yml. */
const LINE_WIDTH = 116

/** Words in lines, each after `indent` spaces. */
function fold(text, indent) {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line !== '' && indent + line.length + 1 + word.length > LINE_WIDTH) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.map((line) => ' '.repeat(indent) + line)
}

/** As a plain scalar where YAML reads it as the same string, else in quotes or in lines. */
function scalar(text, indent) {
  if (text.includes('\n')) return `|-\n${text.replaceAll(/^/gm, ' '.repeat(indent))}`
  return /^[\w$][\w${}/. -]*$/.test(text) && parse(text) === text ? text : `'${text.replaceAll("'", "''")}'`
}

function inputYaml(spec) {
  const value = spec.runnerDefault ?? spec.default
  return [
    `  ${spec.name}:`,
    '    description: >-',
    ...fold(spec.about, 6),
    ...(spec.required ? ['    required: true'] : []),
    ...(value === '' ? [] : [`    default: ${scalar(value, 6)}`]),
  ]
}

function writeInputs(text) {
  const from = text.indexOf('\ninputs:\n')
  const to = text.indexOf('\noutputs:\n')
  if (from < 0 || to < from) throw new Error('action.yml lacks inputs: before outputs:')
  const lines = ['inputs:', ...OPTION_TABLE.flatMap(inputYaml), '']
  return `${text.slice(0, from + 1)}${lines.join('\n')}${text.slice(to)}`
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim()
}

function code(text) {
  return text
    .split('\n')
    .map((line) => `\`${line}\``)
    .join('<br>')
}

function inputTable(inputs) {
  const rows = Object.entries(inputs).map(([name, input]) => {
    const value = input.required
      ? '**required**'
      : input.default === undefined
        ? ''
        : code(String(input.default))
    return `| \`${name}\` | ${value} | ${cell(input.description)} |`
  })
  return ['| Input | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n')
}

function outputTable(outputs) {
  const rows = Object.entries(outputs).map(
    ([name, output]) => `| \`${name}\` | ${cell(output.description)} |`,
  )
  return ['| Output | Value |', '| --- | --- |', ...rows].join('\n')
}

/** Puts `table` between its marks. */
function replaceBetween(text, name, table) {
  const start = `<!-- ${name}-start -->`
  const end = `<!-- ${name}-end -->`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md lacks ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${table}\n${text.slice(to)}`
}

function writeTables(text, action) {
  const withInputs = replaceBetween(text, 'inputs', inputTable(action.inputs))
  return replaceBetween(withInputs, 'outputs', outputTable(action.outputs))
}

/** @returns the text as it should be; writes it where it is not, or complains. */
function update(name, change) {
  const path = join(root, name)
  const before = readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
  const after = change(before)
  if (after === before) return after
  if (process.argv.includes('--check')) {
    console.error(`${name} does not say what src/options/table.ts says: npm run readme`)
    process.exitCode = 1
  } else writeFileSync(path, after)
  return after
}

const action = parse(update('action.yml', writeInputs))
update('README.md', (text) => writeTables(text, action))
