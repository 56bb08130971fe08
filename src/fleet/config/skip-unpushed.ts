import type { Complaints } from './complaints.ts'
import { type MirrorPart, settingOf } from './fleet-file.ts'
import type { Tree } from './check-file.ts'

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
/** Lists that say whether a repository was pushed to. */
const TELLING: readonly string[] = ['github', 'grokmirror']

/** Milliseconds for which a mirror may go unseen whose source was not pushed to; undefined: it is looked at each time. */
export function skipUnpushedOf(part: Pick<MirrorPart, 'tree' | 'defaults'>): number | undefined {
  const text = settingOf(part, 'skip-unpushed')
  const [, count = '', unit = ''] = /^(\d+) ?([mhd])$/i.exec(typeof text === 'string' ? text : '') ?? []
  return count === '' ? undefined : Number(count) * UNITS_MS[unit.toLowerCase()]!
}

/** Complains where it would be passed over in silence. */
export function checkSkipUnpushed(mirrors: readonly MirrorPart[], complaints: Pick<Complaints, 'add'>): void {
  for (const { path, tree } of mirrors) {
    if (tree['skip-unpushed'] === undefined) continue
    const discover = (tree['discover'] ?? {}) as Tree
    if (TELLING.some((key) => discover[key] !== undefined)) continue
    complaints.add(
      [...path, 'skip-unpushed'],
      'skip-unpushed needs a list that says when repositories were pushed to',
      'Use `discover` with github or grokmirror, or take it out',
    )
  }
}
