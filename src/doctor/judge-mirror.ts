import { printableLine } from '../base/printable.ts'
import { hostLimits } from '../hosts/limits.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import type { DestinationResult, MirrorResult } from '../report/result.ts'
import { countActions, describeCounts, formatBytes, formatPlural } from '../report/wording.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import { type Finding, sayAt } from './finding.ts'
import { hostOf } from './judge-connection.ts'

/** What was read of a source that can be read. Pure. */
export function judgeSource(
  { source, sourceRefs }: Pick<MirrorResult, 'source' | 'sourceRefs'>,
  options: Pick<MirrorOptions, 'refspecs'>,
): Finding {
  const say = sayAt('repository', source)
  if (sourceRefs > 0) return say.ok('read', `${formatPlural(sourceRefs, 'ref')} in scope`)
  const scope = options.refspecs.texts.map((text) => printableLine(text, 100)).join(', ')
  const remedy = 'Check the address and refs: a mirror of nothing deletes nothing, and does nothing.'
  return say.warning('read', `it can be read, and has no ref in scope (${scope})`, remedy)
}

/** What the next run does at a destination that takes pushes. Pure. */
export function judgeNextRun({
  destination: place,
  changed,
  rejected,
  warnings,
}: DestinationResult): readonly Finding[] {
  const say = sayAt('repository', place)
  const text = changed.length === 0 ? 'would change nothing' : describeCounts(countActions(changed))
  return [
    say.ok('next run', text),
    ...rejected.map(({ ref, reason, advice, warning }) =>
      say[warning ? 'warning' : 'error'](
        'next run',
        `${printableLine(ref, 200)}: ${printableLine(reason, 300)}`,
        advice,
      ),
    ),
    ...warnings.map((warning) => say.warning('next run', warning, undefined)),
  ]
}

/** How much one push may bring. Pure. */
export function judgeLimit({ url }: Endpoint, { maxPackSize }: Pick<MirrorOptions, 'maxPackSize'>): Finding {
  const name = hostOf(url)
  const known = hostLimits(url.scheme === 'file' ? undefined : url.host).maxPackSize
  const limit = maxPackSize ?? known
  // What a mirror sets for itself is no fact of the host.
  const say =
    name === undefined || maxPackSize !== undefined ? sayAt('repository', printUrl(url)) : sayAt('host', name)
  if (limit === undefined) return say.ok('size limit', 'none is known for one push')
  return say.ok('size limit', `${formatBytes(limit)} in one push; larger histories go in pieces`)
}
