import { type MirrorError, type Side } from '../base/errors.ts'
import { mirror } from '../mirror/mirror.ts'
import { tryDestination } from '../mirror/try-destination.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import type { MirrorEvent } from '../report/events.ts'
import type { MirrorResult } from '../report/result.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import type { Connections } from '../transport/connection/connections.ts'
import { type Finding, sayAt } from './finding.ts'
import { judgeConnection } from './judge-connection.ts'
import { type Examined, type HostFacts, judgeHost, makeHostFacts } from './judge-host.ts'
import { judgeLimit, judgeNextRun, judgeSource } from './judge-mirror.ts'

export interface Examination {
  readonly findings: readonly Finding[]
  /** Of the dry run. */
  readonly result: MirrorResult
}

export interface ExamineContext {
  readonly signal: AbortSignal
  /** Shared by the mirrors of a file. */
  readonly facts?: HostFacts | undefined
  readonly connections?: Connections | undefined
  readonly onEvent?: ((event: MirrorEvent) => void) | undefined
}

const NOTHING_AT_HOST = { create: undefined, defaultBranch: { kind: 'keep' }, allowForce: false } as const

/**
 * Everything that can be known of a mirror without writing: a dry run of it, and what the APIs and LFS servers of its
 * hosts tell. Never throws but for its signal, and for a defect.
 */
export async function examine(options: MirrorOptions, context: ExamineContext): Promise<Examination> {
  const { signal, connections, facts = makeHostFacts(), onEvent = () => undefined } = context
  // What is to be done at the hosts is looked at below.
  const plain = { ...options, dryRun: true, host: { ...options.host, ...NOTHING_AT_HOST } }
  const result = await mirror(plain, onEvent, signal, { connections })
  signal.throwIfAborted()
  const onRequest = options.verbose
    ? (text: string): void => onEvent({ kind: 'notice', level: 'info', text })
    : undefined
  const ask = async (endpoint: Endpoint, side: Side): Promise<Examined> =>
    await judgeHost(endpoint, side, { options, signal, facts, onRequest })
  const source = await ask(options.source, 'source')
  const findings = [
    ...judgeConnection({ endpoint: options.source, side: 'source', error: result.error }),
    ...(result.error === undefined ? [judgeSource(result, options)] : []),
    ...source.findings,
  ]
  const open: Endpoint[] = []
  const ofDestinations: Finding[][] = []
  for (const [at, endpoint] of options.destinations.entries()) {
    const { findings: told, isToBeMade } = await ask(endpoint, 'destination')
    const error = await errorOf(result, at, { endpoint, options, context })
    const isOpen = error === undefined
    if (isOpen) open.push(endpoint)
    ofDestinations.push([
      ...(isToBeMade ? [] : judgeConnection({ endpoint, side: 'destination', error })),
      ...(isOpen
        ? [sayAt('repository', printUrl(endpoint.url)).ok('write', 'takes pushes with this login')]
        : []),
      ...(isOpen && result.error === undefined ? judgeNextRun(result.destinations[at]!) : []),
      judgeLimit(endpoint, options),
      ...told,
    ])
  }
  if (result.error === undefined) {
    const { judgeLfs } = await import('./judge-lfs.ts')
    const lfs = await judgeLfs({ options, signal, connections }, open)
    findings.push(lfs.source)
    for (const finding of lfs.destinations) {
      ofDestinations[options.destinations.findIndex(({ url }) => printUrl(url) === finding.place)]!.push(
        finding,
      )
    }
  }
  return { findings: [...findings, ...ofDestinations.flat()], result }
}

/** Why a destination could not be planned for. Where the source is to blame, the destination is tried alone. */
async function errorOf(
  { destinations }: MirrorResult,
  at: number,
  {
    endpoint,
    options,
    context,
  }: { readonly endpoint: Endpoint; readonly options: MirrorOptions; readonly context: ExamineContext },
): Promise<MirrorError | undefined> {
  const { error } = destinations[at]!
  if (error?.side !== 'source') return error
  return await tryDestination(endpoint, options, context)
}
