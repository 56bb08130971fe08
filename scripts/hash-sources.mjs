// One hash over everything that dist/ is built from, to tell a stale bundle from one that fits.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FILES = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs']

/** SHA-256 as hex. The ends of lines do not count: Git may change them on Windows. */
export function hashSources(root) {
  const sources = readdirSync(join(root, 'src'), { recursive: true })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts'))
  const hash = createHash('sha256')
  for (const name of [...sources, ...FILES].toSorted()) {
    const text = readFileSync(join(root, name), 'utf8').replaceAll('\r\n', '\n')
    hash.update(`${name}\0${text.length}\0${text}`)
  }
  return hash.digest('hex')
}
