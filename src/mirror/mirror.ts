import { MirrorError, toMirrorError } from '../base/errors.ts'
import type { AdvertisedRef } from '../protocol/advertisement.ts'
import { withAdvice } from '../advice/advise.ts'
import { runDestination } from './destination.ts'
import { hostLimits } from '../hosts/limits.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import { mapToDestination } from '../plan/refspec-match.ts'
import type { Reporter } from '../report/events.ts'
import type { MirrorResult } from '../report/result.ts'
import type { DestinationContext } from './state/context.ts'
import { type Learned, startLearned } from './state/learned.ts'
import { quietServer, type Server } from './sessions/server.ts'
import { openServer } from './open-server.ts'
import { createSharedFetch } from './pack/shared-fetch.ts'
import { withTimeLimit } from './time-limit.ts'
import { SourceRepository } from './sessions/source-repository.ts'
import { UploadPackServer } from './sessions/upload-pack-pool.ts'

/** Seconds that clocks may be wrong: commits may be newer than now. */
const CLOCK_SKEW_S = 86_400

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
    const server = openServer(endpoint, side, { options, reporter, signal })
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
  const contexts = options.destinations.map((endpoint) =>
    makeContext(serverOf(endpoint, 'destination'), {
      url: endpoint.url,
      endpoint,
      source,
      pack: shared.join(),
      options,
    }),
  )
  let closed: readonly Promise<unknown>[] = []
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
      sourceRefs = ends.find((end) => end.inScope !== undefined)?.inScope ?? countInScope(options, refs)
    } catch (thrown) {
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
      seconds: (performance.now() - started) / 1000,
      sourceRefs,
    }
  } finally {
    await Promise.all([
      source.uploadPack.close(),
      source.questions.close(),
      ...contexts.map(({ reader }) => reader.close()),
      ...closed,
    ])
    await Promise.all(servers.map((server) => server.remote.dispose()))
  }
}

function countInScope({ refspecs }: MirrorOptions, refs: readonly AdvertisedRef[]): number {
  return refs.filter((ref) => mapToDestination(refspecs, ref.name) !== undefined).length
}

function makeContext(
  server: Server,
  given: Pick<DestinationContext, 'url' | 'endpoint' | 'source' | 'pack' | 'options'>,
): DestinationContext {
  const { reporter, signal } = server
  return { ...given, reporter, signal, server, reader: new UploadPackServer(quietServer(server)) }
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
