import { type ByteReader, concatBytes, toText } from '../base/bytes.ts'
import { MirrorError } from '../base/errors.ts'

/** Characters of a wrong line, and bytes of what is no packet, that an error shows. */
const LINE_SHOWN_CHARACTERS = 200
const NO_PACKET_SHOWN_BYTES = 120

/** A server's last words are cut to this many bytes. */
export const LAST_WORDS_BYTES = 16 * 1024

/** The error for what a server says in an `ERR` packet. */
export function saidError(message: Uint8Array): MirrorError {
  const words = toText(message.subarray(0, LAST_WORDS_BYTES)).trimEnd()
  return new MirrorError(`the server said: ${words}`, { code: 'server', serverText: words })
}

export function cutInside(): MirrorError {
  return new MirrorError('the stream ended inside a packet', { code: 'cut', retryable: true })
}

export function noPacket(header: Uint8Array, rest: ByteReader, first: boolean): MirrorError {
  const more = rest.readNow(Math.min(NO_PACKET_SHOWN_BYTES, rest.buffered)) ?? new Uint8Array(0)
  const words = toText(concatBytes([header, more]))
  return new MirrorError(`expected a packet of Git's protocol, found ${JSON.stringify(words)}`, {
    code: 'protocol',
    serverText: words,
    hint: first
      ? 'Something other than Git wrote to the connection first: a login shell that prints text, a forced command, or a server of another kind.'
      : undefined,
  })
}

/** The error for a line that is not what Git's protocol has there. */
export function unexpectedLine(line: string, expected: string): MirrorError {
  const shown = line.slice(0, LINE_SHOWN_CHARACTERS)
  return new MirrorError(`expected ${expected}, found ${JSON.stringify(shown)}`, {
    code: 'protocol',
    serverText: shown,
  })
}

/** The error for a stream that ends in the middle of `where`. */
export function cutIn(where: string): MirrorError {
  return new MirrorError(`the server ended the connection in ${where}`, { code: 'cut', retryable: true })
}
