/** What a hosting service is known to refuse; servers of their own have limits that nobody knows. */
export interface HostLimits {
  /** Bytes of the pack of one push. */
  readonly maxPackSize: number | undefined
  /** Ref commands of one push. */
  readonly maxRefsPerPush: number
}

const GIB = 1024 ** 3

const GB = 1000 ** 3

/** Host names that are one of these or end in one that begins with a dot. */
const PACK_BYTES: readonly (readonly [hosts: readonly string[], bytes: number])[] = [
  [['github.com', 'ssh.github.com', '.ghe.com'], 2 * GIB],
  [['bitbucket.org', 'altssh.bitbucket.org'], 3.5 * GB],
  [['dev.azure.com', 'ssh.dev.azure.com', '.visualstudio.com'], 5 * GB],
]

const CODECOMMIT = /^git-codecommit(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/

const CODECOMMIT_REFS_PER_PUSH = 4000

/** A repository of this machine knows no limit, and its receive-pack reads every ref for each push. */
const LOCAL_REFS_PER_PUSH = 500_000

/** The known limits of a host; `host` as it stands in an address, without a port; undefined for a path. */
export function hostLimits(host: string | undefined): HostLimits {
  if (host === undefined) return { maxPackSize: undefined, maxRefsPerPush: LOCAL_REFS_PER_PUSH }
  const name = host.toLowerCase().replace(/\.$/, '')
  const isOneOf = (hosts: readonly string[]): boolean =>
    hosts.some((known) => (known.startsWith('.') ? name.endsWith(known) : name === known))
  return {
    maxPackSize: PACK_BYTES.find(([hosts]) => isOneOf(hosts))?.[1],
    maxRefsPerPush: CODECOMMIT.test(name) ? CODECOMMIT_REFS_PER_PUSH : DEFAULT_REFS_PER_PUSH,
  }
}

export const DEFAULT_REFS_PER_PUSH = 5000
