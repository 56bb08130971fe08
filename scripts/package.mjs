// Makes build/package, the folder that is published: dist/ holds every dependency already, so it has none.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const out = process.argv[2] ?? join(root, 'build', 'package')
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
  license,
  type,
  engines,
  bin,
  files,
  repository: { type: 'git', url: 'git+https://github.com/OWNER/kalandra.git' },
  publishConfig: { access: 'public', provenance: true },
}
writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`)
