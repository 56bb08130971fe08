import type { Readable } from 'node:stream'
import { ChunkQueue } from './chunk-queue.ts'

/** The chunks of a stream, as they come and without a copy. Its error, or its closing before its end, is thrown. */
export function readChunks(stream: Readable): ChunkQueue {
  const chunks = new ChunkQueue({
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    cancel: () => stream.destroy(),
  })
  stream.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  stream.once('end', () => chunks.end())
  stream.on('error', (error) => chunks.fail(error))
  stream.once('close', () => chunks.fail(new Error('the stream was closed before its end')))
  return chunks
}
