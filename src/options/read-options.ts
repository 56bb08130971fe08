import { MirrorError } from '../base/errors.ts'
import { printUrl, sameRepository } from '../transport/address/remote-url.ts'
import { type ParseRefspecs, parseRefspecs } from '../plan/refspec.ts'
import { checkNamespaces } from './check-namespaces.ts'
import { readBackup } from './read-backup.ts'
import { readPushOptions } from './read-push-options.ts'
import { readApp, readHost, usesHost } from './read-host.ts'
import { OPTION_NAMES, type OptionName, type OptionValues } from './names.ts'
import type { Endpoint, MirrorOptions } from './options.ts'
import { type EndpointReader, readEndpoint } from './read-endpoint.ts'
import { readText, readValue, splitLines, usageError } from './values.ts'

export interface OptionInput {
  readonly values: OptionValues
  readonly env: NodeJS.ProcessEnv
  /** What the user calls an option; by default its name. */
  readonly label?: ((name: OptionName) => string) | undefined
  /** What the user calls one of several lines of an option, counted from 1; by default its name and the line. */
  readonly lineLabel?: ((name: OptionName, line: number) => string) | undefined
  /** Tells the token that a workflow gets by itself; by default none is. */
  readonly isWorkflowToken?: ((token: string) => boolean) | undefined
  /** There is no source: backups of the one destination are brought back. */
  readonly restores?: boolean | undefined
  readonly knownHostsFiles?: readonly string[] | undefined
  readonly verbose?: boolean | undefined
  /** Shares what it parsed with other readers; by default each parses for itself. */
  readonly parseRefspecs?: ParseRefspecs | undefined
}

export interface Notice {
  readonly level: 'info' | 'warning'
  readonly text: string
}

export interface OptionsRead {
  readonly options: MirrorOptions
  /** What is allowed and probably not meant. */
  readonly notices: readonly Notice[]
}

/** Runs a reader and keeps what it finds wrong, so that all of it can be told at once. */
type Attempt = <Value>(read: () => Value) => Value | undefined

/**
 * Reads all options before anything is touched, and tells everything that is wrong at once.
 * @throws MirrorError `usage`: names the options, says what is wrong and what to do, and quotes no secret.
 */
export function readOptions(input: OptionInput): OptionsRead {
  const notices: Notice[] = []
  const problems: MirrorError[] = []
  const label = input.label ?? ((name) => name)
  const reader: EndpointReader = {
    values: input.values,
    env: input.env,
    label,
    isWorkflowToken: input.isWorkflowToken ?? (() => false),
    note: (level, text) => notices.push({ level, text }),
  }
  const attempt: Attempt = (read) => {
    try {
      return read()
    } catch (thrown) {
      if (!(thrown instanceof MirrorError && thrown.code === 'usage')) throw thrown
      problems.push(thrown)
      return undefined
    }
  }
  const given = input.restores
    ? undefined
    : attempt(() => readEndpoint(reader, 'source', readSourceAddress(reader)))
  const lineLabel = input.lineLabel ?? ((name, line) => `${label(name)}: line ${line}`)
  const destinations = readDestinations(reader, { source: given, lineLabel, attempt })
  const source = input.restores ? destinations[0] : given
  const refspecs = attempt(() => {
    const found = (input.parseRefspecs ?? parseRefspecs)(readValue(reader, 'refs'), label('refs'))
    checkNamespaces(reader, found)
    return found
  })
  attempt(() => readPushOptions(reader))
  attempt(() => readBackup(reader))
  attempt(() => readHost(reader))
  attempt(() => readApp(reader))
  // Once more below, where none of them can fail any more.
  for (const name of OPTION_NAMES) attempt(() => readValue(reader, name))
  if (problems.length > 0 || !source || !refspecs) throw joinProblems(problems)
  const options: MirrorOptions = {
    source,
    destinations,
    refspecs,
    prune: readValue(reader, 'prune'),
    maxDeletions: readValue(reader, 'max-deletions'),
    force: readValue(reader, 'force'),
    atomic: readValue(reader, 'atomic'),
    dryRun: readValue(reader, 'dry-run'),
    allowUnrelated: readValue(reader, 'allow-unrelated'),
    pushOptions: readPushOptions(reader),
    backup: readBackup(reader),
    restores: input.restores,
    host: readHost(reader),
    app: readApp(reader),
    retries: readValue(reader, 'retries'),
    idleTimeout: readValue(reader, 'idle-timeout'),
    timeLimit: readValue(reader, 'time-limit'),
    maxPackSize: readValue(reader, 'max-pack-size'),
    maxRefsPerPush: readValue(reader, 'max-refs-per-push'),
    transfer: readValue(reader, 'transfer'),
    lfs: readValue(reader, 'lfs'),
    knownHostsFiles: input.knownHostsFiles ?? [],
    verbose: input.verbose ?? false,
    env: input.env,
  }
  if (!input.restores) noteUnused(reader, 'source', [source])
  noteUnused(reader, 'destination', destinations)
  noteShared(reader, destinations)
  return { options, notices }
}

/** One error that says what each of several says; what two of them have in common is said once. */
function joinProblems(problems: readonly MirrorError[]): MirrorError {
  const [first] = problems
  if (first && problems.length === 1) return first
  const hints = new Set(problems.flatMap(({ hint }) => hint ?? []))
  return new MirrorError([...new Set(problems.map(({ message }) => message))].join('; '), {
    code: 'usage',
    hint: [...hints].join(' '),
  })
}

function readSourceAddress(reader: EndpointReader): string {
  const address = readText(reader, 'source')
  if (address !== '') return address
  const repository = reader.env['GITHUB_REPOSITORY'] ?? ''
  if (repository !== '') return `${reader.env['GITHUB_SERVER_URL'] || 'https://github.com'}/${repository}`
  throw usageError(
    reader,
    'source',
    'is empty, and there is no workflow whose repository could be meant',
    'Give the address of the repository to read.',
  )
}

function readDestinations(
  reader: EndpointReader,
  given: {
    /** Undefined: it could not be read. */
    readonly source: Endpoint | undefined
    readonly lineLabel: (name: OptionName, line: number) => string
    readonly attempt: Attempt
  },
): readonly Endpoint[] {
  const lines = splitLines(readText(reader, 'destination'))
  const destinations: Endpoint[] = []
  for (const { line, number } of lines) {
    const label = (name: OptionName): string =>
      name === 'destination' && lines.length > 1 ? given.lineLabel(name, number) : reader.label(name)
    const endpoint = given.attempt(() => {
      const found = readEndpoint({ ...reader, label }, 'destination', line)
      checkDestination({ ...reader, label }, found, [given.source, ...destinations])
      return found
    })
    if (endpoint) destinations.push(endpoint)
  }
  if (lines.length === 0) {
    given.attempt(() => {
      throw usageError(reader, 'destination', 'is empty', 'Give the address to write to, one per line.')
    })
  }
  return destinations
}

/** `others`: the source, then the destinations that were named before. */
function checkDestination(
  reader: EndpointReader,
  { url }: Endpoint,
  [source, ...others]: readonly (Endpoint | undefined)[],
): void {
  if (source && sameRepository(url, source.url)) {
    throw usageError(
      reader,
      'destination',
      `${printUrl(url)} is the source itself`,
      'Give the address of another repository.',
    )
  }
  if (others.some((other) => other && sameRepository(other.url, url))) {
    throw usageError(reader, 'destination', `${printUrl(url)} is named twice`, 'Name each destination once.')
  }
}

function noteUnused(
  reader: EndpointReader,
  side: 'source' | 'destination',
  endpoints: readonly Endpoint[],
): void {
  const address = side === 'source' ? 'the source is no' : 'no destination is an'
  const ssh = endpoints.some((endpoint) => endpoint.url.scheme === 'ssh')
  const http = endpoints.some(({ url }) => url.scheme === 'https' || url.scheme === 'http')
  const token = readText(reader, `${side}-token`)
  if (!ssh && readText(reader, `${side}-ssh-key`) !== '') {
    reader.note('warning', `${reader.label(`${side}-ssh-key`)} is not used: ${address} ssh address.`)
  }
  if (readText(reader, `${side}-ssh-passphrase`) !== '' && readText(reader, `${side}-ssh-key`) === '') {
    reader.note(
      'warning',
      `${reader.label(`${side}-ssh-passphrase`)} is not used: there is no key that it opens.`,
    )
  }
  const isForApi = side === 'destination' && ssh && usesHost(readHost(reader))
  if (!http && token !== '' && !isForApi && !reader.isWorkflowToken(token)) {
    reader.note('warning', `${reader.label(`${side}-token`)} is not used: ${address} https address.`)
  }
}

/** One token for several servers is allowed, and each of them gets to see it. */
function noteShared(reader: EndpointReader, destinations: readonly Endpoint[]): void {
  const token = readText(reader, 'destination-token')
  const hosts = new Set<string>()
  for (const { url, credentials } of destinations) {
    if ((url.scheme === 'https' || url.scheme === 'http') && credentials.token === token) hosts.add(url.host)
  }
  if (hosts.size < 2) return
  reader.note(
    'warning',
    `${reader.label('destination-token')} goes to ${hosts.size} servers: ${[...hosts].join(', ')}. ` +
      'To give each its own, write it into the address: https://USER:TOKEN@HOST/PATH',
  )
}
