import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { planInSteps, planUpdates } from '../../src/plan/plan.ts'
import {
  createRefspecParser,
  destinationPrefixes,
  mayMakeBranches,
  parseRefspecs,
  sourcePrefixes,
} from '../../src/plan/refspec.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)

function refusal(...lines: readonly string[]): MirrorError {
  try {
    parseRefspecs(lines, 'refs')
  } catch (error) {
    if (error instanceof MirrorError) return error
    throw error
  }
  throw new Error('the lines were taken')
}

describe('refspecs', () => {
  it('never name HEAD, and say what to write', () => {
    for (const text of ['HEAD', '@', 'HEAD:refs/heads/main', '^HEAD']) {
      const error = refusal(text)
      expect(error).toMatchObject({ code: 'usage' })
      expect(error.message).toBe(`refs: "${text}" names HEAD, which is no branch and is never mirrored`)
      expect(error.hint).toBe('Write the branch that HEAD stands for, such as refs/heads/main.')
    }
  })

  it('suggest a full name for a short one', () => {
    expect(refusal('heads/x').hint).toBe('Write names from refs/ on, such as refs/heads/x.')
    expect(refusal('x/heads/y').hint).toBe('Write names from refs/ on, such as refs/heads/x/heads/y.')
    expect(refusal('^').hint).toBe('Write names from refs/ on, such as refs/heads/main.')
  })

  it('say so when there is none that takes anything in', () => {
    const hint = 'Name refs to mirror, one pattern a line: refs/heads/*'
    expect(refusal(' ', '')).toMatchObject({ code: 'usage', message: 'refs: is empty', hint })
    expect(refusal('^refs/heads/x')).toMatchObject({
      code: 'usage',
      message: 'refs: says what to leave out, and not what to mirror',
      hint,
    })
  })

  it('may have spaces around each side, and a + or ^ only at the beginning', () => {
    const set = parseRefspecs(
      [' refs/heads/a : refs/heads/b ', '^ refs/heads/c ', 'refs/heads/d^'.slice(0, -1)],
      'refs',
    )
    expect(set.include.map(({ source, destination }) => [source, destination])).toEqual([
      ['refs/heads/a', 'refs/heads/b'],
      ['refs/heads/d', 'refs/heads/d'],
    ])
    expect(set.exclude).toEqual(['refs/heads/c'])
    expect(parseRefspecs(['refs/heads/a!'], 'refs').exclude).toEqual([])
  })

  it('leave out what hosts keep for themselves, each namespace by its name', () => {
    const { reserved } = parseRefspecs(['refs/*'], 'refs')
    expect(reserved).toEqual(
      expect.arrayContaining(['refs/deleted/*', 'refs/for-review/*', 'refs/original/*']),
    )
    expect(reserved).toEqual(
      expect.arrayContaining(['refs/prefetch/*', 'refs/pull-requests/*', 'refs/rewritten/*']),
    )
    expect(parseRefspecs(['refs/*', 'refs/original/*'], 'refs').reserved).not.toContain('refs/original/*')
    expect(parseRefspecs(['refs/original/*'], 'refs').reserved).toEqual([])
    // The beginning of a reserved name, and a name of its own.
    expect(parseRefspecs(['refs/or'], 'refs').reserved).toEqual([])
  })

  it('are parsed once where many mirrors have the same', () => {
    const parse = createRefspecParser()
    const set = parse(['refs/heads/a', 'refs/heads/b'], 'refs')
    expect(set.include).toHaveLength(2)
    expect(parse(['refs/heads/a', 'refs/heads/b'], 'refs')).toBe(set)
    expect(parse(['refs/heads/a'], 'refs').include).toHaveLength(1)
    expect(parse(['refs/heads/arefs/heads/b'], 'refs').include).toHaveLength(1)
  })
})

describe('mayMakeBranches', () => {
  it.each([
    [['refs/heads/*'], false],
    [['refs/tags/*'], false],
    [['refs/tags/*:refs/heads/tags/*'], true],
    [['refs/heads/*', 'refs/tags/v1:refs/heads/v1'], true],
    [['refs/heads/a:refs/heads/b'], false],
    [['refs/*'], true],
    [['refs/tags/*:refs/notes/*'], false],
    [['refs/tags/v1:refs/h'], false],
    [['refs/x/heads/*:refs/heads/x/*'], true],
  ])('%j: %s', (lines, expected) => {
    expect(mayMakeBranches(parseRefspecs(lines, 'refs'))).toBe(expected)
  })
})

describe('prefixes of a listing', () => {
  it('are as few as cover everything', () => {
    const set = parseRefspecs(
      ['refs/tags/v*:refs/heads/v*', 'refs/heads/*', 'refs/heads/x', 'refs/tags/v1'],
      'refs',
    )
    expect(sourcePrefixes(set)).toEqual(['refs/heads/', 'refs/tags/v'])
    expect(destinationPrefixes(set)).toEqual(['refs/heads/', 'refs/tags/v1'])
  })

  it('are one for everything where there would be more than 500', () => {
    const lines = Array.from({ length: 501 }, (_, at) => `refs/heads/${1000 + at}`)
    expect(sourcePrefixes(parseRefspecs(lines, 'refs'))).toEqual(['refs/'])
    expect(sourcePrefixes(parseRefspecs(lines.slice(1), 'refs'))).toHaveLength(500)
  })
})

describe('a plan of many refs', () => {
  const listed = (id: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ name: `refs/heads/${100_000 + at}`, id }))
  const stopsOf = (source: ReturnType<typeof listed>, destination: ReturnType<typeof listed>): number => {
    const refspecs = parseRefspecs(['refs/heads/*'], 'refs')
    const options = {
      source: { refs: source, head: undefined, format: 'sha1' },
      destination: { refs: destination, head: undefined, format: 'sha1', symrefs: new Map<string, string>() },
      refspecs,
      prune: true,
      force: true,
    } as const
    let stops = 0
    const steps = planInSteps(options)
    let step = steps.next()
    for (; step.done !== true; step = steps.next()) stops++
    expect(step.value).toEqual(planUpdates(options))
    return stops
  }

  it.each([
    ['creates', [A, 20_000], [A, 0]],
    ['moves', [A, 20_000], [B, 20_000]],
    ['deletes', [A, 1], [A, 20_000]],
    ['changes nothing', [A, 20_000], [A, 20_000]],
  ] as const)('can be stopped every few thousand refs where it %s', (_, [sourceId, sources], [id, count]) => {
    const stops = stopsOf(listed(sourceId, sources), listed(id, count))
    expect(stops).toBeGreaterThanOrEqual(2)
    expect(stops).toBeLessThan(60)
  })

  it('puts the branch of HEAD first, the others in the order of the source', () => {
    const refspecs = parseRefspecs(['refs/heads/*'], 'refs')
    const refs = ['a', 'b', 'c'].map((name) => ({ name: `refs/heads/${name}`, id: A }))
    const order = (head: string | undefined) =>
      planUpdates({
        source: { refs, head, format: 'sha1' },
        destination: { refs: [], head: undefined, format: 'sha1', symrefs: new Map() },
        refspecs,
        prune: true,
        force: true,
      }).updates.map(({ ref }) => ref.slice(-1))
    expect(order('refs/heads/b')).toEqual(['b', 'a', 'c'])
    expect(order(undefined)).toEqual(['a', 'b', 'c'])
  })
})
