import { toMirrorError } from '../base/errors.ts'
import { findLifted, LIFTED_PREFIXES, type LiftedNote, liftedName } from '../plan/ours/lifted.ts'
import { nullId, type ObjectId } from '../protocol/object-id.ts'
import { emptyPack } from '../protocol/pack.ts'
import { openServer } from './open-server.ts'
import { makeDoors } from './sessions/door.ts'
import { ReceivePackSession } from './sessions/receive-pack-session.ts'
import type { Server } from './sessions/server.ts'
import type { DestinationContext } from './state/context.ts'

/**
 * Writes down at the destination that a rule of its host is about to be lifted. What a killed run could not put back, the
 * next one finds there.
 * @param id an object that the destination has
 * @returns undefined where the destination takes no such ref
 * @throws MirrorError where no push at all would succeed; the signal's reason
 */
export async function writeNote(
  server: Server,
  { rule, id }: { readonly rule: string; readonly id: ObjectId },
): Promise<LiftedNote | undefined> {
  for (const prefix of LIFTED_PREFIXES) {
    const note = { name: liftedName(prefix, rule), rule, id }
    const session = await ReceivePackSession.open(server)
    try {
      const known = findLifted(session.listing.refs).find(({ name }) => name === note.name)
      if (known !== undefined) return known
      if (await pushNote(session, note)) return note
    } catch {
      // What refuses a ref may refuse the whole push.
      server.signal.throwIfAborted()
    } finally {
      await session.close()
    }
  }
  return undefined
}

async function pushNote(session: ReceivePackSession, { name, id }: LiftedNote): Promise<boolean> {
  const { format } = session.listing
  const report = await session.push({
    commands: [{ kind: 'update', ref: name, old: nullId(format), new: id }],
    atomic: false,
    plain: false,
    pack: emptyPack(format),
  })
  return report?.unpack === 'ok' && report.refs.get(name)?.ok === true
}

/**
 * Removes notes of rules that are put back. Never throws: what stays is found by the next run.
 * @param signal its own one, since the run's may have ended
 * @returns why one stays; undefined: all are gone
 */
export async function removeNotes(
  { options, endpoint, reporter }: Pick<DestinationContext, 'options' | 'endpoint' | 'reporter'>,
  notes: readonly LiftedNote[],
  signal: AbortSignal,
): Promise<string | undefined> {
  if (notes.length === 0) return undefined
  const doorOf = makeDoors()
  const server = openServer(endpoint, 'destination', { options, reporter, signal, doorOf, surroundings: {} })
  try {
    const session = await ReceivePackSession.open(server)
    const there = findLifted(session.listing.refs)
    const doomed = there.filter(({ name }) => notes.some((note) => note.name === name))
    if (doomed.length === 0) return await session.close().then(() => undefined)
    const report = await session.push({
      commands: doomed.map(({ name, id }) => ({ kind: 'delete', ref: name, old: id })),
      atomic: false,
      plain: false,
      pack: undefined,
    })
    await session.close()
    const stays = doomed.find(({ name }) => report?.refs.get(name)?.ok === false)
    return stays === undefined ? undefined : `${stays.name} stays`
  } catch (thrown) {
    return toMirrorError(thrown, { code: 'cut' }).message
  } finally {
    await server.remote.dispose()
  }
}
