import { describe, expect, it } from 'vitest'
import { MirrorError, type MirrorErrorDetails } from '../../../src/base/errors.ts'
import { runToEnd } from '../../../src/base/steps.ts'
import { makeBatches } from '../../../src/mirror/push/batches.ts'
import { pushBatches } from '../../../src/mirror/push/push-batches.ts'
import { ReceivePackSession } from '../../../src/mirror/sessions/receive-pack-session.ts'
import type { PushMode } from '../../../src/mirror/state/fallbacks.ts'
import { Ledger } from '../../../src/mirror/state/ledger.ts'
import { readOptions } from '../../../src/options/read-options.ts'
import type { RefUpdate } from '../../../src/plan/plan-types.ts'
import { emptyPack } from '../../../src/protocol/pack.ts'
import { LEARNED } from './facts.ts'
import { updateOf } from './pushes.ts'
import {
  fetchingOf,
  type Given,
  makeReceiver,
  namesOf,
  type Received,
  type ReceiverScript,
  reportOf,
  setClock,
  takeAll,
} from './receiver.ts'

const PACK = Buffer.from(emptyPack('sha1'))

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((name) => ({
  ...updateOf(`refs/heads/${name}`),
  new: name.repeat(40),
})) as [RefUpdate, RefUpdate, RefUpdate, RefUpdate]

const GONE = updateOf('refs/heads/gone', 'delete')

interface How {
  readonly maxRefs?: number
  readonly mode?: Partial<PushMode>
  readonly fetching?: Given | undefined
  readonly fetchFor?: (updates: readonly RefUpdate[]) => Given
  readonly signal?: AbortSignal
  readonly host?: string
  readonly atomic?: boolean
}

/** Pushes to such a receiver, one ref at a time if nothing else is given. */
async function push(script: ReceiverScript, updates: readonly RefUpdate[], how: How = {}) {
  const { maxRefs = 1, fetchFor = () => fetchingOf([PACK]), atomic = false } = how
  const fetching = 'fetching' in how ? how.fetching : fetchingOf([PACK])
  const signal = how.signal ?? new AbortController().signal
  const { server, log, pushes } = makeReceiver(script, { signal, host: how.host })
  const ledger = new Ledger({ label: 'there', isDryRun: false, reporter: server.reporter })
  const asked: { readonly refs: readonly string[]; readonly arrived: readonly string[] }[] = []
  let closed = 0
  const { options } = readOptions({ values: { source: '/a', destination: '/b' }, env: {} })
  const outcome = await pushBatches(
    { server, signal, reporter: server.reporter, options: { ...options, atomic } },
    {
      batches: runToEnd(makeBatches(updates, { maxRefs, byKind: false, atomic })),
      fetching,
      held: await ReceivePackSession.open(server),
      learned: { ...LEARNED, mode: { ...LEARNED.mode, ...how.mode } },
      ledger,
      fetchFor: async (some, arrived) => {
        asked.push({ refs: some.map(({ ref }) => ref), arrived: [...arrived] })
        return fetchFor(some)
      },
      onClosing: () => closed++,
    },
  )
  expect(closed).toBe(1)
  return { outcome, log, pushes, asked, fetching }
}

/** Answers by the first ref of each push, and takes all others. */
function answering(answers: Readonly<Record<string, () => ReturnType<typeof takeAll>>>) {
  return (push: Received) => (answers[namesOf(push)[0]!] ?? (() => takeAll(push)))()
}

function failing(details: MirrorErrorDetails, message = 'it broke') {
  return (): never => {
    throw new MirrorError(message, details)
  }
}

function refused(...refs: readonly RefUpdate[]) {
  return (reason: string, unpack = 'ok', words = '') =>
    () =>
      reportOf(Object.fromEntries(refs.map(({ ref }) => [ref, reason])), { unpack, words })
}

describe('the objects of several pushes', () => {
  it('come with the first that needs any', async () => {
    const { outcome, pushes, asked, log } = await push({ forgets: true }, [GONE, A, B])
    expect(pushes.map(({ pack }) => pack.length)).toEqual([0, PACK.length, PACK.length])
    expect(asked).toEqual([])
    expect(outcome).toMatchObject({ error: undefined, bytes: PACK.length, objects: 0, lines: [] })
    expect(outcome.pushes.map(({ hasObjects, isSent }) => [hasObjects, isSent])).toEqual([
      [false, true],
      [true, true],
      [false, true],
    ])
    expect(log).toEqual(['open', `push ${GONE.ref}`, `push ${A.ref}`, `push ${B.ref}`, 'close'])
  })

  it('come with each where that was learned; what has arrived by then is told', async () => {
    const answer = answering({ [B.ref]: refused(B)('hook declined') })
    const given = { mode: { ownObjects: true } }
    const { asked, outcome } = await push({ forgets: true, answer }, [A, B, GONE, C, D], given)
    expect(asked).toEqual([
      { refs: [B.ref], arrived: [A.new] },
      { refs: [C.ref], arrived: [A.new] },
      { refs: [D.ref], arrived: [A.new, C.new] },
    ])
    expect(outcome.pushes.map(({ hasObjects }) => hasObjects)).toEqual([true, true, false, true, true])
    expect(outcome.bytes).toBe(4 * PACK.length)
  })

  it('are lost with a push of which every ref was refused, and only with one that had them', async () => {
    const declined = answering({ [A.ref]: refused(A)('hook declined') })
    const lost = await push({ forgets: true, answer: declined }, [A, B, C])
    expect(lost.asked.map(({ refs }) => refs)).toEqual([[B.ref], [C.ref]])
    const later = answering({ [B.ref]: refused(B)('hook declined') })
    expect((await push({ forgets: true, answer: later }, [A, B, C])).asked).toEqual([])
    const first = answering({ [GONE.ref]: refused(GONE)('hook declined') })
    expect((await push({ forgets: true, answer: first }, [GONE, A, B])).asked).toEqual([])
    const none = await push({ forgets: true, answer: declined }, [A, B], { fetching: undefined })
    expect(none.asked).toEqual([])
    const partly = answering({ [A.ref]: () => reportOf({ [A.ref]: 'hook declined', [B.ref]: 'ok' }) })
    expect((await push({ forgets: true, answer: partly }, [A, B, C], { maxRefs: 2 })).asked).toEqual([])
    const mute = await push({ forgets: true, capabilities: 'delete-refs', answer: () => [] }, [A, B])
    expect(mute.asked).toEqual([])
  })

  it('count by the header of the last pack', async () => {
    const three = Buffer.from(PACK)
    three.writeUInt32BE(3, 8)
    const given = { fetchFor: () => fetchingOf([three]), mode: { ownObjects: true } }
    // Its trailer does not fit its header: the pack ends as damaged, and was counted.
    const { outcome } = await push({ forgets: true }, [A, B], given)
    expect(outcome).toMatchObject({ objects: 3, error: { code: 'pack', side: 'source' } })
  })

  it('are given up where no push came to need them', async () => {
    const answer = failing({ code: 'http', side: 'destination', status: 500 })
    const { outcome, fetching, pushes, log } = await push({ forgets: true, answer }, [GONE, A])
    expect(log).toEqual(['open', `push ${GONE.ref}`, 'abort', 'close'])
    expect(outcome.pushes).toHaveLength(1)
    expect(fetching!.cancelled()).toBe(true)
    expect(pushes).toHaveLength(1)
  })
})

describe('several pushes', () => {
  it('end with the first that fails, and tell what it said', async () => {
    const error = { code: 'http', side: 'destination', status: 500 } as const
    const answer = answering({ [B.ref]: failing(error) })
    const { outcome, log } = await push({ forgets: true, answer }, [A, B, C])
    expect(outcome.pushes.map(({ updates }) => updates[0]!.ref)).toEqual([A.ref, B.ref])
    expect(outcome.error).toMatchObject(error)
    expect(outcome.updates).toEqual([A, B, C])
    expect(outcome).toMatchObject({ overLimit: false, isShared: false, greetedAhead: false, starved: 0 })
    expect(log.slice(-2)).toEqual(['abort', 'close'])
  })

  it('end where a pack was not taken', async () => {
    const answer = answering({ [A.ref]: refused(A)('unpacker error', 'no luck', 'words\n') })
    const { outcome } = await push({ forgets: true, answer }, [A, B])
    expect(outcome.pushes).toHaveLength(1)
    expect(outcome).toMatchObject({ error: undefined, lines: ['words'] })
  })

  it('end at the first that was too many refs, and at none that was partly taken or refused for more', async () => {
    const most = 'maximum ref updates exceeded'
    const told = async (reason: string, other: string) => {
      const answer = answering({ [A.ref]: () => reportOf({ [A.ref]: reason, [B.ref]: other }) })
      return (await push({ forgets: true, answer }, [A, B, C, D], { maxRefs: 2 })).outcome.pushes.length
    }
    expect(await told(most, most)).toBe(1)
    expect(await told(most, 'ok')).toBe(2)
    expect(await told('hook declined', 'hook declined')).toBe(2)
    const partly = answering({ [A.ref]: () => reportOf({ [A.ref]: 'ok' }) })
    const { outcome } = await push({ forgets: true, answer: partly }, [A, B, C], { maxRefs: 2 })
    expect(outcome).toMatchObject({ error: undefined, pushes: [{}, {}] })
    const silent = answering({ [A.ref]: () => reportOf({}, { words: `${most}\n` }) })
    expect(
      (await push({ forgets: true, answer: silent }, [A, B], { maxRefs: 1 })).outcome.pushes,
    ).toHaveLength(1)
  })

  it('go on after one ref that the server ended its push for', async () => {
    const words = 'error: GH001: Large files detected.'
    const cut = { code: 'cut', side: 'destination' } as const
    const cases = [
      [failing({ code: 'server', side: 'destination', serverText: words }), words],
      [
        refused(A)('no', 'object exceeds maximum allowed size'),
        'the pack was not taken: object exceeds maximum allowed size',
      ],
      [refused(A)('no', 'unpacker error', `${words}\n`), 'the pack was not taken: unpacker error'],
      [failing({ ...cut, advice: 'large-file' }, 'it hung up'), 'it hung up'],
    ] as const
    for (const [answer, reason] of cases) {
      const { outcome, asked } = await push({ forgets: true, answer: answering({ [A.ref]: answer }) }, [A, B])
      expect(outcome.pushes.map(({ error, report }) => [error, report])).toEqual([
        [undefined, { unpack: 'ok', refs: new Map([[A.ref, { ok: false, reason }]]) }],
        [undefined, { unpack: 'ok', refs: new Map([[B.ref, { ok: true }]]) }],
      ])
      expect(asked.map(({ refs }) => refs)).toEqual([[B.ref]])
      expect(outcome.error).toBeUndefined()
    }
  })

  it('end where several refs came in one push that the server ended, or where the cause is none of a ref', async () => {
    const large = { code: 'server', side: 'destination', serverText: 'error: GH001: Large files' } as const
    const two = answering({ [A.ref]: failing(large) })
    const both = await push({ forgets: true, answer: two }, [A, B, C], { maxRefs: 2 })
    expect(both.outcome.error).toMatchObject(large)
    expect(both.outcome.pushes).toHaveLength(1)
    const full = { ...large, serverText: 'No space left on device' }
    const one = await push({ forgets: true, answer: answering({ [A.ref]: failing(full) }) }, [A, B])
    expect(one.outcome.error).toMatchObject(full)
    const source = new MirrorError('GH001', { ...large, side: 'source' })
    const theirs = await push({ forgets: true }, [A, B], { fetching: fetchingOf([source]) })
    expect(theirs.outcome).toMatchObject({ error: { side: 'source' }, pushes: [{ isSent: false }] })
  })

  it('end where the source gives no pack for one of them', async () => {
    const fetchFor = (): never => {
      throw new Error('no luck')
    }
    const { outcome, pushes } = await push({ forgets: true }, [A, B, C], {
      mode: { ownObjects: true },
      fetchFor,
    })
    expect(pushes).toHaveLength(1)
    expect(outcome.error).toMatchObject({ message: 'no luck', code: 'cut', side: 'source', retryable: true })
    expect(outcome.pushes[1]).toEqual({
      updates: [B],
      hasObjects: true,
      hasPack: false,
      greetedAhead: false,
      isSent: false,
      report: undefined,
      error: outcome.error,
      lines: [],
      bytes: 0,
      objects: undefined,
      overLimit: false,
      starved: 0,
    })
    const controller = new AbortController()
    const reason = new Error('that is enough')
    const ending = (): never => {
      controller.abort(reason)
      throw new Error('no luck')
    }
    const how = { mode: { ownObjects: true }, fetchFor: ending, signal: controller.signal }
    await expect(push({ forgets: true }, [A, B], how)).rejects.toBe(reason)
  })

  it('are one where all have to move together', async () => {
    const { outcome, pushes } = await push({}, [A, B], { maxRefs: 5000, atomic: true })
    expect(pushes.map(({ capabilities }) => capabilities.includes('atomic'))).toEqual([true])
    expect(outcome.updates).toEqual([A, B])
  })

  it('tell that the pack was shared, that it was too large, and how long it was waited for', async () => {
    using clock = setClock()
    const onNext = (at: number): number => (clock.now += at === 2 ? 3000 : 1)
    const slices = [PACK.subarray(0, 12), PACK.subarray(12)]
    const shared = await push({ forgets: true }, [A], {
      fetching: fetchingOf(slices, { shared: true, onNext }),
    })
    expect(shared.outcome).toMatchObject({
      isShared: true,
      overLimit: false,
      starved: 3000,
      error: undefined,
    })
    const given = { fetching: fetchingOf([PACK]), mode: { maxBytes: 20 } }
    expect((await push({ forgets: true }, [A], given)).outcome).toMatchObject({
      isShared: false,
      overLimit: true,
      error: { code: 'too-large' },
    })
  })

  it('are none where there is nothing to push', async () => {
    const { outcome, log } = await push({}, [], { fetching: undefined })
    expect(outcome).toEqual({
      updates: [],
      pushes: [],
      error: undefined,
      lines: [],
      bytes: 0,
      objects: 0,
      overLimit: false,
      starved: 0,
      isShared: false,
      greetedAhead: false,
    })
    expect(log).toEqual(['open', 'flush', 'close'])
  })
})

describe('several pushes over connections that are kept open', () => {
  it('go each over one of its own, which is greeted during the push before, but not during that of the pack', async () => {
    const { outcome, log } = await push({}, [A, B, C, D])
    expect(log).toEqual([
      'open',
      `push ${A.ref}`,
      'close',
      'open',
      'open',
      `push ${B.ref}`,
      'close',
      'open',
      `push ${C.ref}`,
      'close',
      `push ${D.ref}`,
      'close',
    ])
    expect(outcome.pushes.map((one) => 'greetedAhead' in one && one.greetedAhead)).toEqual([
      false,
      false,
      true,
      true,
    ])
    expect(outcome.greetedAhead).toBe(true)
  })

  it('are not greeted ahead where that was learned to do harm, nor after a slow one', async () => {
    const plain = await push({}, [A, B, C, D], { mode: { greetAhead: false } })
    expect(plain.outcome.greetedAhead).toBe(false)
    expect(plain.log.join(' ')).not.toContain('open open')
    using clock = setClock()
    const answer = (one: Received): ReturnType<typeof takeAll> => {
      clock.now += 10_001
      return takeAll(one)
    }
    const slow = await push({ answer }, [A, B, C, D])
    expect(slow.log.join(' ')).not.toContain('open open')
    expect(slow.outcome.greetedAhead).toBe(false)
  })
})
