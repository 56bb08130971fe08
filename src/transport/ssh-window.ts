/** Bytes that a server may send before it has to wait for us: 32 MiB keep 1.3 Gbit/s busy over 200 ms. */
export const RECEIVE_WINDOW = 32 * 1024 * 1024

/** What the ssh library gives each channel, and what is kept where it cannot be enlarged. */
export const DEFAULT_WINDOW = 2 * 1024 * 1024

/** The receive window of one channel. */
export interface ReceiveWindow {
  /** Bytes that may wait here before the channel has to be paused. */
  readonly size: number
  /** Grants what was taken since the last grant; `waiting`: received bytes that nobody has taken yet. */
  topUp(waiting: number): void
}

interface WindowFields {
  readonly incoming: { window: number; readonly state: string }
  readonly outgoing: { readonly id: number; readonly state: string }
  readonly _client: {
    readonly _protocol: { channelWindowAdjust(channel: number, bytes: number): void }
  }
}

/**
 * Enlarges the receive window of a channel (RFC 4254, section 5.2), which the ssh library has no option for: its
 * 2 MiB cap a line of 50 ms at 40 MB/s. The fields it keeps the count in are checked first; a version without them
 * keeps its default.
 */
export function enlargeWindow(channel: unknown, size = RECEIVE_WINDOW): ReceiveWindow {
  if (!hasWindowFields(channel)) return { size: DEFAULT_WINDOW, topUp: () => {} }
  const { incoming, outgoing } = channel
  // One eighth: often enough that the server never waits, seldom enough that the grants cost nothing.
  const step = size / 8
  const topUp = (waiting: number): void => {
    const bytes = size - waiting - incoming.window
    if (bytes < step || incoming.state !== 'open' || outgoing.state.startsWith('clos')) return
    incoming.window += bytes
    channel._client._protocol.channelWindowAdjust(outgoing.id, bytes)
  }
  topUp(0)
  return { size, topUp }
}

function hasWindowFields(channel: unknown): channel is WindowFields {
  const { incoming, outgoing, _client: client } = (channel ?? {}) as Partial<WindowFields>
  return (
    typeof incoming?.window === 'number' &&
    typeof incoming.state === 'string' &&
    typeof outgoing?.id === 'number' &&
    typeof outgoing.state === 'string' &&
    typeof client?._protocol?.channelWindowAdjust === 'function'
  )
}
