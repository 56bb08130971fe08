import { describe, expect, it } from 'vitest'
import { weighCreate, weighDelete, weighMove } from '../../src/plan/hold-back.ts'
import type { DestinationRefs } from '../../src/plan/plan-types.ts'
import { planUpdates } from '../../src/plan/plan.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const MAIN = 'refs/heads/main'

function wish(name: string, peeled?: string) {
  return { name, at: 0, source: { name: 'refs/tags/v1', id: A, ...(peeled && { peeled }) }, forced: false }
}

function deletionOf(
  name: string,
  more: Partial<DestinationRefs>,
  namedBy: readonly (readonly [string, string])[] = [],
) {
  const destination = { refs: [], format: 'sha1', symrefs: new Map(), head: MAIN, ...more } as const
  return weighDelete(
    { name, id: A },
    { destination, headId: A, namedBy: new Map(namedBy), outOfScope: new Map() },
  )
}

describe('why a ref is not deleted, and what a person can do', () => {
  it('a symbolic ref', () => {
    expect(deletionOf('refs/heads/alias', { symrefs: new Map([['refs/heads/alias', MAIN]]) })).toEqual({
      ref: 'refs/heads/alias',
      action: 'delete',
      reason: `it is a symbolic ref: deleting it would delete ${MAIN}`,
      advice: 'Delete it at the destination itself (git symbolic-ref --delete), or leave it out of refs.',
      warning: true,
    })
  })

  it('a ref that a symbolic one names', () => {
    expect(deletionOf('refs/heads/a', {}, [['refs/heads/a', 'refs/heads/alias']])).toEqual({
      ref: 'refs/heads/a',
      action: 'delete',
      reason: 'the symbolic ref refs/heads/alias names it and would break',
      advice:
        'Delete the symbolic ref at the destination first (git symbolic-ref --delete), or leave both out of refs.',
      warning: true,
    })
  })

  it('a ref that shows the value of the default branch, where the server does not tell', () => {
    expect(deletionOf('refs/heads/a', { symrefs: undefined })).toEqual({
      ref: 'refs/heads/a',
      action: 'delete',
      reason: `it may be a symbolic ref to ${MAIN}: deleting it would delete both`,
      advice:
        'The destination does not tell which refs are symbolic. It goes as soon as the two differ; or delete it there, or let the ssh server take version 2 (AcceptEnv GIT_PROTOCOL in its sshd_config).',
      warning: true,
    })
    expect(deletionOf('refs/heads/a', { symrefs: undefined, head: undefined })).toBeUndefined()
    expect(deletionOf(MAIN, { symrefs: undefined })).toBeUndefined()
  })

  it('a name that is none', () => {
    expect(deletionOf('refs/heads/a b', {})).toMatchObject({
      action: 'delete',
      reason: 'it cannot be named in a push: it holds a space',
      warning: true,
    })
  })
})

describe('why a ref is not written, and what a person can do', () => {
  it('a tag with force: false', () => {
    expect(weighMove(wish('refs/tags/v1'), { force: false })).toEqual({
      ref: 'refs/tags/v1',
      action: 'force',
      reason: 'tags never move with force: false',
      advice: 'Set force: true, or write a + before a refspec to let its refs move: +refs/tags/nightly',
      warning: false,
    })
  })

  it('an annotated tag as a branch', () => {
    const told = {
      ref: 'refs/heads/v1',
      reason: 'refs/tags/v1 is an annotated tag, and a branch can only name a commit',
      advice: 'Map it to a name below refs/tags/, or map the branch that the tag was made on.',
      warning: false,
    }
    expect(weighCreate(wish('refs/heads/v1', B))).toEqual({ ...told, action: 'create' })
    expect(weighMove(wish('refs/heads/v1', B), { force: true })).toEqual({ ...told, action: 'update' })
    expect(weighMove(wish('refs/tags/v1', B), { force: true })).toBeUndefined()
  })

  it('a ref in the place of a folder', () => {
    const refspecs = parseRefspecs(['refs/heads/*'], 'refs')
    const { heldBack } = planUpdates({
      source: { refs: [{ name: 'refs/heads/x', id: A }], head: undefined, format: 'sha1' },
      destination: {
        refs: [{ name: 'refs/heads/x/y', id: A }],
        head: undefined,
        format: 'sha1',
        symrefs: new Map(),
      },
      refspecs,
      prune: false,
      force: true,
    })
    expect(heldBack).toEqual([
      {
        ref: 'refs/heads/x',
        action: 'create',
        reason: 'refs/heads/x/y is in the way: no ref can be a folder of others',
        advice: 'Delete or rename that ref at the destination, or leave this one out of refs.',
        warning: false,
      },
    ])
  })
})
