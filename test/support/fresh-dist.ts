import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashSources } from '../../scripts/hash-sources.mjs'

const ROOT = join(import.meta.dirname, '../..')

/** Stops a run of the end-to-end tests that would test what `src/` was before. */
export function setup(): void {
  checkDist()
}

/** @throws Error where dist/ is not what `src/` would be built to now */
export function checkDist(): void {
  const path = join(ROOT, 'dist', 'sources.sha256')
  const built = existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
  if (built === hashSources(ROOT)) return
  throw new Error(
    'dist/ was not built from what src/ is now, and these tests start what is in dist/: npm run build, then again',
  )
}
