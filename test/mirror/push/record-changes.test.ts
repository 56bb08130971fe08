import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../../src/base/steps.ts'
import { MirrorError } from '../../../src/base/errors.ts'
import { lacksEarlierObjects } from '../../../src/mirror/push/own-objects.ts'
import {
  emptyOutcome,
  lastUnpackFailure,
  mostCommands,
  unpackFailure,
} from '../../../src/mirror/push/push-outcome.ts'
import { changeOf, recordChanges } from '../../../src/mirror/push/record-changes.ts'
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
    expect(mostCommands(outcomeOf([one, { ...three, isSent: false }]))).toBe(1)
    expect(mostCommands(outcomeOf([]))).toBe(0)
    expect(lastUnpackFailure(outcomeOf([one, three]))).toBe('early EOF')
    expect(lastUnpackFailure(outcomeOf([three, one]))).toBeUndefined()
    expect([unpackFailure(undefined), unpackFailure(one)]).toEqual([undefined, undefined])
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
})
