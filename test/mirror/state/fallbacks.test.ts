import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import {
  fallBack,
  mayPassApart,
  type PushFailure,
  type PushMode,
} from '../../../src/mirror/state/fallbacks.ts'

const BEST: PushMode = {
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
    refused: [],
    words: [],
    host: undefined,
    commands: 1,
    bytes: 1000,
    overOurLimit: false,
    starved: 0,
    greetedAhead: false,
    transferAllowed: { spool: true },
    ...rest,
  }
}

function refusals(reason: string, count: number): PushFailure['refused'] {
  return Array.from({ length: count }, (_, at) => ({ ref: `refs/heads/b${at}`, action: 'create', reason }))
}

describe('fallBack', () => {
  it('[A3] goes without thin once after a failed unpack, and not twice', () => {
    const refused = failure({ unpack: 'index-pack abnormal exit' })
    const fallback = fallBack(BEST, refused)
    expect(fallback?.mode).toEqual({ ...BEST, thin: false })
    expect(fallback?.notice).toContain('not thin')
    expect(fallBack(fallback!.mode, refused)).toBeUndefined()
  })

  it('does not blame the thin pack for what fsck or a policy found', () => {
    expect(
      fallBack(
        BEST,
        failure({
          unpack: 'index-pack abnormal exit',
          words: [`error: object ${'a'.repeat(40)}: missingEmail: invalid`],
        }),
      ),
    ).toBeUndefined()
  })

  it('[F5] collects the pack for a server that demands a length', () => {
    expect(fallBack(BEST, failure({ status: 411 }))?.mode).toEqual({ ...BEST, spool: true })
    expect(
      fallBack({ ...BEST, spool: true, thin: false, agent: false }, failure({ status: 411 })),
    ).toBeUndefined()
    expect(fallBack(BEST, failure({ status: 411, transferAllowed: { spool: false } }))).toBeUndefined()
  })

  it('[D8] learns the size of pieces from a refusal', () => {
    const fallback = fallBack(BEST, failure({ status: 413, bytes: 1_000_000 }))
    expect(fallback?.mode).toEqual({ ...BEST, maxBytes: 800_000, pieces: true })
    // 16 KiB are the smallest piece.
    expect(fallBack(BEST, failure({ status: 413, bytes: 20_480 }))?.mode.maxBytes).toBe(16_384)
    expect(fallBack(BEST, failure({ status: 413, bytes: 20_479 }))).toBeUndefined()
    // A refusal behind fewer bytes came before them: a usual limit is tried.
    expect(fallBack(BEST, failure({ status: 413, bytes: 16_384 }))).toBeUndefined()
    expect(fallBack(BEST, failure({ status: 413, bytes: 16_383 }))?.mode.maxBytes).toBe(800_000)
    const told = failure({
      unpack: 'x',
      words: ['fatal: pack exceeds maximum allowed size'],
      bytes: 500_000,
    })
    expect(fallBack(fallback!.mode, told)?.mode.maxBytes).toBe(400_000)
    expect(fallBack(BEST, failure({ code: 'cut', bytes: 50_000_000 }))?.mode.pieces).toBe(true)
  })

  it('keeps its own limit when it ended the pack itself', () => {
    const limited = { ...BEST, maxBytes: 5_000_000 }
    const fallback = fallBack(limited, failure({ code: 'too-large', bytes: 4_999_000, overOurLimit: true }))
    expect(fallback?.mode).toEqual({ ...limited, pieces: true })
  })

  it('collects the pack for a destination that gives up while it waits for the source', () => {
    const tired = { starved: 2000, bytes: 50_000_000 }
    for (const how of [{ code: 'cut' }, { code: 'server' }, { status: 408 }, { status: 504 }] as const) {
      const fallback = fallBack(BEST, failure({ ...tired, ...how }))
      expect(fallback?.mode).toEqual({ ...BEST, spool: true })
      expect(fallback?.notice).toContain('after waiting 2.0 s for the source')
    }
    expect(fallBack(BEST, failure({ ...tired, unpack: 'early EOF' }))?.mode.spool).toBe(true)
    // What else is refused is no matter of patience.
    expect(fallBack(BEST, failure({ ...tired, status: 413 }))?.mode.spool).toBe(false)
    expect(fallBack(BEST, failure({ code: 'cut', starved: 100 }))?.mode.spool).toBe(false)
    const forbidden = { ...tired, code: 'cut', transferAllowed: { spool: false } } as const
    expect(fallBack(BEST, failure(forbidden))?.mode.spool).toBe(false)
  })

  it('opens no connection ahead where one ended before it was used', () => {
    const ended = failure({ code: 'cut', greetedAhead: true, commands: 5000 })
    const fallback = fallBack(BEST, ended)
    expect(fallback?.mode).toEqual({ ...BEST, greetAhead: false })
    expect(fallBack(fallback!.mode, ended)?.mode.thin).toBe(false)
  })

  it('[K3] halves the refs of a push that was too many, or takes the number that it is told', () => {
    expect(fallBack(BEST, failure({ status: 500, commands: 4000 }))?.mode.maxRefs).toBe(2000)
    const words = 'Pushes can not update more than 5 branches or tags'
    expect(fallBack(BEST, failure({ words: [words], commands: 5, unpack: 'x' }))?.mode.maxRefs).toBe(1)
    expect(fallBack(BEST, failure({ words: [words], commands: 60, unpack: 'x' }))?.mode.maxRefs).toBe(5)
  })

  it('[G7] parts branches from tags, then ref from ref, when all were declined together', () => {
    const tag = { ref: 'refs/tags/v1', action: 'create', reason: 'pre-receive hook declined' } as const
    const branches = refusals('pre-receive hook declined', 11)
    const declined = failure({ refused: [...branches, tag], commands: 12 })
    const first = fallBack(BEST, declined)
    expect(first?.mode.byKind).toBe(true)
    const second = fallBack(first!.mode, declined)
    expect(second?.mode.maxRefs).toBe(1)
    expect(fallBack(second!.mode, declined)).toBeUndefined()
    const stash = { ...tag, ref: 'refs/stash' }
    expect(fallBack(BEST, { ...declined, refused: [...branches, stash] })?.mode.byKind).toBe(true)
  })

  it('[K6] goes down to one ref for a server that breaks off without a word', () => {
    const broken = failure({ code: 'cut', commands: 12 })
    const steps: Partial<PushMode>[] = [{ thin: false }, { agent: false }, { spool: true }, { maxRefs: 1 }]
    let mode = BEST
    for (const step of steps) {
      const fallback = fallBack(mode, broken)
      expect(fallback?.mode).toEqual({ ...mode, ...step })
      mode = fallback!.mode
    }
    expect(fallBack(mode, broken)).toBeUndefined()
  })

  it.each([
    ['fatal: pack exceeds maximum allowed size (2.00 GiB)', 2 * 1024 ** 3],
    ['error Pack exceeds the limit of 5000000 bytes, rejecting the pack', 5_000_000],
    [
      'TF402462: The push was rejected because its size is greater than the 5120 MB limit for pushes in this repository.',
      5_120_000_000,
    ],
  ])('takes the size that it is told: %s', (line, limit) => {
    const told = failure({ unpack: 'index-pack abnormal exit', words: [line], bytes: limit })
    const fallback = fallBack(BEST, told)
    expect(fallback?.mode).toEqual({ ...BEST, pieces: true, maxBytes: Math.floor(limit * 0.95) })
    expect(fallback?.notice).toContain(`at most ${limit} bytes`)
    // Told once more, with pieces below it: what was met counts.
    const again = fallBack(fallback!.mode, { ...told, bytes: 1_000_000 })
    expect(again?.mode.maxBytes).toBe(800_000)
  })

  it('sends no pieces for a large file, and what was refused with it apart', () => {
    const lines = [
      "error: File big.bin is 123.00 MB; this exceeds GitHub's file size limit of 100.00 MB",
      'error: GH001: Large files detected.',
    ]
    const declined = failure({
      refused: refusals('pre-receive hook declined', 2),
      words: lines,
      commands: 2,
      bytes: 900_000,
    })
    const first = fallBack(BEST, declined)
    expect(first?.mode).toEqual({ ...BEST, maxRefs: 1 })
    expect(fallBack(first!.mode, { ...declined, commands: 1 })).toBeUndefined()
  })

  it('does not take a hook that declined a large push for a limit', () => {
    const words = ['pre-receive hook declined']
    expect(fallBack(BEST, failure({ code: 'cut', bytes: 50_000_000, words }))).toBeUndefined()
  })

  it('lists anew, and changes nothing, where somebody else was faster', () => {
    const words = ["fatal: Unable to create '/r/packed-refs.lock': File exists."]
    expect(fallBack(BEST, failure({ code: 'cut', greetedAhead: true, words }))).toBeUndefined()
  })

  it('goes without thin where a proxy gave up on a pack that was collected', () => {
    const spooled = { ...BEST, spool: true }
    expect(fallBack(spooled, failure({ status: 504 }))?.mode).toEqual({ ...spooled, thin: false })
  })

  it('tries nothing where refs were refused for what nobody knows', () => {
    expect(fallBack(BEST, failure({ refused: refusals('the moon is full', 2), commands: 2 }))).toBeUndefined()
  })

  it('gives each ref its own objects where a pack was refused for a file in it', () => {
    const unpack =
      'error Object too large (2,577,619,487 bytes), rejecting the pack. Max object size limit is 100 bytes.'
    expect(fallBack(BEST, failure({ unpack, commands: 5 }))).toEqual({
      mode: { ...BEST, maxRefs: 1, ownObjects: true },
      notice:
        'the destination refused a push of 5 refs as a whole: trying at most 1 at once, with their own objects',
    })
    expect(fallBack({ ...BEST, maxRefs: 1, ownObjects: true }, failure({ unpack }))).toBeUndefined()
  })

  it('tries nothing where the same answer would come again', () => {
    const words = [
      'GitLab: Your push has been rejected, because this repository has exceeded its size limit of 10 GB by 1 GB.',
      'error: No space left on device',
      'ERROR: This repository was archived so it is read-only.',
      'fatal: fsck error in packed object',
    ]
    for (const line of words) {
      for (const how of [{ unpack: 'x' }, { code: 'cut', bytes: 50_000_000 }, { status: 500 }] as const)
        expect([line, fallBack(BEST, failure({ words: [line], commands: 12, ...how }))]).toEqual([
          line,
          undefined,
        ])
    }
  })

  it('is not led by words that only sound like a size', () => {
    for (const line of [
      'Commit title is too large',
      'payload of the commit message is too large',
      'error: too large',
    ]) {
      const declined = failure({
        refused: refusals('pre-receive hook declined', 2),
        words: [line],
        commands: 2,
      })
      expect(fallBack(BEST, declined)?.mode.pieces).toBe(false)
      expect(fallBack(BEST, failure({ unpack: 'x', words: [line] }))?.mode.pieces).toBe(false)
    }
  })
})

describe('mayPassApart', () => {
  const main = { ref: 'refs/heads/main', action: 'update' } as const
  const may = (reason: string, words: readonly string[] = []): boolean =>
    mayPassApart({ words, host: undefined }, { ...main, reason })

  it('tells a hook that declines a push as a whole from a rule of one ref', () => {
    for (const reason of [
      'pre-receive hook declined',
      'push declined due to repository rule violations',
      'denied by policy',
    ])
      expect([reason, may(reason)]).toEqual([reason, true])
    for (const reason of ['non-fast-forward', 'deletion prohibited', 'funny refname', 'the moon is full'])
      expect([reason, may(reason)]).toEqual([reason, false])
  })

  it('reads what the hook wrote', () => {
    expect(may('pre-receive hook declined', ['GitLab: LFS objects are missing.'])).toBe(true)
    expect(may('pre-receive hook declined', ['GitLab: This project is archived'])).toBe(false)
    // A push of fewer refs or bytes may pass.
    expect(may('pre-receive hook declined', ['Pushes can not update more than 5 branches or tags.'])).toBe(
      true,
    )
    expect(may('unpacker error', ['fatal: pack exceeds maximum allowed size (2.00 GiB)'])).toBe(true)
  })
})
