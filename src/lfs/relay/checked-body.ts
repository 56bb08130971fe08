import { loadCrypto } from '../../base/crypto.ts'
import { MirrorError } from '../../base/errors.ts'
import type { LfsObject } from '../api/store.ts'

/**
 * Passes the bytes of an object on while they are hashed. The last slice is held back until size and SHA-256 are
 * right: a body that is wrong ends before the server has all of it, and some servers store whatever they get.
 * @throws MirrorError `pack` for bytes that are not the object's.
 */
export async function* checkBody(
  object: LfsObject,
  slices: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  const hash = loadCrypto().createHash('sha256')
  let length = 0
  let held: Uint8Array | undefined
  for await (const slice of slices) {
    if (slice.length === 0) continue
    length += slice.length
    if (length > object.size) throw wrong(object, `it is longer than its ${object.size} bytes`)
    hash.update(slice)
    if (held !== undefined) yield held
    held = slice
  }
  if (length !== object.size) throw wrong(object, `it ended after ${length} of ${object.size} bytes`, true)
  const oid = hash.digest('hex')
  if (oid !== object.oid) throw wrong(object, `its bytes have the SHA-256 ${oid}`)
  if (held !== undefined) yield held
}

function wrong(object: LfsObject, why: string, retryable = false): MirrorError {
  return new MirrorError(`the source’s LFS object ${object.oid} is not what its pointer says: ${why}`, {
    code: 'pack',
    side: 'source',
    retryable,
    hint: 'The source’s LFS storage holds a damaged object: `git lfs fsck` in a clone names it, and a client that has the right file can upload it again.',
  })
}
