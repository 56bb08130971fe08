import { realpath } from 'node:fs'
import { promisify } from 'node:util'
import type { RemoteUrl } from './remote-url.ts'

/** Not of `node:fs/promises`, for which Node loads a dozen modules more. */
const findPath = promisify(realpath.native)

/** Whether two addresses are one folder of this machine, by whatever way they name it. */
export async function isSameFolder(first: RemoteUrl, second: RemoteUrl): Promise<boolean> {
  if (first.scheme !== 'file' || second.scheme !== 'file') return false
  const [one, other] = await Promise.all([resolveFolder(first.path), resolveFolder(second.path)])
  return one !== undefined && one === other
}

/** A work tree and the repository in it are one. */
async function resolveFolder(path: string): Promise<string | undefined> {
  try {
    const real = await findPath(path)
    return await findPath(`${real}/.git`).catch(() => real)
  } catch {
    return undefined
  }
}
