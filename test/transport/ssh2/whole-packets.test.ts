import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { sendWholePackets } from '../../../src/transport/ssh2/whole-packets.ts'

const PACKET = 32_768

/** The fields of a channel of the ssh library, with its way of writing: as much as the window takes. */
function makeChannel(window: number) {
  const written: number[] = []
  const channel = {
    outgoing: { window, packetSize: PACKET, state: 'open' },
    _waitWindow: false,
    _chunk: undefined as Uint8Array | undefined,
    _chunkcb: undefined as (() => void) | undefined,
    _write(bytes: Uint8Array, _: unknown, callback: () => void): void {
      const length = Math.min(bytes.length, channel.outgoing.window)
      written.push(length)
      channel.outgoing.window -= length
      if (length === bytes.length) return callback()
      channel._waitWindow = true
      channel._chunk = bytes.subarray(length)
      channel._chunkcb = callback
    },
  }
  /** What the library does when the server opens its window. */
  const open = (bytes: number): void => {
    channel.outgoing.window += bytes
    if (!channel._waitWindow) return
    channel._waitWindow = false
    channel._write(channel._chunk!, undefined, channel._chunkcb!)
  }
  return { channel, written, open }
}

describe('sendWholePackets', () => {
  it('waits until a window that opens bit by bit takes some whole packets', () => {
    const { channel, written, open } = makeChannel(2 * 1024 * 1024)
    sendWholePackets(channel)
    channel.outgoing.window = 0
    let done = false
    channel._write(new Uint8Array(5 * PACKET), undefined, () => (done = true))
    for (let turn = 0; turn < 39; turn++) open(4096)
    expect(written).toEqual([4 * PACKET])
    expect(done).toBe(false)
    // What is left is less than four packets, and all of it fits now.
    open(4096)
    expect(done).toBe(true)
    expect(written).toEqual([4 * PACKET, PACKET])
  })

  it('sends at once what the window takes whole', () => {
    const { channel, written } = makeChannel(2 * 1024 * 1024)
    sendWholePackets(channel)
    channel.outgoing.window = 100
    channel._write(new Uint8Array(100), undefined, () => undefined)
    expect(written).toEqual([100])
  })

  it('asks no more of a small window than it can ever hold', () => {
    const { channel, written, open } = makeChannel(24_000)
    sendWholePackets(channel)
    channel.outgoing.window = 0
    channel._write(new Uint8Array(24_000), undefined, () => undefined)
    open(5999)
    expect(written).toEqual([])
    open(1)
    expect(written).toEqual([6000])
  })

  it('sends a little after a while all the same: a server may wait for that', async () => {
    const { channel, written, open } = makeChannel(2 * 1024 * 1024)
    sendWholePackets(channel)
    channel.outgoing.window = 0
    channel._write(new Uint8Array(PACKET), undefined, () => undefined)
    open(10)
    expect(written).toEqual([])
    await expect.poll(() => written).toEqual([10])
    open(PACKET)
    await sleep(30)
    expect(written).toEqual([10, PACKET - 10])
  })

  it('leaves a library without the fields that it uses as it is', () => {
    const channel = { outgoing: { window: 1 }, _write: () => undefined }
    const before = { ...channel }
    for (const other of [undefined, {}, channel]) sendWholePackets(other)
    expect(channel).toEqual(before)
  })
})
