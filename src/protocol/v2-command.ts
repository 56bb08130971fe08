import { concatBytes } from '../base/bytes.ts'
import { MirrorError } from '../base/errors.ts'
import { agentWord, type Capabilities } from './capabilities.ts'
import type { ObjectFormat } from './object-id.ts'
import { DELIM, encodePackets } from './pkt-line.ts'

/**
 * The beginning of a v2 request: command, capabilities, delimiter (gitprotocol-v2, "Command Request"). Nothing is
 * named that the server did not name: it would hang up.
 * @throws MirrorError `protocol` for a command that was not offered.
 */
export function encodeCommandHead(
  command: 'ls-refs' | 'fetch',
  request: { readonly capabilities: Capabilities; readonly format: ObjectFormat; readonly agent: string },
): Uint8Array {
  const { capabilities } = request
  if (!capabilities.has(command)) throw notOffered(command)
  const words = [`command=${command}`, ...agentWord(capabilities, request.agent)]
  if (capabilities.has('object-format')) words.push(`object-format=${request.format}`)
  return concatBytes([encodePackets(words.map((word) => `${word}\n`)), DELIM])
}

/** What a server can do beside the plain command: the words of `fetch=shallow wait-for-done`. */
export function featuresOf(command: 'ls-refs' | 'fetch', capabilities: Capabilities): ReadonlySet<string> {
  return new Set(capabilities.value(command)?.split(' '))
}

/** The error for something that is needed for a right answer and that the server does not have. */
export function notOffered(what: string): MirrorError {
  return new MirrorError(`the server does not offer ${what}`, { code: 'protocol' })
}
