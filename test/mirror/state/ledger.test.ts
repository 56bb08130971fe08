import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { Ledger } from '../../../src/mirror/state/ledger.ts'
import type { MirrorEvent } from '../../../src/report/events.ts'
import type { RefChange, RejectedRef } from '../../../src/report/result.ts'

const [A, B, C, NONE] = ['a', 'b', 'c', '0'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
  string,
]

function makeLedger(isDryRun = false): { readonly ledger: Ledger; readonly events: readonly MirrorEvent[] } {
  const events: MirrorEvent[] = []
  const ledger = new Ledger({ label: 'there', isDryRun, reporter: (event) => events.push(event) })
  return { ledger, events }
}

function change(action: RefChange['action'], old: string, now: string, ref = 'refs/heads/main'): RefChange {
  return { ref, action, old, new: now }
}

function refusal(ref: string, warning = false): RejectedRef {
  return { ref, action: 'update', reason: 'declined', advice: undefined, warning }
}

describe('Ledger', () => {
  it('tells of each change once, and of one ref one change from first to last', () => {
    const { ledger, events } = makeLedger()
    ledger.change(change('create', NONE, A))
    ledger.change(change('create', NONE, A))
    ledger.change(change('update', A, B))
    expect(ledger.result().changed).toEqual([change('create', NONE, B)])
    expect(events.map(({ kind }) => kind)).toEqual(['changed', 'changed'])
  })

  it('tells a refusal that lets the run fail from a warning', () => {
    const { ledger } = makeLedger()
    ledger.reject(refusal('refs/heads/warned', true))
    ledger.reject(refusal('refs/heads/refused'))
    const names = ['refs/heads/warned', 'refs/heads/refused', 'refs/heads/other']
    expect(names.map((name) => ledger.isRejected(name))).toEqual([true, true, false])
    expect(names.map((name) => ledger.isRefused(name))).toEqual([false, true, false])
  })

  it('remembers a forced move, and a deletion that came after one', () => {
    const { ledger } = makeLedger()
    ledger.change(change('force', A, B))
    ledger.change(change('update', B, C))
    expect(ledger.result().changed).toEqual([change('force', A, C)])
    ledger.change(change('delete', C, NONE))
    expect(ledger.result().changed).toEqual([change('delete', A, NONE)])
  })

  it('counts every ref that was ever deleted, also one that came back', () => {
    const { ledger } = makeLedger()
    ledger.change(change('delete', A, NONE, 'refs/heads/x'))
    ledger.change(change('create', NONE, B, 'refs/heads/x'))
    ledger.change(change('delete', A, NONE, 'refs/heads/y'))
    expect(ledger.deleted).toEqual(new Set(['refs/heads/x', 'refs/heads/y']))
  })

  it('keeps the first reason of a refusal, and drops it when the ref moves after all', () => {
    const { ledger, events } = makeLedger()
    ledger.reject(refusal('refs/heads/main'))
    ledger.reject({ ...refusal('refs/heads/main'), reason: 'another' })
    expect(ledger.result().rejected).toEqual([refusal('refs/heads/main')])
    expect(events).toHaveLength(1)
    ledger.change(change('update', A, B))
    expect(ledger.isRejected('refs/heads/main')).toBe(false)
    expect(ledger.result().status).toBe('mirrored')
  })

  it('keeps a refusal that is written down after the change: the ref moved, and cannot be trusted', () => {
    const { ledger } = makeLedger()
    ledger.change(change('update', A, B))
    ledger.reject(refusal('refs/heads/main'))
    ledger.change(change('update', A, B))
    expect(ledger.result()).toMatchObject({ status: 'rejected', changed: [{}], rejected: [{}] })
  })

  it('says a warning once, and keeps it; a note is only said', () => {
    const { ledger, events } = makeLedger()
    for (const text of ['shallow', 'shallow', 'deep']) ledger.warn(text)
    ledger.note('by the way')
    expect(ledger.result().warnings).toEqual(['shallow', 'deep'])
    expect(events.map((event) => event.kind === 'notice' && event.level)).toEqual([
      'warning',
      'warning',
      'info',
    ])
  })

  it.each([
    ['unchanged', (): void => undefined],
    ['mirrored', (ledger: Ledger): void => ledger.change(change('create', NONE, A))],
    ['unchanged', (ledger: Ledger): void => ledger.reject(refusal('refs/heads/main', true))],
    ['rejected', (ledger: Ledger): void => ledger.reject(refusal('refs/heads/main'))],
    ['failed', (ledger: Ledger): void => ledger.fail(new MirrorError('broke', { code: 'cut' }))],
  ] as const)('calls a run %s', (status, act) => {
    const { ledger } = makeLedger()
    act(ledger)
    expect(ledger.result().status).toBe(status)
  })

  it('calls a dry run planned, whatever it would change', () => {
    const { ledger, events } = makeLedger(true)
    ledger.change(change('create', NONE, A))
    expect(ledger.result().status).toBe('planned')
    expect(events).toMatchObject([{ kind: 'changed', dryRun: true }])
  })

  it('counts what was right at the beginning, not what the run made right', () => {
    const { ledger } = makeLedger()
    ledger.count({ inScope: 5, upToDate: 3 })
    ledger.figures.pushes++
    ledger.count({ inScope: 6, upToDate: 6 })
    expect(ledger.result().upToDate).toBe(3)
    expect(ledger.inScope).toBe(6)
  })
})
