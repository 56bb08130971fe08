// tsc -> build/, then ncc -> dist/. ncc cannot read TypeScript 7 itself, and it never cleans its folder.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const out = process.argv[2] ?? join(root, 'dist')
const require = createRequire(import.meta.url)
const ncc = require.resolve('@vercel/ncc/dist/ncc/cli.js')
const tsc = join(root, 'node_modules/typescript/bin/tsc')

function run(script, ...args) {
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

rmSync(join(root, 'build'), { recursive: true, force: true })
rmSync(out, { recursive: true, force: true })
run(tsc, '-p', 'tsconfig.build.json')
run(ncc, 'build', 'build/main.js', '-o', out, '--license', 'licenses.txt', '--no-cache')
// A Windows program of ssh2 that nothing here starts; binaries have no place in the bundle.
rmSync(join(out, 'pagent.exe'), { force: true })
