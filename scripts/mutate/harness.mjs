// The part of vitest's door that tests of the rooms use, but for `expect`, which is vitest's own. The tests are kept as
// a list, so that one warm process can run any of them again and again.
export { expect, expectTypeOf } from 'vitest'

const harness = globalThis.$harness

function named(name, row) {
  return `${name}${row === undefined ? '' : ` #${row}`}`
}

/** Rows of `each` are spread where they are arrays; the arguments of a template are not used here. */
function forEach(declare) {
  return (rows) => (name, body, limit) => {
    rows.forEach((row, index) => {
      const args = Array.isArray(row) ? row : [row]
      declare(named(name, index), () => body(...args), limit)
    })
  }
}

function bodyOf(body, last) {
  return typeof body === 'function' ? body : last
}

export function it(name, body, last) {
  harness.addTest(name, bodyOf(body, last))
}
it.each = forEach(it)
it.skip = () => undefined
it.todo = () => undefined
it.skipIf = (skipped) => (skipped ? it.skip : it)
it.runIf = (runs) => (runs ? it : it.skip)
export const test = it

export function describe(name, body, last) {
  harness.addSuite(name, bodyOf(body, last))
}
describe.each = forEach(describe)
describe.skip = () => undefined
describe.skipIf = (skipped) => (skipped ? describe.skip : describe)
describe.runIf = (runs) => (runs ? describe : describe.skip)

export const beforeAll = (body) => harness.addHook('beforeAll', body)
export const afterAll = (body) => harness.addHook('afterAll', body)
export const beforeEach = (body) => harness.addHook('beforeEach', body)
export const afterEach = (body) => harness.addHook('afterEach', body)
