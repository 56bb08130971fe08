import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { BatchSessions } from '../../../src/mirror/push/batch-sessions.ts'
import { notSent, pushOne, type PushTools } from '../../../src/mirror/push/push-one.ts'
import { ReceivePackSession } from '../../../src/mirror/sessions/receive-pack-session.ts'
import type { PushMode } from '../../../src/mirror/state/fallbacks.ts'
import { Ledger } from '../../../src/mirror/state/ledger.ts'
import type { RefUpdate } from '../../../src/plan/plan-types.ts'
import { emptyPack } from '../../../src/protocol/pack.ts'
import { cut } from '../../protocol/feed.ts'
import { LEARNED, MAIN, OTHER } from './facts.ts'
import { NEW, NONE, OLD, updateOf } from './pushes.ts'
import {
  fetchingOf,
  type Given,
  makeReceiver,
  type Receiver,
  type ReceiverScript,
  reportOf,
  setClock,
} from './receiver.ts'

const GONE = updateOf('refs/heads/gone', 'delete')

/** A whole pack, which says that it holds no object. */
const PACK = Buffer.from(emptyPack('sha1'))

/** The head of a pack of so many objects. */
function headOf(objects: number): Buffer {
  const head = Buffer.from(PACK.subarray(0, 12))
  head.writeUInt32BE(objects, 8)
  return head
}

interface How {
  readonly updates?: readonly RefUpdate[]
  readonly fetching?: Given
  readonly mode?: Partial<PushMode>
  readonly atomic?: boolean
  readonly signal?: AbortSignal
  readonly onSent?: () => void
  /** The clock of the destination is stopped, or goes on. */
  readonly onClock?: (sign: 'pause' | 'resume') => void
}

/** One push to such a receiver. */
async function push(script: ReceiverScript, how: How = {}) {
  const { updates = [MAIN], fetching, mode, atomic = false, onSent = () => undefined } = how
  const signal = how.signal ?? new AbortController().signal
  const receiver: Receiver = makeReceiver(script, { signal })
  const { server } = receiver
  const session = await ReceivePackSession.open(server)
  const notes: string[] = []
  const ledger = new Ledger({
    label: 'there',
    isDryRun: false,
    reporter: (event) => void (event.kind === 'notice' && notes.push(event.text)),
  })
  const tools: PushTools = {
    server,
    signal,
    reporter: server.reporter,
    atomic,
    learned: { ...LEARNED, mode: { ...LEARNED.mode, ...mode } },
    ledger,
    sessions: new BatchSessions(server, session, true),
  }
  for (const sign of ['pause', 'resume'] as const) {
    const act = session[sign].bind(session)
    session[sign] = () => {
      how.onClock?.(sign)
      act()
    }
  }
  const result = await pushOne(tools, { updates, fetching, onSent })
  return { result, receiver, notes, figures: ledger.figures.result() }
}

describe('what is sent in one push', () => {
  it('is a command for each ref, and an empty pack where nothing is to be brought', async () => {
    let sent = 0
    const { result, receiver, figures } = await push(
      { capabilities: 'report-status side-band-64k delete-refs atomic quiet agent=it/1' },
      { updates: [MAIN, updateOf('refs/heads/moved', 'update'), GONE], onSent: () => sent++ },
    )
    expect(receiver.pushes).toEqual([
      {
        commands: [
          `${NONE} ${NEW} refs/heads/main`,
          `${OLD} ${NEW} refs/heads/moved`,
          `${OLD} ${NONE} refs/heads/gone`,
        ],
        capabilities: ['report-status', 'side-band-64k', 'quiet', 'agent=git/kalandra-test'],
        pack: PACK,
        length: undefined,
        bytes: expect.any(Number),
      },
    ])
    expect(sent).toBe(1)
    expect(result).toEqual({
      isSent: true,
      report: {
        unpack: 'ok',
        refs: new Map(['refs/heads/main', 'refs/heads/moved', GONE.ref].map((ref) => [ref, { ok: true }])),
      },
      error: undefined,
      lines: [],
      bytes: 0,
      objects: undefined,
      overLimit: false,
      starved: 0,
    })
    expect(figures).toMatchObject({ pushes: 1, objects: 0, packBytes: 0 })
  })

  it('is no pack where refs are deleted alone', async () => {
    const { receiver } = await push({}, { updates: [GONE] })
    expect(receiver.pushes[0]!.pack).toHaveLength(0)
  })

  it('names us, and asks for all or nothing, only as it is meant to', async () => {
    const words = async (how: How) => (await push({}, how)).receiver.pushes[0]!.capabilities
    expect(await words({ atomic: true })).toContain('atomic')
    expect(await words({})).not.toContain('atomic')
    expect(await words({})).toContain('agent=git/kalandra-test')
    expect(await words({ mode: { agent: false } })).not.toContain('agent=git/kalandra-test')
  })

  it('is the pack as it flows', async () => {
    const { result, receiver, figures, notes } = await push({}, { fetching: fetchingOf(cut(PACK, 12, 7)) })
    expect(receiver.pushes[0]).toMatchObject({ pack: PACK, length: undefined })
    expect(result).toMatchObject({ bytes: PACK.length, objects: 0, error: undefined, overLimit: false })
    expect(figures).toMatchObject({ pushes: 1, packBytes: PACK.length })
    expect(notes).toEqual([])
  })

  it('is the pack with its length where it was collected first', async () => {
    const { result, receiver, figures, notes } = await push(
      {},
      { fetching: fetchingOf(cut(PACK, 12, 7)), mode: { spool: true } },
    )
    const [received] = receiver.pushes
    expect(received).toMatchObject({ pack: PACK, length: received!.bytes })
    expect(result).toMatchObject({ bytes: PACK.length, objects: 0, error: undefined })
    expect(figures).toMatchObject({ pushes: 1, packBytes: PACK.length })
    expect(notes).toEqual([`collected a pack of ${PACK.length} bytes in memory before sending it`])
  })

  it('is told of four times a second at most', async () => {
    using clock = setClock()
    const times = [0, 100, 349, 350, 500, 599, 600]
    const fetching = fetchingOf(cut(PACK, 12, 4, 4, 4, 4, 4), {
      onNext: (at) => (clock.now = 1_000_000 + times[at]!),
    })
    const { receiver } = await push({}, { fetching })
    expect(receiver.events).toEqual(
      [12, 20, 32].map((bytes) => ({ kind: 'progress', destination: 'the receiver', bytes, objects: 0 })),
    )
  })

  it('stops the clock of the destination while it waits for the source', async () => {
    const log: string[] = []
    const fetching = fetchingOf(cut(PACK, 12, 7), { onNext: (at) => log.push(`slice ${at}`) })
    await push({}, { fetching, onClock: (sign) => log.push(sign) })
    expect(log).toEqual([
      'slice 0',
      'pause',
      'resume',
      ...[1, 2, 3, 4].flatMap((at) => ['pause', `slice ${at}`, 'resume']),
      'resume',
    ])
  })

  it('counts the time of a pack as transfer', async () => {
    using clock = setClock()
    const fetching = fetchingOf(cut(PACK, 12, 20), { onNext: (at) => (clock.now += at === 0 ? 500 : 2000) })
    const { figures } = await push({}, { fetching })
    expect(figures.seconds).toMatchObject({ transfer: 4, negotiate: 0 })
    expect(figures.objects).toBe(0)
  })
})

describe('one push that comes to nothing', () => {
  it('tells the report, and the words of the server beside it', async () => {
    const said = reportOf({ [MAIN.ref]: 'declined', [OTHER.ref]: 'ok' }, { words: 'first\nsecond\n' })
    const { result } = await push({ answer: () => said }, { updates: [MAIN, OTHER] })
    expect(result.lines).toEqual(['first', 'second'])
    expect(result.report?.refs).toEqual(
      new Map<string, object>([
        [MAIN.ref, { ok: false, reason: 'declined' }],
        [OTHER.ref, { ok: true }],
      ]),
    )
    expect(result.error).toBeUndefined()
  })

  it('has no report where the server has none', async () => {
    const { result } = await push({ capabilities: 'delete-refs', answer: () => [] })
    expect(result).toMatchObject({ isSent: true, report: undefined, error: undefined })
  })

  it('names the destination where that breaks off', async () => {
    const { result, figures } = await push(
      {
        forgets: true,
        answer: () => {
          throw new Error('socket hang up')
        },
      },
      { fetching: fetchingOf([PACK]) },
    )
    expect(result).toMatchObject({ isSent: true, report: undefined, objects: 0, overLimit: false })
    expect(result.error).toMatchObject({ code: 'cut', side: 'destination', retryable: true })
    expect(figures).toMatchObject({ pushes: 1, packBytes: PACK.length })
  })

  it('sends nothing where a command is not right', async () => {
    const { result, figures } = await push({}, { updates: [updateOf('refs/heads/..')] })
    expect(result).toMatchObject({
      isSent: false,
      report: undefined,
      error: { code: 'protocol', side: 'destination', retryable: false },
      bytes: 0,
    })
    expect(figures.pushes).toBe(0)
  })

  it('is an error of the destination, whatever was thrown', async () => {
    const onSent = (): void => {
      throw new Error('out of luck')
    }
    const { result } = await push({}, { onSent })
    expect(result.error).toMatchObject({
      message: 'out of luck',
      code: 'cut',
      side: 'destination',
      retryable: true,
    })
  })

  it('names the source where that breaks off first, and sends no command before the pack has begun', async () => {
    const broken = new MirrorError('the source broke', { code: 'timeout', side: 'source' })
    const early = await push({}, { fetching: fetchingOf([PACK.subarray(0, 6), broken]) })
    expect(early.result).toEqual(notSent(broken))
    expect(early.result).toEqual({
      isSent: false,
      report: undefined,
      error: broken,
      lines: [],
      bytes: 0,
      objects: undefined,
      overLimit: false,
      starved: 0,
    })
    expect(early.receiver.log).toEqual(['open'])
    const late = await push(
      { forgets: true },
      { fetching: fetchingOf([headOf(7), PACK.subarray(12, 20), broken]) },
    )
    expect(late.result).toMatchObject({ error: { code: 'timeout', side: 'source' }, objects: 7, bytes: 12 })
    expect(late.receiver.pushes).toEqual([])
    expect(late.figures).toMatchObject({ objects: 7, packBytes: 12 })
    const collected = await push(
      {},
      { fetching: fetchingOf([headOf(7), PACK.subarray(12, 20), broken]), mode: { spool: true } },
    )
    expect(collected.result).toEqual({ ...notSent(broken), objects: 7, error: expect.any(MirrorError) })
    expect(collected.result.error).toMatchObject({ code: 'timeout', side: 'source' })
    expect(collected.figures).toMatchObject({ objects: 7, packBytes: 0, pushes: 0 })
  })

  it('is an error of the source, whatever that throws', async () => {
    const { result } = await push({}, { fetching: fetchingOf([new Error('no luck')]) })
    expect(result.error).toMatchObject({ message: 'no luck', code: 'cut', side: 'source', retryable: true })
    expect(result.overLimit).toBe(false)
    const none = await push({}, { fetching: fetchingOf([]) })
    expect(none.result.error).toMatchObject({ code: 'pack', side: 'source' })
  })

  it('tells how long the destination waited for the source', async () => {
    using clock = setClock()
    const fetching = fetchingOf(cut(PACK, 12, 20), { onNext: (at) => (clock.now += at === 2 ? 5000 : 1) })
    expect((await push({}, { fetching })).result.starved).toBe(5000)
    expect((await push({}, {})).result.starved).toBe(0)
  })
})

describe('one push at our limit of bytes', () => {
  it('is given up before a byte is sent where the pack cannot fit', async () => {
    const fetching = fetchingOf([headOf(100), PACK.subarray(12)])
    const { result, receiver, figures } = await push({}, { fetching, mode: { maxBytes: 20_000 } })
    expect(result).toEqual({
      ...notSent(result.error!),
      objects: 100,
      overLimit: true,
    })
    expect(result.error).toMatchObject({
      code: 'too-large',
      side: 'destination',
      message: 'the pack is larger than the 20000 bytes of one push',
    })
    expect(fetching.cancelled()).toBe(true)
    expect(receiver.log).toEqual(['open'])
    expect(figures.objects).toBe(0)
  })

  it('begins where it may fit, and ends where it does not', async () => {
    for (const spool of [false, true]) {
      const fetching = fetchingOf([headOf(1), Buffer.alloc(50), Buffer.alloc(200)])
      const { result } = await push({ forgets: true }, { fetching, mode: { maxBytes: 100, spool } })
      expect(result).toMatchObject({ overLimit: true, objects: 1, isSent: !spool })
      expect(result.error).toMatchObject({ code: 'too-large', side: 'destination' })
    }
  })

  it('is not what ended it where the server said so', async () => {
    const answer = (): never => {
      throw new MirrorError('413', { code: 'too-large', side: 'destination', status: 413 })
    }
    const { result } = await push(
      { forgets: true, answer },
      { fetching: fetchingOf([PACK]), mode: { maxBytes: 1000 } },
    )
    expect(result).toMatchObject({ overLimit: false, error: { code: 'too-large', status: 413 } })
    const bare = await push({ forgets: true, answer }, { updates: [GONE] })
    expect(bare.result).toMatchObject({ overLimit: false, error: { code: 'too-large', status: 413 } })
  })

  it('is not what ended it where the source reached a limit of its own, or where it is another failure', async () => {
    for (const details of [
      { code: 'too-large', side: 'source' },
      { code: 'local', side: 'destination' },
    ] as const) {
      const fetching = fetchingOf([new MirrorError('it broke', details)])
      expect((await push({}, { fetching })).result).toMatchObject({ overLimit: false, error: details })
    }
  })

  it('is no matter without a limit', async () => {
    const fetching = fetchingOf([PACK])
    const { result } = await push({}, { fetching, mode: { maxBytes: undefined } })
    expect(result).toMatchObject({ overLimit: false, error: undefined })
    expect(fetching.cancelled()).toBe(false)
  })
})

describe('one push when the run is ended', () => {
  it('throws the reason, while it waits for the pack or for the answer', async () => {
    for (const when of ['pack', 'answer']) {
      const controller = new AbortController()
      const reason = new Error('that is enough')
      const end = (): never => {
        controller.abort(reason)
        throw new MirrorError('it broke', { code: 'cut' })
      }
      const fetching = fetchingOf([PACK], { onNext: () => (when === 'pack' ? end() : undefined) })
      const script: ReceiverScript = when === 'answer' ? { forgets: true, answer: end } : {}
      await expect(push(script, { fetching, signal: controller.signal })).rejects.toBe(reason)
    }
  })
})
