import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { checkGuards, type GuardOptions } from '../../src/plan/guards.ts'
import type { DestinationRefs, SourceRefs } from '../../src/plan/plan-types.ts'
import { planUpdates } from '../../src/plan/plan.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'
import { git, makeBareRepository } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'
import { pushRaw } from '../mirror/sessions/raw-push.ts'

const A = 'a'.repeat(40)

interface Case {
  readonly source?: readonly string[]
  readonly destination?: readonly string[]
  readonly head?: string
  readonly symrefs?: readonly (readonly [string, string])[]
  readonly lines?: readonly string[]
  readonly options?: Partial<GuardOptions['options']>
  readonly atomicAdvertised?: boolean
  readonly maxRefsPerPush?: number
  readonly formats?: readonly ['sha1' | 'sha256', 'sha1' | 'sha256']
}

function listed(names: readonly string[] = []) {
  return names.map((name) => ({ name, id: A }))
}

function check(given: Case): MirrorError | undefined {
  const [sourceFormat, destinationFormat] = given.formats ?? ['sha1', 'sha1']
  const source: SourceRefs = { refs: listed(given.source), head: undefined, format: sourceFormat }
  const destination: DestinationRefs = {
    refs: listed(given.destination),
    head: given.head,
    format: destinationFormat,
    symrefs: new Map(given.symrefs),
  }
  const refspecs = parseRefspecs(given.lines ?? ['refs/heads/*'], 'refs')
  const options = { prune: true, maxDeletions: 50, atomic: false, refspecs, ...given.options }
  const plan = planUpdates({ source, destination, refspecs, prune: options.prune, force: true })
  try {
    checkGuards({
      plan,
      source,
      destination,
      options,
      atomicAdvertised: given.atomicAdvertised ?? true,
      maxRefsPerPush: given.maxRefsPerPush ?? 5000,
    })
  } catch (error) {
    if (error instanceof MirrorError) return error
    throw error
  }
  return undefined
}

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `refs/heads/b${index}`)
}

describe('deletions', () => {
  it('[G22] stops when the source shows nothing and refs would be deleted', () => {
    const error = check({ destination: names(2) })
    expect(error).toMatchObject({ code: 'guard', retryable: false })
    expect(error?.message).toMatch(
      /^the source shows no ref in scope \(.*\), and 2 refs of the destination would be deleted \(refs\/heads\/b0, refs\/heads\/b1\)$/,
    )
    expect(error?.hint).toContain('prune: false')
  })

  it('stops when the source has other refs and none in scope', () => {
    const error = check({
      source: ['refs/tags/v1'],
      destination: names(1),
      lines: ['refs/heads/*', '^refs/heads/x'],
    })
    expect(error?.code).toBe('guard')
    expect(error?.message).toMatch(
      /^the source shows no ref in scope \(refs\/heads\/\*, \^refs\/heads\/x\), and 1 ref of /,
    )
  })

  it('lets an empty source be mirrored where nothing would be deleted', () => {
    expect(check({})).toBeUndefined()
    expect(check({ destination: ['refs/tags/v1'] })).toBeUndefined()
    expect(check({ destination: names(2), options: { prune: false } })).toBeUndefined()
  })

  it('stops above max-deletions, with the count, some names and the input', () => {
    const many = { source: ['refs/heads/main'], destination: names(51) }
    const error = check(many)
    expect(error).toMatchObject({ code: 'guard' })
    expect(error?.message).toContain('51 refs')
    expect(error?.message).toContain('refs/heads/b0, refs/heads/b1')
    expect(error?.message).toContain('and 46 more')
    expect(error?.message).toContain('max-deletions allows (50)')
    expect(error?.hint).toContain('max-deletions: 51')
    expect(check({ ...many, options: { maxDeletions: 51 } })).toBeUndefined()
    expect(check({ ...many, options: { maxDeletions: Infinity } })).toBeUndefined()
    expect(check({ ...many, destination: names(50) })).toBeUndefined()
  })

  it('counts the deletion of the default branch, too', () => {
    const given = { source: ['refs/heads/main'], destination: names(2), head: 'refs/heads/b1' }
    expect(check({ ...given, options: { maxDeletions: 1 } })?.message).toContain('2 refs')
    expect(check({ ...given, options: { maxDeletions: 2 } })).toBeUndefined()
  })

  it('stops at the first with max-deletions: 0', () => {
    expect(check({ source: names(1), destination: names(2), options: { maxDeletions: 0 } })?.code).toBe(
      'guard',
    )
    expect(check({ source: names(2), destination: names(2), options: { maxDeletions: 0 } })).toBeUndefined()
  })

  it('shows names without control characters', () => {
    const error = check({ destination: ['refs/heads/a\n::error::x'], options: { maxDeletions: 0 } })
    expect(error?.message ?? '').not.toMatch(/\n/)
  })
})

describe('formats', () => {
  it('stops when they differ, before anything is sent', () => {
    const error = check({ source: names(1), formats: ['sha1', 'sha256'] })
    expect(error).toMatchObject({
      code: 'format',
      side: 'destination',
      message: 'the source uses sha1, the destination sha256',
    })
    expect(error?.hint).toContain('--object-format=sha1')
  })

  it('believes no format of an empty source', () => {
    expect(check({ formats: ['sha1', 'sha256'] })).toBeUndefined()
  })
})

describe('atomic', () => {
  const options = { atomic: true }

  it('stops where the destination does not offer it', () => {
    const error = check({ source: names(2), options, atomicAdvertised: false })
    expect(error?.message).toContain('does not offer atomic')
    expect(error?.hint).toContain('atomic: false')
    expect(
      check({ source: names(2), destination: names(2), options, atomicAdvertised: false }),
    ).toBeUndefined()
  })

  it('stops where one push cannot take all refs', () => {
    const error = check({ source: names(11), options, maxRefsPerPush: 10 })
    expect(error?.message).toContain('11 refs')
    expect(error?.hint).toContain('max-refs-per-push')
    expect(check({ source: names(10), options, maxRefsPerPush: 10 })).toBeUndefined()
    expect(check({ source: names(11), maxRefsPerPush: 10 })).toBeUndefined()
  })

  it('stops where a ref cannot be pushed at all', () => {
    const error = check({ source: ['refs/heads/ok', 'refs/heads/b d'], options })
    expect(error?.message).toMatch(/refs\/heads\/b d cannot be pushed: .*a space/)
  })

  it('is not stopped by what is only worth a warning', () => {
    const given = { source: ['refs/heads/main'], destination: ['refs/heads/link', 'refs/heads/x'], options }
    expect(check({ ...given, symrefs: [['refs/heads/link', 'refs/heads/x']] })).toBeUndefined()
  })

  it('[G12] stops where a ref takes the place of a folder, which git itself refuses', async () => {
    const swap = { source: ['refs/heads/a/b'], destination: ['refs/heads/a'], options }
    expect(check(swap)?.message).toContain('refs/heads/a/b can only be created after refs/heads/a is gone')
    expect(check({ ...swap, source: ['refs/heads/x'], destination: ['refs/heads/x/y'] })?.code).toBe('guard')
    expect(check({ ...swap, options: {} })).toBeUndefined()

    await using source = await makeBareRepository()
    await using destination = await makeBareRepository()
    const [id = ''] = await addCommits(source.path, 1)
    await git(source.path, 'push', '-q', destination.path, `${id}:refs/heads/a`)
    const none = '0'.repeat(40)
    const commands = [
      { ref: 'refs/heads/a', old: id, new: none },
      { ref: 'refs/heads/a/b', old: none, new: id },
    ]
    const atomic = await pushRaw(destination.path, source.path, commands, { atomic: true })
    expect([...atomic.refs.values()]).not.toContain('ok')
    const plain = await pushRaw(destination.path, source.path, commands)
    expect([...plain.refs.values()]).toEqual(['ok', 'ok'])
  })
})
