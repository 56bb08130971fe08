import { ByteReader } from '../../base/bytes.ts'
import { loadCrypto } from '../../base/crypto.ts'
import { MirrorError } from '../../base/errors.ts'
import type { ObjectFormat, ObjectId } from '../../protocol/object-id.ts'
import { applyDelta, readDeltaSizes } from './delta.ts'
import type { ScannedPack } from './find-pointers.ts'
import { readPackEntries } from './pack-entries.ts'

/** The commit, its root tree and the small files in it, from servers that know the filter; else more. */
export const ROOT_FILTERS = ['combine:blob:limit=1024+tree:2', 'blob:limit=1024'] as const

/** What is kept of one object, and of all: a root tree has some thousand entries at most. */
const OBJECT_LIMIT_BYTES = 1024 * 1024
const KEPT_LIMIT_BYTES = 32 * 1024 * 1024

interface Kept {
  readonly type: string
  readonly data: Uint8Array
}

/**
 * The content of a small file at the root of a commit, out of a pack that holds the commit, its tree and the file.
 * @returns undefined where the tree has no such file
 * @throws MirrorError `pack` where the pack lacks one of the three; the stream's own.
 */
export async function readRootFile(
  pack: ScannedPack,
  options: { readonly format: ObjectFormat; readonly commit: ObjectId; readonly name: string },
): Promise<Uint8Array | undefined> {
  const objects = await readObjects(pack, options.format)
  const commit = objects.get(options.commit)
  const tree = /^tree ([0-9a-f]{40,64})\n/.exec(
    commit === undefined ? '' : Buffer.from(commit.data).toString('latin1'),
  )?.[1]
  const entries = tree === undefined ? undefined : objects.get(tree)?.data
  if (entries === undefined) throw lacking('the tree of the default branch')
  const id = findEntry(entries, options)
  if (id === undefined) return undefined
  const blob = objects.get(id)
  if (blob === undefined) throw lacking(options.name)
  return blob.data
}

async function readObjects(pack: ScannedPack, format: ObjectFormat): Promise<ReadonlyMap<ObjectId, Kept>> {
  const { createHash } = loadCrypto()
  const byId = new Map<ObjectId, Kept>()
  const byOffset = new Map<number, Kept>()
  let kept = 0
  const bytes = new ByteReader(
    (async function* () {
      for (let slice = await pack.next(); slice !== undefined; slice = await pack.next()) yield slice
    })(),
  )
  try {
    await readPackEntries(bytes, {
      format,
      keepBytes: OBJECT_LIMIT_BYTES,
      onEntry({ offset, type, base, data }) {
        if (data === undefined || kept + data.length > KEPT_LIMIT_BYTES) return
        const below = base && ('offset' in base ? byOffset.get(base.offset) : byId.get(base.id))
        if (base !== undefined && below === undefined) return
        // A few bytes of a delta may ask for any number.
        if (base !== undefined && readDeltaSizes(data).result > OBJECT_LIMIT_BYTES) return
        const object =
          below === undefined ? { type, data } : { type: below.type, data: applyDelta(below.data, data) }
        const head = `${object.type} ${object.data.length}\0`
        kept += object.data.length
        byOffset.set(offset, object)
        byId.set(createHash(format).update(head).update(object.data).digest('hex'), object)
      },
    })
    await bytes.drain()
  } catch (error) {
    pack.cancel(error)
    throw error
  }
  return byId
}

/** The id of a file in a tree object: `mode SP name NUL id` for each entry. */
function findEntry(
  tree: Uint8Array,
  { format, name }: { readonly format: ObjectFormat; readonly name: string },
): ObjectId | undefined {
  const bytes = Buffer.from(tree.buffer, tree.byteOffset, tree.length)
  const idLength = format === 'sha1' ? 20 : 32
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0, at)
    if (end < 0) return undefined
    const [mode, ...rest] = bytes.toString('utf8', at, end).split(' ')
    at = end + 1 + idLength
    if (mode?.startsWith('100') === true && rest.join(' ') === name) return bytes.toString('hex', end + 1, at)
  }
  return undefined
}

function lacking(what: string): MirrorError {
  return new MirrorError(`the source’s answer lacks ${what}`, { code: 'pack', side: 'source' })
}
