import { MirrorError } from '../../base/errors.ts'
import type { PieceState } from '../state/piece-state.ts'
import { measurePack } from './open-fetch.ts'
import { type Alone, type MakerOptions, openAlone } from './piece-maker.ts'

/** What cannot be cut is measured up to this many times the limit. */
const MEASURED_FACTOR = 16

/** The error for what fits no push and cannot be cut, with its size. @throws MirrorError of the source. */
export async function cannotCut(
  options: MakerOptions,
  state: PieceState,
  alone: Alone,
): Promise<MirrorError> {
  const { maxBytes } = options
  const most = maxBytes * MEASURED_FACTOR
  const { pack } = await openAlone(options, state, [alone.id])
  const bytes = await measurePack(pack, most)
  const size = bytes >= most ? `at least ${bytes}` : bytes > maxBytes ? `${bytes}` : `more than ${maxBytes}`
  const limit =
    bytes > maxBytes ? `, more than the ${maxBytes} bytes of one push` : ', which is the limit of one push'
  return new MirrorError(`${nameOf(alone)} makes a pack of ${size} bytes${limit}`, {
    code: 'too-large',
    side: 'destination',
    hint: HINTS[alone.kind],
  })
}

function nameOf({ id, kind }: Alone): string {
  if (kind === 'between-refs') return `the history between ${id} and the refs before it`
  return kind === 'commit' ? `the commit ${id} alone` : `the object ${id} alone`
}

const RAISE = 'Raise max-pack-size if the destination takes more'

const HINTS: Readonly<Record<Alone['kind'], string>> = {
  commit: `${RAISE}, or take the large files out of the history.`,
  object: `${RAISE}, or take the large files out of the history.`,
  'between-refs': `${RAISE}, or read the source in a way that speaks protocol v2 (https, or ssh with AcceptEnv GIT_PROTOCOL): it gives nothing but the tips of its refs now, and only tags and branches are cut along.`,
}
