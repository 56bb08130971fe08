import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const CACHE = process.env['KALANDRA_CACHE'] ?? join(homedir(), '.cache/kalandra')

/**
 * Path of something that `.ci/real-hosts` has built or unpacked, below the cache.
 * @throws Error that says what to run where it is not there
 */
export function findBuilt(...parts: readonly string[]): string {
  const path = join(CACHE, ...parts)
  if (!existsSync(path)) throw new Error(`${path} is not there; to have it: .ci/real-hosts`)
  return path
}
