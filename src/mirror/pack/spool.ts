import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, statfs, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MirrorError } from '../../base/errors.ts'
import { formatBytes } from '../../report/wording.ts'
import { listSlices, type Slices } from '../../transport/connection/connection.ts'

/** A pack of up to this many bytes is kept in memory. */
const MEMORY_LIMIT_BYTES = 32 * 1024 * 1024

/** The part of a disk's free room that a pack may take: the rest is for others, whatever a source sends. */
const DISK_SHARE = 0.9

/** A pack that was collected before it is sent. */
export interface Spooled {
  readonly length: number
  /** Whether a temporary file was needed. */
  readonly onDisk: boolean
  /** May be called again for another try. */
  body(): AsyncIterable<Uint8Array>
  /** Removes what was kept. Never throws. */
  dispose(): Promise<void>
}

export interface SpoolOptions {
  /** For the temporary file. Default: RUNNER_TEMP, or the system's folder for such files. */
  readonly folder?: string | undefined
  /** Called just before the file is made. */
  readonly onDisk?: ((folder: string) => void) | undefined
  /** Bytes that are free in the folder. Default: as the system tells; undefined where it does not. */
  readonly freeBytes?: ((folder: string) => Promise<number | undefined>) | undefined
}

/**
 * Collects a pack: in memory up to 32 MiB, beyond that in a temporary file that has no name any more where
 * the system allows (it is gone with the process, whatever happens to it) and is removed by `dispose`. It takes nine
 * tenths of what is free there, at most.
 * @throws MirrorError `local` when the disk cannot take it; whatever `batches` throws.
 */
export async function spoolPack(
  batches: AsyncIterable<Slices>,
  options: SpoolOptions = {},
): Promise<Spooled> {
  const folder = options.folder ?? (process.env['RUNNER_TEMP'] || tmpdir())
  const kept: Uint8Array[] = []
  let length = 0
  let file: TemporaryFile | undefined
  let most = Number.POSITIVE_INFINITY
  try {
    for await (const batch of batches) {
      for (const slice of listSlices(batch)) {
        length += slice.length
        if (file === undefined && length > MEMORY_LIMIT_BYTES) {
          options.onDisk?.(folder)
          file = await openTemporary(folder)
          const free = await (options.freeBytes ?? readFreeBytes)(folder)
          if (free !== undefined) most = Math.floor(free * DISK_SHARE)
          for (const part of kept.splice(0)) await file.write(part)
        }
        if (length > most) throw tooMuchForDisk(folder, most)
        if (file === undefined) kept.push(new Uint8Array(slice))
        else await file.write(slice)
      }
    }
  } catch (error) {
    await file?.remove()
    throw error
  }
  const onDisk = file
  return {
    length,
    onDisk: onDisk !== undefined,
    body: () => (onDisk === undefined ? fromMemory(kept) : onDisk.read()),
    dispose: async () => {
      kept.length = 0
      await onDisk?.remove()
    },
  }
}

async function* fromMemory(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

interface TemporaryFile {
  write(bytes: Uint8Array): Promise<void>
  read(): AsyncIterable<Uint8Array>
  remove(): Promise<void>
}

async function openTemporary(folder: string): Promise<TemporaryFile> {
  const path = join(folder, `kalandra-${randomUUID()}.pack`)
  let handle: FileHandle
  try {
    handle = await open(path, 'wx+', 0o600)
  } catch (error) {
    throw diskError(folder, error)
  }
  // Windows refuses to unlink an open file: there `remove` does it.
  const unlinked = await unlink(path).then(
    () => true,
    () => false,
  )
  return {
    write: async (bytes) => {
      try {
        await handle.writeFile(bytes)
      } catch (error) {
        throw diskError(folder, error)
      }
    },
    read: () => createReadStream('', { fd: handle, start: 0, autoClose: false, highWaterMark: 256 * 1024 }),
    remove: async () => {
      await handle.close().catch(() => undefined)
      if (!unlinked) await unlink(path).catch(() => undefined)
    },
  }
}

async function readFreeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return undefined
  }
}

const DISK_HINT = 'Free some disk, point RUNNER_TEMP (or TMPDIR) elsewhere, or set transfer: stream.'

function tooMuchForDisk(folder: string, most: number): MirrorError {
  return new MirrorError(
    `the pack is larger than the ${formatBytes(most)} that it may take in ${folder}, nine tenths of what was free`,
    { code: 'local', hint: DISK_HINT },
  )
}

function diskError(folder: string, cause: unknown): MirrorError {
  const words = cause instanceof Error ? cause.message : String(cause)
  return new MirrorError(`the pack cannot be kept in ${folder}: ${words}`, {
    code: 'local',
    hint: DISK_HINT,
    cause,
  })
}
