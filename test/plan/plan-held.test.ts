import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../src/base/steps.ts'
import { foldersOf } from '../../src/plan/name-conflicts.ts'
import { matcherOf } from '../../src/plan/refspec-match.ts'
import { matchesPattern, parseNamePattern } from '../../src/plan/name-pattern.ts'
import {
  BACKUP_PREFIX,
  BACKUP_TAG_PREFIX,
  findBackups,
  freeBackupTime,
  knownBackupPrefixes,
  parseBackupTime,
  whyInvalidPrefix,
} from '../../src/plan/ours/backups.ts'
import { type DestinationRefs, isDelete, type Plan, type SourceRefs } from '../../src/plan/plan-types.ts'
import { planUpdates } from '../../src/plan/plan.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'
import { mayMeetSymref } from '../../src/plan/symrefs.ts'
import {
  anchorName,
  ANCHOR_PREFIX,
  ANCHOR_PROBE,
  isAnchor,
  isProbe,
  shownPrefix,
} from '../../src/plan/anchors.ts'
import { failureOf } from '../protocol/feed.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const MAIN = 'refs/heads/main'

type Refs = Readonly<Record<string, string>>

function listed(refs: Refs) {
  return Object.entries(refs).map(([name, id]) => ({ name, id }))
}

function plan(
  source: Refs,
  destination: Refs,
  more: {
    readonly lines?: readonly string[]
    readonly force?: boolean
    readonly source?: Partial<SourceRefs>
    readonly destination?: Partial<DestinationRefs>
  } = {},
): Plan {
  return planUpdates({
    source: { refs: listed(source), head: undefined, format: 'sha1', ...more.source },
    destination: {
      refs: listed(destination),
      head: undefined,
      format: 'sha1',
      symrefs: new Map(),
      ...more.destination,
    },
    refspecs: parseRefspecs(more.lines ?? ['refs/heads/*', 'refs/tags/*'], 'refs'),
    prune: true,
    force: more.force ?? true,
  })
}

function commands({ updates }: Plan): readonly string[] {
  return updates.map(({ action, ref }) => `${action} ${ref}`)
}

function held({ heldBack }: Plan): readonly string[] {
  return heldBack.map(({ action, ref }) => `${action} ${ref}`)
}

describe('what a damaged line forbids', () => {
  it('the ref at the destination that it names is neither written nor deleted', () => {
    const damaged = [MAIN, 'refs/heads/gone'].map((name) => ({ name, reason: 'it is listed twice' }))
    const found = plan({ [MAIN]: A, 'refs/heads/b': A }, {}, { destination: { damaged } })
    expect(commands(found)).toEqual(['create refs/heads/b'])
    expect(held(found)).toEqual([`update ${MAIN}`, 'update refs/heads/gone'])
  })

  it('and the rest is updated and deleted as if it were not there', () => {
    const damaged = [{ name: 'refs/heads/x', reason: 'it is listed twice' }]
    const { updates } = plan({ [MAIN]: A }, { 'refs/heads/old': A }, { destination: { damaged } })
    expect(updates.map(isDelete)).toEqual([true, false])
  })

  it('a ref that the source may still have is not deleted', () => {
    const found = plan(
      { [MAIN]: A, 'refs/heads/fea ture': A },
      { [MAIN]: A, 'refs/heads/feature': B, 'refs/heads/old': B },
    )
    expect(commands(found)).toEqual(['delete refs/heads/old'])
    expect(held(found)).toContain('delete refs/heads/feature')
  })

  it('a ref that takes the place of a damaged folder is not created', () => {
    const damaged = [{ name: 'refs/heads/x/y', reason: 'it is listed twice' }]
    const found = plan({ 'refs/heads/x': A }, {}, { destination: { damaged } })
    expect(commands(found)).toEqual([])
    expect(found.heldBack.map(({ reason }) => reason)).toContain(
      'refs/heads/x/y is in the way: no ref can be a folder of others',
    )
  })
})

describe('what may be a symbolic ref', () => {
  it('is what shows the value of the default branch, where the server does not tell', () => {
    const there = { 'refs/heads/alias': A, [MAIN]: A, 'refs/heads/old': B, 'refs/tags/v1': A }
    const destination = { symrefs: undefined, head: MAIN }
    const found = plan({ [MAIN]: A }, there, { destination })
    expect([...found.namingHead]).toEqual(['refs/heads/alias'])
    expect(held(found)).toEqual(['delete refs/heads/alias'])
    expect(commands(found)).toEqual(['delete refs/heads/old', 'delete refs/tags/v1'])
    const first = plan({ [MAIN]: A }, { [MAIN]: A, 'refs/heads/zz': A }, { destination })
    expect([...first.namingHead]).toEqual(['refs/heads/zz'])
    const gone = plan(
      { [MAIN]: A },
      { [MAIN]: A, 'refs/heads/zz': A },
      { destination: { ...destination, head: 'refs/heads/x' } },
    )
    expect(gone.namingHead.size).toBe(0)
  })

  it('is not what shows the value of something that is no branch', () => {
    const there = { [MAIN]: B, 'refs/heads/gone': A, 'refs/pull/7/head': A }
    const blind = { symrefs: undefined, head: MAIN }
    const found = plan({ [MAIN]: B }, there, { destination: blind })
    expect(commands(found)).toEqual(['delete refs/heads/gone'])
    expect(found.heldBack).toEqual([])
  })

  it('is what shows the value of a branch out of scope, where the server does not tell', () => {
    const there = { [MAIN]: B, 'refs/heads/alias': A, 'refs/heads/kept/1': A, 'refs/tags/v1': A }
    const lines = ['refs/heads/*', 'refs/tags/*', '^refs/heads/kept/*']
    const blind = { symrefs: undefined, head: MAIN }
    const found = plan({ [MAIN]: B }, there, { lines, destination: blind })
    expect(commands(found)).toEqual(['delete refs/tags/v1'])
    expect(found.heldBack).toMatchObject([
      { ref: 'refs/heads/alias', warning: true, reason: expect.stringContaining('refs/heads/kept/1') },
    ])
    expect(found.namingHead.size).toBe(0)
    const told = plan({ [MAIN]: B }, there, { lines })
    expect(commands(told)).toEqual(['delete refs/heads/alias', 'delete refs/tags/v1'])
    const all = plan({ [MAIN]: B, 'refs/heads/kept/1': A }, there, { destination: blind })
    expect(commands(all)).toEqual(['delete refs/heads/alias', 'delete refs/tags/v1'])
  })

  it('is not right when what it names is held back', () => {
    const symrefs = new Map([['refs/heads/alias', 'refs/tags/t']])
    const source = { 'refs/heads/alias': B, 'refs/tags/t': B }
    const there = { 'refs/heads/alias': A, 'refs/tags/t': A }
    const forced = plan(source, there, { destination: { symrefs } })
    expect(commands(forced)).toEqual(['force refs/tags/t'])
    expect(held(forced)).toEqual([])
    const careful = plan(source, there, { destination: { symrefs }, force: false })
    expect(commands(careful)).toEqual([])
    expect(held(careful)).toEqual(['update refs/heads/alias', 'force refs/tags/t'])
  })

  it('is followed through others, and not where it names what is not there', () => {
    const symrefs = new Map([
      ['refs/heads/one', 'refs/heads/two'],
      ['refs/heads/two', MAIN],
      ['refs/heads/dead', 'refs/heads/none'],
    ])
    const source = { [MAIN]: B, 'refs/heads/one': B, 'refs/heads/two': B }
    const there = { [MAIN]: A, 'refs/heads/one': A, 'refs/heads/two': A }
    const found = plan(source, there, { destination: { symrefs } })
    expect(commands(found)).toEqual([`update ${MAIN}`])
    expect(held(found)).toEqual([])
    expect(found.upToDate).toBe(2)
  })

  it('is followed through one that is out of scope, and held back where it names nothing', () => {
    const symrefs = new Map([
      ['refs/heads/one', 'refs/x/two'],
      ['refs/x/two', MAIN],
      ['refs/heads/dead', 'refs/heads/none'],
    ])
    const there = { [MAIN]: A, 'refs/heads/dead': A, 'refs/heads/one': A, 'refs/x/two': A }
    const found = plan({ [MAIN]: B, 'refs/heads/dead': B, 'refs/heads/one': B }, there, {
      destination: { symrefs },
    })
    expect(commands(found)).toEqual([`update ${MAIN}`])
    expect(held(found)).toEqual(['update refs/heads/dead'])
  })

  it('names what is out of scope: its value stays', () => {
    const symrefs = new Map([['refs/heads/alias', 'refs/notes/n']])
    const found = plan(
      { 'refs/heads/alias': B },
      { 'refs/heads/alias': A, 'refs/notes/n': A },
      { destination: { symrefs } },
    )
    expect(held(found)).toEqual(['update refs/heads/alias'])
  })

  it('may be met by an update whose old value is shown twice, or by a hidden ref', () => {
    const update = { ref: MAIN, sourceRef: MAIN, action: 'update', old: A, new: B, reason: '' } as const
    const shown = (refs: Refs, haves: readonly string[] = []) => ({ refs: listed(refs), haves })
    expect(runToEnd(mayMeetSymref([update], shown({ [MAIN]: A, x: A })))).toBe(true)
    expect(runToEnd(mayMeetSymref([update], shown({ [MAIN]: A, x: B, y: B })))).toBe(false)
    expect(runToEnd(mayMeetSymref([update], shown({ [MAIN]: A }, [A])))).toBe(true)
    expect(runToEnd(mayMeetSymref([{ ...update, action: 'create' }], shown({ x: A, y: A }, [A])))).toBe(false)
  })
})

describe('the scope', () => {
  it('counts what is equal only where it is in scope, and no peeled line', () => {
    const refs = { [MAIN]: A, 'refs/notes/n': A, 'refs/tags/v1': A, 'refs/tags/v1^{}': A }
    expect(plan(refs, refs)).toMatchObject({ upToDate: 2, inScope: 2, updates: [] })
    expect(plan(refs, {})).toMatchObject({ inScope: 2 })
    expect(commands(plan(refs, {}))).toEqual([`create ${MAIN}`, 'create refs/tags/v1'])
  })

  it('is refused where two refs would become one, be it there already or new', async () => {
    const lines = ['refs/heads/*:refs/heads/m/*', 'refs/tags/*:refs/heads/m/*']
    for (const there of [{}, { 'refs/heads/m/x': A }, { 'refs/heads/m/x': B }]) {
      const error = await failureOf(
        (async () => plan({ 'refs/heads/x': A, 'refs/tags/x': A }, there, { lines }))(),
      )
      expect(error.message).toBe('refs: refs/heads/x and refs/tags/x would both become refs/heads/m/x')
      expect(error.hint).toBe(
        'Leave one of them out (^refs/tags/x), or give one of them another name at the destination.',
      )
    }
  })

  it('may reach a ref twice, and takes the + of either refspec', () => {
    const lines = ['refs/heads/*', `+${MAIN}`]
    expect(plan({ [MAIN]: A }, { [MAIN]: A }, { lines })).toMatchObject({
      upToDate: 1,
      inScope: 1,
      updates: [],
    })
    expect(plan({ [MAIN]: A }, { [MAIN]: B }, { lines }).updates).toMatchObject([{ forced: true }])
    expect(plan({ [MAIN]: A }, {}, { lines }).updates).toMatchObject([{ forced: true }])
    const other = ['+refs/heads/*', MAIN]
    expect(plan({ [MAIN]: A }, {}, { lines: other }).updates).toMatchObject([{ forced: true }])
    expect(plan({ [MAIN]: A }, { [MAIN]: B }, { lines: other }).updates).toMatchObject([{ forced: true }])
  })

  it('says in numbers what hosts keep for themselves', () => {
    const refs = { [MAIN]: A, 'refs/pull/1/head': A, 'refs/changes/1': A }
    expect(plan(refs, {}, { lines: ['refs/*'] }).warnings).toEqual([
      'left out 2 refs that hosts keep for themselves (refs/pull/, refs/changes/); to mirror them, name them in refs',
    ])
    const one = { [MAIN]: A, 'refs/stash': A }
    expect(plan(one, {}, { lines: ['refs/*'] }).warnings).toEqual([
      'left out 1 ref that hosts keep for themselves (refs/stash); to mirror them, name them in refs',
    ])
  })

  it('says how many refs a source shows that has none in it', () => {
    const told = (source: Refs) => plan(source, {}, { lines: ['refs/heads/*'] }).warnings
    const rest = 'in scope (refs/heads/*): check its address, its token, and refs'
    expect(told({})).toEqual([`the source shows no refs ${rest}`])
    expect(told({ 'refs/x/a': A })).toEqual([`the source shows 1 ref, and none ${rest}`])
    expect(told({ 'refs/x/a': A, 'refs/x/b': A })).toEqual([`the source shows 2 refs, and none ${rest}`])
  })
})

describe('a matcher', () => {
  const keeps = (lines: readonly string[], name: string) =>
    matcherOf(parseRefspecs(lines, 'refs')).keeps(name)

  it('is certain of a name that stays what it is', () => {
    expect(keeps(['refs/heads/*'], MAIN)).toBe(true)
    expect(keeps(['refs/tags/*', 'refs/heads/*'], MAIN)).toBe(true)
    expect(keeps(['refs/heads/*'], 'refs/tags/v1')).toBe(false)
    expect(keeps(['refs/heads/*', `^${MAIN}`], MAIN)).toBe(false)
    expect(keeps(['refs/heads/*:refs/heads/m/*'], MAIN)).toBe(false)
    expect(keeps(['refs/heads/*', 'refs/heads/*:refs/heads/m/*'], MAIN)).toBe(false)
    expect(keeps(['refs/heads/*', `${MAIN}:refs/heads/x`], MAIN)).toBe(false)
  })

  it('maps the middle of a name, both ways', () => {
    const matcher = matcherOf(parseRefspecs(['refs/heads/a*-x:refs/tags/*-end', '^refs/heads/a2-x'], 'refs'))
    const names: string[] = []
    matcher.eachDestination('refs/heads/a1-x', (name) => names.push(name))
    expect(names).toEqual(['refs/tags/1-end'])
    expect(matcher.sourcesOf('refs/tags/1-end')).toEqual(['refs/heads/a1-x'])
    expect(matcher.sourcesOf('refs/tags/2-end')).toEqual([])
  })

  it('takes a lone star for everything', () => {
    expect(parseNamePattern('*')).toEqual({ head: '', tail: '' })
    expect(matchesPattern(parseNamePattern('*'), MAIN)).toBe(true)
  })
})

describe('names of ours', () => {
  it('are at their place, and say why a prefix is none', () => {
    expect(BACKUP_TAG_PREFIX).toBe('refs/tags/kalandra-backup/')
    expect(knownBackupPrefixes(undefined)).toEqual([BACKUP_PREFIX, BACKUP_TAG_PREFIX])
    expect(['refs/', 'heads/x/', 'x/refs/y/'].map(whyInvalidPrefix)).toEqual(
      Array.from({ length: 3 }, () => 'it does not begin with refs/ and a name'),
    )
    expect(whyInvalidPrefix('refs/a b/')).toBe('it holds a space')
    expect(whyInvalidPrefix('refs/old/')).toBeUndefined()
  })

  it('are found among others, the oldest first', () => {
    const names = ['20261130T120001Z/heads/a', '20261130T120000Z/heads/b', '20261130T120000Z/heads/a']
    const refs = [
      MAIN,
      `${BACKUP_PREFIX}x20261130T120000Z/heads/a`,
      ...names.map((name) => BACKUP_PREFIX + name),
    ]
    const found = findBackups(
      refs.map((name) => ({ name, id: A })),
      [BACKUP_PREFIX],
    )
    expect(found.map(({ time, ref }) => `${time} ${ref}`)).toEqual([
      '20261130T120000Z refs/heads/a',
      '20261130T120000Z refs/heads/b',
      '20261130T120001Z refs/heads/a',
    ])
    expect(['120261130T120000Z', '20261130T120000Zx', '20261130T120000'].map(parseBackupTime)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
  })

  it('take the first time that is free for each of the refs', () => {
    const now = Date.UTC(2026, 10, 30, 12)
    const taken = new Set([`${BACKUP_PREFIX}20261130T120000Z/heads/b`])
    const options = { prefix: BACKUP_PREFIX, now }
    expect(freeBackupTime(['refs/heads/a', 'refs/heads/b'], taken, options)).toBe('20261130T120001Z')
    expect(freeBackupTime(['refs/heads/a'], taken, options)).toBe('20261130T120000Z')
  })

  it('are told from each other', () => {
    expect([ANCHOR_PROBE, anchorName(ANCHOR_PREFIX, 1, A), MAIN].map(isProbe)).toEqual([true, false, false])
    expect([ANCHOR_PROBE, anchorName(ANCHOR_PREFIX, 1, A), MAIN].map(isAnchor)).toEqual([true, true, false])
    expect(shownPrefix([MAIN, anchorName(ANCHOR_PREFIX, 1, A)].map((name) => ({ name, id: A })))).toBe(
      ANCHOR_PREFIX,
    )
  })

  it('and folders of a name are all that would have to be one', () => {
    expect(foldersOf('refs/heads/a/b')).toEqual(['refs/heads/a', 'refs/heads'])
    expect(foldersOf('refs/heads')).toEqual([])
  })
})
