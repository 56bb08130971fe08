import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import {
  chooseTry,
  fallBack,
  hasStarved,
  mayPassApart,
  type PushFailure,
  type PushMode,
} from '../../../src/mirror/state/fallbacks.ts'
import { FiguresKeeper } from '../../../src/mirror/state/figures.ts'
import { Ledger } from '../../../src/mirror/state/ledger.ts'
import type { MirrorEvent } from '../../../src/report/events.ts'

const A = 'a'.repeat(40)
const MODE: PushMode = {
  thin: true,
  agent: true,
  spool: false,
  maxRefs: 5000,
  byKind: false,
  ownObjects: false,
  maxBytes: undefined,
  pieces: false,
  greetAhead: true,
}
const WHOLE = { ...MODE, thin: false, agent: false }

function errorOf(details: {
  code?: MirrorError['code']
  status?: number
  side?: MirrorError['side']
  text?: string
}): MirrorError {
  const { code = 'http', status, side = 'destination', text } = details
  return new MirrorError('it failed', { code, status, side, serverText: text })
}

function failureOf(given: Partial<PushFailure>): PushFailure {
  return {
    error: undefined,
    unpack: undefined,
    refused: [],
    words: [],
    host: undefined,
    commands: 1,
    bytes: 1000,
    overOurLimit: false,
    starved: 0,
    greetedAhead: false,
    transferAllowed: { spool: true },
    ...given,
  }
}

function refused(...reasons: readonly string[]): PushFailure['refused'] {
  return reasons.map((reason, at) => ({ ref: `refs/heads/b${at}`, action: 'create', reason }))
}

const notice = (mode: PushMode, given: Partial<PushFailure>) => fallBack(mode, failureOf(given))?.notice

describe('what is tried after refs were refused', () => {
  const push = (...reasons: readonly string[]) => ({
    error: undefined,
    unpack: undefined,
    refused: refused(...reasons),
    words: [],
    host: undefined,
  })
  const HOOK = 'pre-receive hook declined'

  it('is apart where each may have sunk with the others, and nothing where one was refused for itself', () => {
    expect(chooseTry(push(HOOK, HOOK))).toEqual({ kind: 'apart' })
    expect(chooseTry(push(HOOK, 'deletion prohibited'))).toBeUndefined()
    expect(chooseTry(push('deletion prohibited', HOOK))).toBeUndefined()
    expect(chooseTry(push('who knows', HOOK))).toBeUndefined()
    expect(chooseTry(push())).toBeUndefined()
    // It is told by the first five hundred.
    const many = Array.from({ length: 500 }, () => HOOK)
    expect(chooseTry(push(...many, 'deletion prohibited'))).toEqual({ kind: 'apart' })
    expect(chooseTry(push(...many.slice(1), 'deletion prohibited'))).toBeUndefined()
    const one = { ref: 'refs/heads/a', action: 'update', reason: HOOK } as const
    expect(mayPassApart({ words: [], host: undefined }, one)).toBe(true)
    expect(mayPassApart({ words: [], host: undefined }, { ...one, reason: 'deletion prohibited' })).toBe(
      false,
    )
    expect(mayPassApart({ words: [], host: undefined }, { ...one, reason: 'who knows' })).toBe(false)
  })

  it('is a smaller push where the words beside one of them tell of a limit', () => {
    const tried = (line: string) => chooseTry({ ...push('deletion prohibited', HOOK), words: [line] })
    expect(tried('Pushes can not update more than 5 branches or tags.')).toEqual({ kind: 'fewer', limit: 5 })
    expect(tried('fatal: pack exceeds maximum allowed size')).toEqual({ kind: 'smaller' })
  })

  it('looks at the words of a pack that was not taken', () => {
    const taken = (unpack: string) => chooseTry({ ...push(), unpack })
    expect(taken('index-pack abnormal exit')?.kind ?? 'none').not.toBe('apart')
    expect(taken('fsck error')?.kind).toBe(
      chooseTry({ ...push(), error: errorOf({ code: 'unpack', text: 'fsck error' }) })?.kind,
    )
  })
})

describe('a destination has starved', () => {
  const starved = (given: Partial<PushFailure>) => hasStarved(failureOf({ starved: 1000, ...given }))

  it('where it gave up after it had waited for the source', () => {
    expect(starved({ error: errorOf({ code: 'cut' }) })).toBe(true)
    expect(starved({ error: errorOf({ code: 'server' }) })).toBe(true)
    expect(starved({ error: errorOf({ status: 504 }) })).toBe(true)
    expect(starved({ unpack: 'early EOF' })).toBe(true)
  })

  it('and not where it failed for another reason, too early, or the source did', () => {
    expect(starved({ error: errorOf({ code: 'cut' }), starved: 999 })).toBe(false)
    expect(starved({ error: errorOf({ code: 'auth' }) })).toBe(false)
    expect(starved({ error: errorOf({ status: 403 }) })).toBe(false)
    expect(starved({ error: errorOf({ code: 'cut', side: 'source' }) })).toBe(false)
    expect(starved({})).toBe(false)
  })
})

describe('a plainer way is told in words', () => {
  it('of pieces', () => {
    expect(notice({ ...MODE, maxBytes: 500 }, { overOurLimit: true })).toBe(
      'the pack is larger than 500 bytes: sending the history in pieces',
    )
    expect(notice(MODE, { overOurLimit: true })).toBeUndefined()
    expect(notice(MODE, { error: errorOf({ code: 'too-large' }), bytes: 1_000_000 })).toBe(
      'the destination gave up after 1000000 bytes of one pack: sending pieces of at most 800000 bytes',
    )
    expect(notice(MODE, { error: errorOf({ code: 'too-large' }), bytes: 10 })).toMatch(
      /at most 800000 bytes$/,
    )
    expect(
      notice({ ...MODE, maxBytes: 20_000 }, { error: errorOf({ code: 'too-large' }), bytes: 1_000_000 }),
    ).toBeUndefined()
  })

  it.each([408, 504])('of pieces after a hang-up behind many bytes: %i', (status) => {
    const bytes = 20 * 1024 ** 2
    const pieces =
      /^the destination gave up after 20971520 bytes of one pack: sending pieces of at most 16777216 bytes$/
    expect(notice(WHOLE, { error: errorOf({ status }), bytes })).toMatch(pieces)
    expect(notice(WHOLE, { error: errorOf({ status }), bytes: 16 * 1024 ** 2 }) ?? '').not.toMatch(/pieces/)
    expect(notice(WHOLE, { error: errorOf({ status: 403 }), bytes }) ?? '').not.toMatch(/pieces/)
  })

  it('of a connection that was opened too early', () => {
    const text =
      'the destination ended a connection that was opened before it was needed: opening one push after the other'
    for (const code of ['cut', 'server'] as const) {
      const fallback = fallBack(MODE, failureOf({ greetedAhead: true, error: errorOf({ code }) }))
      expect(fallback).toEqual({ mode: { ...MODE, greetAhead: false }, notice: text })
    }
    expect(notice(MODE, { greetedAhead: true, unpack: 'index-pack abnormal exit' })).not.toBe(text)
    expect(notice(MODE, { greetedAhead: true, error: errorOf({ status: 500 }) })).not.toBe(text)
    expect(
      notice({ ...MODE, greetAhead: false }, { greetedAhead: true, error: errorOf({ code: 'cut' }) }),
    ).not.toBe(text)
  })

  it('of a pack that is collected first', () => {
    expect(notice(WHOLE, { error: errorOf({ status: 400 }) })).toBe(
      'the destination answered 400 to a streamed pack: collecting the pack first, to send it with its length',
    )
    expect(notice(MODE, { error: errorOf({ status: 400 }) })).not.toMatch(/collecting/)
    expect(notice({ ...WHOLE, spool: true }, { error: errorOf({ status: 400 }) }) ?? '').not.toMatch(
      /collecting/,
    )
    expect(notice(MODE, { error: errorOf({ code: 'cut' }), starved: 2500 })).toBe(
      'the destination gave up after waiting 2.5 s for the source: collecting the pack first, to send it at once',
    )
    expect(notice(WHOLE, { error: errorOf({ code: 'cut' }), bytes: 10 })).toBe(
      'the destination broke the push off: collecting the pack first, to send it with its length',
    )
    expect(notice(WHOLE, { error: errorOf({ code: 'cut' }), bytes: 0 })).toBeUndefined()
  })

  it('of fewer refs', () => {
    const error = errorOf({ status: 500 })
    expect(notice(MODE, { error, commands: 200 })).toBe(
      'the destination refused a push of 200 refs: trying at most 100 at once',
    )
    expect(notice(MODE, { error, commands: 101 })).toMatch(/at most 51 at once$/)
    expect(notice(MODE, { error, commands: 100 })).toMatch(/at most 1 at once$/)
    expect(notice(MODE, { error, commands: 2 })).toMatch(/of 2 refs: trying at most 1 at once$/)
    expect(notice(MODE, { error, commands: 1 })).not.toMatch(/at once/)
    const spooled = { ...WHOLE, spool: true }
    const cut = errorOf({ code: 'cut' })
    expect(notice(spooled, { error: cut, commands: 65 })).toBe(
      'the destination broke off a push of 65 refs: trying at most 9 at once',
    )
    expect(notice(spooled, { error: cut, commands: 64 })).toMatch(/at most 1 at once$/)
    expect(notice(spooled, { error: cut, commands: 2 })).toMatch(/of 2 refs: trying at most 1 at once$/)
    expect(notice(spooled, { error: cut, commands: 1 })).toBeUndefined()
    expect(notice({ ...spooled, maxRefs: 1 }, { error: cut, commands: 3 })).toBeUndefined()
  })

  it('of refs that are pushed apart', () => {
    const hook = 'pre-receive hook declined'
    const branches = refused(hook, hook)
    const mixed = branches.map((one, at) => (at === 0 ? { ...one, ref: 'refs/tags/v1' } : one))
    expect(notice(MODE, { refused: mixed, commands: 2 })).toBe(
      'the destination declined every ref of the push: trying branches, tags and others apart',
    )
    expect(notice({ ...MODE, byKind: true }, { refused: mixed, commands: 2 })).toBe(
      'the destination declined every ref of the push: trying at most 1 at once',
    )
    expect(notice(MODE, { refused: branches, commands: 2 })).toMatch(/at most 1 at once$/)
    expect(notice({ ...MODE, maxRefs: 1 }, { refused: branches, commands: 2 })).toBeUndefined()
    expect(notice(MODE, { refused: branches, commands: 501 })).toBeUndefined()
    expect(notice(MODE, { refused: branches, commands: 500 })).toMatch(/at most 63 at once$/)
    expect(notice(MODE, { refused: branches, commands: 1 })).toBeUndefined()
  })

  it('of a pack that stands alone, and of no agent', () => {
    expect(notice(MODE, { unpack: 'index-pack abnormal exit' })).toBe(
      'the destination refused the pack: trying once more with a pack that stands alone (not thin)',
    )
    for (const error of [
      errorOf({ status: 400 }),
      errorOf({ status: 422 }),
      errorOf({ status: 500 }),
      errorOf({ code: 'cut' }),
    ]) {
      expect(notice(MODE, { error })).toBe(
        'the destination broke the push off: trying once more with a pack that stands alone (not thin)',
      )
    }
    expect(notice(MODE, { error: errorOf({ code: 'cut', side: 'source' }) })).toBeUndefined()
    expect(notice({ ...MODE, thin: false }, { error: errorOf({ code: 'cut' }) })).toBe(
      'the destination broke the push off: trying once more without the agent capability',
    )
  })
})

describe('the ledger', () => {
  it('keeps what it was told, and tells the reporter', () => {
    const events: MirrorEvent[] = []
    const ledger = new Ledger({ label: 'there', isDryRun: false, reporter: (event) => events.push(event) })
    expect([ledger.hasRejected, ledger.error, ledger.leftovers, ledger.backups.size]).toEqual([
      false,
      undefined,
      [],
      0,
    ])
    expect(ledger.result()).toMatchObject({ status: 'unchanged', leftovers: [] })
    const rejected = {
      ref: 'refs/heads/x',
      action: 'update',
      reason: 'no',
      advice: undefined,
      warning: false,
    } as const
    ledger.reject(rejected)
    expect(ledger.hasRejected).toBe(true)
    expect(events).toEqual([{ kind: 'rejected', destination: 'there', rejected }])
    const backup = { name: 'refs/kalandra/backup/t/heads/x', ref: 'refs/heads/x', id: A }
    ledger.keepBackup(backup)
    expect([...ledger.backups]).toEqual([[backup.name, backup]])
    ledger.keepLeftovers(['refs/kalandra/a'])
    expect(ledger.leftovers).toEqual(['refs/kalandra/a'])
    const error = errorOf({})
    ledger.fail(error)
    expect(ledger.error).toBe(error)
    expect(ledger.result()).toMatchObject({ status: 'failed', leftovers: ['refs/kalandra/a'], error })
  })

  it('counts refs that have changed, each once', () => {
    const ledger = new Ledger({ label: 'there', isDryRun: false, reporter: () => undefined })
    const change = { action: 'update', old: A, new: 'b'.repeat(40) } as const
    expect(ledger.changes).toBe(0)
    ledger.change({ ref: 'refs/heads/x', ...change })
    ledger.change({ ref: 'refs/heads/x', ...change, new: 'c'.repeat(40) })
    ledger.change({ ref: 'refs/heads/y', ...change })
    expect(ledger.changes).toBe(2)
  })

  it('takes two changes of one ref for one, from the first to the last', () => {
    const changed = (...actions: readonly ('create' | 'update' | 'force' | 'delete')[]) => {
      const ledger = new Ledger({ label: 'there', isDryRun: false, reporter: () => undefined })
      actions.forEach((action, at) => ledger.change({ ref: 'r', action, old: `${at}`, new: `${at + 1}` }))
      return { changed: ledger.result().changed, deleted: [...ledger.deleted] }
    }
    expect(changed('create', 'update').changed).toEqual([{ ref: 'r', action: 'create', old: '0', new: '2' }])
    expect(changed('force', 'update').changed[0]?.action).toBe('force')
    expect(changed('update', 'force').changed[0]?.action).toBe('force')
    expect(changed('create', 'delete')).toMatchObject({ changed: [{ action: 'delete' }], deleted: ['r'] })
    expect(changed('update').deleted).toEqual([])
  })

  it('counts seconds for the phase that it is in', async () => {
    const figures = new FiguresKeeper()
    figures.enter('list')
    await new Promise((resolve) => setTimeout(resolve, 30))
    figures.packBytes = 7
    const { seconds, ...counts } = figures.result()
    expect(counts).toEqual({ packBytes: 7, objects: 0, pushes: 0, lfsObjects: 0, lfsBytes: 0 })
    expect(seconds.list).toBeGreaterThan(0.02)
    // Less than since this process began.
    expect(seconds.list).toBeLessThan(performance.now() / 1000)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(figures.result().seconds).toEqual({
      list: seconds.list,
      lfs: 0,
      negotiate: 0,
      transfer: 0,
      verify: 0,
    })
  })
})
