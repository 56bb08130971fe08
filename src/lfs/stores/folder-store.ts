import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MirrorError } from '../../base/errors.ts'
import type { LfsObject, LfsStore, Standing } from '../api/store.ts'

/** Bytes that are read at once. */
const SLICE_BYTES = 256 * 1024

/**
 * The objects that a repository on this machine keeps itself, below `lfs/objects` of its git directory (git-lfs,
 * "docs/spec.md"). Its own client copies them the same way.
 * @param gitDirectory of a bare repository its folder, else its `.git`
 */
export function openFolderStore(gitDirectory: string, side: 'source' | 'destination'): LfsStore {
  const pathOf = ({ oid }: LfsObject): string =>
    join(gitDirectory, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
  const standingOf = async (object: LfsObject): Promise<Standing> => {
    const found = await stat(pathOf(object)).catch(() => undefined)
    return { kind: found?.isFile() === true && found.size === object.size ? 'there' : 'missing', object }
  }
  const standings = (objects: readonly LfsObject[]): Promise<readonly Standing[]> =>
    Promise.all(objects.map(standingOf))
  return {
    label: gitDirectory,
    isThere: async () =>
      (await stat(join(gitDirectory, 'lfs', 'objects')).catch(() => undefined))?.isDirectory() === true,
    find: standings,
    prepare: standings,
    async *read(object) {
      try {
        yield* createReadStream(pathOf(object), { highWaterMark: SLICE_BYTES })
      } catch (error) {
        throw new MirrorError(`the LFS object ${object.oid} cannot be read: ${reasonOf(error)}`, {
          code: 'local',
          side,
          hint: `May this user read what is below ${gitDirectory}?`,
          cause: error,
        })
      }
    },
    async write(object, body) {
      const path = pathOf(object)
      const part = join(gitDirectory, 'lfs', 'tmp', `${object.oid}.${randomUUID()}`)
      try {
        await mkdir(dirname(part), { recursive: true })
        await pipeline(Readable.from(body, { objectMode: false }), createWriteStream(part, { flush: true }))
        await mkdir(dirname(path), { recursive: true })
        await rename(part, path)
      } catch (error) {
        await rm(part, { force: true }).catch(() => undefined)
        if (error instanceof MirrorError) throw error
        throw new MirrorError(`the LFS object ${object.oid} cannot be written: ${reasonOf(error)}`, {
          code: 'local',
          side,
          hint: `Is there room below ${gitDirectory}, and may this user write there?`,
          cause: error,
        })
      }
    },
    dispose: () => Promise.resolve(),
  }
}

/** The git directory of a repository: the folder itself, its `.git`, or where a file `.git` points (gitrepository-layout). */
export async function findGitDirectory(folder: string): Promise<string> {
  const inner = join(folder, '.git')
  const found = await stat(inner).catch(() => undefined)
  if (found?.isDirectory() === true) return inner
  if (found?.isFile() !== true) return folder
  const target = /^gitdir: (.+)/.exec(await readFile(inner, 'utf8'))?.[1]
  return target === undefined ? folder : resolve(folder, target.trim())
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
