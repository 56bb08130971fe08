import { expect, it } from 'vitest'
import {
  chooseWindow,
  DEFAULT_WINDOW_BYTES,
  enlargeWindow,
  LARGEST_WINDOW_BYTES,
} from '../../../src/transport/ssh2/receive-window.ts'

function fakeChannel() {
  const granted: { readonly channel: number; readonly bytes: number }[] = []
  return {
    granted,
    incoming: { window: DEFAULT_WINDOW_BYTES, state: 'open' },
    outgoing: { id: 7, state: 'open' },
    _client: {
      _protocol: {
        channelWindowAdjust: (channel: number, bytes: number) => granted.push({ channel, bytes }),
      },
    },
  }
}

it('chooses the window by the length of the line', () => {
  expect([0, 0.2, 5].map(chooseWindow)).toEqual([
    DEFAULT_WINDOW_BYTES,
    DEFAULT_WINDOW_BYTES,
    DEFAULT_WINDOW_BYTES,
  ])
  expect(chooseWindow(50)).toBe(20_000_000)
  expect([100, 10_000, Infinity].map(chooseWindow)).toEqual([
    LARGEST_WINDOW_BYTES,
    LARGEST_WINDOW_BYTES,
    LARGEST_WINDOW_BYTES,
  ])
})

it('grants the rest of the window at once', () => {
  const channel = fakeChannel()
  expect(enlargeWindow(channel, LARGEST_WINDOW_BYTES).size).toBe(LARGEST_WINDOW_BYTES)
  expect(channel.granted).toEqual([{ channel: 7, bytes: LARGEST_WINDOW_BYTES - DEFAULT_WINDOW_BYTES }])
  expect(channel.incoming.window).toBe(LARGEST_WINDOW_BYTES)
})

it('never lets more be under way than the window, whatever is read when', () => {
  const channel = fakeChannel()
  channel.incoming.window = 1_000
  const window = enlargeWindow(channel, 1_000)
  let waiting = 0
  for (let step = 0; step < 2_000; step++) {
    const sent = Math.min(channel.incoming.window, (step * 37) % 200)
    channel.incoming.window -= sent
    waiting += sent
    waiting -= Math.min(waiting, (step * 53) % 230)
    window.topUp(waiting)
    expect(channel.incoming.window + waiting).toBeLessThanOrEqual(1_000)
  }
  expect(channel.granted.length).toBeGreaterThan(100)
})

it('grants in steps, not for every chunk', () => {
  const channel = fakeChannel()
  channel.incoming.window = 0
  const window = enlargeWindow(channel, 800)
  expect(channel.granted).toHaveLength(1)
  channel.incoming.window -= 99
  window.topUp(0)
  expect(channel.granted).toHaveLength(1)
  channel.incoming.window -= 1
  window.topUp(0)
  expect(channel.granted.at(-1)).toEqual({ channel: 7, bytes: 100 })
})

it.each([
  ['incoming', 'eof'],
  ['incoming', 'closed'],
  ['outgoing', 'closing'],
  ['outgoing', 'closed'],
] as const)('grants nothing when %s is %s', (side, state) => {
  const channel = fakeChannel()
  channel[side].state = state
  enlargeWindow(channel, LARGEST_WINDOW_BYTES).topUp(0)
  expect(channel.granted).toEqual([])
})

it('leaves a library without these fields alone', () => {
  const channel = fakeChannel()
  for (const other of [
    undefined,
    {},
    { ...channel, incoming: { state: 'open' } },
    { ...channel, outgoing: { id: '7', state: 'open' } },
    { ...channel, _client: {} },
    { ...channel, _client: { _protocol: {} } },
  ]) {
    const window = enlargeWindow(other, LARGEST_WINDOW_BYTES)
    expect(window.size).toBe(DEFAULT_WINDOW_BYTES)
    window.topUp(0)
  }
  expect(channel.granted).toEqual([])
})
