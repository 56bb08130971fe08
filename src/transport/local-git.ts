import { accessSync } from 'node:fs'
import { win32 } from 'node:path'
import { MirrorError } from '../base/errors.ts'

/**
 * The git program. Windows looks into the current folder before it looks into PATH, and whoever wrote that folder
 * would be run: there, it is the first git.exe in a folder of PATH that is absolute. `exists` and `platform` are for
 * tests.
 * @throws MirrorError `local` on Windows where there is none.
 */
export function findGit(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  exists: (path: string) => boolean = isFile,
): string {
  if (platform !== 'win32') return 'git'
  // Windows takes names of variables in any case; a copy of its environment does not.
  const path = Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? ''
  const folders = path.split(';').map((folder) => folder.trim().replace(/^"(.*)"$/, '$1'))
  const found = folders
    .filter((folder) => /^(?:[a-z]:[\\/]|\\\\)/i.test(folder))
    .map((folder) => win32.join(folder, 'git.exe'))
    .find(exists)
  if (found !== undefined) return found
  throw noGitError()
}

/** The error for a machine without git. */
export function noGitError(cause?: unknown): MirrorError {
  return new MirrorError('there is no git program on this machine', { code: 'local', hint: GIT_HINT, cause })
}

export const GIT_HINT =
  'Repositories on this machine are read and written by its git: install it and see that PATH names its folder.'

function isFile(path: string): boolean {
  try {
    accessSync(path)
    return true
  } catch {
    return false
  }
}
