import { parseArgs, type ParseArgsConfig } from 'node:util'
import { MirrorError } from '../base/errors.ts'
import { SECRET_OPTIONS, type OptionName, type OptionValues } from '../options/names.ts'
import { printableLine } from '../base/printable.ts'

export type Command =
  | { readonly kind: 'help' | 'version' }
  | {
      readonly kind: 'mirror'
      readonly values: OptionValues
      /** Options whose value stands in a file, with its path. */
      readonly files: ReadonlyMap<OptionName, string>
      /** known_hosts files beside the user's own. */
      readonly knownHostsFiles: readonly string[]
      readonly json: boolean
      readonly verbose: boolean
    }

const SWITCHES = ['prune', 'force', 'atomic', 'dry-run', 'allow-unrelated'] as const
const TEXTS = [
  'source-username',
  'destination-username',
  'max-deletions',
  'retries',
  'idle-timeout',
  'max-pack-size',
  'max-refs-per-push',
  'transfer',
] as const satisfies readonly OptionName[]
/** The secrets that a command line knows: by file or environment variable, since arguments show in process lists. */
export const COMMAND_SECRETS: readonly OptionName[] = SECRET_OPTIONS.filter(
  (name) => name !== 'workflow-token',
)

/**
 * Reads the arguments after `node dist/index.js`.
 * @throws MirrorError `usage`; no message holds a value that may be secret.
 */
export function parseArguments(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  const { values, positionals } = parse(args)
  if (values['help'] === true) return { kind: 'help' }
  if (values['version'] === true) return { kind: 'version' }
  for (const name of COMMAND_SECRETS) {
    if (values[name] !== undefined) {
      throw usage(
        `--${name} is not taken from the command line, where every user of this machine can read it`,
        `Put it into the environment variable ${variableOf(name)}, or into a file: --${name}-file PATH.`,
      )
    }
  }
  if (positionals.length < 2) {
    const missing = positionals.length === 0 ? 'SOURCE and DESTINATION are' : 'DESTINATION is'
    throw usage(`${missing} missing`, 'See --help.')
  }
  const read: Partial<Record<OptionName, string>> = {
    source: positionals[0] ?? '',
    destination: positionals.slice(1).join('\n'),
  }
  for (const name of TEXTS) {
    const text = values[name]
    if (typeof text === 'string') read[name] = text
  }
  for (const name of SWITCHES) {
    if (values[name] === true) read[name] = 'true'
    if (values[`no-${name}`] === true) read[name] = 'false'
  }
  const refs = values['refs']
  if (Array.isArray(refs)) read.refs = refs.join('\n')
  return {
    kind: 'mirror',
    values: read,
    ...readSecretPlaces(values, read, env),
    json: values['json'] === true,
    verbose: values['verbose'] === true,
  }
}

/** What the command line calls an input, for messages. */
export function labelOf(name: OptionName): string {
  if (name === 'source' || name === 'destination') return name.toUpperCase()
  if (name === 'ssh-known-hosts') return '--ssh-known-hosts-file'
  return COMMAND_SECRETS.includes(name) ? variableOf(name) : `--${name}`
}

export function variableOf(name: OptionName): string {
  return `KALANDRA_${name.toUpperCase().replaceAll('-', '_')}`
}

type Parsed = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

function parse(args: readonly string[]): {
  readonly values: Parsed
  readonly positionals: readonly string[]
} {
  const options: NonNullable<ParseArgsConfig['options']> = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' },
    json: { type: 'boolean' },
    verbose: { type: 'boolean', short: 'v' },
    refs: { type: 'string', multiple: true },
    'ssh-known-hosts-file': { type: 'string', multiple: true },
  }
  for (const name of SWITCHES) {
    options[name] = { type: 'boolean' }
    options[`no-${name}`] = { type: 'boolean' }
  }
  for (const name of TEXTS) options[name] = { type: 'string' }
  for (const name of COMMAND_SECRETS) {
    options[name] = { type: 'string' }
    options[`${name}-file`] = { type: 'string' }
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (thrown) {
    // Node's first sentence names the option and no value; the rest is advice about positionals.
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    throw usage(printableLine(message.split(/\. |\n/)[0] ?? message, 200).replace(/\.$/, ''), 'See --help.')
  }
}

function readSecretPlaces(
  values: Parsed,
  read: Partial<Record<OptionName, string>>,
  env: NodeJS.ProcessEnv,
): { readonly files: ReadonlyMap<OptionName, string>; readonly knownHostsFiles: readonly string[] } {
  const files = new Map<OptionName, string>()
  for (const name of COMMAND_SECRETS) {
    const path = values[`${name}-file`]
    const given = env[variableOf(name)]
    if (typeof path === 'string') files.set(name, path)
    else if (given !== undefined && given !== '') read[name] = given
  }
  const known = values['ssh-known-hosts-file']
  return { files, knownHostsFiles: Array.isArray(known) ? known.map(String) : [] }
}

function usage(message: string, hint: string): MirrorError {
  return new MirrorError(message, { code: 'usage', hint })
}
