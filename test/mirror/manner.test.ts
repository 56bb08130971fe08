import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/errors.ts'
import { learn, type Manner, type PushFailure } from '../../src/mirror/manner.ts'

const BEST: Manner = {
  thin: true,
  agent: true,
  spool: false,
  maxRefs: 5000,
  byKind: false,
  maxBytes: undefined,
  pieces: false,
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

  it('[K3] halves the refs of a push that was too many', () => {
    expect(learn(BEST, failure({ status: 500, commands: 4000 }))?.manner.maxRefs).toBe(2000)
    const words = 'Pushes can not update more than 5 branches or tags'
    expect(learn(BEST, failure({ text: words, commands: 60, unpack: 'x' }))?.manner.maxRefs).toBe(1)
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
