// Lists the tests and the files that take longest, by the reports of Vitest's `json` reporter:
// `npm test -- --reporter=default --reporter=json --outputFile.json=times.json; node scripts/slowest.mjs times.json`
import { readReports } from './test-reports.mjs'

const COUNT = 20

if (process.argv.length === 2) {
  console.error('usage: node scripts/slowest.mjs REPORT.json...')
  process.exit(2)
}
const named = readReports(process.argv.slice(2))
print(
  'tests',
  named.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, duration }) => ({ ms: duration ?? 0, text: `${name}: ${fullName}` })),
  ),
)
print(
  'files',
  named.map(({ name, startTime, endTime }) => ({ ms: endTime - startTime, text: name })),
)

function print(what, all) {
  console.log(`\nThe slowest of ${all.length} ${what}, in seconds`)
  for (const { ms, text } of all.toSorted((a, b) => b.ms - a.ms).slice(0, COUNT))
    console.log(`${(ms / 1000).toFixed(1).padStart(7)}  ${text}`)
}
