import { parseArgs, type ParseArgsConfig } from 'node:util'
import { MirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import {
  type NamedSpec,
  OPTION_SPECS,
  type OptionName,
  type OptionValues,
  specOf,
} from '../../options/names.ts'

/** What the command line knows beside the options of a run. */
export const FLAGS = [
  { name: 'all', help: 'restore: the newest old value of every ref' },
  { name: 'matrix', help: 'plan: a matrix of GitHub Actions as the last line' },
  { name: 'json', help: 'the result as JSON on stdout, everything else on stderr' },
  { name: 'verbose', short: 'v', help: 'show the progress texts of the servers' },
  { name: 'help', short: 'h', help: 'show this' },
  { name: 'version', help: 'show the version' },
] as const satisfies readonly { readonly name: string; readonly short?: string; readonly help: string }[]

/** What a verb takes beside them, with a value. */
export const VERB_TEXTS = [
  { name: 'at', value: 'TIME', help: 'restore: the old values of one time, as the list has it' },
  { name: 'explain', value: 'NAME', help: 'check: the options of one mirror, and where each comes from' },
  { name: 'jsonl', value: 'FILE', help: 'round: the same as --report-file' },
  { name: 'listen', value: 'HOST:PORT', help: 'serve: where it listens; default: 127.0.0.1:8080' },
  {
    name: 'log-format',
    value: 'FORMAT',
    help: 'serve: json or text; default: text on a terminal, else json',
  },
] as const

export type VerbText = (typeof VERB_TEXTS)[number]['name']

type Flag = (typeof FLAGS)[number]['name']

/** What stands behind `node dist/index.js`, or behind a verb. */
export interface Arguments {
  readonly positionals: readonly string[]
  readonly values: OptionValues
  /** Options whose value stands in a file, with its path. */
  readonly files: ReadonlyMap<OptionName, string>
  /** known_hosts files beside the user's own. */
  readonly knownHostsFiles: readonly string[]
  readonly flags: ReadonlySet<Flag>
  readonly texts: ReadonlyMap<VerbText, string>
}

/** How the command line takes an option; secrets by file or environment variable, since arguments show in process lists. */
export type Manner = 'position' | 'switch' | 'text' | 'texts' | 'file' | 'secret' | 'never'

/** Options of a kind, as `parseArgs` calls them. */
type Parsed = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

export function mannerOf({ commandLine, kind }: NamedSpec): Manner {
  if (commandLine) return commandLine
  if (kind === 'secret' || kind === 'switch') return kind
  return kind === 'lines' ? 'texts' : 'text'
}

/**
 * Reads arguments by the table of options.
 * @throws MirrorError `usage`; no message holds a value that may be secret.
 */
export function parseArguments(args: readonly string[], env: NodeJS.ProcessEnv): Arguments {
  const { values: parsed, positionals } = parse(args)
  const values: Partial<Record<OptionName, string>> = {}
  const files = new Map<OptionName, string>()
  const knownHostsFiles: string[] = []
  const flags = new Set(FLAGS.map(({ name }) => name).filter((name) => parsed[name] === true))
  for (const spec of OPTION_SPECS) {
    const { name } = spec
    const given = parsed[name]
    const file = parsed[`${name}-file`]
    switch (mannerOf(spec)) {
      case 'switch':
        if (given === true) values[name] = 'true'
        if (parsed[`no-${name}`] === true) values[name] = 'false'
        break
      case 'text':
        if (typeof given === 'string') values[name] = given
        break
      case 'texts':
        if (Array.isArray(given)) values[name] = given.join('\n')
        break
      case 'file':
        if (Array.isArray(file)) knownHostsFiles.push(...file.map(String))
        break
      case 'secret': {
        if (given !== undefined && !flags.has('help')) throw secretInSight(name)
        const variable = env[variableOf(name)]
        if (typeof file === 'string') files.set(name, file)
        else if (variable !== undefined && variable !== '') values[name] = variable
        break
      }
      case 'position':
      case 'never':
        break
    }
  }
  const texts = new Map<VerbText, string>()
  for (const { name } of VERB_TEXTS) {
    const text = parsed[name]
    if (typeof text === 'string') texts.set(name, text)
  }
  return { positionals, values, files, knownHostsFiles, flags, texts }
}

/** What the command line calls an option, for messages. */
export function labelOf(name: OptionName): string {
  switch (mannerOf(specOf(name))) {
    case 'position':
      return name.toUpperCase()
    case 'file':
      return `--${name}-file`
    case 'secret':
      return variableOf(name)
    default:
      return `--${name}`
  }
}

/** The environment variable that may hold a secret. */
export function variableOf(name: OptionName): string {
  return `KALANDRA_${name.toUpperCase().replaceAll('-', '_')}`
}

/** Wrong use of the command line. */
export function usage(message: string, hint: string): MirrorError {
  return new MirrorError(message, { code: 'usage', hint })
}

function secretInSight(name: OptionName): MirrorError {
  return usage(
    `--${name} is not taken from the command line, where every user of this machine can read it`,
    `Put it into the environment variable ${variableOf(name)}, or into a file: --${name}-file PATH.`,
  )
}

function parse(args: readonly string[]): {
  readonly values: Parsed
  readonly positionals: readonly string[]
} {
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const flag of FLAGS) {
    options[flag.name] = { type: 'boolean', ...('short' in flag ? { short: flag.short } : {}) }
  }
  for (const { name } of VERB_TEXTS) options[name] = { type: 'string' }
  for (const spec of OPTION_SPECS) Object.assign(options, parserOptions(spec))
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (thrown) {
    // Node's first sentence names the option and no value; the rest is advice about positionals.
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    throw usage(printableLine(message.split(/\. |\n/)[0] ?? message, 200).replace(/\.$/, ''), 'See --help.')
  }
}

function parserOptions(spec: NamedSpec): NonNullable<ParseArgsConfig['options']> {
  const { name } = spec
  switch (mannerOf(spec)) {
    case 'switch':
      return { [name]: { type: 'boolean' }, [`no-${name}`]: { type: 'boolean' } }
    case 'text':
      return { [name]: { type: 'string' } }
    case 'texts':
      return { [name]: { type: 'string', multiple: true } }
    case 'file':
      return { [`${name}-file`]: { type: 'string', multiple: true } }
    case 'secret':
      // Known by its name, too, so that the refusal can say where it belongs.
      return { [name]: { type: 'string' }, [`${name}-file`]: { type: 'string' } }
    case 'position':
    case 'never':
      return {}
  }
}
