import { loadCrypto } from '../../base/crypto.ts'
import type { MirrorOptions } from '../../options/options.ts'
import { printUrl } from '../../transport/address/remote-url.ts'
import type { Fleet, FleetMirror } from '../prepare.ts'
import { lineOfUnpushed, type MirrorLine } from '../report/round-lines.ts'
import { inTurn } from '../state/order.ts'
import type { RoundState } from '../state/round-state.ts'

/** What a mirror is to do, and what the list of its owner says of its source; undefined: it says nothing. */
export function markOf({ pushed, groups }: FleetMirror): string | undefined {
  if (pushed === undefined) return undefined
  const text = JSON.stringify([pushed, groups.map(describeWork)])
  return loadCrypto().createHash('sha256').update(text).digest('hex')
}

/** Everything that decides what is mirrored where, and no secret. A mirror that was changed has to run. */
function describeWork(options: MirrorOptions): unknown {
  const { source, destinations, env: _env, app: _app, ...others } = options
  return [printUrl(source.url), destinations.map(({ url }) => printUrl(url)), others]
}

/** Where its list says that nothing was pushed since the last success, and that is not too long ago. */
export function lineOfUnseen(
  { chains }: Pick<Fleet, 'chains'>,
  mirror: FleetMirror,
  state: RoundState | undefined,
): MirrorLine | undefined {
  const { name, skipUnpushed } = mirror
  if (state === undefined || skipUnpushed === undefined) return undefined
  // What another mirror writes in this round may be newer than the list.
  if (chains.before.has(name)) return undefined
  const { status, lastSuccess, pushed } = state.record(name)
  const isWell = status === 'mirrored' || status === 'unchanged'
  if (!isWell || lastSuccess === undefined || pushed === undefined || pushed !== markOf(mirror))
    return undefined
  const age = Date.now() - lastSuccess
  return age >= 0 && age < skipUnpushed ? lineOfUnpushed(name, lastSuccess) : undefined
}

/** What failed last time first, where that is known; else by name. */
export function orderMirrors(
  mirrors: readonly FleetMirror[],
  state: RoundState | undefined,
): readonly FleetMirror[] {
  if (state === undefined) return mirrors
  const byName = new Map(mirrors.map((mirror) => [mirror.name, mirror]))
  return inTurn([...byName.keys()], state.record).map((name) => byName.get(name)!)
}
