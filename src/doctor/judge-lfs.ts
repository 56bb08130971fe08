import { MirrorError, type Side, toMirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import { openStore } from '../lfs/stores/open-store.ts'
import type { LfsObject, LfsStore } from '../lfs/api/store.ts'
import { remoteOptionsOf } from '../mirror/open-server.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import { describeMessage } from '../report/wording.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import type { Connections } from '../transport/connection/connections.ts'
import { type Finding, sayAt } from './finding.ts'

/** An object that nobody has, for a question about uploads: the answer is an offer, and nothing is written. */
const NO_OBJECT: LfsObject = { oid: '0'.repeat(64), size: 1 }

const REMEDY =
  'Turn LFS on in the settings of the repository, or set lfs: false if the objects are to stay behind.'

interface LfsContext {
  readonly options: MirrorOptions
  readonly signal: AbortSignal
  readonly connections: Connections | undefined
}

/**
 * Whether the LFS objects of a mirror, if it has any, could be read at the source and written at each destination.
 * Never throws but for its signal.
 */
export async function judgeLfs(
  context: LfsContext,
  /** Those that take pushes. */
  destinations: readonly Endpoint[],
): Promise<{ readonly source: Finding; readonly destinations: readonly Finding[] }> {
  const { options } = context
  const source = sayAt('repository', printUrl(options.source.url))
  if (options.lfs === 'false')
    return { source: source.ok('lfs', 'lfs: false, its objects stay behind'), destinations: [] }
  const isThere = await withStore(context, options.source, 'source', (store) => store.isThere())
  if (isThere instanceof MirrorError) {
    const text = `whether there is an LFS server is not known: ${describeMessage(isThere)}`
    return { source: source.warning('lfs', text, isThere.hint), destinations: [] }
  }
  if (!isThere) return { source: source.ok('lfs', 'there is no LFS server to read from'), destinations: [] }
  const found = await Promise.all(destinations.map(async (endpoint) => await judgeUploads(context, endpoint)))
  return { source: source.ok('lfs', 'objects of LFS can be read'), destinations: found }
}

async function judgeUploads(context: LfsContext, endpoint: Endpoint): Promise<Finding> {
  const say = sayAt('repository', printUrl(endpoint.url))
  if (endpoint.url.scheme === 'file') return say.ok('lfs', 'objects of LFS can be written')
  const answer = await withStore(context, endpoint, 'destination', async (store) => {
    const [standing] = await store.prepare([NO_OBJECT])
    if (standing?.kind !== 'refused') return undefined
    return `${printableLine(standing.message, 200)} (${standing.code})`
  })
  if (answer === undefined) return say.ok('lfs', 'objects of LFS can be written')
  const why = answer instanceof MirrorError ? describeMessage(answer) : answer
  return say.warning('lfs', `objects of LFS cannot be written: ${why}`, REMEDY)
}

/** @returns why the store does not answer, in the place of its answer. @throws the signal's reason */
async function withStore<T>(
  { options, signal, connections }: LfsContext,
  endpoint: Endpoint,
  side: Side,
  ask: (store: LfsStore) => Promise<T>,
): Promise<T | MirrorError> {
  const reporter = (): void => undefined
  const remote = remoteOptionsOf(endpoint, { options, reporter, surroundings: { connections } })
  let store: LfsStore | undefined
  try {
    store = await openStore({ remote, side, signal, ref: undefined })
    return await ask(store)
  } catch (thrown) {
    signal.throwIfAborted()
    return toMirrorError(thrown, { code: 'cut', side })
  } finally {
    await store?.dispose()
  }
}
