import { concatBytes } from '../base/bytes.ts'
import { forEachInSteps, STEP_ITEMS, type Steps } from '../base/steps.ts'
import { MirrorError } from '../base/errors.ts'
import { agentWord, type Capabilities } from './capabilities.ts'
import { isNullId, isObjectId, nullId, type ObjectFormat, type ObjectId } from './object-id.ts'
import { encodePackets, FLUSH } from './pkt-line.ts'
import { whyInvalidRefName } from './ref-name.ts'

/**
 * One command of a push, done only while the ref is still at `old`. What is to be deleted says so: a null id as new value
 * of anything else is a fault on our side, and is never sent.
 */
export type RefCommand =
  | { readonly kind: 'update'; readonly ref: string; readonly old: ObjectId; readonly new: ObjectId }
  | { readonly kind: 'delete'; readonly ref: string; readonly old: ObjectId }

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
}

/**
 * The commands of a push with the capabilities on the first (gitprotocol-pack, "Reference Update Request and
 * Packfile Transfer"), the flush, and the push options with theirs. Nothing is asked for that was not offered.
 * @throws MirrorError `protocol` for no command, two commands for one ref, a command that changes nothing or names what
 * is no ref or no id, and for an update to the null id.
 */
export function* encodeCommands(request: CommandsRequest): Steps<Uint8Array> {
  const { commands } = request
  if (commands.length === 0) throw new MirrorError('a push without a command', { code: 'protocol' })
  const none = nullId(request.format)
  yield* requireRight(commands, request.format)
  const words = wordsOf(request).map((word) => ` ${word}`)
  const parts: Uint8Array[] = []
  for (let from = 0; from < commands.length; from += STEP_ITEMS) {
    if (from > 0) yield
    const lines = commands.slice(from, from + STEP_ITEMS).map((command, index) => {
      const next = command.kind === 'delete' ? none : command.new
      const line = `${command.old} ${next} ${command.ref}`
      return from + index === 0 && words.length > 0 ? `${line}\0${words.join('')}\n` : `${line}\n`
    })
    parts.push(encodePackets(lines))
  }
  const options = optionsOf(request)
  if (options.length === 0) return concatBytes([...parts, FLUSH])
  return concatBytes([...parts, FLUSH, encodePackets(options), FLUSH])
}

function optionsOf({ capabilities, pushOptions = [] }: CommandsRequest): readonly string[] {
  return capabilities.has('push-options') ? pushOptions : []
}

function* requireRight(commands: readonly RefCommand[], format: ObjectFormat): Steps<void> {
  const seen = new Set<string>()
  yield* forEachInSteps(commands, (command) => {
    const why = seen.has(command.ref) ? 'two commands for it in one push' : whyWrong(command, format)
    if (why !== undefined) {
      throw new MirrorError(`${JSON.stringify(command.ref)} is not pushed: ${why}`, { code: 'protocol' })
    }
    seen.add(command.ref)
  })
}

function whyWrong(command: RefCommand, format: ObjectFormat): string | undefined {
  const { ref, old } = command
  const invalid = whyInvalidRefName(ref)
  if (invalid !== undefined) return `it is no ref name: ${invalid}`
  const ids = command.kind === 'delete' ? [old] : [old, command.new]
  if (!ids.every((id) => isObjectId(id, format))) return 'its command names what is no object id'
  if (command.kind === 'delete') return isNullId(old) ? 'there is nothing to delete' : undefined
  if (isNullId(command.new)) return 'an update to the null id would delete it'
  return old === command.new ? 'the command leaves it as it is' : undefined
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
  return commands.some((command) => command.kind === 'update')
}
