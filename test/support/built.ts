import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the scripts of `.ci` put what they build and unpack. */
const CACHE = process.env['KALANDRA_CACHE'] ?? join(homedir(), '.cache/kalandra')

/**
 * Path of something that `script` has built or unpacked, below the cache.
 * @throws Error that says what to run where it is not there
 */
export function findBuiltBy(script: string, ...parts: readonly string[]): string {
  const path = join(CACHE, ...parts)
  if (!existsSync(path)) throw new Error(`${path} is not there; to have it: ${script}`)
  return path
}
