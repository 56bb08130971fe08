import { expect, it } from 'vitest'
import { listFiles, readFile } from './files.ts'
import { NOT_APPLYING } from './not-applying.ts'

/** The numbers of docs/protocol.md, in its order. */
const KNOWN = [...readFile('docs/protocol.md').matchAll(/^- \*\*([A-K]\d+)\*\* /gm)].map(
  ([, number]) => number!,
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

it('numbers the page without a gap', () => {
  const letters = [...new Set(KNOWN.map((number) => number[0]))]
  expect(letters.join('')).toBe('ABCDEFGHIJK')
  for (const letter of letters) {
    const own = KNOWN.filter((number) => number.startsWith(letter!))
    expect(own).toEqual(own.map((_, index) => `${letter}${index + 1}`))
  }
})

it('has no tag in a comment that the page does not explain', () => {
  const unknown = listFiles('src', /\.ts$/).flatMap((file) =>
    [...readFile(file).matchAll(/\(([A-K]\d+(?:(?:, | to )[A-K]\d+)*)\)/g)]
      .flatMap(([, tags]) => tags!.split(/, | to /))
      .filter((tag) => !KNOWN.includes(tag))
      .map((tag) => `${file}: ${tag}`),
  )
  expect(unknown).toEqual([])
})

it('names only statements that there are, and none both ways', () => {
  const shown = findShown()
  expect([...shown].filter(([number]) => !KNOWN.includes(number))).toEqual([])
  expect(Object.keys(NOT_APPLYING).filter((number) => !KNOWN.includes(number) || shown.has(number))).toEqual(
    [],
  )
  for (const reason of Object.values(NOT_APPLYING)) expect(reason.length).toBeGreaterThan(20)
})
