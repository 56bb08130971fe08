interface Granted {
  readonly outgoing: { window: number }
}

/**
 * Tells of each grant of the server to send more on a channel (RFC 4254, section 5.2), with its bytes. Replaces the
 * field in which the library counts what it may send by a pair of functions. Where the field is missing, no grant is
 * told of.
 */
export function watchGrants(channel: unknown, onGrant: (bytes: number) => void): void {
  if (!hasWindow(channel)) return
  let { window } = channel.outgoing
  Object.defineProperty(channel.outgoing, 'window', {
    configurable: true,
    enumerable: true,
    get: () => window,
    set(next: number) {
      const granted = next - window
      window = next
      if (granted > 0) onGrant(granted)
    },
  })
}

function hasWindow(channel: unknown): channel is Granted {
  const { outgoing } = (channel ?? {}) as Partial<Granted>
  return typeof outgoing?.window === 'number'
}
