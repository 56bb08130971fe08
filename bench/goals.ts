import type { LfsTimes } from './lfs.ts'
import { median } from './measure.ts'
import type { ContenderName } from './case.ts'
import type { Over } from './servers.ts'
import type { StartTimes } from './start.ts'
import type { Line } from './summary.ts'

/** What is measured against what, and what it should be at most. */
export interface Goal {
  readonly title: string
  readonly over: string
  readonly value: number
  readonly unit: 'ratio' | 'MB' | 'kB' | 's/GB' | 's' | 'ms' | 'count'
  readonly most: number
}

/** Below it the pack's share of a run is lost in its noise. */
const LEAST_GIGABYTES = 0.02
/** From here on the start of the program may count as part of the transfer. */
const ENOUGH_GIGABYTES = 0.2

type Figure = 'seconds' | 'pushed'

/** The goals that can be told from these lines. */
export function judge(
  lines: readonly Line[],
  { start, lfs }: { readonly start: StartTimes | undefined; readonly lfs: LfsTimes | undefined },
): readonly Goal[] {
  const find = (name: string, over: Over, contender: ContenderName): Line | undefined =>
    lines.find((line) => line.case === name && line.over === over && line.contender === contender)
  const goals: Goal[] = []
  const add = (goal: Omit<Goal, 'value'>, value: number | undefined): void => {
    if (value !== undefined && Number.isFinite(value)) goals.push({ ...goal, value })
  }

  function compare(
    title: string,
    [name, contender, figure]: readonly [string, ContenderName, Figure],
    most: number,
    overs: readonly Over[],
  ): void {
    for (const over of overs) {
      const ours = find(name, over, 'kalandra')?.[figure]
      const theirs = find(name, over, contender)?.[figure]
      const value = ours === undefined || theirs === undefined ? undefined : ours / theirs
      add({ title, over, unit: 'ratio', most }, value)
    }
  }

  compare('first mirror, against the limit', ['first', 'limit', 'seconds'], 1.05, ['file', 'http'])
  const anywhere: readonly Over[] = ['file', 'http', 'ssh', 'http@50', 'ssh@50']
  compare('first mirror, against clone + push', ['first', 'git', 'seconds'], 0.5, anywhere)
  const servers: readonly Over[] = ['http', 'ssh', 'http@50', 'ssh@50']
  compare('one commit, against fetch + push in a warm mirror', ['commit', 'git', 'seconds'], 0.8, servers)
  compare('nothing to do, against git ls-remote of both', ['nothing', 'ls-remote', 'seconds'], 0.6, [
    'ssh@50',
  ])
  compare('bytes pushed for one commit, against git push', ['commit', 'limit', 'pushed'], 1.02, ['http'])
  compare('bytes pushed for a thousand, against git push', ['thousand', 'limit', 'pushed'], 1.02, ['http'])
  compare('download, against ssh', ['download', 'raw', 'seconds'], 1, ['ssh'])
  compare('download, against ssh', ['download', 'raw', 'seconds'], 0.25, ['ssh@50'])

  const packs = ['first', 'objects', 'thousand', 'download']
  for (const over of ['file', 'http', 'ssh'] as const) {
    const peaks = packs.map((name) => find(name, over, 'kalandra')?.rss).filter((rss) => rss !== undefined)
    const goal = {
      title: 'resident memory, highest',
      over,
      unit: 'MB',
      most: over === 'ssh' ? 160 : 110,
    } as const
    add(goal, peaks.length === 0 ? undefined : Math.max(...peaks) / 1e6)
  }
  for (const over of ['file', 'http', 'ssh'] as const) {
    const goal = { over, unit: 's/GB', most: over === 'ssh' ? 6 : 3 } as const
    const first = find('first', over, 'kalandra')
    const idle = find('nothing', over, 'kalandra')
    const gigabytes = first?.packBytes === undefined ? undefined : first.packBytes / 1e9
    if (first?.cpu === undefined || gigabytes === undefined || gigabytes < LEAST_GIGABYTES) continue
    if (gigabytes >= ENOUGH_GIGABYTES) add({ ...goal, title: 'processor for each GB' }, first.cpu / gigabytes)
    if (idle?.cpu === undefined) continue
    add(
      { ...goal, title: 'processor for each GB, less a run with nothing to do' },
      (first.cpu - idle.cpu) / gigabytes,
    )
  }
  if (start) {
    for (const { manner, over, seconds } of start.times) {
      const more = (median(seconds) - median(start.bare)) * 1000
      add({ title: `start to first byte, over bare node: ${manner}`, over, unit: 'ms', most: 60 }, more)
    }
  }
  if (lfs) {
    const at = { over: 'http' } as const
    const ratio = median(lfs.kalandra) / median(lfs.git)
    add({ ...at, title: 'LFS objects, against git lfs fetch + push', unit: 'ratio', most: 0.6 }, ratio)
    add({ ...at, title: 'resident memory with LFS objects', unit: 'MB', most: 120 }, lfs.rss / 1e6)
    const twice = Math.max(lfs.read, lfs.written) / lfs.bytes
    add({ ...at, title: 'bytes of LFS objects, each way', unit: 'ratio', most: 1 }, twice)
    const { auto, off, bytes } = lfs.scan
    const share = (median(auto) - median(off)) / median(auto)
    add({ ...at, title: 'pointers of 100 commits, answer', unit: 'kB', most: 50 }, bytes / 1000)
    add({ ...at, title: 'pointers of 100 commits, share of the run', unit: 'ratio', most: 0.3 }, share)
  }
  for (const over of ['file', 'http'] as const) {
    const few = find('nothing', over, 'kalandra')?.cpu
    const many = find('refs-nothing', over, 'kalandra')?.cpu
    const more = find('refs-million', over, 'kalandra')?.cpu
    add({ title: 'processor for many refs, nothing to do', over, unit: 's', most: 0.6 }, many)
    if (few === undefined || many === undefined || more === undefined) continue
    const growth = (more - few) / (many - few)
    add(
      { title: 'processor for ten times as many refs, beyond the start', over, unit: 'ratio', most: 10 },
      growth,
    )
  }
  return goals
}
