import type { Readable } from 'node:stream'

/**
 * Whether the server had ended the channel. Reads a field of the library; changes nothing. The stream alone does
 * not tell: its end is pushed for a broken connection too. Where the field is missing, the stream has to do.
 */
export function endedByServer(channel: Readable): boolean {
  const state = (channel as { readonly incoming?: { readonly state?: unknown } }).incoming?.state
  return state === undefined ? channel.readableEnded : state !== 'open'
}
