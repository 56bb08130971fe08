import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FastImport } from '../fast-import.ts'
import { git } from '../git.ts'
import { noise } from '../repositories.ts'
import type { LfsObject } from './lfs-server.ts'

export function objectOf(bytes: Uint8Array): LfsObject {
  return { oid: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
}

/** Bytes of an object that no other test has. */
export function makeBytes(size: number, seed: string): Buffer {
  return Buffer.from(noise(size, `lfs ${seed}`))
}

export function pointerText({ oid, size }: LfsObject): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`
}

/** A commit on `ref` with a pointer to each object, and with `files` beside them. */
export async function commitPointers(
  dir: string,
  objects: readonly LfsObject[],
  options: { readonly ref?: string; readonly files?: Readonly<Record<string, string>> | undefined } = {},
): Promise<void> {
  const { ref = 'refs/heads/main', files = {} } = options
  const parent = await git(dir, 'for-each-ref', '--format=%(objectname)', ref)
  const before = parent === '' ? 0 : Number(await git(dir, 'rev-list', '--count', parent))
  const stream = new FastImport({ start: 1_700_000_000 + before * 60 })
  const pointers = objects.map((object) => [`${object.oid.slice(0, 12)}.bin`, pointerText(object)] as const)
  stream.commit({
    ref,
    message: `Objects ${before}\n`,
    files: {
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
      ...Object.fromEntries(pointers),
      ...files,
    },
    ...(parent === '' ? {} : { parents: [parent] }),
  })
  await stream.run(dir)
}

/** Where a repository of this machine keeps an object. */
export function pathInFolder(gitDirectory: string, oid: string): string {
  return join(gitDirectory, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
}

export async function storeInFolder(gitDirectory: string, bytes: Uint8Array): Promise<LfsObject> {
  const object = objectOf(bytes)
  const path = pathInFolder(gitDirectory, object.oid)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
  return object
}

/** Whether a repository of this machine has an object whole; undefined: not at all. */
export async function isWholeInFolder(
  gitDirectory: string,
  { oid }: LfsObject,
): Promise<boolean | undefined> {
  const bytes = await readFile(pathInFolder(gitDirectory, oid)).catch(() => undefined)
  return bytes && objectOf(bytes).oid === oid
}
