import { readClock } from '../base/clock.ts'
import { MirrorError, toMirrorError } from '../base/errors.ts'
import type { AdvertisedRef } from '../protocol/advertisement.ts'
import type { Connections } from '../transport/connection/connections.ts'
import { loadActs } from './load-acts.ts'
import { loadSetbacks } from './push/load-setbacks.ts'
import { runDestination } from './destination.ts'
import { hostLimits } from '../hosts/limits.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import { mapToDestination } from '../plan/refspec-match.ts'
import type { Reporter } from '../report/events.ts'
import type { MirrorResult } from '../report/result.ts'
import type { DestinationContext } from './state/context.ts'
import { type Learned, startLearned } from './state/learned.ts'
import { makeDoors } from './sessions/door.ts'
import { quietServer, type Server } from './sessions/server.ts'
import { LfsRun } from './lfs/lfs-run.ts'
import { openServer, remoteOptionsOf } from './open-server.ts'
import { createSharedFetch } from './pack/shared-fetch.ts'
import { withTimeLimit } from './time-limit.ts'
import { SourceRepository } from './sessions/source-repository.ts'
import { UploadPackPool } from './sessions/upload-pack-pool.ts'

/** Seconds that clocks may be wrong: commits may be newer than now. */
const CLOCK_SKEW_S = 86_400

/** Milliseconds without an answer after which the wait is used to load what a push needs. */
const LOAD_AHEAD_MS = 60

/** What a mirror has from others beside it, where it is one of many. */
export interface MirrorSurroundings {
  /** Kept beyond this mirror. Default: its own. */
  readonly connections?: Connections | undefined
  /**
   * Asked once, when there is something to send and nothing of it was asked for. A rejection ends what was to be sent,
   * and is the error of those destinations: nothing stays open while a mirror waits for its turn.
   */
  readonly admit?: ((phase: 'transfer', signal: AbortSignal) => Promise<void>) | undefined
  /** Attempts of listings after the first; default: as the options say. */
  readonly listingRetries?: number | undefined
  /** Told what the source has, all of it. */
  readonly onSource?: ((refs: readonly AdvertisedRef[]) => void) | undefined
}

/**
 * Mirrors the source to every destination, side by side. One that fails does not stop another.
 * Failures are in the result; nothing is thrown but what is a defect of this program.
 */
export async function mirror(
  options: MirrorOptions,
  reporter: Reporter,
  signal: AbortSignal,
  surroundings: MirrorSurroundings = {},
): Promise<MirrorResult> {
  return await withTimeLimit(
    options.timeLimit,
    signal,
    async (limited) => await mirrorAll(options, reporter, limited, surroundings),
  )
}

async function mirrorAll(
  options: MirrorOptions,
  reporter: Reporter,
  signal: AbortSignal,
  surroundings: MirrorSurroundings,
): Promise<MirrorResult> {
  const started = readClock()
  const servers: Server[] = []
  const doorOf = makeDoors()
  const serverOf = (endpoint: Endpoint, side: 'source' | 'destination'): Server => {
    const server = openServer(endpoint, side, { options, reporter, signal, doorOf, surroundings })
    servers.push(server)
    return server
  }
  const sourceServer = serverOf(options.source, 'source')
  const listingRetries = surroundings.listingRetries ?? options.retries
  const source = new SourceRepository(new UploadPackPool(sourceServer), options, listingRetries)
  let admitted: Promise<void> | undefined
  const admit = async (): Promise<void> => await (admitted ??= surroundings.admit?.('transfer', signal))
  const shared = createSharedFetch({
    signal,
    fetch: (question) => source.uploadPack.fetch(question),
    onShared: (count) =>
      reporter({
        kind: 'notice',
        level: 'info',
        text: `${count} destinations lack the same objects: fetching them once`,
      }),
  })
  const sourceRemote = remoteOptionsOf(options.source, { options, reporter, surroundings })
  const lfs =
    options.lfs === 'false' || options.dryRun ? undefined : new LfsRun(options, source, sourceRemote)
  const contexts = options.destinations.map((endpoint) =>
    makeContext(serverOf(endpoint, 'destination'), {
      url: endpoint.url,
      endpoint,
      source,
      pack: shared.join(),
      lfs: lfs?.join(remoteOptionsOf(endpoint, { options, reporter, surroundings })),
      options,
      listingRetries,
      admit,
    }),
  )
  let closed: readonly Promise<unknown>[] = []
  const ahead = setTimeout(() => void loadActs().catch(() => undefined), LOAD_AHEAD_MS)
  try {
    // Greeted at the same time as the destinations; a failure shows again in each run.
    const listing = source.listing()
    listing.catch(() => undefined)
    const ends = await Promise.all(
      contexts.map((context) => runDestination(context, learnedAtStart(context.server, options))),
    )
    closed = ends.map((end) => end.closed)
    const destinations = ends.map(({ result }) => result)
    let error: MirrorError | undefined
    let sourceRefs = 0
    try {
      const { refs } = await listing
      surroundings.onSource?.(refs)
      sourceRefs =
        ends.find((end) => end.inScope !== undefined)?.inScope ??
        (signal.aborted ? 0 : countInScope(options, refs))
    } catch (thrown) {
      const { withAdvice } = await loadSetbacks()
      error = withAdvice(
        toMirrorError(signal.aborted ? signal.reason : thrown, { code: 'cut', side: 'source' }),
        {
          phase: 'list',
          words: [],
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
      seconds: (readClock() - started) / 1000,
      sourceRefs,
    }
  } finally {
    clearTimeout(ahead)
    await Promise.all([
      source.uploadPack.close(),
      source.questions.close(),
      ...contexts.map(({ reader }) => reader.close()),
      ...closed,
    ])
    await lfs?.dispose()
    await Promise.all(servers.map((server) => server.remote.dispose()))
  }
}

function countInScope({ refspecs }: MirrorOptions, refs: readonly AdvertisedRef[]): number {
  return refs.filter((ref) => mapToDestination(refspecs, ref.name) !== undefined).length
}

function makeContext(
  server: Server,
  given: Pick<
    DestinationContext,
    'url' | 'endpoint' | 'source' | 'pack' | 'lfs' | 'options' | 'listingRetries' | 'admit'
  >,
): DestinationContext {
  const { reporter, signal } = server
  return { ...given, reporter, signal, server, reader: new UploadPackPool(quietServer(server)) }
}

function learnedAtStart(server: Server, options: MirrorOptions): Learned {
  const limits = hostLimits(server.host)
  const mode = {
    thin: true,
    agent: true,
    spool: options.transfer === 'spool',
    maxRefs: options.maxRefsPerPush ?? limits.maxRefsPerPush,
    byKind: false,
    ownObjects: false,
    maxBytes: options.maxPackSize ?? limits.maxPackSize,
    pieces: false,
    greetAhead: true,
  }
  return startLearned(mode, Math.floor(Date.now() / 1000) + CLOCK_SKEW_S)
}
