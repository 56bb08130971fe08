// Makes build/package, the folder that is published: `node scripts/package.mjs [FOLDER] [--repository OWNER/NAME]`.
// dist/ holds every dependency already, so it has none. What stands here is `private`, and cannot be published by itself.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const root = join(import.meta.dirname, '..')
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { repository: { type: 'string', default: 'OWNER/kalandra' } },
})
const out = positionals[0] ?? join(root, 'build', 'package')
const { name, version, description, license, type, engines, bin, files } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
for (const path of [...files, 'README.md', 'LICENSE']) {
  cpSync(join(root, path), join(out, path), { recursive: true })
}
const published = {
  name,
  version,
  description,
  keywords: ['git', 'mirror', 'mirroring', 'backup', 'sync', 'github-actions'],
  license,
  type,
  engines,
  bin,
  files,
  // npm compares it with the repository whose workflow publishes.
  repository: { type: 'git', url: `git+https://github.com/${values.repository}.git` },
  publishConfig: { access: 'public', provenance: true },
}
writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`)
