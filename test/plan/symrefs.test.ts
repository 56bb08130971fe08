import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../src/base/steps.ts'
import type { PlanOptions } from '../../src/plan/plan-types.ts'
import { planUpdates } from '../../src/plan/plan.ts'
import { mayMeetSymref, namedTargets } from '../../src/plan/symrefs.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'

const A = 'a'.repeat(40)

const B = 'b'.repeat(40)

function options(
  source: Readonly<Record<string, string>>,
  destination: Readonly<Record<string, string>>,
  symrefs: Readonly<Record<string, string>>,
): PlanOptions {
  const listed = (refs: Readonly<Record<string, string>>) =>
    Object.entries(refs).map(([name, id]) => ({ name: `refs/heads/${name}`, id }))
  const links = Object.entries(symrefs).map(
    ([name, target]) => [name === 'HEAD' ? name : `refs/heads/${name}`, `refs/heads/${target}`] as const,
  )
  return {
    source: { refs: listed(source), head: undefined, format: 'sha1' },
    destination: { refs: listed(destination), head: undefined, format: 'sha1', symrefs: new Map(links) },
    refspecs: parseRefspecs(['refs/heads/*'], 'refs'),
    prune: true,
    force: true,
  }
}

describe('symbolic refs of the destination', () => {
  it.each([
    { what: 'right now and later', source: { main: A, link: A }, now: A, upToDate: 2, held: 0 },
    { what: 'right once its target has moved', source: { main: B, link: B }, now: A, upToDate: 1, held: 0 },
    { what: 'right now and wrong later', source: { main: B, link: A }, now: A, upToDate: 0, held: 1 },
    { what: 'wrong now and later', source: { main: A, link: B }, now: A, upToDate: 1, held: 1 },
  ])('counts one that is $what', ({ source, now, upToDate, held }) => {
    const plan = planUpdates(options(source, { main: now, link: now }, { link: 'main' }))
    expect([plan.upToDate, plan.heldBack.length]).toEqual([upToDate, held])
    expect(plan.updates.map(({ ref }) => ref)).not.toContain('refs/heads/link')
    expect(plan.heldBack.every(({ warning }) => !warning)).toBe(true)
  })

  it('follows a chain of them, and is not caught in a circle', () => {
    const chain = { one: 'two', two: 'main' }
    expect(
      planUpdates(options({ main: B, one: B, two: B }, { main: A, one: A, two: A }, chain)).heldBack,
    ).toEqual([])
    const circle = { one: 'two', two: 'one' }
    expect(planUpdates(options({ one: B }, { one: A, two: A }, circle)).updates).toEqual([])
  })

  it('lets HEAD name what it will', () => {
    const plan = planUpdates(options({ main: B }, { main: A, gone: A }, { HEAD: 'gone' }))
    expect(plan.updates.map(({ action, ref }) => `${action} ${ref}`)).toEqual([
      'delete refs/heads/gone',
      'update refs/heads/main',
    ])
  })
})

describe('namedTargets', () => {
  it('tells for each target a symbolic ref that names it', () => {
    const { destination } = options({}, {}, { HEAD: 'main', one: 'main', two: 'other' })
    expect(namedTargets(destination)).toEqual(
      new Map([
        ['refs/heads/main', 'refs/heads/one'],
        ['refs/heads/other', 'refs/heads/two'],
      ]),
    )
    expect(namedTargets({ ...destination, symrefs: undefined }).size).toBe(0)
  })
})

describe('whether a symbolic ref may be met', () => {
  const moved = { ref: 'refs/heads/main', sourceRef: 'refs/heads/main', old: A, new: B, reason: '' }
  const refs = [
    { name: 'refs/heads/main', id: A },
    { name: 'refs/heads/other', id: B },
  ]

  it('is asked where another ref shows what a moved one shows', () => {
    const update = { ...moved, action: 'update' } as const
    expect(runToEnd(mayMeetSymref([update], { refs, haves: [] }))).toBe(false)
    const link = { name: 'refs/remotes/origin/HEAD', id: A }
    expect(runToEnd(mayMeetSymref([update], { refs: [...refs, link], haves: [] }))).toBe(true)
    // Refs of another namespace are shown by their ids alone.
    expect(runToEnd(mayMeetSymref([update], { refs, haves: [A] }))).toBe(true)
    // Both ends of a symbolic ref are moved.
    const other = { ...update, ref: 'refs/heads/other' }
    expect(
      runToEnd(
        mayMeetSymref([update, other], { refs: refs.map(({ name }) => ({ name, id: A })), haves: [] }),
      ),
    ).toBe(true)
  })

  it('is not asked for refs that are created', () => {
    const create = { ...moved, action: 'create', old: '0'.repeat(40) } as const
    expect(runToEnd(mayMeetSymref([create], { refs: [...refs, ...refs], haves: [create.old] }))).toBe(false)
  })
})
