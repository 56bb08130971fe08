// Lists what failed, and what passed only when it was tried again, each with its first lines, by the reports of Vitest's
// `json` reporter: the end of a long log is what is read first. `node scripts/failures.mjs REPORT.json...`
import { stripVTControlCharacters } from 'node:util'
import { readReports } from './test-reports.mjs'

const LINES = 12
/** UTF-16 units. */
const LINE_LENGTH = 200

if (process.argv.length === 2) {
  console.error('usage: node scripts/failures.mjs REPORT.json...')
  process.exit(2)
}
const files = readReports(process.argv.slice(2))
const tests = files.flatMap((file) =>
  file.assertionResults.map(({ fullName, status, failureMessages }) => ({
    text: `${file.name}: ${fullName}`,
    status: file.status === 'failed' && status === 'skipped' ? 'not run' : status,
    messages: failureMessages,
  })),
)
// A file whose import or hook failed has a message of its own.
const broken = files
  .filter(({ message }) => message)
  .map(({ name, message }) => ({ text: name, messages: [message] }))

print('Failed', [...broken, ...tests.filter(({ status }) => status === 'failed')])
print(
  'Not run, in a file that failed',
  tests.filter(({ status }) => status === 'not run'),
)
print(
  'Passed when tried again',
  tests.filter(({ status, messages }) => status === 'passed' && messages.length > 0),
)

function print(what, all) {
  if (all.length === 0) return
  console.log(`\n${what}: ${all.length}`)
  for (const { text, messages } of all) {
    console.log(text)
    for (const message of messages) {
      // Calls within packages say nothing.
      const lines = stripVTControlCharacters(message)
        .split('\n')
        .filter((line) => !/^\s+at .*(node_modules|node:)|^\s+at new Promise/.test(line))
      for (const line of lines.slice(0, LINES)) console.log(`    ${line.slice(0, LINE_LENGTH)}`)
    }
  }
}
