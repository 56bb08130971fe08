import type { FleetMirror } from '../../fleet/prepare.ts'
import type { RemoteUrl } from '../../transport/address/remote-url.ts'
import { identity } from '../../transport/address/identity.ts'

/** Names of mirrors by the identity of a repository. */
export type MirrorIndex = ReadonlyMap<string, readonly string[]>

/** The mirrors of each source, and where `withDestinations` of each destination as well. */
export function indexMirrors(mirrors: readonly FleetMirror[], withDestinations: boolean): MirrorIndex {
  const found = new Map<string, Set<string>>()
  const add = (url: RemoteUrl, name: string): void => {
    const repository = identity(url)
    const names = found.get(repository)
    if (names === undefined) found.set(repository, new Set([name]))
    else names.add(name)
  }
  for (const { name, groups } of mirrors) {
    for (const { source, destinations } of groups) {
      add(source.url, name)
      if (withDestinations) for (const { url } of destinations) add(url, name)
    }
  }
  return new Map([...found].map(([repository, names]) => [repository, [...names]]))
}
