// Writes the tables of README.md from action.yml. With --check it changes nothing and exits 1 when they differ.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..')
const readmePath = join(root, 'README.md')

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

function replaceBetween(text, name, table) {
  const start = `<!-- ${name}-start -->`
  const end = `<!-- ${name}-end -->`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md lacks ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${table}\n${text.slice(to)}`
}

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'))
const before = readFileSync(readmePath, 'utf8').replaceAll('\r\n', '\n')
const after = replaceBetween(
  replaceBetween(before, 'inputs', inputTable(action.inputs)),
  'outputs',
  outputTable(action.outputs),
)

if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('README.md does not say what action.yml says: npm run readme')
    process.exitCode = 1
  }
} else if (after !== before) writeFileSync(readmePath, after)
