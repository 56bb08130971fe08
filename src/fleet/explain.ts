import { printableLine } from '../base/printable.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import type { FleetMirror } from './prepare.ts'

/** The options that a mirror has in the end, in lines: the question that every file with defaults raises. */
export function explainMirror({
  name,
  labels,
  paused,
  place,
  groups,
  shardKey,
}: FleetMirror): readonly string[] {
  return [
    `${name} (line ${place.line})`,
    ...(paused ? ['  paused: true'] : []),
    ...(labels.length === 0 ? [] : [`  labels: ${labels.join(', ')}`]),
    ...(shardKey === name ? [] : [`  runs after and in the shard of: ${shardKey}`]),
    ...groups.flatMap(explainGroup),
  ].map((line) => line.replaceAll(/[^ \S]/g, ' '))
}

function explainGroup(options: MirrorOptions): readonly string[] {
  const { source, destinations, refspecs, maxDeletions, idleTimeout, timeLimit } = options
  return [
    `  source: ${describeEnd(source)}`,
    ...destinations.map((destination) => `  destination: ${describeEnd(destination)}`),
    `    refs: ${printableLine(refspecs.texts.join(' '), 1000)}`,
    `    prune: ${options.prune}`,
    `    max-deletions: ${maxDeletions === Number.POSITIVE_INFINITY ? 'unlimited' : maxDeletions}`,
    `    force: ${options.force}`,
    `    atomic: ${options.atomic}`,
    `    allow-unrelated: ${options.allowUnrelated}`,
    `    retries: ${options.retries}`,
    `    idle-timeout: ${idleTimeout / 1000}`,
    `    time-limit: ${timeLimit === undefined ? 'none' : timeLimit / 1000}`,
    `    max-pack-size: ${options.maxPackSize ?? 'as the host is known to take'}`,
    `    max-refs-per-push: ${options.maxRefsPerPush ?? 'as the host is known to take'}`,
    `    transfer: ${options.transfer}`,
  ]
}

/** With what it is opened, and never with which. */
function describeEnd({ url, credentials }: Endpoint): string {
  const { token, sshKey, username } = credentials
  const login =
    token !== undefined
      ? `with a token, as ${printableLine(username ?? 'x-access-token', 100)}`
      : sshKey !== undefined
        ? 'with an ssh key'
        : 'without credentials'
  return `${printUrl(url)}, ${login}`
}
