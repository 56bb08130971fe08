import { expect, it } from 'vitest'
import { listFiles, readFile } from './files.ts'
import { NOT_APPLYING } from './not-applying.ts'

const COUNTS = { A: 10, B: 21, C: 8, D: 9, E: 7, F: 17, G: 24, H: 4, I: 3, J: 8, K: 7 }
const KNOWN = Object.entries(COUNTS).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
)

/** Numbers at the beginning of the titles of tests, with the files that have them. */
function findShown(): ReadonlyMap<string, readonly string[]> {
  const shown = new Map<string, string[]>()
  for (const file of listFiles('test', /\.test\.ts$/)) {
    for (const match of readFile(file).matchAll(/(?<!todo|skip|describe)\(\s*['"`]\[([A-Z]\d+)\] /g)) {
      const number = match[1] ?? ''
      const files = shown.get(number) ?? []
      files.push(file)
      shown.set(number, files)
    }
  }
  return shown
}

it('has every statement of the protocol checklist shown by a test, or says why it does not apply', () => {
  const shown = findShown()
  const open = KNOWN.filter((number) => !shown.has(number) && !(number in NOT_APPLYING))
  const counts = {
    shown: KNOWN.filter((number) => shown.has(number)).length,
    notApplying: KNOWN.filter((number) => number in NOT_APPLYING).length,
    open: open.length,
  }
  console.log(`checklist: ${counts.shown} shown, ${counts.notApplying} not applying, ${counts.open} open`)
  expect(open, 'statements without a test').toEqual([])
})

it('names only statements that there are, and none both ways', () => {
  const shown = findShown()
  expect([...shown].filter(([number]) => !KNOWN.includes(number))).toEqual([])
  expect(Object.keys(NOT_APPLYING).filter((number) => !KNOWN.includes(number) || shown.has(number))).toEqual(
    [],
  )
  for (const reason of Object.values(NOT_APPLYING)) expect(reason.length).toBeGreaterThan(20)
})
