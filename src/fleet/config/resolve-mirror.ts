import { MirrorError } from '../../base/errors.ts'
import type { OptionName } from '../../options/names.ts'
import type { Endpoint, MirrorOptions } from '../../options/options.ts'
import { type AppOptions, readApp } from '../../options/read-host.ts'
import { type Notice, readOptions } from '../../options/read-options.ts'
import { readValue } from '../../options/values.ts'
import type { ParseRefspecs, RefspecSet } from '../../plan/refspec.ts'
import { type Address, type Addresses, readAddresses, readEachAddress } from './addresses.ts'
import type { Complaints } from './complaints.ts'
import type { Draft } from './draft.ts'
import type { FillIn } from './fill-in.ts'
import { findHost, type FleetFile, hostKey, isOfMirror } from './fleet-file.ts'
import { collectApp, collectLogin, collectOptions, joinSettings, type Settings } from './settings.ts'

/** What is not in the file, and the same for every mirror. */
export interface ResolveContext {
  readonly file: FleetFile
  readonly fill: FillIn
  readonly complaints: Pick<Complaints, 'add'>
  readonly parseRefspecs: ParseRefspecs
  readonly env: NodeJS.ProcessEnv
  readonly isWorkflowToken: (token: string) => boolean
  /** known_hosts files to read beside the given lines. */
  readonly knownHostsFiles: readonly string[]
  readonly verbose: boolean
  readonly dryRun: boolean
  /** Told of all that may be secret, before anything else is done with it. */
  readonly onValues: (settings: Settings) => void
}

/** What is to be compared before anything runs: needs no credential. */
export interface Scopes {
  readonly addresses: Addresses
  /** For each destination, in order. */
  readonly refspecs: readonly RefspecSet[]
}

/** Addresses and refspecs of a mirror; undefined: complained about. */
export function resolveScopes(
  context: Pick<ResolveContext, 'file' | 'fill' | 'complaints' | 'parseRefspecs'>,
  draft: Draft,
): Scopes | undefined {
  const addresses = readAddresses(draft, context.fill, context.complaints)
  if (addresses === undefined) return undefined
  const refspecs = addresses.destinations.map((destination) => {
    const options = collectOptions(context, draft, destination)
    if (!options.whole) return undefined
    return attempt(context, draft, { settings: options, address: destination }, () =>
      context.parseRefspecs(readValue({ values: options.values, label: labelOf }, 'refs'), labelOf('refs')),
    )
  })
  return refspecs.includes(undefined) ? undefined : { addresses, refspecs: refspecs as readonly RefspecSet[] }
}

/** A source, one destination, and what was given for the pair. */
export interface ExplainedPair {
  readonly source: Endpoint
  readonly destination: Endpoint
  readonly settings: Settings
}

/** Options for which an API is asked: beside an ssh key, a token opens it. */
const API_OPTIONS: readonly OptionName[] = ['create', 'default-branch', 'protected']

/** Everything that a mirror's runs need: one set of options for each group of destinations that share them. */
export interface ResolvedMirror {
  readonly groups: readonly MirrorOptions[]
  /** For each destination, in order. */
  readonly pairs: readonly ExplainedPair[]
  readonly notices: readonly Notice[]
}

/** The options of a mirror, by the reader of the inputs; undefined: complained about. */
export function resolveOptions(
  context: ResolveContext,
  draft: Draft,
  { source, destinations }: Addresses,
): ResolvedMirror | undefined {
  const groups = new Map<string, MirrorOptions>()
  const pairs: ExplainedPair[] = []
  const notices = new Map<string, Notice>()
  const sourceLogin = collectLogin(context, 'source', source)
  const sourceApp = resolveApp(context, draft, source)
  let whole = sourceLogin.whole && sourceApp !== 'wrong'
  for (const destination of destinations) {
    const options = collectOptions(context, draft, destination)
    const needsApi = API_OPTIONS.some(
      (name) => !['', 'off', 'keep', 'respect', undefined].includes(options.values[name]),
    )
    const login = collectLogin(context, 'destination', destination, needsApi)
    const app = resolveApp(context, draft, destination)
    const addresses: Settings = {
      values: { source: source.text, destination: destination.text },
      origins: new Map<OptionName, Address['path']>([
        ['source', source.path],
        ['destination', destination.path],
      ]),
    }
    const settings = joinSettings(options, sourceLogin, login, addresses)
    context.onValues(settings)
    const isWhole = sourceLogin.whole && login.whole && options.whole
    const read = isWhole ? readPair(context, draft, { settings, address: destination }) : undefined
    whole &&= read !== undefined && app !== 'wrong'
    if (read === undefined || app === 'wrong' || sourceApp === 'wrong') continue
    const isImplied = draft.template !== undefined && options.values['default-branch'] === undefined
    const made = withApps(isImplied ? withSourceBranch(read.options) : read.options, sourceApp, app)
    for (const notice of read.notices) notices.set(notice.text, notice)
    const [endpoint] = read.options.destinations
    pairs.push({ source: read.options.source, destination: endpoint!, settings: options })
    // A source is read once for all destinations with the same options.
    const key = JSON.stringify(Object.entries(options.values).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    const group = groups.get(key)
    groups.set(
      key,
      group === undefined ? made : { ...group, destinations: [...group.destinations, ...made.destinations] },
    )
  }
  return whole ? { groups: [...groups.values()], pairs, notices: [...notices.values()] } : undefined
}

/** The GitHub App of the host of an address; `wrong`: complained about. */
function resolveApp(
  context: ResolveContext,
  draft: Draft,
  address: Address,
): AppOptions | undefined | 'wrong' {
  const settings = collectApp(context, address)
  if (settings === undefined) return undefined
  context.onValues(settings)
  if (!settings.whole) return 'wrong'
  const app = attempt(context, draft, { settings, address }, () =>
    readApp({ values: settings.values, label: labelOf }),
  )
  const api = findHost(context.file.hosts, address.url)?.tree['api'] as string | undefined
  return app === undefined ? 'wrong' : { ...app, isOfHost: true, api: api?.replace(/\/+$/, '') }
}

/** What was found has no default branch yet that anybody has chosen: it follows its source. */
function withSourceBranch(options: MirrorOptions): MirrorOptions {
  return { ...options, host: { ...options.host, defaultBranch: { kind: 'source', isImplied: true } } }
}

function withApps(
  options: MirrorOptions,
  source: AppOptions | undefined,
  destination: AppOptions | undefined,
): MirrorOptions {
  return {
    ...options,
    source: { ...options.source, app: source },
    destinations: options.destinations.map((endpoint) => ({ ...endpoint, app: destination })),
  }
}

/** Complains about the credentials of a mirror whose addresses are not all known. */
export function checkLogins(
  context: Pick<ResolveContext, 'file' | 'fill' | 'complaints'>,
  draft: Draft,
): void {
  const { source, destinations } = readEachAddress(draft, context.fill, context.complaints)
  if (source !== undefined) collectLogin(context, 'source', source)
  for (const destination of destinations) {
    if (destination !== undefined) collectLogin(context, 'destination', destination)
  }
}

interface Given {
  readonly settings: Settings
  readonly address: Address
}

function readPair(
  context: ResolveContext,
  draft: Draft,
  given: Given,
): ReturnType<typeof readOptions> | undefined {
  const { settings } = given
  const dryRun = context.dryRun ? { 'dry-run': 'true' } : {}
  const read = attempt(context, draft, given, () =>
    readOptions({
      values: { 'time-limit': FLEET_TIME_LIMIT, ...settings.values, ...dryRun },
      env: context.env,
      label: labelOf,
      parseRefspecs: context.parseRefspecs,
      isWorkflowToken: context.isWorkflowToken,
      knownHostsFiles: context.knownHostsFiles,
      verbose: context.verbose,
    }),
  )
  if (read === undefined) return undefined
  const { options, notices } = read
  const name = (endpoint: Endpoint): Endpoint => nameEndpoint(context.file, { draft, settings }, endpoint)
  return {
    options: { ...options, source: name(options.source), destinations: options.destinations.map(name) },
    notices: notices.map(({ level, text }) => ({
      level,
      text: `mirror "${draft.name}": ${nameLabels(text)}`,
    })),
  }
}

/** What errors of ssh call its secrets, in the words of the file: those of a host where the mirror has none of its own. */
function nameEndpoint(
  { hosts }: FleetFile,
  { draft, settings }: { readonly draft: Draft; readonly settings: Settings },
  endpoint: Endpoint,
): Endpoint {
  const { inputNames, url } = endpoint
  if (inputNames === undefined) return endpoint
  const name = (label: string): string => {
    const origin = settings.origins.get(label.replaceAll(LABEL, '$1') as OptionName)
    const owner =
      origin?.[0] === 'mirrors' ? `mirror "${draft.name}"` : `"${hostKey(hosts, url)}" below hosts`
    return `${nameLabels(label)} of ${owner}`
  }
  const { sshKey, sshPassphrase, knownHosts } = inputNames
  return {
    ...endpoint,
    inputNames: { sshKey: name(sshKey), sshPassphrase: name(sshPassphrase), knownHosts: name(knownHosts) },
  }
}

/** Of a mirror that says nothing: one that hangs must not hold up the round for ever. */
export const FLEET_TIME_LIMIT = '6h'

const LABEL_START = '\u0001'
const LABEL_END = '\u0002'
const LABEL_AT_START = new RegExp(`(?:^|; )${LABEL_START}`)
const LABEL = new RegExp(`${LABEL_START}([a-z-]*)${LABEL_END}`, 'g')

/** Every message of the reader begins with the label: control characters tell it from what the message quotes. */
function labelOf(name: OptionName): string {
  return `${LABEL_START}${name}${LABEL_END}`
}

function attempt<Value>(
  { file, complaints }: Pick<ResolveContext, 'file' | 'complaints'>,
  draft: Draft,
  { settings, address }: Given,
  read: () => Value,
): Value | undefined {
  try {
    return read()
  } catch (thrown) {
    if (!(thrown instanceof MirrorError && thrown.code === 'usage')) throw thrown
    const [, ...parts] = thrown.message.split(LABEL_AT_START)
    for (const part of parts) {
      const [name = '', words = ''] = splitAt(part, LABEL_END)
      const host = findHost(file.hosts, address.url)
      const path = settings.origins.get(name as OptionName) ?? host?.path ?? address.path
      // What `defaults` and `hosts` say is said once, and not for each mirror.
      const owner = isOfMirror(path) ? `mirror "${draft.name}": ` : ''
      complaints.add(path, `${owner}${keyOf(name)}${nameLabels(words)}`, nameLabels(thrown.hint))
    }
    if (parts.length === 0)
      complaints.add(
        draft.path,
        `mirror "${draft.name}": ${nameLabels(thrown.message)}`,
        nameLabels(thrown.hint),
      )
    return undefined
  }
}

function splitAt(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + mark.length)]
}

/** What the file calls an input: it has two ends of one kind where the inputs have two names. */
function keyOf(name: string): string {
  return name.replace(/^(?:source|destination)-(?=.)/, '').replace(/^ssh-known-hosts$/, 'known-hosts')
}

function nameLabels<Text extends string | undefined>(text: Text): Text {
  return text?.replaceAll(LABEL, (_, name: string) => keyOf(name)) as Text
}
