import { concatBytes } from '../../base/bytes.ts'
import { loadCrypto } from '../../base/crypto.ts'
import { type ErrorCode, toMirrorError } from '../../base/errors.ts'
import { ANCHOR_PREFIX, ANCHOR_PROBE, ANCHOR_TAG_PREFIX, shownPrefix } from '../../plan/anchors.ts'
import { nullId, type ObjectFormat, type ObjectId } from '../../protocol/object-id.ts'
import { emptyPack, PACK_HEADER_LENGTH } from '../../protocol/pack.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import type { PiecesRun } from './pieces-run.ts'

/** These say nothing about a namespace: any other push would fail like this one. */
const ABOUT_ANY_PUSH: ReadonlySet<ErrorCode> = new Set([
  'auth',
  'not-found',
  'host-key',
  'connect',
  'cancelled',
  'local',
])

/**
 * Where the anchors of this destination go: where earlier ones are, else below `refs/kalandra/` if a small push there
 * succeeds, else below `refs/tags/`. A piece would be a large price for learning that.
 * @throws MirrorError of the destination, where no push at all would succeed.
 */
export async function chooseAnchorPrefix(
  run: PiecesRun,
  held: { session: ReceivePackSession },
): Promise<string> {
  const shown = shownPrefix(held.session.listing.refs)
  if (shown !== undefined) return shown
  if (await takesProbe(run, held)) {
    run.ledger.keepLeftovers([...run.ledger.leftovers, ANCHOR_PROBE])
    return ANCHOR_PREFIX
  }
  run.ledger.note(`the destination takes no refs below ${ANCHOR_PREFIX}: tags keep what has arrived`)
  // What the server said about the probe is not about what comes next.
  held.session.abort()
  held.session = await ReceivePackSession.open(run.server)
  return ANCHOR_TAG_PREFIX
}

async function takesProbe(run: PiecesRun, held: { session: ReceivePackSession }): Promise<boolean> {
  if (!held.session.usable) held.session = await ReceivePackSession.open(run.server)
  const { session } = held
  const { format, refs } = session.listing
  const [there] = refs
  const probe = there === undefined ? await makeProbe(format) : { id: there.id, pack: emptyPack(format) }
  run.ledger.figures.pushes++
  try {
    const report = await session.push({
      commands: [{ kind: 'update', ref: ANCHOR_PROBE, old: nullId(format), new: probe.id }],
      atomic: false,
      plain: !run.mode.agent,
      pack: probe.pack,
    })
    if (!session.forgets) await session.close()
    return report?.unpack === 'ok' && report.refs.get(ANCHOR_PROBE)?.ok === true
  } catch (thrown) {
    run.signal.throwIfAborted()
    const error = toMirrorError(thrown, { code: 'cut', side: 'destination' })
    if (ABOUT_ANY_PUSH.has(error.code)) throw error
    return false
  }
}

const CONTENT = new TextEncoder().encode('kalandra')
const PACK_TYPE_BLOB = 3

/** A file of a few bytes, for a repository that has nothing yet that a ref could name (gitformat-pack). */
async function makeProbe(
  format: ObjectFormat,
): Promise<{ readonly id: ObjectId; readonly pack: Uint8Array }> {
  const { deflateSync } = await import('node:zlib')
  const { createHash } = loadCrypto()
  const id = createHash(format).update(`blob ${CONTENT.length}\0`).update(CONTENT).digest('hex')
  const header = Uint8Array.from(emptyPack(format).subarray(0, PACK_HEADER_LENGTH))
  header[PACK_HEADER_LENGTH - 1] = 1
  const entry = Uint8Array.of((PACK_TYPE_BLOB << 4) | CONTENT.length)
  const body = concatBytes([header, entry, deflateSync(CONTENT)])
  return { id, pack: concatBytes([body, createHash(format).update(body).digest()]) }
}
