import { toMirrorError } from '../../base/errors.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import { openPack } from '../pack/opened-pack.ts'
import { UploadPackSession } from '../sessions/upload-pack-session.ts'
import { UploadPackServer } from '../sessions/upload-pack-pool.ts'

/** Questions that are asked side by side: requests of one connection pool, or connections of their own. */
const REQUESTS_AT_ONCE = 12

const CONNECTIONS_AT_ONCE = 4

export interface AncestryQuestion {
  readonly old: ObjectId
  readonly new: ObjectId
}

/**
 * For each question: is `old` an ancestor of `new`? Undefined where the server's protocol cannot tell.
 *
 * `want OLD`, `have NEW`, `done`: the pack is empty exactly when everything behind OLD is behind NEW too. No
 * commit is read. v0 servers allow tips alone as wants: there `want NEW`, `have OLD` is asked for `ready`.
 * @throws MirrorError of the source.
 */
export async function askAncestry(
  source: UploadPackServer,
  questions: readonly AncestryQuestion[],
): Promise<readonly (boolean | undefined)[]> {
  if (questions.length === 0) return []
  const session = await source.lease()
  const atOnce = session.forgets ? REQUESTS_AT_ONCE : CONNECTIONS_AT_ONCE
  source.release(session)
  const answers: (boolean | undefined)[] = Array.from({ length: questions.length })
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < questions.length; index = next++) {
      answers[index] = await askOne(source, questions[index]!)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, questions.length) }, worker))
  return answers
}

async function askOne(source: UploadPackServer, question: AncestryQuestion): Promise<boolean | undefined> {
  const session = await source.lease()
  const { advertisement } = session
  if (advertisement.version !== 2) return await askV0(source, session, question)
  try {
    const fetching = await session.fetch({
      wants: [question.old],
      haves: [question.new],
      thin: true,
      ofsDelta: true,
    })
    const pack = await openPack(fetching)
    if (pack.objects > 0) {
      pack.source.cancel()
      source.release(session)
      return false
    }
    while (await pack.source.next());
    source.release(session)
    return true
  } catch (thrown) {
    const error = toMirrorError(thrown, { code: 'cut', side: 'source' })
    // The source never heard of OLD: then OLD is behind nothing of it.
    if (isUnknownObject(error.serverText, question.old)) return false
    throw error
  }
}

async function askV0(
  source: UploadPackServer,
  session: UploadPackSession,
  question: AncestryQuestion,
): Promise<boolean | undefined> {
  const { advertisement } = session
  if (!advertisement.capabilities.has('multi_ack_detailed')) {
    source.release(session)
    return undefined
  }
  const { ready } = await session.askReady([question.new], [question.old])
  source.release(session)
  return ready
}

/** The server's words say that it does not have (or does not give) `id`. */
export function isUnknownObject(serverText: string | undefined, id: ObjectId): boolean {
  return serverText !== undefined && serverText.includes('not our ref') && serverText.includes(id)
}
