import { printUrl, sameRepository } from '../transport/address/remote-url.ts'
import { type EndpointReader, readEndpoint } from './read-endpoint.ts'
import type { OptionName, OptionValues } from './names.ts'
import {
  quote,
  readBoolean,
  readChoice,
  readInteger,
  readLines,
  readSize,
  readText,
  usageError,
} from './values.ts'
import type { Endpoint, MirrorOptions } from './options.ts'
import { parseRefspecs } from '../plan/refspec.ts'

export interface OptionInput {
  readonly values: OptionValues
  readonly env: NodeJS.ProcessEnv
  /** What the user calls an input; by default its name. */
  readonly label?: ((name: OptionName) => string) | undefined
  /** Tells the token that a workflow gets by itself; by default none is. */
  readonly isWorkflowToken?: ((token: string) => boolean) | undefined
  readonly knownHostsFiles?: readonly string[] | undefined
  readonly verbose?: boolean | undefined
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

const MOST_RETRIES = 100
const MOST_IDLE_SECONDS = 1_000_000
const MOST_COUNT = 1_000_000_000

/**
 * Reads all inputs before anything is touched.
 * @throws MirrorError `usage`: names the input, says what is wrong and what to do, and quotes no secret.
 */
export function readOptions(input: OptionInput): OptionsRead {
  const notices: Notice[] = []
  const reader: EndpointReader = {
    values: input.values,
    env: input.env,
    label: input.label ?? ((name) => name),
    isWorkflowToken: input.isWorkflowToken ?? (() => false),
    note: (level, text) => notices.push({ level, text }),
  }
  const source = readEndpoint(reader, 'source', readSourceAddress(reader))
  const destinations = readDestinations(reader, source)
  const idleSeconds = readInteger(reader, 'idle-timeout', { min: 1, max: MOST_IDLE_SECONDS })
  const options: MirrorOptions = {
    source,
    destinations,
    refspecs: parseRefspecs(readLines(reader, 'refs'), reader.label('refs')),
    prune: readBoolean(reader, 'prune'),
    maxDeletions: readMaxDeletions(reader),
    force: readBoolean(reader, 'force'),
    atomic: readBoolean(reader, 'atomic'),
    dryRun: readBoolean(reader, 'dry-run'),
    allowUnrelated: readBoolean(reader, 'allow-unrelated'),
    retries: readInteger(reader, 'retries', { min: 0, max: MOST_RETRIES }),
    idleTimeout: idleSeconds * 1000,
    maxPackSize: readSize(reader, 'max-pack-size'),
    maxRefsPerPush:
      readText(reader, 'max-refs-per-push') === ''
        ? undefined
        : readInteger(reader, 'max-refs-per-push', { min: 1, max: MOST_COUNT }),
    transfer: readChoice(reader, 'transfer', ['auto', 'stream', 'spool']),
    knownHostsFiles: input.knownHostsFiles ?? [],
    verbose: input.verbose ?? false,
    env: input.env,
  }
  noteUnused(reader, 'source', [source])
  noteUnused(reader, 'destination', destinations)
  noteShared(reader, destinations)
  return { options, notices }
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

function readDestinations(reader: EndpointReader, source: Endpoint): readonly Endpoint[] {
  const lines = readLines(reader, 'destination')
  if (lines.length === 0) {
    throw usageError(reader, 'destination', 'is empty', 'Give the address to write to, one per line.')
  }
  const destinations: Endpoint[] = []
  for (const line of lines) {
    const endpoint = readEndpoint(reader, 'destination', line)
    if (sameRepository(endpoint.url, source.url)) {
      throw usageError(
        reader,
        'destination',
        `${printUrl(endpoint.url)} is the source itself`,
        'Give the address of another repository.',
      )
    }
    if (destinations.some((other) => sameRepository(other.url, endpoint.url))) {
      throw usageError(
        reader,
        'destination',
        `${printUrl(endpoint.url)} is named twice`,
        'Name each destination once.',
      )
    }
    destinations.push(endpoint)
  }
  return destinations
}

function readMaxDeletions(reader: EndpointReader): number {
  const text = readText(reader, 'max-deletions')
  if (text.toLowerCase() === 'unlimited') return Number.POSITIVE_INFINITY
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw usageError(
    reader,
    'max-deletions',
    `"${quote(text)}" is neither a whole number nor unlimited`,
    'Write the largest number of refs that a run may delete, or unlimited.',
  )
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
  if (!http && token !== '' && !reader.isWorkflowToken(token)) {
    reader.note('warning', `${reader.label(`${side}-token`)} is not used: ${address} https address.`)
  }
}

/** One token for several servers is allowed, and each of them gets to see it. */
function noteShared(reader: EndpointReader, destinations: readonly Endpoint[]): void {
  const token = readText(reader, 'destination-token')
  if (token === '') return
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
