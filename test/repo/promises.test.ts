import { expect, it } from 'vitest'
import { listFiles, readFile } from './files.ts'
import { PROMISES } from './promises.ts'

const HEADING = '## What Kalandra promises'

/** Numbered promises of the README with their first words. */
function findPromises(): ReadonlyMap<number, string> {
  const section = readFile('README.md').split(`${HEADING}\n`)[1]?.split('\n## ')[0] ?? ''
  const found = [...section.matchAll(/^(\d+)\. +(.+)$/gm)]
  return new Map(found.map(([, number, text]) => [Number(number), text!.replaceAll('*', '')]))
}

/** Titles of the tests and describes of a file, as they are written, without those that are left out. */
function titlesOf(file: string): readonly string[] {
  const found = readFile(file).matchAll(
    /(?<!todo|skip)\(\s*(['"`])((?:\\.|(?!\1)[^\\\n])+)\1,\s*(?:\{[^}]*\},\s*)?(?:async\s*)?\(/g,
  )
  return [...found].map(([, , title]) => title!)
}

it('has a test for each promise of the README', () => {
  const promises = findPromises()
  expect(promises.size).toBeGreaterThan(10)
  expect(Object.keys(PROMISES).map(Number)).toEqual([...promises.keys()])
  for (const [number, { says }] of Object.entries(PROMISES)) {
    expect(promises.get(Number(number)), `promise ${number}`).toContain(says)
  }
})

it('names only tests that there are', () => {
  const files = new Set(listFiles('test', /\.test\.ts$/))
  const missing = Object.entries(PROMISES).flatMap(([number, { tests }]) => {
    if (tests.length === 0) return [`${number}: no test`]
    return tests.flatMap(([file, title]) => {
      const path = `test/${file}`
      if (!files.has(path)) return [`${number}: ${path} is not there`]
      return titlesOf(path).some((one) => one.includes(title))
        ? []
        : [`${number}: ${path} has no test "${title}"`]
    })
  })
  expect(missing).toEqual([])
})
