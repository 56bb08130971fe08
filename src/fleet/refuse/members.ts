import { identity } from '../../transport/address/identity.ts'
import { printUrl } from '../../transport/address/remote-url.ts'
import type { Path } from '../config/read-yaml.ts'
import type { Draft } from '../config/draft.ts'
import type { Scopes } from '../config/resolve-mirror.ts'
import type { RefspecSet } from '../../plan/refspec.ts'

/** A mirror as far as it touches others. */
export interface Member {
  readonly name: string
  /** Where it stands in the file. */
  readonly path: Path
  readonly source: Spot
  readonly destinations: readonly (Spot & { readonly refspecs: RefspecSet })[]
}

/** A repository: what it is, what it is called, and where the file names it. */
export interface Spot {
  readonly identity: string
  /** Printable. */
  readonly label: string
  readonly path: Path
}

export function makeMember({ name, path }: Draft, { addresses, refspecs }: Scopes): Member {
  const { source, destinations } = addresses
  return {
    name,
    path,
    source: { identity: identity(source.url), label: printUrl(source.url), path: source.path },
    destinations: destinations.map(({ url, path }, index) => ({
      identity: identity(url),
      label: printUrl(url),
      path,
      refspecs: refspecs[index]!,
    })),
  }
}
