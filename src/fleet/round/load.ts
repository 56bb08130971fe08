import { formatCount } from '../../report/wording.ts'
import type { Fleet } from '../prepare.ts'
import { limitOf } from './make-jobs.ts'

/** Hosts that are named one by one. */
const MOST_HOSTS = 10

/** What so many jobs may do to each host when all of them run at once, in lines: limits count in each process. */
export function describeLoad(
  { file, hosts }: Pick<Fleet, 'file' | 'hosts'>,
  jobs: number,
): readonly string[] {
  if (jobs < 2) return []
  const lines = hosts.slice(0, MOST_HOSTS).map((host) => {
    const { most, besideThem } = limitOf(file, host)
    const each = most + besideThem
    return `${host}: at most ${each} mirrors at once in each of ${jobs} jobs, ${formatCount(each * jobs)} in all`
  })
  const left = hosts.length - lines.length
  return left > 0 ? [...lines, `… and so at ${formatCount(left)} more hosts`] : lines
}
