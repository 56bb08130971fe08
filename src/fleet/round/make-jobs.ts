import type { Endpoint, MirrorOptions } from '../../options/options.ts'
import { identity } from '../../transport/address/identity.ts'
import { type FleetFile, hostKey, hostOf } from '../config/fleet-file.ts'
import type { Fleet, FleetMirror } from '../prepare.ts'
import { type AtOnce, USUAL_AT_ONCE } from './host-gate.ts'
import type { Job, JobEnd } from './job.ts'

/** The jobs of a fleet, in the order of the names. */
export function makeJobs({ file, chains }: Fleet, mirrors: readonly FleetMirror[]): readonly Job[] {
  const endOf = makeEndReader(file)
  return mirrors.map(({ name, groups }) => ({
    name,
    pairs: groups.map((options: MirrorOptions) => ({
      options,
      source: endOf(options.source),
      destinations: options.destinations.map(endOf),
    })),
    after: chains.before.get(name) ?? [],
  }))
}

/** Equal credentials get equal names, that say nothing about them. */
function makeEndReader({ hosts }: FleetFile): (endpoint: Endpoint) => JobEnd {
  const names = new Map<string, string>()
  return ({ url, credentials, app }) => {
    const host = url.scheme === 'file' ? undefined : hostKey(hosts, url)
    const key = JSON.stringify([host, url.scheme, 'user' in url ? url.user : '', credentials, app])
    const name = names.get(key) ?? `${host ?? ''}#${names.size + 1}`
    names.set(key, name)
    return { host, credential: name, repository: identity(url) }
  }
}

/** Mirrors that may talk with a host at the same time: what the file says is all of them. */
export function limitOf({ hosts }: FleetFile, host: string): AtOnce {
  for (const part of hosts.values()) {
    const most = hostOf(part) === host ? (part.tree['mirrors-at-once'] as number | undefined) : undefined
    if (most !== undefined) return { most, besideThem: 0 }
  }
  return USUAL_AT_ONCE
}
