import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './files.ts'

it('says in docs/result.schema.json what the types of the result say', { timeout: 120_000 }, () => {
  const script = join(ROOT, 'scripts', 'schema.mjs')
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow()
})
