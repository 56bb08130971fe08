import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { checkGuards } from '../../src/plan/guards.ts'
import type { RefUpdate } from '../../src/plan/plan-types.ts'
import { planUpdates } from '../../src/plan/plan.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const HINT = 'Set atomic: false to move each ref for itself.'

const WHATEVER = { sourceRef: undefined, old: A, new: B, reason: '' } as const

interface Given {
  readonly source: Readonly<Record<string, string>>
  readonly destination: Readonly<Record<string, string>>
  readonly head?: string
  readonly atomic?: boolean
  readonly maxDeletions?: number
  readonly deletedBefore?: readonly string[]
  readonly atomicAdvertised?: boolean
  /** In place of those of the plan. */
  readonly updates?: readonly Pick<RefUpdate, 'ref' | 'action'>[]
}

function listed(refs: Readonly<Record<string, string>>) {
  return Object.entries(refs).map(([name, id]) => ({ name, id }))
}

function check(given: Given): MirrorError | undefined {
  const refspecs = parseRefspecs(['refs/heads/*', 'refs/tags/*', 'refs/x'], 'refs')
  const source = { refs: listed(given.source), head: undefined, format: 'sha1' } as const
  const destination = {
    refs: listed(given.destination),
    head: given.head,
    format: 'sha1',
    symrefs: new Map<string, string>(),
  } as const
  const options = {
    prune: true,
    maxDeletions: given.maxDeletions ?? 50,
    atomic: given.atomic ?? true,
    refspecs,
  }
  const plan = planUpdates({ source, destination, refspecs, prune: true, force: true })
  const updates = given.updates?.map((update) => ({ ...WHATEVER, ...update }))
  try {
    checkGuards({
      plan: { ...plan, ...(updates && { updates }) },
      source,
      destination,
      options,
      atomicAdvertised: given.atomicAdvertised ?? true,
      maxRefsPerPush: 5000,
      ...(given.deletedBefore && { deletedBefore: new Set(given.deletedBefore) }),
    })
  } catch (error) {
    if (error instanceof MirrorError) return error
    throw error
  }
  return undefined
}

describe('an atomic push', () => {
  const main = { 'refs/heads/main': A }

  it('cannot delete the default branch beside anything else, since that goes last and alone', () => {
    const destination = { ...main, 'refs/heads/old': A }
    const error = check({ source: { 'refs/heads/main': B }, destination, head: 'refs/heads/old' })
    expect(error).toMatchObject({ code: 'guard', side: 'destination' })
    expect(error?.message).toBe(
      'atomic wants one push, and refs/heads/old, the default branch of the destination, can only be deleted last and alone',
    )
    expect(error?.hint).toBe(`Make another branch the default one at the destination first. ${HINT}`)
    expect(check({ source: main, destination, head: 'refs/heads/old' })).toBeUndefined()
    expect(check({ source: { 'refs/heads/main': B }, destination, head: 'refs/heads/main' })).toBeUndefined()
  })

  it('cannot put a ref in the place of a folder, nor a folder in the place of a ref', () => {
    const swaps = [
      ['refs/heads/x', 'refs/heads/x/y'],
      ['refs/heads/x/y', 'refs/heads/x'],
    ] as const
    for (const [created, deleted] of swaps) {
      const given = { source: { ...main, [created]: A }, destination: { ...main, [deleted]: A } }
      const error = check(given)
      expect(error?.message).toBe(
        `${created} can only be created after ${deleted} is gone, which no server does in one atomic push`,
      )
      expect(error?.hint).toBe(HINT)
      expect(check({ ...given, atomic: false })).toBeUndefined()
    }
  })

  it('may create and delete side by side what shares no name', () => {
    const source = { ...main, 'refs/heads/new/one': A, 'refs/heads/kept/one': A }
    expect(check({ source, destination: { ...main, 'refs/heads/old/one': A } })).toBeUndefined()
    expect(check({ source, destination: main })).toBeUndefined()
    expect(check({ source: main, destination: { ...main, 'refs/heads/old': A } })).toBeUndefined()
  })

  it('may delete both of two refs that lie in the way of each other, and move one of them', () => {
    const destination = { ...main, 'refs/heads/x': A, 'refs/heads/x/y': A }
    expect(check({ source: main, destination })).toBeUndefined()
    expect(check({ source: { ...main, 'refs/heads/x': B }, destination })).toBeUndefined()
  })

  it('is told to wait for no ref that only moves', () => {
    const updates = [
      { ref: 'refs/heads/z', action: 'delete' },
      { ref: 'refs/heads/x', action: 'update' },
      { ref: 'refs/heads/x/y', action: 'create' },
    ] as const
    expect(check({ source: main, destination: main, updates })).toBeUndefined()
  })

  it('needs a server that offers it, as soon as there is anything to do: the deletion of the default branch, too', () => {
    const destination = { ...main, 'refs/heads/old': A }
    const error = check({ source: main, destination, head: 'refs/heads/old', atomicAdvertised: false })
    expect(error?.message).toBe('the destination does not offer atomic pushes')
    expect(error?.hint).toBe(HINT)
    expect(check({ source: main, destination: main, atomicAdvertised: false })).toBeUndefined()
  })

  it('is not begun where a ref cannot be pushed, and says which and what to do', () => {
    const error = check({ source: { ...main, 'refs/x': A }, destination: {} })
    expect(error?.message).toBe(
      'atomic wants all refs or none, and refs/x cannot be pushed: servers take no ref directly below refs/',
    )
    expect(error?.hint).toBe(`Leave out of refs what cannot be pushed. ${HINT}`)
  })
})

describe('max-deletions', () => {
  const destination = { 'refs/heads/main': A, 'refs/heads/a': A, 'refs/heads/b': A }
  const source = { 'refs/heads/main': A }

  it('says only what goes now, in the first round', () => {
    expect(check({ source, destination, maxDeletions: 1 })).toMatchObject({
      side: 'destination',
      message:
        '2 refs of the destination would be deleted (refs/heads/a, refs/heads/b), more than max-deletions allows (1)',
      hint: 'If that is right, set max-deletions: 2 or unlimited; set prune: false to keep these refs.',
    })
  })

  it('counts what the same run has deleted before, each ref once', () => {
    const deletedBefore = ['refs/heads/x', 'refs/heads/a']
    expect(check({ source, destination, maxDeletions: 3, deletedBefore })).toBeUndefined()
    expect(check({ source, destination, maxDeletions: 2, deletedBefore })).toMatchObject({
      message:
        '2 refs of the destination would be deleted (refs/heads/a, refs/heads/b) after 2 that this run has deleted, more than max-deletions allows (2)',
      hint: 'If that is right, set max-deletions: 3 or unlimited; set prune: false to keep these refs.',
    })
  })
})
