import type { FleetMirror } from '../../fleet/prepare.ts'
import { identity } from '../../transport/address/identity.ts'

/** The mirrors of each source, by the identity of its repository. */
export function indexSources(mirrors: readonly FleetMirror[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { name, groups } of mirrors) {
    const [first] = groups
    if (first === undefined) continue
    const repository = identity(first.source.url)
    const names = found.get(repository)
    if (names === undefined) found.set(repository, [name])
    else names.push(name)
  }
  return found
}
