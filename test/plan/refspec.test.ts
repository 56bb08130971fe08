import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { destinationPrefixes, parseRefspecs, sourcePrefixes } from '../../src/plan/refspec.ts'
import { mapToDestination, matcherOf } from '../../src/plan/refspec-match.ts'
import { forEachRef, git, makeBareRepository, runGit } from '../support/git.ts'
import { addCommits } from '../support/repositories.ts'

function parse(...lines: readonly string[]) {
  return parseRefspecs(lines, 'refs')
}

function failure(...lines: readonly string[]): MirrorError {
  try {
    parse(...lines)
  } catch (error) {
    if (error instanceof MirrorError) return error
    throw error
  }
  throw new Error(`${lines.join(' ')} was taken`)
}

describe('parseRefspecs', () => {
  it('reads names, patterns, both sides and the plus sign', () => {
    expect(parse(' refs/heads/* ', '', '+refs/heads/main:refs/heads/stable').include).toEqual([
      {
        source: 'refs/heads/*',
        destination: 'refs/heads/*',
        pattern: true,
        force: false,
        text: 'refs/heads/*',
      },
      {
        source: 'refs/heads/main',
        destination: 'refs/heads/stable',
        pattern: false,
        force: true,
        text: '+refs/heads/main:refs/heads/stable',
      },
    ])
  })

  it('reads exclusions with either sign, and keeps the lines as they were', () => {
    const set = parse('refs/heads/*', '^refs/heads/wip/*', '!refs/heads/tmp')
    expect(set.exclude).toEqual(['refs/heads/wip/*', 'refs/heads/tmp'])
    expect(set.texts).toEqual(['refs/heads/*', '^refs/heads/wip/*', '!refs/heads/tmp'])
  })

  it('knows the words branches and tags', () => {
    const set = parse('branches', '+tags', '^tags')
    expect(set.include.map(({ source, force }) => [source, force])).toEqual([
      ['refs/heads/*', false],
      ['refs/tags/*', true],
    ])
    expect(set.exclude).toEqual(['refs/tags/*'])
  })

  it.each([
    ['main', 'refs/heads/main'],
    ['heads/main', 'refs/heads/main'],
    ['tags/v1', 'refs/tags/v1'],
    ['*', 'refs/heads/*'],
    ['refs/heads/main:stable', 'refs/heads/stable'],
  ])('refuses %s and suggests %s', (line, suggestion) => {
    const error = failure('refs/heads/*', line)
    expect(error.code).toBe('usage')
    expect(error.message).toContain(`refs: "${line}"`)
    expect(error.hint).toContain(suggestion)
  })

  it.each([
    ['HEAD', /HEAD/],
    ['HEAD:refs/heads/main', /HEAD/],
    [':refs/heads/main', /empty side/],
    ['refs/heads/main:', /empty side/],
    [':', /empty side/],
    ['+', /empty side/],
    ['refs/heads/a:refs/heads/b:refs/heads/c', /more than two sides/],
    ['refs/heads/*:refs/heads/x', /one side only/],
    ['refs/heads/x:refs/heads/*', /one side only/],
    ['refs/*/*', /more than one \*/],
    ['refs/heads/a b', /a space/],
    ['refs/heads/a..b', /two dots/],
    ['refs/heads/.a', /begins with a dot/],
    ['refs/heads/a.lock', /\.lock/],
    ['refs/heads/*.lock', /\.lock/],
    ['refs/', /is not a ref name/],
    ['^refs/heads/a:refs/heads/b', /has two sides/],
    ['^main', /not a full ref name/],
    ['^', /not a full ref name/],
  ])('refuses %s', (line, words) => {
    const error = failure('refs/heads/*', line)
    expect(error.code).toBe('usage')
    expect(error.message).toMatch(words)
    expect(error.message.startsWith('refs: ')).toBe(true)
    expect(error.hint).toMatch(/[.*]$/)
  })

  it('refuses a list that mirrors nothing', () => {
    expect(failure().message).toBe('refs: is empty')
    expect(failure('^refs/heads/wip').message).toContain('leave out')
  })

  it('names the input as it was called, and shows no control characters', () => {
    expect(() => parseRefspecs(['a\u001b[31mb\u202ec'], '--refs')).toThrow(
      '--refs: "abc" is not a full ref name',
    )
  })

  it('takes exactly the names and patterns that git check-ref-format takes', async () => {
    const part = fc.string({ unit: fc.constantFrom(...'ab.*/@{-~^\\[?lock'), minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(part, async (text) => {
        const name = `refs/heads/${text}`
        const { exitCode } = await runGit('/', ['check-ref-format', '--refspec-pattern', name])
        let taken = true
        try {
          parse(name)
        } catch {
          taken = false
        }
        expect(`${name} ${taken}`).toBe(`${name} ${exitCode === 0}`)
      }),
      { numRuns: 150 },
    )
  })
})

describe('mapping', () => {
  it('maps names both ways, stars across slashes, and nothing that is excluded', () => {
    const set = parse('refs/heads/*:refs/heads/mirror/*', '^refs/heads/wip/*')
    expect(mapToDestination(set, 'refs/heads/a/b')).toBe('refs/heads/mirror/a/b')
    expect(mapToDestination(set, 'refs/heads/wip/a')).toBeUndefined()
    expect(mapToDestination(set, 'refs/tags/a')).toBeUndefined()
    expect(matcherOf(set).sourcesOf('refs/heads/mirror/a/b')).toEqual(['refs/heads/a/b'])
    expect(matcherOf(set).sourcesOf('refs/heads/mirror/wip/a')).toEqual([])
    expect(matcherOf(set).sourcesOf('refs/heads/a/b')).toEqual([])
  })

  it('takes the first refspec that matches, and tells every source of a destination', () => {
    const set = parse('refs/heads/main:refs/heads/stable', 'refs/heads/*')
    expect(mapToDestination(set, 'refs/heads/main')).toBe('refs/heads/stable')
    expect(matcherOf(set).sourcesOf('refs/heads/stable')).toEqual(['refs/heads/main', 'refs/heads/stable'])
  })

  const names = ['main', 'main2', 'wip/a', 'wip/b/c', 'release/1.x', 'dependabot/npm/x', 'a', 'a-b']
  it.each([
    [['refs/heads/*']],
    [['refs/heads/*:refs/heads/mirror/*', 'refs/tags/*']],
    [['refs/heads/*', '^refs/heads/wip/*', '^refs/heads/main2']],
    [['refs/heads/*:refs/remotes/up/*', '^refs/heads/dependabot/*']],
    [['refs/heads/main:refs/heads/stable', 'refs/heads/*']],
    [['refs/heads/a*:refs/heads/b*']],
    [['refs/heads/*/a:refs/heads/x/*']],
    [['refs/*:refs/copy/*', '^refs/tags/*']],
    [['refs/heads/main', 'refs/heads/main', 'refs/heads/main:refs/heads/other']],
  ])('maps %j as git fetch does', async (lines) => {
    await using source = await makeBareRepository()
    await using destination = await makeBareRepository()
    const branches = names.map((name) => `refs/heads/${name}`)
    const refs = [...branches, 'refs/tags/v1', 'refs/tags/v2/rc']
    // A commit for each ref, so that a fetched ref tells where it came from.
    const ids = await addCommits(source.path, refs.length)
    for (const [index, ref] of refs.entries()) await git(source.path, 'update-ref', ref, ids[index]!)
    // For fetch, one side alone means FETCH_HEAD.
    const specs = lines.map((line) => (/[:^]/.test(line) ? line : `${line}:${line}`))
    await git(destination.path, 'fetch', '-q', '--no-tags', source.path, ...specs)
    const fetched = await forEachRef(destination.path)
    const set = parse(...lines)
    const mapped = set.include.flatMap((spec) =>
      refs.map((ref, index) => [mapToDestination({ ...set, include: [spec] }, ref), ids[index]!] as const),
    )
    expect(new Map(mapped.filter(([name]) => name !== undefined).toSorted())).toEqual(fetched)
    expect(fetched.size).toBeGreaterThan(0)
    for (const [name, id] of fetched) expect(matcherOf(set).sourcesOf(name)).toContain(refs[ids.indexOf(id)])
  })
})

describe('namespaces of hosts', () => {
  const all = [
    'refs/pull/1/head',
    'refs/merge-requests/1/head',
    'refs/changes/01/1/1',
    'refs/keep-around/abc',
    'refs/meta/config',
    'refs/for/main',
    'refs/users/01/1',
    'refs/groups/ab/cd',
    'refs/sequences/changes',
    'refs/replace/abc',
    'refs/cache-automerge/ab/cd',
    'refs/starred-changes/01/1/1',
    'refs/draft-comments/01/1/1',
    'refs/worktree/x',
    'refs/bisect/bad',
  ]
  const more = [
    'refs/environments/x',
    'refs/pipelines/1',
    'refs/github-services/x',
    'refs/remotes/origin/HEAD',
  ]

  it('[G23] leaves them out by default', () => {
    const set = parse('refs/heads/*', 'refs/tags/*')
    for (const name of [...all, ...more, 'refs/stash', 'HEAD'])
      expect(mapToDestination(set, name)).toBeUndefined()
    expect(set.reserved).toEqual([])
  })

  it('leaves them out of refs/*, at the destination too', () => {
    const set = parse('refs/*')
    for (const name of [...all, ...more, 'refs/stash']) {
      expect(mapToDestination(set, name)).toBeUndefined()
      expect(matcherOf(set).sourcesOf(name)).toEqual([])
    }
    expect(mapToDestination(set, 'refs/notes/commits')).toBe('refs/notes/commits')
    expect(mapToDestination(set, 'refs/pulls')).toBe('refs/pulls')
  })

  it.each(['refs/pull/*', 'refs/pull/1/head', 'refs/pull*', 'refs/pull/*:refs/heads/pr/*'])(
    'takes one in when %s names it',
    (line) => {
      const set = parse('refs/*', line)
      expect(mapToDestination(set, 'refs/pull/1/head')).toBeDefined()
      expect(mapToDestination(set, 'refs/changes/1')).toBeUndefined()
    },
  )
})

describe('prefixes', () => {
  it('[J3] asks for each namespace in scope, by full names, and for none twice', () => {
    const set = parse('refs/heads/*:refs/heads/m/*', 'refs/heads/rel-*', 'refs/tags/v1', '^refs/heads/x/*')
    expect(sourcePrefixes(set)).toEqual(['refs/heads/', 'refs/tags/v1'])
    expect(destinationPrefixes(set)).toEqual(['refs/heads/m/', 'refs/heads/rel-', 'refs/tags/v1'])
  })

  it('asks for everything rather than for thousands of names', () => {
    const set = parse(...Array.from({ length: 2000 }, (_, index) => `refs/heads/b${index}x`))
    expect(sourcePrefixes(set)).toEqual(['refs/'])
  })
})
