import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import type { MirrorEvent } from '../../src/report/events.ts'
import { groupAdvice } from '../../src/report/group-advice.ts'
import { createProgressMeter } from '../../src/report/progress-meter.ts'
import { createRecorder, resultOfError } from '../../src/report/recorder.ts'
import { renderJson, toErrorJson, toResultJson } from '../../src/report/result-json.ts'
import type { DestinationResult, RefChange } from '../../src/report/result.ts'
import {
  ACTION_SIGNS,
  describeCounts,
  describeDestination,
  describeIds,
  describeLeftovers,
  describeLfs,
  describeMessage,
  describePhase,
  describeServerLine,
  describeServerText,
  describeVerdict,
  formatBytes,
  formatCount,
  formatSeconds,
  PHASES,
} from '../../src/report/wording.ts'
import {
  ID_A,
  ID_B,
  makeChanges,
  makeDestination,
  makeRejected,
  makeResult,
  NO_ID,
} from '../support/results.ts'

const failure = new MirrorError('no access. Ask for some.', { code: 'auth', side: 'source' })

function changeOf(action: RefChange['action'], old: string, now: string): RefChange {
  return { ref: 'refs/heads/main', action, old, new: now }
}

describe('numbers', () => {
  it('have a comma behind each thousand', () => {
    expect([999, 1000, 1_234_567, 1_234_567_890].map(formatCount)).toEqual([
      '999',
      '1,000',
      '1,234,567',
      '1,234,567,890',
    ])
  })

  it('change their unit where the next one reads better', () => {
    expect([999_499, 999_500, 9_949_999, 9_950_000, 4.2e9, 999.5e12, 5e15].map(formatBytes)).toEqual([
      '999 kB',
      '1.0 MB',
      '9.9 MB',
      '10 MB',
      '4.2 GB',
      '1000 TB',
      '5000 TB',
    ])
    expect([0.9995, 9.95, 3600].map(formatSeconds)).toEqual(['1.0 s', '10 s', '60 min 0 s'])
  })
})

describe('a change', () => {
  it('has a sign and both ids, or the one that there is', () => {
    expect(
      [changeOf('create', NO_ID, ID_A), changeOf('update', ID_A, ID_B), changeOf('delete', ID_A, NO_ID)].map(
        describeIds,
      ),
    ).toEqual(['aaaaaaaaaa', 'aaaaaaaaaa..bbbbbbbbbb', 'aaaaaaaaaa'])
    expect(ACTION_SIGNS).toEqual({ create: '+', update: '*', force: '!', delete: '-' })
    expect(describeCounts({ create: 1000, update: 2, force: 3, delete: 4 })).toBe(
      '1,000 created, 2 updated, 3 forced, 4 deleted',
    )
  })
})

describe('phases', () => {
  it('come in the order of a run', () => {
    expect(PHASES).toEqual(['list', 'lfs', 'negotiate', 'transfer', 'verify'])
  })

  it('say whose they are once', () => {
    const event = (destination: string | undefined, text: string): MirrorEvent & { kind: 'phase' } => ({
      kind: 'phase',
      phase: 'list',
      destination,
      text,
    })
    expect(describePhase(event('git.example/x', 'listing git.example/x'), 'git.example/x: ')).toBe(
      'listing git.example/x',
    )
    expect(describePhase(event('git.example/x', 'pushing'), 'git.example/x: ')).toBe('git.example/x: pushing')
    expect(describePhase(event(undefined, 'listing the source'), '')).toBe('listing the source')
    expect(describePhase(event(undefined, 'listing undefined'), 'all: ')).toBe('all: listing undefined')
  })
})

describe('words of a server', () => {
  it('stand behind the side that said them', () => {
    expect(describeServerLine({ side: 'source', text: 'Counting' })).toBe('source: Counting')
    expect(describeServerLine({ side: 'destination', text: 'hook' })).toBe('remote: hook')
  })

  it('are shown without empty lines', () => {
    const serverText = 'one\n  \r\ntwo\n'
    expect(describeServerText(new MirrorError('no', { code: 'server', serverText }))).toEqual([
      'remote: one',
      'remote: two',
    ])
  })

  it('are one line without a full stop', () => {
    expect(describeMessage(failure)).toBe('no access. Ask for some')
    expect(describeMessage(undefined)).toBe('no reason was given')
  })
})

describe('a destination in one line', () => {
  it.each<readonly [string, Partial<DestinationResult>]>([
    ['up to date, 3 refs', {}],
    ['up to date, 1 ref', { upToDate: 1 }],
    ['no ref in scope changed, 1 helper ref of ours left behind', { leftovers: ['refs/kalandra/a'] }],
    ['2 created', { status: 'mirrored', changed: makeChanges(2) }],
    ['nothing would change', { status: 'planned' }],
    ['would change: 2 created', { status: 'planned', changed: makeChanges(2) }],
    [
      '1 ref rejected; 2 created',
      {
        status: 'rejected',
        rejected: [makeRejected(), makeRejected({ ref: 'x', warning: true })],
        changed: makeChanges(2),
      },
    ],
    ['failed at the source: no access. Ask for some; nothing changed', { status: 'failed', error: failure }],
    ['failed: no reason was given; nothing changed', { status: 'failed' }],
  ])('%s', (text, given) => {
    expect(describeDestination(makeDestination(given))).toBe(text)
  })

  it('says what was carried of LFS, if anything', () => {
    const lfs = (lfsObjects: number, lfsBytes: number) => {
      const destination = makeDestination()
      return describeLfs({ ...destination, figures: { ...destination.figures, lfsObjects, lfsBytes } })
    }
    expect(lfs(0, 0)).toBeUndefined()
    expect(lfs(12, 24_000_000)).toBe('12 LFS objects, 24 MB')
    expect(lfs(1, 0)).toBe('1 LFS object, 0 bytes')
    expect(lfs(0, 10)).toBe('0 LFS objects, 10 bytes')
  })

  it('says how helper refs are removed, one by one or where there are many', () => {
    const names = (count: number) => Array.from({ length: count }, (_, at) => `refs/kalandra/${at}`)
    expect(describeLeftovers(makeDestination({ destination: 'd', leftovers: names(5) }))).toMatch(
      /refs\/kalandra\/4; the next run goes on from them, or remove them by: git push d --delete refs\/kalandra\/0 .* refs\/kalandra\/4$/,
    )
    expect(describeLeftovers(makeDestination({ destination: 'd', leftovers: names(6) }))).toMatch(
      /refs\/kalandra\/4 and 1 more; the next run goes on from them, or remove them by: git push --delete with the name of each$/,
    )
  })
})

describe('a verdict', () => {
  it('adds up all destinations', () => {
    const some = makeDestination({ status: 'mirrored', changed: makeChanges(2), leftovers: ['a'] })
    const more = makeDestination({ status: 'mirrored', changed: makeChanges(1), leftovers: ['b'] })
    expect(describeVerdict(makeResult([some, more]))).toBe(
      'Mirrored: 3 created, 2 helper refs of ours left behind at 2 destinations in 1.3 s.',
    )
    expect(describeVerdict(makeResult([makeDestination(), more]))).toMatch(/^Mirrored: 1 created/)
  })

  it('names what failed, with what was rejected elsewhere', () => {
    const failed = makeDestination({ status: 'failed', error: failure })
    const rejected = makeDestination({ status: 'rejected', rejected: [makeRejected()] })
    expect(describeVerdict(makeResult([failed, rejected]))).toBe(
      'Failed at 1 of 2 destinations, 1 ref rejected; nothing changed.',
    )
    expect(describeVerdict(makeResult([failed]))).toBe('Failed at the source: no access. Ask for some.')
    expect(describeVerdict(makeResult([makeDestination()], { error: failure }))).toBe(
      'Failed at the source: no access. Ask for some.',
    )
  })

  it('of a dry run says that nothing would change', () => {
    expect(describeVerdict(makeResult([makeDestination()], { dryRun: true }))).toBe(
      'Dry run: nothing would change.',
    )
  })
})

describe('a run that has to end before it has a result', () => {
  it('has what was reported, its time, and figures for everything', () => {
    let now = 1000
    const recorder = createRecorder({ source: 's', destinations: ['a'], dryRun: true, now: () => now })
    recorder.reporter({ kind: 'notice', level: 'warning', destination: undefined, text: 'about all' })
    recorder.reporter({ kind: 'phase', phase: 'list', destination: 'a', text: 'no notice' })
    now = 3500
    expect(recorder.toResult(failure)).toEqual({
      source: 's',
      ok: false,
      dryRun: true,
      seconds: 2.5,
      sourceRefs: 0,
      error: failure,
      destinations: [
        {
          ...makeDestination({ destination: 'a', status: 'failed', upToDate: 0, error: failure }),
          figures: {
            packBytes: 0,
            objects: 0,
            pushes: 0,
            lfsObjects: 0,
            lfsBytes: 0,
            seconds: { list: 0, lfs: 0, negotiate: 0, transfer: 0, verify: 0 },
          },
        },
      ],
    })
    expect(resultOfError(failure)).toMatchObject({ source: '', ok: false, dryRun: false, sourceRefs: 0 })
  })
})

describe('a result as JSON', () => {
  it('is ASCII, and means the same', () => {
    const result = makeResult([makeDestination({ warnings: ['für ##[error] \u2028'] })])
    const text = renderJson(result)
    expect(text).toContain('f\\u00fcr ##\\u005berror] \\u2028')
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(toResultJson(result))))
  })

  it('has no field that is missing', () => {
    const { leftovers: _, ...bare } = makeDestination()
    expect(describeLeftovers(bare)).toBeUndefined()
    expect(toResultJson(makeResult([bare])).destinations[0]?.leftovers).toEqual([])
    expect(
      toResultJson(makeResult([makeDestination({ leftovers: ['x'] })])).destinations[0]?.leftovers,
    ).toEqual(['x'])
    expect(toErrorJson(undefined)).toBeNull()
    expect(toErrorJson(failure)).toEqual({
      code: 'auth',
      message: 'no access. Ask for some',
      hint: null,
      side: 'source',
      status: null,
      retryable: false,
    })
  })
})

it('groups refs of which nobody knows why, apart from those with advice', () => {
  const refs = [
    makeRejected({ advice: undefined }),
    makeRejected(),
    makeRejected({ advice: undefined, ref: 'x' }),
  ]
  expect(groupAdvice(refs).map(({ advice, refs: some }) => [advice, some.length])).toEqual([
    [undefined, 2],
    ['Allow force pushes for this branch.', 1],
  ])
})

it('meters the LFS objects of each destination apart, and a pause as no progress', () => {
  let time = 0
  const meter = createProgressMeter(1000, () => time)
  const lfs = (destination: string, bytes: number) =>
    meter.updateLfs({ kind: 'lfs-progress', destination, bytes, objects: 1, missing: 2 })
  lfs('a', 0)
  time = 500
  lfs('b', 0)
  time = 1200
  expect(lfs('b', 1000)).toBeUndefined()
  expect(lfs('a', 1200)).toBe('sent 1 of 2 LFS objects, 1.2 kB, 1.0 kB/s')
  time = 3000
  expect(lfs('a', 1200)).toBe('sent 1 of 2 LFS objects, 1.2 kB, 0 bytes/s')
})
