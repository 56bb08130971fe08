import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { Door, makeDoors } from '../../../src/mirror/sessions/door.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'

const SIGNAL = new AbortController().signal

function resting(): { close(): Promise<void>; closed: number } {
  const session = {
    closed: 0,
    async close() {
      session.closed++
    },
  }
  return session
}

const turnedAway = (): MirrorError =>
  new MirrorError('ended without a word', { code: 'cut', retryable: true })

describe('Door', () => {
  it('lets one connection rest, and sends it away when another one comes', async () => {
    const door = new Door()
    const [one, other] = [resting(), resting()]
    door.rest(one)
    door.rest(one)
    expect(one.closed).toBe(0)
    door.rest(other)
    expect([one.closed, other.closed]).toEqual([1, 0])
    expect(await door.enter(async () => other.closed, SIGNAL)).toBe(1)
    const used = resting()
    door.rest(used)
    door.take(used)
    await door.enter(async () => undefined, SIGNAL)
    expect(used.closed).toBe(0)
  })

  it('sends away what came to rest while another one waits for long', async () => {
    const door = new Door()
    const session = resting()
    let greet: (() => void) | undefined
    const entering = door.enter(() => new Promise<void>((resolve) => (greet = resolve)), SIGNAL)
    door.rest(session)
    expect(session.closed).toBe(0)
    while (session.closed === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    greet?.()
    await entering
    const later = resting()
    door.rest(later)
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect([session.closed, later.closed]).toEqual([1, 0])
  })

  it('comes again alone when the server turned it away while others were there, and then one after the other', async () => {
    const door = new Door()
    let inside = 0
    let most = 0
    const open = async (): Promise<{ end: () => void }> => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      if (inside > 0) throw turnedAway()
      inside++
      most = Math.max(most, inside)
      const guest = door.admit()
      return {
        end: () => {
          inside--
          guest.leave()
        },
      }
    }
    const use = async (): Promise<void> => {
      const entered = await door.enter(open, SIGNAL)
      await new Promise((resolve) => setTimeout(resolve, 5))
      entered.end()
    }
    await Promise.all([use(), new Promise((resolve) => setTimeout(resolve, 2)).then(use), use().catch(use)])
    await Promise.all([use(), use(), use()])
    expect([most, inside]).toEqual([1, 0])
  })

  it('gives on the error of a server that turns away who comes alone, and any other error', async () => {
    const door = new Door()
    let tries = 0
    const fail = async (error: MirrorError): Promise<unknown> =>
      await door
        .enter(async () => {
          tries++
          throw error
        }, SIGNAL)
        .catch((thrown: unknown) => thrown)
    const error = turnedAway()
    expect(await fail(error)).toBe(error)
    door.admit()
    const auth = new MirrorError('no', { code: 'auth' })
    expect(await fail(auth)).toBe(auth)
    const said = new MirrorError('cut', { code: 'cut', serverText: 'fatal: no such repository' })
    expect(await fail(said)).toBe(said)
    expect(tries).toBe(3)
  })

  it('waits no longer when the run ends', async () => {
    const door = new Door()
    door.admit()
    const controller = new AbortController()
    const reason = new Error('enough')
    const entering = door.enter(async () => {
      setTimeout(() => controller.abort(reason), 10)
      throw turnedAway()
    }, controller.signal)
    await expect(entering).rejects.toBe(reason)
  })

  it('leaves no listener on the signal of the run, however often it waited', async () => {
    const door = new Door()
    const { signal } = new AbortController()
    const guest = door.admit()
    let tries = 0
    const open = async (): Promise<void> => {
      if (tries++ === 0) throw turnedAway()
    }
    const entering = [door.enter(open, signal), door.enter(open, signal)]
    setTimeout(() => guest.leave(), 5)
    await Promise.all(entering)
    for (let time = 0; time < 20; time++) await door.enter(open, signal)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('makeDoors', () => {
  it('has one door for a server, whichever side it is, and none for http and paths', () => {
    const doorOf = makeDoors()
    const at = (address: string): Door | undefined => doorOf(parseRemoteUrl(address, 'source'))
    expect(at('ssh://git@Example.com/a.git')).toBeInstanceOf(Door)
    expect(at('git@example.com:b.git')).toBe(at('ssh://git@Example.com/a.git'))
    expect(at('ssh://git@example.com:2222/a.git')).not.toBe(at('ssh://git@example.com/a.git'))
    expect(at('git://example.com/a.git')).not.toBe(at('ssh://git@example.com/a.git'))
    expect([at('https://example.com/a.git'), at('/srv/a.git')]).toEqual([undefined, undefined])
    expect(makeDoors()(parseRemoteUrl('git://example.com/a.git', 'source'))).not.toBe(
      at('git://example.com/a.git'),
    )
  })
})
