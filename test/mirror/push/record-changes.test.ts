import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../../src/base/steps.ts'
import { MirrorError } from '../../../src/base/errors.ts'
import { lacksEarlierObjects } from '../../../src/mirror/push/own-objects.ts'
import {
  emptyOutcome,
  lastUnpackFailure,
  mostCommands,
  type Push,
  unpackFailure,
} from '../../../src/mirror/push/push-outcome.ts'
import { changeOf, recordChanges } from '../../../src/mirror/push/record-changes.ts'
import type { Verdict } from '../../../src/mirror/push/verdict.ts'
import { Ledger } from '../../../src/mirror/state/ledger.ts'
import type { MirrorEvent } from '../../../src/report/events.ts'
import { NEW, OLD, outcomeOf, pushOf, updateOf } from './pushes.ts'

const main = updateOf('refs/heads/main', 'update')

describe('what moved', () => {
  it('is written down with what history says of it; old values are kept beside it', () => {
    const events: MirrorEvent[] = []
    const ledger = new Ledger({ label: 'there', isDryRun: false, reporter: (event) => events.push(event) })
    const keeper = (ref: string) => ({
      ...updateOf(`refs/kalandra/backup/T/${ref}`),
      keeps: `refs/${ref}`,
      new: OLD,
    })
    const some = [keeper('heads/main'), keeper('heads/x')]
    const verdicts = [
      ...some.map((update) => ({ kind: 'changed', update }) as const),
      { kind: 'changed', update: main } as const,
      { kind: 'open', update: updateOf('refs/heads/open') } as const,
    ]
    runToEnd(recordChanges(ledger, verdicts, new Map([['refs/heads/main', false]])))
    expect(ledger.result().changed).toEqual([{ ref: 'refs/heads/main', action: 'force', old: OLD, new: NEW }])
    expect([...ledger.backups.values()]).toEqual([
      { name: 'refs/kalandra/backup/T/heads/main', ref: 'refs/heads/main', id: OLD },
      { name: 'refs/kalandra/backup/T/heads/x', ref: 'refs/heads/x', id: OLD },
    ])
    expect(events.flatMap((event) => (event.kind === 'notice' ? [event.text] : []))).toEqual([
      'kept 2 old values below refs/kalandra/backup/T/',
    ])
  })

  it('is told of old values once, where there are any', () => {
    const told = (count: number): readonly string[] => {
      const texts: string[] = []
      const reporter = (event: MirrorEvent): void => void (event.kind === 'notice' && texts.push(event.text))
      const ledger = new Ledger({ label: 'there', isDryRun: false, reporter })
      const kept = ['heads/a', 'tags/v1'].slice(0, count).map((name) => ({
        kind: 'changed' as const,
        update: { ...updateOf(`refs/keep/2026/${name}`), keeps: `refs/${name}` },
      }))
      const refused = { kind: 'silent', update: kept[0]?.update ?? main, push: pushOf([main], {}) } as const
      runToEnd(recordChanges(ledger, [...kept, { kind: 'changed', update: main }, refused], undefined))
      expect(ledger.result().changed).toEqual([{ ref: main.ref, action: 'update', old: OLD, new: NEW }])
      return texts
    }
    expect(told(0)).toEqual([])
    expect(told(1)).toEqual(['kept 1 old value below refs/keep/2026/'])
    expect(told(2)).toEqual(['kept 2 old values below refs/keep/2026/'])
  })

  it('is told in steps where there is much of it', () => {
    const reporter = (): void => undefined
    const ledger = new Ledger({ label: 'there', isDryRun: false, reporter })
    const verdicts = Array.from({ length: 20_000 }, (_, at) => ({
      kind: 'changed' as const,
      update: updateOf(`refs/heads/${at}`),
    }))
    const steps = recordChanges(ledger, verdicts, undefined)
    let stops = 0
    while (steps.next().done !== true) stops++
    expect(stops).toBe(2)
    expect(ledger.changes).toBe(20_000)
  })

  it('is forced only where history shows that it is', () => {
    expect(changeOf(main, false).action).toBe('force')
    expect(changeOf(main, true).action).toBe('update')
    expect(changeOf(main, undefined).action).toBe('update')
    expect(changeOf(updateOf('refs/heads/x', 'delete'), false).action).toBe('delete')
  })
})

describe('what the pushes of a round came to', () => {
  const one = pushOf([main], { unpack: 'ok' })
  const three = pushOf(
    ['a', 'b', 'c'].map((name) => updateOf(`refs/heads/${name}`)),
    { unpack: 'early EOF' },
  )

  it('is told by the largest and the last of them', () => {
    expect(mostCommands(outcomeOf([one, three, one]))).toBe(3)
    expect(mostCommands(outcomeOf([three, one]))).toBe(3)
    expect(mostCommands(outcomeOf([one, { ...three, isSent: false }]))).toBe(1)
    expect(mostCommands(outcomeOf([]))).toBe(0)
    expect(lastUnpackFailure(outcomeOf([one, three]))).toBe('early EOF')
    expect(lastUnpackFailure(outcomeOf([three, one]))).toBeUndefined()
    expect([unpackFailure(undefined), unpackFailure(one)]).toEqual([undefined, undefined])
    expect([unpackFailure(pushOf([main], {})), unpackFailure(three)]).toEqual([undefined, 'early EOF'])
    expect(lastUnpackFailure(outcomeOf([]))).toBeUndefined()
  })

  it('is nothing where the source could not be asked', () => {
    const error = new MirrorError('no', { code: 'cut' })
    expect(emptyOutcome([main], error)).toEqual({
      updates: [main],
      pushes: [],
      error,
      lines: [],
      bytes: 0,
      objects: 0,
      overLimit: false,
      starved: 0,
      isShared: false,
      greetedAhead: false,
    })
  })

  it('lacks earlier objects where one of several pushes that relied on them failed', () => {
    const relying = (unpack: string) => pushOf([updateOf('refs/heads/b')], { unpack, hasObjects: false })
    const lacks = (...pushes: Parameters<typeof outcomeOf>[0]) =>
      runToEnd(lacksEarlierObjects({ outcome: outcomeOf(pushes), verdicts: [], host: undefined }))
    expect(lacks(one, relying('ok'), relying('unpacker error'))).toBe(true)
    expect(lacks(one, relying('ok'))).toBe(false)
    expect(lacks(relying('unpacker error'))).toBe(false)
    expect(lacks(one)).toBe(false)
  })

  describe('lacks earlier objects where a ref is refused for want of them', () => {
    const other = updateOf('refs/heads/b')
    const reason = 'missing necessary objects'
    const lacks = (pushes: readonly Push[], verdicts: readonly Verdict[]) =>
      runToEnd(lacksEarlierObjects({ outcome: outcomeOf(pushes), verdicts, host: undefined }))
    const relying = pushOf([other], { unpack: 'ok', hasObjects: false })
    const refused = (push: Push, why = reason): Verdict => ({
      kind: 'refused',
      update: other,
      reason: why,
      push,
    })

    it('in a push that relied on them, after one that brought them', () => {
      expect(lacks([one, relying], [refused(relying)])).toBe(true)
      expect(lacks([one, relying], [refused(one)])).toBe(false)
      expect(lacks([one, relying], [refused(relying, 'denied')])).toBe(false)
      expect(lacks([one, relying], [refused(relying, 'strange words')])).toBe(false)
      expect(lacks([one, relying], [{ kind: 'raced', update: other, reason, push: relying }])).toBe(false)
      expect(lacks([one, relying], [refused(one), refused(relying)])).toBe(true)
      expect(lacks([relying, one], [refused(relying)])).toBe(false)
      expect(lacks([{ ...one, isSent: false }, relying], [refused(relying)])).toBe(false)
      expect(lacks([relying], [refused(relying)])).toBe(false)
    })

    it('by the words of that push, and not in one that needs none or was not sent', () => {
      const words = { ...relying, lines: [`error: ${reason}`] }
      expect(lacks([one, words], [refused(words, 'failed')])).toBe(true)
      expect(lacks([one, relying], [refused(relying, 'failed')])).toBe(false)
      const gone = pushOf([updateOf('refs/heads/c', 'delete')], {
        unpack: 'unpacker error',
        hasObjects: false,
      })
      expect(lacks([one, gone], [refused(gone)])).toBe(false)
      expect(lacks([one, { ...relying, isSent: false }], [refused(relying)])).toBe(false)
      const own = { ...relying, hasObjects: true }
      expect(lacks([one, own], [refused(own)])).toBe(false)
    })
  })
})
