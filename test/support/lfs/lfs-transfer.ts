import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Path of the real `git-lfs-transfer`. @throws Error where it is not there. */
export function findLfsTransfer(): string {
  const folder = process.env['KALANDRA_CACHE'] ?? join(homedir(), '.cache', 'kalandra')
  const path = join(folder, 'bin', 'git-lfs-transfer')
  if (existsSync(path)) return path
  throw new Error(`git-lfs-transfer is not at ${path}: run .ci/real-hosts`)
}
