import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { BatchSessions } from '../../../src/mirror/push/batch-sessions.ts'
import { ReceivePackSession } from '../../../src/mirror/sessions/receive-pack-session.ts'
import { NEW, NONE } from './pushes.ts'
import { makeReceiver, type ReceiverScript, setClock } from './receiver.ts'

const REF = 'refs/heads/a'

/** The sessions of a push over a kept-open connection that was greeted at second 1,000 of the clock. */
async function start(script: ReceiverScript = {}, mayGreetAhead = true) {
  const receiver = makeReceiver(script)
  const clock = setClock()
  const sessions = new BatchSessions(
    receiver.server,
    await ReceivePackSession.open(receiver.server),
    mayGreetAhead,
  )
  return {
    log: receiver.log,
    sessions,
    clock,
    /** Pushes over the current session, which then is used up where it is kept open. */
    push: () =>
      sessions.current.push({
        commands: [{ kind: 'update', ref: REF, old: NONE, new: NEW }],
        atomic: false,
        plain: false,
        pack: new Uint8Array(0),
      }),
    [Symbol.dispose]: () => clock[Symbol.dispose](),
  }
}

describe('the receive-pack of the next batch', () => {
  it('is the one at hand while that is young and unused', async () => {
    using it = await start()
    const first = it.sessions.current
    it.clock.now += 9_999
    await it.sessions.renew()
    expect(it.sessions.current).toBe(first)
    expect(it.log).toEqual(['open'])
  })

  it('is a new one where it has waited for ten seconds, and the old one ends politely', async () => {
    using it = await start()
    const first = it.sessions.current
    it.clock.now += 10_000
    await it.sessions.renew()
    expect(it.sessions.current).not.toBe(first)
    expect(it.log).toEqual(['open', 'flush', 'close', 'open'])
  })

  it('is a new one after a push', async () => {
    using it = await start()
    await it.push()
    await it.sessions.renew()
    expect(it.log).toEqual(['open', `push ${REF}`, 'close', 'open'])
    expect(it.sessions.current.usable).toBe(true)
  })

  it('is the same after any time where the server forgets', async () => {
    using it = await start({ forgets: true })
    const first = it.sessions.current
    await it.push()
    it.clock.now += 100_000
    await it.sessions.renew()
    expect(it.sessions.current).toBe(first)
    expect(it.log).toEqual(['open', `push ${REF}`])
  })

  it('is the one that was greeted meanwhile', async () => {
    using it = await start()
    expect(it.sessions.isGreetedAhead).toBe(false)
    await it.push()
    it.sessions.greetAhead()
    expect(it.sessions.isGreetedAhead).toBe(true)
    await it.sessions.renew()
    expect(it.sessions.isGreetedAhead).toBe(false)
    expect(it.log).toEqual(['open', `push ${REF}`, 'open', 'close'])
    await it.push()
    expect(it.log.at(-1)).toBe(`push ${REF}`)
  })

  it('is a new one where that which was greeted meanwhile has waited too long', async () => {
    using it = await start()
    await it.push()
    it.sessions.greetAhead()
    await nextTurn()
    it.clock.now += 10_000
    await it.sessions.renew()
    expect(it.log).toEqual(['open', `push ${REF}`, 'open', 'close', 'flush', 'close', 'open'])
    expect(it.sessions.current.usable).toBe(true)
  })

  it('is a new one where the greeting failed meanwhile', async () => {
    using it = await start({
      onOpen: (count) => {
        if (count === 2) throw new MirrorError('refused', { code: 'connect' })
      },
    })
    await it.push()
    it.sessions.greetAhead()
    await it.sessions.renew()
    expect(it.log).toEqual(['open', `push ${REF}`, 'open', 'close', 'open'])
    expect(it.sessions.current.usable).toBe(true)
  })

  it('is not greeted meanwhile where that is not wished for, or would be too early', async () => {
    using unwished = await start({}, false)
    unwished.sessions.greetAhead()
    using forgets = await start({ forgets: true })
    forgets.sessions.greetAhead()
    using slow = await start()
    slow.sessions.noteTime(10_001)
    slow.sessions.greetAhead()
    for (const { sessions, log } of [unwished, forgets, slow]) {
      expect(sessions.isGreetedAhead).toBe(false)
      expect(log).toEqual(['open'])
    }
    slow.sessions.noteTime(10_000)
    slow.sessions.greetAhead()
    expect(slow.sessions.isGreetedAhead).toBe(true)
  })
})

describe('the end of the pushes', () => {
  it('closes what is open, and breaks nothing off that was greeted for another push', async () => {
    const signals: AbortSignal[] = []
    using it = await start({ onOpen: (_, { signal }) => void signals.push(signal) })
    await it.push()
    it.sessions.greetAhead()
    await nextTurn()
    const { closed } = await it.sessions.end(undefined)
    await closed
    expect(it.log).toEqual(['open', `push ${REF}`, 'open', 'close', 'flush', 'close'])
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false])
  })

  it('does not wait for the end of a program that has reported, and does for one that failed', async () => {
    let letGo: () => void = () => undefined
    const onClose = (): Promise<void> => new Promise((resolve) => (letGo = resolve))
    using it = await start({ onClose })
    await it.push()
    const { closed } = await it.sessions.end(undefined)
    const ends: string[] = []
    void closed.then(() => ends.push('closed'))
    await nextTurn()
    expect(ends).toEqual([])
    letGo()
    await closed
    expect(ends).toEqual(['closed'])
    using failed = await start({ onClose })
    const ended = failed.sessions.end(new MirrorError('it broke', { code: 'cut', side: 'destination' }))
    void ended.then(() => ends.push('ended'))
    await nextTurn()
    expect(ends).toEqual(['closed'])
    letGo()
    await ended
    expect(ends).toEqual(['closed', 'ended'])
  })

  it('breaks a greeting off that has not come', async () => {
    let reason: unknown
    using it = await start({
      onOpen: (count, { signal }) =>
        count === 1
          ? undefined
          : new Promise((_, reject) =>
              signal.addEventListener('abort', () => {
                reason = signal.reason
                reject(signal.reason as Error)
              }),
            ),
    })
    await it.push()
    it.sessions.greetAhead()
    await it.sessions.end(undefined)
    expect(reason).toEqual(new Error('no other push is made'))
    expect(it.log).toEqual(['open', `push ${REF}`, 'open', 'close'])
  })

  it('is abrupt at a destination that failed, and polite where the source did', async () => {
    using failed = await start()
    await failed.sessions.end(new MirrorError('it broke', { code: 'cut', side: 'destination' }))
    expect(failed.log).toEqual(['open', 'abort', 'close'])
    using source = await start()
    await source.sessions.end(new MirrorError('it broke', { code: 'cut', side: 'source' }))
    expect(source.log).toEqual(['open', 'flush', 'close'])
  })
})
