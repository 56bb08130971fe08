/** Packets that the server's window has to hold before more is sent. */
const WHOLE_PACKETS = 4
/** Less is sent, too, after so many milliseconds: a server may wait for it before it opens its window again. */
const WINDOW_WAIT_MS = 20

interface SendFields {
  readonly outgoing: { readonly window: number; readonly packetSize: number; readonly state: string }
  _waitWindow: boolean
  _chunk: Uint8Array | undefined
  _chunkcb: unknown
  _write(bytes: Uint8Array, encoding: unknown, callback: unknown): void
}

/**
 * Makes a channel of the ssh library wait until the server's window takes a few whole packets. A server that is slow
 * opens its window a little at a time, the library fills each little at once, and the packets stay tiny from then on
 * (RFC 1122, section 4.2.3.4 tells of the same in TCP): three times as many of them, each with its own cipher. A
 * version of the library without the fields that are used here stays as it is.
 */
export function sendWholePackets(channel: unknown): void {
  if (!hasSendFields(channel)) return
  const { outgoing, _write: write } = channel
  // A small window never holds so much: a quarter of it is enough.
  const enough = Math.min(WHOLE_PACKETS * outgoing.packetSize, outgoing.window / 4)
  let timer: NodeJS.Timeout | undefined
  channel._write = (bytes, encoding, callback) => {
    clearTimeout(timer)
    const waits = outgoing.state === 'open' && outgoing.window < Math.min(enough, bytes.length)
    if (!waits) return write.call(channel, bytes, encoding, callback)
    channel._waitWindow = true
    channel._chunk = bytes
    channel._chunkcb = callback
    timer = setTimeout(() => {
      if (!channel._waitWindow || channel._chunk !== bytes) return
      channel._waitWindow = false
      write.call(channel, bytes, encoding, callback)
    }, WINDOW_WAIT_MS)
  }
}

function hasSendFields(channel: unknown): channel is SendFields {
  const { outgoing, _waitWindow, _write } = (channel ?? {}) as Partial<SendFields>
  return (
    typeof outgoing?.window === 'number' &&
    typeof outgoing.packetSize === 'number' &&
    typeof outgoing.state === 'string' &&
    typeof _waitWindow === 'boolean' &&
    typeof _write === 'function'
  )
}
