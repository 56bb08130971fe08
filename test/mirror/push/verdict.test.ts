import { describe, expect, it } from 'vitest'
import type { RefUpdate } from '../../../src/plan/plan-types.ts'
import { type RefVerdict, settle } from '../../../src/mirror/push/verdict.ts'
import type { RefReport } from '../../../src/protocol/report-status.ts'

const OLD = 'a'.repeat(40)

const NEW = 'b'.repeat(40)

const OTHER = 'c'.repeat(40)

const NONE = '0'.repeat(40)

const REF = 'refs/heads/main'

function update(action: RefUpdate['action'], ref: string = REF): RefUpdate {
  return {
    ref,
    sourceRef: action === 'delete' ? undefined : REF,
    action,
    old: action === 'create' ? NONE : OLD,
    new: action === 'delete' ? NONE : NEW,
    reason: '',
  }
}

function judge(o: {
  readonly action?: RefUpdate['action']
  readonly report?: RefReport | undefined
  readonly unpack?: string
  readonly found: string
}): RefVerdict {
  const [verdict] = settle({
    updates: [update(o.action ?? 'update')],
    reports: new Map([[REF, o.report]]),
    unpack: o.unpack,
    listing: o.found === NONE ? [] : [{ name: REF, id: o.found }],
    format: 'sha1',
  })
  return verdict!
}

const OK: RefReport = { ok: true }

const NG: RefReport = { ok: false, reason: 'hook declined' }

describe('settle', () => {
  it.each([
    ['create', NEW],
    ['update', NEW],
    ['force', NEW],
    ['delete', NONE],
  ] as const)('%s is done when the listing shows it', (action, found) => {
    for (const report of [OK, undefined]) {
      expect(judge({ action, report, unpack: 'ok', found })).toEqual({
        kind: 'changed',
        update: update(action),
      })
    }
  })

  it('[B18] believes the listing, not an ng for a ref that moved', () => {
    expect(judge({ report: NG, unpack: 'ok', found: NEW }).kind).toBe('changed')
  })

  it('does not believe an ok for a ref that did not move', () => {
    expect(judge({ report: OK, unpack: 'ok', found: OLD })).toMatchObject({
      kind: 'rejected',
      reason: `the server reported ok but the listing shows ${OLD}`,
    })
    expect(judge({ action: 'create', report: OK, unpack: 'ok', found: NONE })).toMatchObject({
      kind: 'rejected',
      reason: 'the server reported ok but the listing shows no such ref',
    })
    expect(judge({ action: 'delete', report: OK, unpack: 'ok', found: OLD }).kind).toBe('rejected')
  })

  it('quotes the server where it refused', () => {
    expect(judge({ report: NG, unpack: 'ok', found: OLD })).toMatchObject({
      kind: 'rejected',
      reason: 'hook declined',
    })
  })

  it.each([OK, NG, undefined])('calls a third value a race, whatever was reported (%j)', (report) => {
    expect(judge({ report, unpack: 'ok', found: OTHER })).toMatchObject({ kind: 'raced', found: OTHER })
    expect(judge({ report, unpack: 'ok', found: NONE })).toMatchObject({ kind: 'raced', found: NONE })
    expect(judge({ action: 'create', report, unpack: 'ok', found: OTHER }).kind).toBe('raced')
  })

  it('knows nothing of a ref that the server is silent about', () => {
    expect(judge({ report: undefined, unpack: 'ok', found: OLD }).kind).toBe('unknown')
    expect(judge({ report: undefined, found: OLD }).kind).toBe('unknown')
  })

  it('[B17] takes a failed unpack for the failure of all, whatever the ref lines say', () => {
    expect(judge({ report: OK, unpack: 'index-pack failed', found: OLD })).toMatchObject({
      kind: 'rejected',
      reason: 'the pack was not taken: index-pack failed',
    })
    expect(judge({ report: undefined, unpack: 'index-pack failed', found: OLD }).kind).toBe('rejected')
    expect(judge({ report: NG, unpack: 'index-pack failed', found: OLD })).toMatchObject({
      reason: 'hook declined',
    })
  })

  it('[G3] says so when a server that could not take the pack moved the ref all the same', () => {
    const verdict = judge({ report: OK, unpack: 'EOF before end of zlib stream', found: NEW })
    expect(verdict).toMatchObject({
      kind: 'changed',
      doubt: expect.stringContaining('EOF before end of zlib stream'),
    })
    expect(judge({ action: 'delete', report: OK, unpack: 'whatever', found: NONE })).not.toHaveProperty(
      'doubt',
    )
  })

  it('names the other ref that a server says it moved', () => {
    const report = { ok: true, refname: 'refs/pull/7/head' } as const
    expect(judge({ report, unpack: 'ok', found: OLD })).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining('it moved refs/pull/7/head'),
    })
    expect(judge({ report: { ok: true, refname: REF }, unpack: 'ok', found: OLD })).toMatchObject({
      reason: `the server reported ok but the listing shows ${OLD}`,
    })
  })

  it('judges each update for itself, in their order', () => {
    const updates = ['a', 'b', 'c'].map((name) => update('update', `refs/heads/${name}`))
    const verdicts = settle({
      updates,
      reports: new Map([['refs/heads/b', NG]]),
      unpack: 'ok',
      listing: [
        { name: 'refs/heads/a', id: NEW },
        { name: 'refs/heads/b', id: OLD },
        { name: 'refs/heads/c', id: OTHER },
      ],
      format: 'sha1',
    })
    expect(verdicts.map(({ kind, update: { ref } }) => `${ref} ${kind}`)).toEqual([
      'refs/heads/a changed',
      'refs/heads/b rejected',
      'refs/heads/c raced',
    ])
  })

  it('knows the null id of SHA-256', () => {
    const gone = { ...update('delete'), old: 'a'.repeat(64), new: '0'.repeat(64) }
    const [verdict] = settle({ updates: [gone], reports: new Map(), listing: [], format: 'sha256' })
    expect(verdict?.kind).toBe('changed')
  })
})
