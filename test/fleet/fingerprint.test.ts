import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { fingerprintOf } from '../../src/fleet/fingerprint.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'

const REFS = [
  { name: 'refs/tags/v1', id: 'c'.repeat(40) },
  { name: 'refs/heads/main', id: 'a'.repeat(40) },
  { name: 'refs/heads/wip/x', id: 'b'.repeat(40) },
  { name: 'refs/pull/1/head', id: 'd'.repeat(40) },
]

function fingerprint(lines: string, refs = REFS): string {
  return fingerprintOf(refs, parseRefspecs(lines.split(' '), 'refs'))
}

it('is the hash of what is in scope, by name', () => {
  const text = `refs/heads/main ${'a'.repeat(40)}\nrefs/tags/v1 ${'c'.repeat(40)}\n`
  const hash = createHash('sha256').update(text).digest('hex')
  expect(fingerprint('refs/heads/* refs/tags/* ^refs/heads/wip/*')).toBe(`sha256:${hash}`)
})

it('is the same in any order, and for a source that has more out of scope', () => {
  const lines = 'refs/heads/* refs/tags/*'
  expect(fingerprint(lines, REFS.toReversed())).toBe(fingerprint(lines))
  expect(fingerprint(lines, REFS.slice(0, 3))).toBe(fingerprint(lines))
  expect(fingerprint(lines, REFS.slice(1))).not.toBe(fingerprint(lines))
})

it('goes by the names at the destination', () => {
  const renamed = fingerprint('refs/heads/main:refs/heads/stable')
  expect(renamed).toBe(fingerprint('refs/heads/*', [{ name: 'refs/heads/stable', id: 'a'.repeat(40) }]))
  expect(renamed).not.toBe(fingerprint('refs/heads/main'))
})

it('tells nothing from something', () => {
  expect(fingerprint('refs/notes/*')).toBe(`sha256:${createHash('sha256').digest('hex')}`)
})
