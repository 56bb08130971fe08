import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { learn, type Manner, type PushFailure } from '../../../src/mirror/state/fallbacks.ts'

const BEST: Manner = {
  thin: true,
  agent: true,
  spool: false,
  maxRefs: 5000,
  byKind: false,
  maxBytes: undefined,
  pieces: false,
  greetAhead: true,
}

function failure(
  details: Partial<PushFailure> & { status?: number; code?: MirrorError['code'] },
): PushFailure {
  const { status, code, ...rest } = details
  const error =
    status === undefined && code === undefined
      ? undefined
      : new MirrorError('push failed', { code: code ?? 'http', status, side: 'destination' })
  return {
    error,
    unpack: undefined,
    allDeclined: false,
    text: '',
    commands: 1,
    bytes: 1000,
    overOurLimit: false,
    starved: 0,
    greetedAhead: false,
    transferAllowed: { spool: true },
    ...rest,
  }
}

describe('learn', () => {
  it('[A3] goes without thin once after a failed unpack, and not twice', () => {
    const refused = failure({ unpack: 'index-pack abnormal exit' })
    const lesson = learn(BEST, refused)
    expect(lesson?.manner).toEqual({ ...BEST, thin: false })
    expect(lesson?.notice).toContain('not thin')
    expect(learn(lesson!.manner, refused)).toBeUndefined()
  })

  it('does not blame the thin pack for what fsck or a policy found', () => {
    expect(
      learn(BEST, failure({ unpack: 'index-pack abnormal exit', text: 'error: missingEmail: invalid' })),
    ).toBeUndefined()
  })

  it('[F5] collects the pack for a server that demands a length', () => {
    expect(learn(BEST, failure({ status: 411 }))?.manner).toEqual({ ...BEST, spool: true })
    expect(
      learn({ ...BEST, spool: true, thin: false, agent: false }, failure({ status: 411 })),
    ).toBeUndefined()
    expect(learn(BEST, failure({ status: 411, transferAllowed: { spool: false } }))).toBeUndefined()
  })

  it('[D8] learns the size of pieces from a refusal', () => {
    const lesson = learn(BEST, failure({ status: 413, bytes: 1_000_000 }))
    expect(lesson?.manner).toEqual({ ...BEST, maxBytes: 800_000, pieces: true })
    const told = failure({ unpack: 'x', text: 'fatal: pack exceeds maximum allowed size', bytes: 500_000 })
    expect(learn(lesson!.manner, told)?.manner.maxBytes).toBe(400_000)
    expect(learn(BEST, failure({ code: 'cut', bytes: 50_000_000 }))?.manner.pieces).toBe(true)
  })

  it('keeps its own limit when it ended the pack itself', () => {
    const limited = { ...BEST, maxBytes: 5_000_000 }
    const lesson = learn(limited, failure({ code: 'too-large', bytes: 4_999_000, overOurLimit: true }))
    expect(lesson?.manner).toEqual({ ...limited, pieces: true })
  })

  it('collects the pack for a destination that gives up while it waits for the source', () => {
    const tired = { starved: 2000, bytes: 50_000_000 }
    for (const how of [{ code: 'cut' }, { code: 'server' }, { status: 408 }, { status: 504 }] as const) {
      const lesson = learn(BEST, failure({ ...tired, ...how }))
      expect(lesson?.manner).toEqual({ ...BEST, spool: true })
      expect(lesson?.notice).toContain('after waiting 2.0 s for the source')
    }
    expect(learn(BEST, failure({ ...tired, unpack: 'early EOF' }))?.manner.spool).toBe(true)
    // What else is refused is no matter of patience.
    expect(learn(BEST, failure({ ...tired, status: 413 }))?.manner.spool).toBe(false)
    expect(learn(BEST, failure({ code: 'cut', starved: 100 }))?.manner.spool).toBe(false)
    const forbidden = { ...tired, code: 'cut', transferAllowed: { spool: false } } as const
    expect(learn(BEST, failure(forbidden))?.manner.spool).toBe(false)
  })

  it('opens no connection ahead where one ended before it was used', () => {
    const ended = failure({ code: 'cut', greetedAhead: true, commands: 5000 })
    const lesson = learn(BEST, ended)
    expect(lesson?.manner).toEqual({ ...BEST, greetAhead: false })
    expect(learn(lesson!.manner, ended)?.manner.thin).toBe(false)
  })

  it('[K3] halves the refs of a push that was too many, or takes the number that it is told', () => {
    expect(learn(BEST, failure({ status: 500, commands: 4000 }))?.manner.maxRefs).toBe(2000)
    const words = 'Pushes can not update more than 5 branches or tags'
    expect(learn(BEST, failure({ text: words, commands: 5, unpack: 'x' }))?.manner.maxRefs).toBe(1)
    expect(learn(BEST, failure({ text: words, commands: 60, unpack: 'x' }))?.manner.maxRefs).toBe(5)
  })

  it('[G7] parts branches from tags, then ref from ref, when all were declined together', () => {
    const declined = failure({ allDeclined: true, commands: 12 })
    const first = learn(BEST, declined)
    expect(first?.manner.byKind).toBe(true)
    const second = learn(first!.manner, declined)
    expect(second?.manner.maxRefs).toBe(1)
    expect(learn(second!.manner, declined)).toBeUndefined()
  })

  it('[K6] goes down to one ref for a server that breaks off without a word', () => {
    const broken = failure({ code: 'cut', commands: 12 })
    const steps: Partial<Manner>[] = [{ thin: false }, { agent: false }, { spool: true }, { maxRefs: 1 }]
    let manner = BEST
    for (const step of steps) {
      const lesson = learn(manner, broken)
      expect(lesson?.manner).toEqual({ ...manner, ...step })
      manner = lesson!.manner
    }
    expect(learn(manner, broken)).toBeUndefined()
  })
})
