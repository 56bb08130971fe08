import { ByteReader, type ChunkIterator, concatBytes } from '../../src/base/bytes.ts'
import { MirrorError } from '../../src/base/errors.ts'
import type { Steps } from '../../src/base/steps.ts'
import { PacketReader } from '../../src/protocol/pkt-line.ts'

/** A reader of these chunks, as a socket would bring them: each after a wait. */
export function readerOf(...chunks: readonly (Uint8Array | string)[]): ByteReader {
  return new ByteReader(arrive(chunks))
}

async function* arrive(chunks: readonly (Uint8Array | string)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    await Promise.resolve()
    yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
  }
}

export function packetsOf(...chunks: readonly (Uint8Array | string)[]): PacketReader {
  return new PacketReader(readerOf(...chunks))
}

/** A reader of chunks of which `here` at a time have arrived; the next ones come when it waits for one. */
export function readerOfArrived(chunks: readonly Uint8Array[], here: number): ByteReader {
  const left = [...chunks]
  let arrived = 0
  const iterator: ChunkIterator = {
    async next() {
      await Promise.resolve()
      arrived = here - 1
      const value = left.shift()
      return value === undefined ? { done: true, value: undefined } : { done: false, value }
    },
    takeNow: () => (arrived-- > 0 ? left.shift() : undefined),
  }
  return new ByteReader({ [Symbol.asyncIterator]: () => iterator })
}

/** The same bytes in chunks of `sizes`, again and again. */
export function cut(bytes: Uint8Array, ...sizes: readonly number[]): readonly Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const end = start + Math.max(1, sizes[turn % sizes.length] ?? bytes.length)
    chunks.push(bytes.subarray(start, end))
    start = end
  }
  return chunks
}

/** A pkt-line on a band. */
export function onBand(band: number, payload: Uint8Array | string): Buffer {
  const bytes = Buffer.from(payload)
  const head = Buffer.from((bytes.length + 5).toString(16).padStart(4, '0'))
  return Buffer.concat([head, Buffer.from([band]), bytes])
}

/** All slices until the end, as one. */
export async function gather(slices: { next(): Promise<Uint8Array | undefined> }): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for (let slice = await slices.next(); slice; slice = await slices.next()) parts.push(slice)
  return Buffer.from(concatBytes(parts))
}

/** The MirrorError that `promise` ends with. @throws Error when it ends otherwise. */
export async function failureOf(promise: Promise<unknown>): Promise<MirrorError> {
  const outcome = await promise.then(
    (value) => new Error(`expected a failure, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
  if (outcome instanceof MirrorError) return outcome
  throw outcome
}

/** What the work gives, and how often it stopped before. */
export function runAndCount<T>(steps: Steps<T>): { readonly value: T; readonly stops: number } {
  let stops = 0
  let step = steps.next()
  for (; step.done !== true; step = steps.next()) stops += 1
  return { value: step.value, stops }
}
