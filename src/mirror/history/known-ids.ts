import type { ObjectId } from '../../protocol/object-id.ts'
import type { UploadPackPool } from '../sessions/upload-pack-pool.ts'

/** Ids in one question; a server answers with a line for each that it has. */
const IDS_IN_A_QUESTION = 10_000

/**
 * Which of `ids` the server says that it has. An id that is missing from the answer may still be there:
 * git since 2.45 leaves out what stands behind another (C4).
 *
 * v2 with `wait-for-done` is asked without any want; elsewhere `want` (a tip of the server) is needed, and a
 * pack that comes unasked is given up.
 * @throws MirrorError with the server's side.
 */
export async function askKnownIds(
  server: UploadPackPool,
  options: { readonly ids: readonly ObjectId[]; readonly want: ObjectId | undefined },
): Promise<ReadonlySet<ObjectId>> {
  const common = new Set<ObjectId>()
  for (let from = 0; from < options.ids.length; from += IDS_IN_A_QUESTION) {
    const ids = options.ids.slice(from, from + IDS_IN_A_QUESTION)
    for (const id of await askSome(server, ids, options.want)) common.add(id)
  }
  return common
}

async function askSome(
  server: UploadPackPool,
  ids: readonly ObjectId[],
  want: ObjectId | undefined,
): Promise<readonly ObjectId[]> {
  const session = await server.lease()
  const { advertisement } = session
  if (!session.lasts) server.openAhead()
  if (advertisement.version !== 2) {
    if (want === undefined) {
      server.release(session)
      return []
    }
    const { acks } = await session.askReady([want], ids)
    server.release(session)
    return acks
  }
  const waits = advertisement.capabilities.value('fetch')?.split(' ').includes('wait-for-done') ?? false
  if (!waits && want === undefined) {
    server.release(session)
    return []
  }
  const fetching = await session.fetch({
    wants: waits ? [] : [want!],
    haves: ids,
    thin: true,
    ofsDelta: true,
    done: false,
    waitForDone: waits,
  })
  fetching.cancel()
  server.release(session)
  return fetching.answer.acks
}
