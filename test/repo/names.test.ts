import { expect, it } from 'vitest'
import { parseSync } from 'vite'
import { listFiles, readFile } from './files.ts'

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesOf(one)
  if (!isNode(value)) return
  yield value
  for (const child of Object.values(value)) yield* nodesOf(child)
}

/** The names that a pattern binds: of a parameter or of a variable, without defaults, types and names of properties. */
function* boundBy(pattern: unknown): Generator<Node> {
  if (Array.isArray(pattern)) for (const one of pattern) yield* boundBy(one)
  if (!isNode(pattern)) return
  if (pattern.type === 'Identifier') yield pattern
  for (const part of PARTS[pattern.type] ?? []) yield* boundBy(pattern[part])
}

/** Where the names of a pattern stand, by the type of its node. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  AssignmentPattern: ['left'],
  RestElement: ['argument'],
  ArrayPattern: ['elements'],
  ObjectPattern: ['properties'],
  Property: ['value'],
  TSParameterProperty: ['parameter'],
}

/** Places, as `path:line`, where a function's parameter or a variable has the name. */
function findBound(path: string, text: string, name: string): readonly string[] {
  const found = new Set<number>()
  for (const node of nodesOf(parseSync(path, text).program)) {
    const patterns = [
      node['params'],
      node['param'],
      node.type === 'VariableDeclarator' ? node['id'] : undefined,
    ]
    for (const bound of patterns.flatMap((pattern) => [...boundBy(pattern)])) {
      if (bound['name'] === name) found.add(text.slice(0, bound.start).split('\n').length)
    }
  }
  return [...found].map((line) => `${path}:${line}`)
}

it('calls no parameter and no variable `o`, which says nothing of what it is', () => {
  const files = ['src', 'bench', 'scripts', 'test'].flatMap((folder) => listFiles(folder, /\.(ts|mjs|mts)$/))
  expect(files.length).toBeGreaterThan(500)
  const wrong = files.flatMap((path) => {
    const text = readFile(path)
    return /\bo\b/.test(text) ? findBound(path, text, 'o') : []
  })
  expect(wrong).toEqual([])
})

it.each([
  ['function f(o: number) {}'],
  ['const f = ({ a: { o } }) => o'],
  ['class A { m(...o: number[]) {} }'],
  ['try { f() } catch (o) {}'],
  ['const [a, o = 1] = f()'],
  ['for (const o of f()) g(o)'],
])('finds it in %s', (text) => {
  expect(findBound('a.ts', text, 'o')).toEqual(['a.ts:1'])
})

it.each([
  ['const a = { o: 1 }; f(a.o, "o")'],
  ['interface B { o: string }'],
  ['const f = ({ o: given }) => given'],
  ['function f(a: { o: string }, b = a.o) {}'],
  ['const a: Map<string, { o: 1 }> = f<{ o: string }>()'],
])('finds none in %s', (text) => {
  expect(findBound('a.ts', text, 'o')).toEqual([])
})
