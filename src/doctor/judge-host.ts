import { type MirrorError, type Side, toMirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import type { Host, HostedRepository, HostKind } from '../hosts/api/host.ts'
import { findKind, kindByName, openHost } from '../hosts/api/open-host.ts'
import { describeExpiry } from '../hosts/api/token-expiry.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import { usesHost } from '../options/read-host.ts'
import { listNames } from '../plan/list-names.ts'
import { describeMessage } from '../report/wording.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import { type Finding, sayAt } from './finding.ts'
import { hostOf } from './judge-connection.ts'

const MOST_NAMES = 5

const MAKE_IT = 'Make it, empty, or set create: private.'

/** What is asked of a host once for all its repositories. */
export interface HostFacts {
  /** By origin. */
  readonly kinds: Map<string, Promise<HostKind | undefined>>
  /** By origin and token. */
  readonly expiries: Map<string, Promise<Date | undefined>>
}

export function makeHostFacts(): HostFacts {
  return { kinds: new Map(), expiries: new Map() }
}

export interface HostContext {
  readonly options: MirrorOptions
  readonly signal: AbortSignal
  readonly facts: HostFacts
  /** A line for each call. */
  readonly onRequest: ((text: string) => void) | undefined
}

export interface Examined {
  readonly findings: readonly Finding[]
  /** There is no such repository, and a run makes it. */
  readonly isToBeMade: boolean
}

const NOTHING: Examined = { findings: [], isToBeMade: false }

/** What the API of the host of one end tells, where there is one and a token for it. */
export async function judgeHost(endpoint: Endpoint, side: Side, context: HostContext): Promise<Examined> {
  const { options, signal, facts, onRequest } = context
  const { url } = endpoint
  const isDestination = side === 'destination'
  const say = sayAt('repository', printUrl(url))
  const { token } = endpoint.api ?? endpoint.credentials
  const isWeb = url.scheme === 'https' || url.scheme === 'http' || url.scheme === 'ssh'
  const isNeeded = isDestination && usesHost(options.host)
  if (!isNeeded && (!isWeb || !token)) return NOTHING
  // A server of one's own is asked what it is only where something is to be done there.
  if (!isDestination && kindByName(url, options.env) === undefined) return NOTHING
  let host: Host | undefined
  try {
    const asked = { kind: undefined, api: undefined, env: options.env, signal, onRequest }
    const known = isDestination ? { ...asked, kind: options.host.kind, api: options.host.api } : asked
    const kind = await once(facts.kinds, `${hostOf(url)} ${known.kind}`, () => findKind(url, known))
    host = await openHost(endpoint, { ...known, kind })
    const repository = await host.look()
    const findings = [
      ...(await judgeExpiry(host, endpoint, context)),
      ...(isDestination ? await judgeRepository(host, repository, endpoint, options) : []),
    ]
    const isToBeMade = isDestination && repository === undefined && options.host.create !== undefined
    return { findings, isToBeMade }
  } catch (thrown) {
    const error = toMirrorError(thrown, { code: 'cut' })
    signal.throwIfAborted()
    if (isNeeded) return { findings: [say.failure('repository', error)], isToBeMade: false }
    if (error.code === 'usage') return NOTHING
    return { findings: [describeSilence(endpoint, error)], isToBeMade: false }
  } finally {
    await host?.dispose()
  }
}

async function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? ask()
  known.set(key, found)
  return await found
}

/** The API was only to tell more: a mirror can do without it. */
function describeSilence({ url }: Endpoint, error: MirrorError): Finding {
  const say = sayAt('repository', printUrl(url))
  return say.warning('repository', `the API of the host tells nothing: ${describeMessage(error)}`, error.hint)
}

async function judgeExpiry(
  { readExpiry }: Host,
  { url, credentials, api }: Endpoint,
  { facts }: HostContext,
): Promise<readonly Finding[]> {
  const name = hostOf(url)
  if (readExpiry === undefined || name === undefined) return []
  const { token = '' } = api ?? credentials
  const expiry = await once(facts.expiries, `${name} ${token}`, () => readExpiry().catch(() => undefined))
  if (expiry === undefined) return []
  const say = sayAt('host', name)
  const text = describeExpiry(expiry, Date.now())
  if (text === undefined)
    return [say.ok('expiry', `the token lasts until ${expiry.toISOString().slice(0, 10)}`)]
  const remedy = 'Make a new token at the host, and put it where this one is.'
  return [say[expiry.getTime() <= Date.now() ? 'error' : 'warning']('expiry', text, remedy)]
}

async function judgeRepository(
  host: Host,
  repository: HostedRepository | undefined,
  { url }: Endpoint,
  options: MirrorOptions,
): Promise<readonly Finding[]> {
  const say = sayAt('repository', printUrl(url))
  if (repository === undefined) {
    const { create } = options.host
    return create === undefined
      ? [say.error('repository', 'there is no such repository, or the token may not see it', MAKE_IT)]
      : [say.ok('repository', `there is none yet: the next run makes it (${create})`)]
  }
  const findings: Finding[] = []
  if (repository.archived)
    findings.push(say.error('write', 'it is archived and takes no push', 'Unarchive it in its settings.'))
  if (repository.isMirror) {
    const remedy = 'Turn pull mirroring off in its settings.'
    findings.push(say.error('write', 'it is a pull mirror of its host and takes no push', remedy))
  }
  if (repository.mayPush === false) {
    const remedy = 'Give the token write access to the code.'
    findings.push(say.error('write', 'the token may read it and not push', remedy))
  }
  findings.push(judgeDefaultBranch(repository, say, options))
  const rules = await judgeRules(host, say, options)
  if (rules !== undefined) findings.push(rules)
  return findings
}

function judgeDefaultBranch(
  { defaultBranch: branch }: HostedRepository,
  say: ReturnType<typeof sayAt>,
  { host }: MirrorOptions,
): Finding {
  const now = branch === undefined ? 'there is none yet' : printableLine(branch, 200)
  const { defaultBranch: wanted } = host
  if (wanted.kind === 'keep') return say.ok('default branch', now)
  if (wanted.kind === 'source' && wanted.isImplied === true)
    return say.ok('default branch', `${now}; it follows the source's`)
  const then = wanted.kind === 'name' ? printableLine(wanted.name, 200) : "the source's"
  return say.ok('default branch', then === now ? now : `${now}; the next run sets it to ${then}`)
}

/** Rules of the host that forced pushes and deletions will meet; undefined: the host does not tell of them. */
async function judgeRules(
  host: Host,
  say: ReturnType<typeof sayAt>,
  options: MirrorOptions,
): Promise<Finding | undefined> {
  // Those who may not administer a repository may not read its rules everywhere.
  const rules = await host.listProtected?.().catch(() => undefined)
  if (rules === undefined) return undefined
  const names = rules.filter(({ allowsForce }) => !allowsForce).map(({ rule }) => rule)
  if (names.length === 0) return say.ok('protected branches', 'none that forbids a forced push')
  const text = listNames(names, MOST_NAMES)
  if (!options.force) return say.ok('protected branches', `${text}; with force: false nothing is forced`)
  if (options.host.allowForce && host.allowForce !== undefined)
    return say.ok('protected branches', `${text}; forced pushes are allowed while a run needs them`)
  const remedy =
    host.allowForce === undefined
      ? 'Where the source rewrites them, let this login bypass the rule in the settings of the repository.'
      : 'Where the source rewrites them, set protected: allow-force, or allow forced pushes in its settings.'
  return say.warning('protected branches', text, remedy)
}
