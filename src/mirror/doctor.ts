import { MirrorError, type Side, toMirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import type { Host, HostedRepository } from '../hosts/api/host.ts'
import { kindByName, openHost } from '../hosts/api/open-host.ts'
import { describeExpiry } from '../hosts/api/token-expiry.ts'
import { hostLimits } from '../hosts/limits.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import { usesHost } from '../options/read-host.ts'
import { listNames } from '../plan/list-names.ts'
import type { DestinationResult, MirrorResult } from '../report/result.ts'
import {
  countActions,
  describeCounts,
  describeMessage,
  formatBytes,
  formatPlural,
} from '../report/wording.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import { mirror } from './mirror.ts'

/** One thing that is known of a mirror without writing anything. Texts may quote a server: redact and print with care. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'error'
  /** Printable address of the repository that it is about. */
  readonly place: string
  readonly text: string
  /** What to do; undefined: nothing. */
  readonly remedy: string | undefined
}

export interface Examination {
  readonly findings: readonly Finding[]
  /** Of the dry run. */
  readonly result: MirrorResult
}

const MOST_NAMES = 5

const NOTHING_AT_HOST = { create: undefined, defaultBranch: { kind: 'keep' }, allowForce: false } as const

/**
 * Everything that can be known of a mirror without writing: a dry run of it, and what the APIs of the hosts tell. Never
 * throws but for a defect.
 */
export async function examine(options: MirrorOptions, signal: AbortSignal): Promise<Examination> {
  // What is to be done at the hosts is looked at below.
  const plain = { ...options, dryRun: true, host: { ...options.host, ...NOTHING_AT_HOST } }
  const result = await mirror(plain, () => undefined, signal)
  const [source, ...destinations] = await Promise.all([
    examineHost(options.source, 'source', { options, signal }),
    ...options.destinations.map((endpoint) => examineHost(endpoint, 'destination', { options, signal })),
  ])
  const findings = [
    ...judgeSource(result, options),
    ...source!.findings,
    ...result.destinations.flatMap((destination, at) => {
      const { findings, isToBeMade } = destinations[at]!
      return [
        ...(isToBeMade ? [] : judgeDestination(destination, result)),
        ...judgeLimits(options.destinations[at]!, options),
        ...findings,
      ]
    }),
  ]
  return { findings, result }
}

type Say = (text: string, remedy?: string) => Finding

function sayer(place: string, level: Finding['level']): Say {
  return (text, remedy) => ({ level, place, text, remedy })
}

function failure(place: string, error: MirrorError): Finding {
  return sayer(place, 'error')(describeMessage(error), error.hint)
}

function judgeSource(
  { source, error, sourceRefs }: MirrorResult,
  options: MirrorOptions,
): readonly Finding[] {
  if (error !== undefined) return [failure(source, error)]
  const scope = options.refspecs.texts.map((text) => printableLine(text, 100)).join(', ')
  if (sourceRefs > 0) return [sayer(source, 'ok')(`can be read: ${formatPlural(sourceRefs, 'ref')} in scope`)]
  const remedy = 'Check the address and refs: a mirror of nothing deletes nothing, and does nothing.'
  return [sayer(source, 'warning')(`can be read, and has no ref in scope (${scope})`, remedy)]
}

function judgeDestination(destination: DestinationResult, result: MirrorResult): readonly Finding[] {
  const { destination: place, error, changed, rejected, warnings } = destination
  // What the source is to blame for stands there once.
  if (error !== undefined)
    return error.side === 'source' && result.error !== undefined ? [] : [failure(place, error)]
  const counts = describeCounts(countActions(changed))
  const text = changed.length === 0 ? 'the next run would change nothing' : `the next run: ${counts}`
  return [
    sayer(place, 'ok')(`takes pushes with this login; ${text}`),
    ...rejected.map(({ ref, reason, advice, warning }) =>
      sayer(place, warning ? 'warning' : 'error')(
        `${printableLine(ref, 200)}: ${printableLine(reason, 300)}`,
        advice,
      ),
    ),
    ...warnings.map((warning) => sayer(place, 'warning')(warning)),
  ]
}

function judgeLimits({ url }: Endpoint, { maxPackSize }: MirrorOptions): readonly Finding[] {
  const limit = maxPackSize ?? hostLimits(url.scheme === 'file' ? undefined : url.host).maxPackSize
  if (limit === undefined) return []
  return [
    sayer(
      printUrl(url),
      'ok',
    )(`takes up to ${formatBytes(limit)} in one push; larger histories go in pieces`),
  ]
}

interface HostExamination {
  readonly options: MirrorOptions
  readonly signal: AbortSignal
}

interface Examined {
  readonly findings: readonly Finding[]
  /** There is no such repository, and a run makes it. */
  readonly isToBeMade: boolean
}

const NOTHING: Examined = { findings: [], isToBeMade: false }

/** What the API of the host tells, where there is one and a token for it. */
async function examineHost(
  endpoint: Endpoint,
  side: Side,
  { options, signal }: HostExamination,
): Promise<Examined> {
  const { url } = endpoint
  const place = printUrl(url)
  const kind = side === 'destination' ? options.host.kind : undefined
  const api = side === 'destination' ? options.host.api : undefined
  const { token } = endpoint.api ?? endpoint.credentials
  const isWeb = url.scheme === 'https' || url.scheme === 'http' || url.scheme === 'ssh'
  const isNeeded = side === 'destination' && usesHost(options.host)
  if (!isNeeded && (!isWeb || !token)) return NOTHING
  // A server of one's own is asked what it is only where something is to be done there.
  if (side === 'source' && kindByName(url, options.env) === undefined) return NOTHING
  let host: Host | undefined
  try {
    host = await openHost(endpoint, { kind, api, env: options.env, signal })
    const repository = await host.look()
    const isDestination = side === 'destination'
    const findings = [
      ...(await judgeExpiry(host, place)),
      ...(isDestination ? await judgeRepository(host, repository, { place, options }) : []),
    ]
    const isToBeMade = isDestination && repository === undefined && options.host.create !== undefined
    return { findings, isToBeMade }
  } catch (thrown) {
    const error = toMirrorError(thrown, { code: 'cut' })
    if (isNeeded) return { findings: [failure(place, error)], isToBeMade: false }
    if (error.code === 'usage') return NOTHING
    const text = `the API of the host tells nothing: ${describeMessage(error)}`
    return { findings: [sayer(place, 'warning')(text, error.hint)], isToBeMade: false }
  } finally {
    await host?.dispose()
  }
}

async function judgeExpiry({ readExpiry }: Host, place: string): Promise<readonly Finding[]> {
  const expiry = await readExpiry?.().catch(() => undefined)
  if (expiry === undefined) return []
  const text = describeExpiry(expiry, Date.now())
  if (text === undefined)
    return [sayer(place, 'ok')(`the token lasts until ${expiry.toISOString().slice(0, 10)}`)]
  return [sayer(place, 'warning')(text, 'Make a new token at the host, and put it where this one is.')]
}

async function judgeRepository(
  host: Host,
  repository: HostedRepository | undefined,
  { place, options }: { readonly place: string; readonly options: MirrorOptions },
): Promise<readonly Finding[]> {
  if (repository === undefined) {
    const { create } = options.host
    return create === undefined
      ? [sayer(place, 'error')('there is no such repository, or the token may not see it', MAKE_IT)]
      : [sayer(place, 'ok')(`there is no such repository yet: the next run makes it (${create})`)]
  }
  const findings: Finding[] = []
  const wrong = sayer(place, 'error')
  if (repository.archived)
    findings.push(wrong('is archived and takes no push', 'Unarchive it in its settings.'))
  if (repository.isMirror) {
    findings.push(
      wrong('is a pull mirror of its host and takes no push', 'Turn pull mirroring off in its settings.'),
    )
  }
  if (repository.mayPush === false) {
    findings.push(wrong('the token may read it and not push', 'Give the token write access to the code.'))
  }
  const branch = repository.defaultBranch
  if (branch !== undefined)
    findings.push(sayer(place, 'ok')(`its default branch is ${printableLine(branch, 200)}`))
  findings.push(...(await judgeRules(host, { place, options })))
  return findings
}

const MAKE_IT = 'Make it, empty, or set create: private.'

/** Rules of the host that forced pushes and deletions will meet. */
async function judgeRules(
  host: Host,
  { place, options }: { readonly place: string; readonly options: MirrorOptions },
): Promise<readonly Finding[]> {
  if (host.listProtected === undefined || !options.force) return []
  // Those who may not administer a repository may not read its rules everywhere.
  const rules = await host.listProtected().catch(() => [])
  const names = rules.filter(({ allowsForce }) => !allowsForce).map(({ rule }) => rule)
  if (names.length === 0) return []
  const isLifted = options.host.allowForce && host.allowForce !== undefined
  const text = `protected branches: ${listNames(names, MOST_NAMES)}`
  if (isLifted) return [sayer(place, 'ok')(`${text}; forced pushes are allowed while a run needs them`)]
  const remedy =
    host.allowForce === undefined
      ? 'Where the source rewrites them, let this login bypass the rule in the settings of the repository.'
      : 'Where the source rewrites them, set protected: allow-force, or allow forced pushes in its settings.'
  return [sayer(place, 'warning')(text, remedy)]
}
