import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import type { DestinationRefs, Plan, SourceRefs } from '../../src/plan/plan-types.ts'
import { planUpdates } from '../../src/plan/plan.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'
import { ZERO } from './plan-property.ts'

const A = 'a'.repeat(40)

const B = 'b'.repeat(40)

function sourceOf(refs: Readonly<Record<string, string>>, more: Partial<SourceRefs> = {}): SourceRefs {
  return {
    refs: Object.entries(refs).map(([name, id]) => ({ name, id })),
    head: undefined,
    format: 'sha1',
    ...more,
  }
}

function destinationOf(
  refs: Readonly<Record<string, string>>,
  more: Partial<DestinationRefs> = {},
): DestinationRefs {
  return { ...sourceOf(refs), symrefs: new Map(), head: undefined, ...more }
}

function plan(
  source: SourceRefs,
  destination: DestinationRefs,
  options: { readonly lines?: readonly string[]; readonly prune?: boolean; readonly force?: boolean } = {},
): Plan {
  const refspecs = parseRefspecs(options.lines ?? ['refs/heads/*', 'refs/tags/*'], 'refs')
  return planUpdates({
    source,
    destination,
    refspecs,
    prune: options.prune ?? true,
    force: options.force ?? true,
  })
}

function commands({ updates }: Plan): readonly string[] {
  return updates.map((update) => `${update.action} ${update.ref}`)
}

describe('an annotated tag that is mapped to a branch', () => {
  const tag = { name: 'refs/tags/v1', id: A, peeled: B }
  const lines = ['refs/tags/*:refs/heads/rel/*', 'refs/tags/*']

  it('is rejected at once: a branch can only name a commit', () => {
    for (const there of [{}, { 'refs/heads/rel/v1': B }]) {
      const result = plan({ refs: [tag], head: undefined, format: 'sha1' }, destinationOf(there), { lines })
      expect(commands(result)).toEqual(['create refs/tags/v1'])
      expect(result.heldBack).toEqual([
        expect.objectContaining({
          ref: 'refs/heads/rel/v1',
          reason: 'refs/tags/v1 is an annotated tag, and a branch can only name a commit',
          warning: false,
        }),
      ])
    }
  })

  it('is no reason against a tag without an object of its own', () => {
    const result = plan(sourceOf({ 'refs/tags/v1': A }), destinationOf({}), { lines })
    expect(commands(result)).toEqual(['create refs/heads/rel/v1', 'create refs/tags/v1'])
  })
})

describe('a deletion that makes room', () => {
  it('comes first, and is marked: a folder becomes a ref, or a ref a folder', () => {
    const result = plan(
      sourceOf({ 'refs/heads/x': A, 'refs/heads/y/z': A, 'refs/heads/new': A }),
      destinationOf({ 'refs/heads/a': A, 'refs/heads/x/1': A, 'refs/heads/x/2/3': A, 'refs/heads/y': A }),
    )
    expect(commands(result).slice(0, 4)).toEqual([
      'delete refs/heads/x/1',
      'delete refs/heads/x/2/3',
      'delete refs/heads/y',
      'delete refs/heads/a',
    ])
    const making = result.updates.filter((update) => update.makesRoom === true)
    expect(making).toEqual(result.updates.slice(0, 3))
  })
})

describe('planUpdates', () => {
  it('creates, moves and deletes, each with its old and new id and a reason', () => {
    const result = plan(
      sourceOf({ 'refs/heads/new': A, 'refs/heads/moved': A, 'refs/heads/same': A, 'refs/tags/moved': A }),
      destinationOf({
        'refs/heads/moved': B,
        'refs/heads/gone': B,
        'refs/heads/same': A,
        'refs/tags/moved': B,
      }),
    )
    expect(result.updates).toEqual([
      {
        ref: 'refs/heads/gone',
        sourceRef: undefined,
        action: 'delete',
        old: B,
        new: ZERO,
        reason: 'the source has no such ref',
      },
      {
        ref: 'refs/heads/new',
        sourceRef: 'refs/heads/new',
        action: 'create',
        old: ZERO,
        new: A,
        reason: 'new at the source',
      },
      {
        ref: 'refs/heads/moved',
        sourceRef: 'refs/heads/moved',
        action: 'update',
        old: B,
        new: A,
        reason: 'moved at the source',
      },
      {
        ref: 'refs/tags/moved',
        sourceRef: 'refs/tags/moved',
        action: 'force',
        old: B,
        new: A,
        reason: 'the tag moved at the source',
      },
    ])
    expect(result).toMatchObject({
      upToDate: 1,
      inScope: 4,
      heldBack: [],
      namingHead: new Set(),
      warnings: [],
      defaultBranchDelete: undefined,
    })
  })

  it('[B4] never sends a peeled line, and deletes none', () => {
    const source = sourceOf({ 'refs/tags/a': A, 'refs/tags/a^{}': B })
    expect(
      commands(plan(source, destinationOf({ 'refs/tags/b': A, 'refs/tags/b^{}': B }), { lines: ['refs/*'] })),
    ).toEqual(['delete refs/tags/b', 'create refs/tags/a'])
  })

  it('[B6] never sends or deletes HEAD or a name outside refs/', () => {
    const strange = { HEAD: B, 'heads/main': B, '.have': B, ORIG_HEAD: B, refs: B }
    expect(
      commands(
        plan(sourceOf({ ...strange, 'refs/heads/main': A }), destinationOf({}), { lines: ['refs/*'] }),
      ),
    ).toEqual(['create refs/heads/main'])
    expect(
      commands(plan(sourceOf({ 'refs/heads/main': A }), destinationOf(strange), { lines: ['refs/*'] })),
    ).toEqual(['create refs/heads/main'])
  })

  it('[D9] sends the branch of the source HEAD first, after the deletions', () => {
    const source = sourceOf(
      { 'refs/heads/a': A, 'refs/heads/main': A, 'refs/heads/z': A },
      { head: 'refs/heads/main' },
    )
    const lines = ['refs/heads/*:refs/heads/up/*']
    expect(
      commands(plan(source, destinationOf({ 'refs/heads/up/old': B, 'refs/heads/up/a': B }), { lines })),
    ).toEqual([
      'delete refs/heads/up/old',
      'create refs/heads/up/main',
      'create refs/heads/up/z',
      'update refs/heads/up/a',
    ])
  })

  it('[G7] holds names back that a server would refuse, and sends the others', () => {
    const names = [
      'refs/x',
      'refs/heads/a b',
      'refs/heads/a..b',
      'refs/heads/.x',
      'refs/heads/x.lock',
      'refs/heads/\ufffd',
      'refs/heads/x\n',
    ]
    const refs = Object.fromEntries([...names, 'refs/heads/ok'].map((name) => [name, A]))
    const result = plan(sourceOf(refs), destinationOf({}), { lines: ['refs/*'] })
    expect(commands(result)).toEqual(['create refs/heads/ok'])
    expect(result.heldBack.map(({ ref, warning }) => [ref, warning])).toEqual(
      names.map((name) => [name, false]),
    )
    for (const { reason, advice } of result.heldBack) {
      expect(reason).toMatch(/valid ref name: |directly below refs/)
      expect(advice).toContain('^')
    }
  })

  it('[G14] keeps the deletion of the default branch apart', () => {
    const result = plan(
      sourceOf({ 'refs/heads/new': A }),
      destinationOf({ 'refs/heads/old': B }, { head: 'refs/heads/old' }),
    )
    expect(commands(result)).toEqual(['create refs/heads/new'])
    expect(result.defaultBranchDelete).toMatchObject({
      ref: 'refs/heads/old',
      action: 'delete',
      old: B,
      new: ZERO,
    })
  })

  it('keeps what collides with the default branch that goes last', () => {
    const result = plan(
      sourceOf({ 'refs/heads/a/b': A }),
      destinationOf({ 'refs/heads/a': B }, { head: 'refs/heads/a' }),
    )
    expect(commands(result)).toEqual([])
    expect(result.heldBack[0]).toMatchObject({ ref: 'refs/heads/a/b', action: 'create', warning: false })
    expect(result.defaultBranchDelete?.ref).toBe('refs/heads/a')
  })

  it('deletes nothing without prune', () => {
    const result = plan(sourceOf({}), destinationOf({ 'refs/heads/a': A }), { prune: false })
    expect(result).toMatchObject({ updates: [], defaultBranchDelete: undefined })
  })

  it('holds moved tags back with force: false, unless a plus asks for them', () => {
    const source = sourceOf({ 'refs/tags/v1': A, 'refs/tags/nightly': A, 'refs/heads/main': A })
    const destination = destinationOf({ 'refs/tags/v1': B, 'refs/tags/nightly': B, 'refs/heads/main': B })
    const lines = ['refs/heads/*', 'refs/tags/*', '+refs/tags/nightly']
    const result = plan(source, destination, { lines, force: false })
    expect(result.heldBack).toMatchObject([
      { ref: 'refs/tags/v1', action: 'force', reason: 'tags never move with force: false', warning: false },
    ])
    expect(result.updates).toMatchObject([
      { ref: 'refs/tags/nightly', action: 'force', forced: true },
      { ref: 'refs/heads/main', action: 'update' },
    ])
    expect(result.updates[1]).not.toHaveProperty('forced')
  })

  it('refuses two sources for one name, and names both', () => {
    const source = sourceOf({ 'refs/heads/a': A, 'refs/heads/b': A })
    const lines = ['refs/heads/a:refs/heads/x', 'refs/heads/b:refs/heads/x']
    for (const there of [{}, { 'refs/heads/x': A }, { 'refs/heads/x': B }]) {
      let error: unknown
      try {
        plan(source, destinationOf(there), { lines })
      } catch (thrown) {
        error = thrown
      }
      expect(error).toBeInstanceOf(MirrorError)
      expect(error).toMatchObject({
        code: 'usage',
        message: 'refs: refs/heads/a and refs/heads/b would both become refs/heads/x',
      })
    }
  })

  it('takes two refspecs that say the same for one', () => {
    const lines = ['refs/heads/*', 'refs/heads/main', '+refs/heads/main']
    const result = plan(sourceOf({ 'refs/heads/main': A }), destinationOf({ 'refs/heads/main': B }), {
      lines,
    })
    expect(result.updates).toMatchObject([{ ref: 'refs/heads/main', forced: true }])
    expect(result.inScope).toBe(1)
  })

  it('uses the null id of the destination format', () => {
    const sha256 = { format: 'sha256', refs: [{ name: 'refs/heads/a', id: 'c'.repeat(64) }] } as const
    const result = plan({ ...sha256, head: undefined }, destinationOf({}, { format: 'sha256' }))
    expect(result.updates[0]!.old).toBe('0'.repeat(64))
  })

  it('finds nothing to do among 100,000 refs in any order', () => {
    const refs = Array.from({ length: 100_000 }, (_, index) => ({ name: `refs/heads/x/${index}`, id: A }))
    const source = { refs, head: undefined, format: 'sha1' } as const
    for (const there of [refs, refs.toReversed()]) {
      const result = plan(source, { ...source, refs: there, symrefs: new Map() })
      expect([result.updates.length, result.upToDate, result.inScope]).toEqual([0, 100_000, 100_000])
    }
  })
})
