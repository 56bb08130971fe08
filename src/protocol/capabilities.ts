import { concatBytes } from '../base/bytes.ts'
import { MirrorError } from '../base/errors.ts'
import type { ObjectFormat } from './object-id.ts'
import { DELIM, encodePackets } from './pkt-line.ts'

/** What a server said it can do. Names are matched whole: `side-band` is not `side-band-64k`. */
export interface Capabilities {
  has(name: string): boolean
  /** The value of the first `name=value`; undefined without one. */
  value(name: string): string | undefined
  /** Every value of a capability that may be repeated (`symref`). */
  values(name: string): readonly string[]
  readonly names: readonly string[]
}

/** Words of the form `name` or `name=value` (gitprotocol-capabilities; gitprotocol-v2 "Capabilities"). */
export function parseCapabilities(words: readonly string[]): Capabilities {
  const values = new Map<string, string[]>()
  for (const word of words) {
    if (word === '') continue
    const equals = word.indexOf('=')
    const name = equals < 0 ? word : word.slice(0, equals)
    const list = values.get(name) ?? []
    if (equals >= 0) list.push(word.slice(equals + 1))
    values.set(name, list)
  }
  return {
    has: (name) => values.has(name),
    value: (name) => values.get(name)?.[0],
    values: (name) => values.get(name) ?? [],
    names: [...values.keys()],
  }
}

export const NO_CAPABILITIES: Capabilities = parseCapabilities([])

/**
 * The value of `agent` and of the User-Agent header: printable ASCII without space or `=`, which GitHub's
 * parser does not take, and beginning with `git/`, which some hosts ask for (gitprotocol-capabilities, "agent").
 */
export function agentValue(version: string): string {
  return `git/kalandra-${version.replace(/[^0-9A-Za-z.+-]/g, '-')}`
}

/** `agent=<agent>` where the server has an agent too and there is one to name, else nothing. */
export function agentWord(capabilities: Capabilities, agent: string): readonly string[] {
  return agent !== '' && capabilities.has('agent') ? [`agent=${agent}`] : []
}

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
