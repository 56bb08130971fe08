import { FLEET_HOSTS, FLEET_OVERS, type FleetOver, MIRRORS_AT_ONCE } from './fleet-servers.ts'
import type { FleetRow, FleetWork } from './fleet.ts'
import type { Goal } from './goals.ts'

/** Seconds of a round of 1,000 mirrors that are in sync. */
const MOST_SECONDS = 30

/** Of the loop of `git ls-remote`; and connections in all. */
const NOTHING: Readonly<Record<FleetOver, { readonly share: number; readonly connections: number }>> = {
  'https@50': { share: 0.6, connections: FLEET_HOSTS.length * MIRRORS_AT_ONCE },
  'ssh@50': { share: 0.25, connections: FLEET_HOSTS.length },
}

/** The goals of many mirrors that can be told from these rows. */
export function judgeFleet(rows: readonly FleetRow[]): readonly Goal[] {
  const goals: Goal[] = []
  const find = (what: FleetWork, over: FleetRow['over'], isOurs = true): FleetRow | undefined =>
    rows.find((row) => row.what === what && row.over === over && (row.program === 'kalandra') === isOurs)
  const add = (goal: Omit<Goal, 'value'>, value: number | undefined): void => {
    if (value !== undefined && Number.isFinite(value)) goals.push({ ...goal, value })
  }
  const ratio = (one: number | undefined, other: number | undefined): number | undefined =>
    one === undefined || other === undefined ? undefined : one / other

  for (const over of FLEET_OVERS) {
    const ours = find('nothing', over)
    const theirs = find('nothing', over, false)
    const { share, connections } = NOTHING[over]
    const thousand = ours === undefined ? undefined : (ours.seconds / ours.mirrors) * 1000
    const title = '1,000 mirrors in sync'
    add({ title, over, unit: 's', most: MOST_SECONDS }, thousand)
    add(
      { title: `${title}, against git ls-remote, 8 at once`, over, unit: 'ratio', most: share },
      ratio(ours?.seconds, theirs?.seconds),
    )
    add(
      { title: `${title}, processor against git ls-remote`, over, unit: 'ratio', most: 0.25 },
      ratio(ours?.cpu, theirs?.cpu),
    )
    add({ title: `${title}, resident memory`, over, unit: 'MB', most: 200 }, ratio(ours?.rss, 1e6))
    add({ title: `${title}, connections`, over, unit: 'count', most: connections }, ours?.connections)
  }
  const over = 'https@50'
  const many = find('many', over)
  const few = find('nothing', over) ?? find('without large', over)
  add(
    { title: 'ten times as many mirrors, resident memory', over, unit: 'MB', most: 400 },
    ratio(many?.rss, 1e6),
  )
  const each = ratio(ratio(many?.seconds, many?.mirrors), ratio(few?.seconds, few?.mirrors))
  add({ title: 'ten times as many mirrors, time for each', over, unit: 'ratio', most: 1.1 }, each)
  const late = ratio(find('beside large', over)?.seconds, find('without large', over)?.seconds)
  add({ title: 'a large first mirror, all others later by', over, unit: 'ratio', most: 1.1 }, late)
  const commits = ratio(find('commits', over)?.seconds, find('commits', over, false)?.seconds)
  add(
    { title: 'a commit for each, against fetch + push, 8 at once', over, unit: 'ratio', most: 0.6 },
    commits,
  )
  add({ title: 'check of 1,000 mirrors', over: '', unit: 's', most: 0.5 }, find('check', '')?.seconds)
  add(
    { title: 'fullest of 100 shards of 5,000 names', over: '', unit: 'ratio', most: 1.7 },
    find('plan', '')?.fullest,
  )
  return goals
}
