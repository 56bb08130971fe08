import { ByteReader } from '../../base/bytes.ts'
import { MirrorError } from '../../base/errors.ts'
import type { ObjectFormat } from '../../protocol/object-id.ts'
import { parsePointer, type Pointer, POINTER_LIMIT_BYTES } from './pointer.ts'
import { readSmallBlobs, type SmallBlobsOptions } from './small-blobs.ts'

/** What the source is asked to leave out, from the least that is sent to the most. */
export const POINTER_FILTERS = [
  `combine:blob:limit=${POINTER_LIMIT_BYTES}+object:type=blob`,
  `blob:limit=${POINTER_LIMIT_BYTES}`,
  undefined,
] as const

/** The slices of a pack that is not thin. */
export interface ScannedPack {
  next(): Promise<Uint8Array | undefined>
  cancel(reason?: unknown): void
}

export interface FoundPointers {
  /** Each once, by hash and size. */
  readonly pointers: readonly Pointer[]
  /** A small blob speaks of `filter=lfs`, as `.gitattributes` does where LFS is used. */
  readonly isTracked: boolean
  /** A small blob may be a `.lfsconfig` that says where objects are. */
  readonly mayHaveConfig: boolean
  /** Small objects that may be pointers and could not be read. */
  readonly unreadable: number
}

export interface ScannedPointers extends FoundPointers {
  /** Bytes of the pack. */
  readonly bytes: number
  /** Index in `POINTER_FILTERS` of what the source answered to. */
  readonly rung: number
}

const TRACKS = Buffer.from('filter=lfs')
const CONFIGURES = /\[\s*lfs\b/i

/**
 * Asks for the objects of a range with the filter that sends least, and reads the pointers out of the pack, which is
 * thrown away. A source that refuses a filter, in words or by hanging up, is asked with the next one.
 * @param fetch asks with a filter of `POINTER_FILTERS`, not thin, on a connection of its own
 * @param from index of the first filter to try
 * @throws MirrorError of the source
 */
export async function findPointers(options: {
  readonly format: ObjectFormat
  readonly fetch: (filter: string | undefined) => Promise<ScannedPack>
  readonly from: number
}): Promise<ScannedPointers> {
  for (let rung = options.from; ; rung++) {
    const isLast = rung >= POINTER_FILTERS.length - 1
    try {
      return await scan(await options.fetch(POINTER_FILTERS[rung]), { format: options.format, rung })
    } catch (error) {
      if (isLast || !isRefusedFilter(error)) throw error
    }
  }
}

/** Git says so in words where it knows the filter, and hangs up where it does not; http servers answer 4xx or 500. */
export function isRefusedFilter(error: unknown): boolean {
  if (!(error instanceof MirrorError)) return false
  const { code, status } = error
  if (code === 'http') return status !== undefined && status !== 429 && status !== 503
  return code === 'server' || code === 'cut' || code === 'protocol'
}

async function scan(
  pack: ScannedPack,
  { format, rung }: { readonly format: ObjectFormat; readonly rung: number },
): Promise<ScannedPointers> {
  const bytes = new ByteReader(slicesOf(pack))
  try {
    const found = await collectPointers(bytes, { format })
    return { ...found, bytes: bytes.consumed, rung }
  } catch (error) {
    pack.cancel(error)
    throw error
  }
}

/** Reads a pack to its end. `isSuspect`: as `SmallBlobsOptions`. @throws MirrorError `pack`, `cut`; the stream's own. */
export async function collectPointers(
  bytes: ByteReader,
  options: Pick<SmallBlobsOptions, 'format' | 'isSuspect'>,
): Promise<FoundPointers> {
  const pointers = new Map<string, Pointer>()
  let isTracked = false
  let mayHaveConfig = false
  const { unreadable } = await readSmallBlobs(bytes, {
    ...options,
    limit: POINTER_LIMIT_BYTES,
    onBlob(data) {
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.length)
      isTracked ||= bytes.includes(TRACKS)
      mayHaveConfig ||= CONFIGURES.test(bytes.toString('latin1'))
      const pointer = parsePointer(data)
      if (pointer !== undefined) pointers.set(`${pointer.oid} ${pointer.size}`, pointer)
    },
  })
  await bytes.drain()
  return { pointers: [...pointers.values()], isTracked, mayHaveConfig, unreadable }
}

async function* slicesOf(pack: ScannedPack): AsyncGenerator<Uint8Array, void> {
  for (let slice = await pack.next(); slice !== undefined; slice = await pack.next()) yield slice
}
