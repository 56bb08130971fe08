// tsc -> build/, then ncc -> dist/: a file for each import that waits, or for all that share a `webpackChunkName`.
// ncc cannot read TypeScript 7 itself, and it never cleans its folder.
import { execFileSync } from 'node:child_process'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { hashSources } from './hash-sources.mjs'

const root = join(import.meta.dirname, '..')
const out = process.argv[2] ?? join(root, 'dist')
const require = createRequire(import.meta.url)
const ncc = require.resolve('@vercel/ncc/dist/ncc/cli.js')
const tsc = join(root, 'node_modules/typescript/bin/tsc')

function run(script, ...args) {
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

rmSync(join(root, 'build'), { recursive: true, force: true })
run(tsc, '-p', 'tsconfig.build.json')
// Built beside and moved at the end: a build that fails leaves the old bundle.
const next = `${out}.next`
rmSync(next, { recursive: true, force: true })
run(ncc, 'build', 'build/main.js', '-o', next, '--license', 'licenses.txt', '--no-cache')
// A Windows program of ssh2 that nothing here starts; binaries have no place in the bundle.
rmSync(join(next, 'pagent.exe'), { force: true })
writeFileSync(join(next, 'sources.sha256'), `${hashSources(root)}\n`)
rmSync(out, { recursive: true, force: true })
renameSync(next, out)
