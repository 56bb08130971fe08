import { concatBytes } from '../base/bytes.ts'
import { MirrorError } from '../base/errors.ts'
import { agentWord, type Capabilities } from './capabilities.ts'
import { isNullId, type ObjectFormat, type ObjectId } from './object-id.ts'
import { encodePackets, FLUSH } from './pkt-line.ts'

/** One ref update of a push: compare-and-swap from `old` to `new`; the null id stands for no ref. */
export interface RefCommand {
  readonly ref: string
  readonly old: ObjectId
  readonly new: ObjectId
}

export interface CommandsRequest {
  readonly commands: readonly RefCommand[]
  readonly capabilities: Capabilities
  readonly format: ObjectFormat
  /** Empty: send none. */
  readonly agent: string
  readonly atomic: boolean
  /** Words for the server's hooks, sent where it takes them. */
  readonly pushOptions?: readonly string[] | undefined
  /** Ask the server for less progress text. */
  readonly quiet?: boolean | undefined
  /** Commits of the pack whose parents neither side has. */
  readonly shallow?: readonly ObjectId[] | undefined
}

/**
 * The commands of a push with the capabilities on the first (gitprotocol-pack, "Reference Update Request and
 * Packfile Transfer"), the flush, and the push options with theirs. Nothing is asked for that was not offered.
 * @throws MirrorError `protocol` for no command, two commands for one ref, or a command that changes nothing.
 */
export function encodeCommands(request: CommandsRequest): Uint8Array {
  const { commands } = request
  if (commands.length === 0) throw new MirrorError('a push without a command', { code: 'protocol' })
  requireDistinct(commands)
  const words = wordsOf(request).map((word) => ` ${word}`)
  const lines = (request.shallow ?? []).map((id) => `shallow ${id}\n`)
  for (const [index, command] of commands.entries()) {
    const line = `${command.old} ${command.new} ${command.ref}`
    lines.push(index === 0 && words.length > 0 ? `${line}\0${words.join('')}\n` : `${line}\n`)
  }
  const options = optionsOf(request)
  if (options.length === 0) return concatBytes([encodePackets(lines), FLUSH])
  return concatBytes([encodePackets(lines), FLUSH, encodePackets(options), FLUSH])
}

function optionsOf({ capabilities, pushOptions = [] }: CommandsRequest): readonly string[] {
  return capabilities.has('push-options') ? pushOptions : []
}

function requireDistinct(commands: readonly RefCommand[]): void {
  const seen = new Set<string>()
  for (const { ref, old, new: next } of commands) {
    if (seen.has(ref)) throw new MirrorError(`two commands for ${ref} in one push`, { code: 'protocol' })
    if (old === next) throw new MirrorError(`a command that leaves ${ref} as it is`, { code: 'protocol' })
    seen.add(ref)
  }
}

function wordsOf(request: CommandsRequest): readonly string[] {
  const { capabilities } = request
  const words: string[] = []
  const report = ['report-status-v2', 'report-status'].find((name) => capabilities.has(name))
  if (report !== undefined) words.push(report)
  if (capabilities.has('side-band-64k')) words.push('side-band-64k')
  if (request.quiet === true && capabilities.has('quiet')) words.push('quiet')
  if (request.atomic && capabilities.has('atomic')) words.push('atomic')
  if (optionsOf(request).length > 0) words.push('push-options')
  if (capabilities.has('object-format')) words.push(`object-format=${request.format}`)
  words.push(...agentWord(capabilities, request.agent))
  return words
}

/** Deletions alone are sent without a pack; anything else needs one, be it empty. */
export function needsPack(commands: readonly RefCommand[]): boolean {
  return commands.some((command) => !isNullId(command.new))
}
