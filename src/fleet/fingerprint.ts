import { loadCrypto } from '../base/crypto.ts'
import { matcherOf } from '../plan/refspec-match.ts'
import type { RefspecSet } from '../plan/refspec.ts'

/**
 * What a source has in scope, as one value: `sha256:` and the hash of `NAME SP ID LF` for each ref, by its name at the
 * destination, in the order of its bytes. Two mirrors with one fingerprint hold the same refs.
 */
export function fingerprintOf(
  refs: readonly { readonly name: string; readonly id: string }[],
  refspecs: RefspecSet,
): string {
  const matcher = matcherOf(refspecs)
  const lines = new Set<string>()
  for (const { name, id } of refs) {
    matcher.eachDestination(name, (destination) => lines.add(`${destination} ${id}\n`))
  }
  const hash = loadCrypto().createHash('sha256')
  for (const line of [...lines].map((text) => Buffer.from(text)).toSorted(Buffer.compare)) hash.update(line)
  return `sha256:${hash.digest('hex')}`
}
