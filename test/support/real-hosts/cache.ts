import { findBuiltBy } from '../built.ts'

/**
 * Path of something that `.ci/real-hosts` has built or unpacked, below the cache.
 * @throws Error that says what to run where it is not there
 */
export function findBuilt(...parts: readonly string[]): string {
  return findBuiltBy('.ci/real-hosts', ...parts)
}
