import { MirrorError, toMirrorError } from '../base/errors.ts'
import type { AdvertisedRef } from '../protocol/advertisement.ts'
import { agentValue } from '../protocol/capabilities.ts'
import { openRemote } from '../transport/open-remote.ts'
import type { RemoteUrl } from '../transport/address/remote-url.ts'
import { withAdvice } from '../advice/advise.ts'
import { runDestination } from './destination.ts'
import { hostLimits } from '../hosts/limits.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import { mapToDestination } from '../plan/refspec-match.ts'
import { newPieceState } from './state/piece-state.ts'
import type { Reporter } from '../report/events.ts'
import type { MirrorResult } from '../report/result.ts'
import type { DestinationRun } from './state/destination-state.ts'
import { FiguresKeeper } from './state/figures.ts'
import type { Server } from './sessions/server.ts'
import { createSharedFetch, type Participant } from './pack/shared-fetch.ts'
import { withTimeLimit } from './time-limit.ts'
import { SourceRepository } from './sessions/source-repository.ts'
import { THIN } from './state/thin-or-whole.ts'
import { UploadPackServer } from './sessions/upload-pack-pool.ts'
import { VERSION } from '../base/version.ts'

const CONNECT_LIMIT = 30_000

const HANDSHAKE_LIMIT = 30_000

/**
 * Mirrors the source to every destination, side by side. One that fails does not stop another.
 * Failures are in the result; nothing is thrown but what is a defect of this program.
 */
export async function mirror(
  options: MirrorOptions,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<MirrorResult> {
  return await withTimeLimit(
    options.timeLimit,
    signal,
    async (limited) => await mirrorAll(options, reporter, limited),
  )
}

async function mirrorAll(
  options: MirrorOptions,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<MirrorResult> {
  const started = performance.now()
  const servers: Server[] = []
  const serverOf = (endpoint: Endpoint, side: 'source' | 'destination'): Server => {
    const server = makeServer(endpoint, side, { options, reporter, signal })
    servers.push(server)
    return server
  }
  const sourceServer = serverOf(options.source, 'source')
  const source = new SourceRepository(new UploadPackServer(sourceServer), options)
  const shared = createSharedFetch({
    fetch: (question) => source.uploadPack.fetch(question),
    onShared: (count) =>
      reporter({
        kind: 'notice',
        level: 'info',
        text: `${count} destinations lack the same objects: fetching them once`,
      }),
  })
  const runs = options.destinations.map((endpoint) =>
    makeRun(serverOf(endpoint, 'destination'), { url: endpoint.url, source, shared: shared.join(), options }),
  )
  try {
    // Greeted at the same time as the destinations; a failure shows again in each run.
    const listing = source.listing()
    listing.catch(() => undefined)
    const destinations = await Promise.all(runs.map(async (run) => await runDestination(run)))
    let error: MirrorError | undefined
    let sourceRefs = 0
    try {
      const { refs } = await listing
      sourceRefs = runs.find((run) => run.inScope !== undefined)?.inScope ?? countInScope(options, refs)
    } catch (thrown) {
      error = withAdvice(
        toMirrorError(signal.aborted ? signal.reason : thrown, { code: 'cut', side: 'source' }),
        {
          lines: [],
          host: sourceServer.host,
        },
      )
    }
    return {
      source: sourceServer.remote.label,
      ok:
        error === undefined &&
        destinations.every(({ status }) => status !== 'failed' && status !== 'rejected'),
      dryRun: options.dryRun,
      destinations,
      error,
      seconds: (performance.now() - started) / 1000,
      sourceRefs,
    }
  } finally {
    await Promise.all([
      source.uploadPack.close(),
      source.questions.close(),
      ...runs.flatMap((run) => [run.reader.close(), ...run.closing]),
    ])
    await Promise.all(servers.map((server) => server.remote.dispose()))
  }
}

function countInScope({ refspecs }: MirrorOptions, refs: readonly AdvertisedRef[]): number {
  return refs.filter((ref) => mapToDestination(refspecs, ref.name) !== undefined).length
}

function makeRun(
  server: Server,
  given: {
    readonly url: RemoteUrl
    readonly source: SourceRepository
    readonly shared: Participant
    readonly options: MirrorOptions
  },
): DestinationRun {
  const { url, source, shared, options } = given
  const limits = hostLimits(server.host)
  return {
    options,
    reporter: server.reporter,
    signal: server.signal,
    source,
    url,
    server,
    reader: new UploadPackServer(makeReader(server)),
    pack: shared,
    manner: {
      thin: true,
      agent: true,
      spool: options.transfer === 'spool',
      maxRefs: options.maxRefsPerPush ?? limits.maxRefsPerPush,
      byKind: false,
      maxBytes: options.maxPackSize ?? limits.maxPackSize,
      pieces: false,
      greetAhead: true,
    },
    changed: new Map(),
    rejected: new Map(),
    warnings: [],
    upToDate: 0,
    inScope: undefined,
    defaultBranch: undefined,
    figures: new FiguresKeeper(),
    brokenIds: new Set(),
    thinness: THIN,
    pieces: newPieceState(Math.floor(Date.now() / 1000) + 86_400),
    suspectIds: new Set(),
    races: new Map(),
    closing: [],
    lines: [],
    error: undefined,
  }
}

/** Reading the destination is a help, not the work: its texts are not shown. */
function makeReader(server: Server): Server {
  return { ...server, verbose: false, reporter: () => undefined }
}

interface RunContext {
  readonly options: MirrorOptions
  readonly reporter: Reporter
  readonly signal: AbortSignal
}

function makeServer(endpoint: Endpoint, side: 'source' | 'destination', context: RunContext): Server {
  const { options, reporter, signal } = context
  const { url } = endpoint
  const agent = agentValue(VERSION)
  const remote = openRemote({
    url,
    credentials: endpoint.credentials,
    retryFreshToken: endpoint.freshToken,
    inputNames: endpoint.inputNames,
    knownHostsFiles: options.knownHostsFiles,
    env: options.env,
    userAgent: agent,
    limits: { connect: CONNECT_LIMIT, handshake: HANDSHAKE_LIMIT, idle: options.idleTimeout },
    onNotice: (text) => reporter({ kind: 'notice', level: 'info', text }),
  })
  return {
    remote,
    side,
    host: url.scheme === 'file' ? undefined : url.host.toLowerCase(),
    reporter,
    signal,
    agent,
    idleTimeout: options.idleTimeout,
    verbose: options.verbose,
  }
}
