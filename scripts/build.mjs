// tsc -> build/, then ncc -> dist/: a file for each import that waits, or for all that share a `webpackChunkName`.
// ncc cannot read TypeScript 7 itself, it never cleans its folder, and of many files it minifies the first alone.
import { execFileSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build, minify } from 'vite'
import { hashSources } from './hash-sources.mjs'

const root = join(import.meta.dirname, '..')
const out = process.argv[2] ?? join(root, 'dist')
const require = createRequire(import.meta.url)
const ncc = require.resolve('@vercel/ncc/dist/ncc/cli.js')
const tsc = join(root, 'node_modules/typescript/bin/tsc')

function run(script, ...args) {
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

/**
 * Leaves of a package what `user`, a file of build/, uses: ncc takes packages whole. Of @actions/core that is 7 KB;
 * the HTTP client and the runner of programs that it brings would be more than a third of the processor time of a step.
 */
async function shake(name, user) {
  const folder = join(root, 'node_modules', name)
  const shaken = join(root, 'build', 'node_modules', name)
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'build', user),
      outDir: shaken,
      minify: false,
      rolldownOptions: {
        treeshake: { moduleSideEffects: false },
        output: { entryFileNames: 'index.js' },
      },
    },
  })
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  writeFileSync(
    join(shaken, 'package.json'),
    `${JSON.stringify({ name, license, type: 'module', main: 'index.js' })}\n`,
  )
  copyFileSync(join(folder, 'LICENSE.md'), join(shaken, 'LICENSE.md'))
}

rmSync(join(root, 'build'), { recursive: true, force: true })
run(tsc, '-p', 'tsconfig.build.json')
// Not `type: module`: Node starts CommonJS sooner, by some two milliseconds.
writeFileSync(join(root, 'build', 'package.json'), '{}\n')
await shake('@actions/core', 'action/used-core.js')
// Built beside and moved at the end: a build that fails leaves the old bundle.
const next = `${out}.next`
rmSync(next, { recursive: true, force: true })
run(ncc, 'build', 'build/main.js', '-o', next, '--license', 'licenses.txt', '--no-cache')
// A Windows program of ssh2 that nothing here starts; binaries have no place in the bundle.
rmSync(join(next, 'pagent.exe'), { force: true })
writeFileSync(join(next, 'package.json'), '{ "type": "commonjs" }\n')
// Each run reads what it needs of it: half the text, and less to read, is four milliseconds sooner. A file with one character
// beyond ASCII would take twice the memory, and longer to read.
const packages = new Set()
for (const name of readdirSync(next).filter((name) => name.endsWith('.js'))) {
  const path = join(next, name)
  const text = readFileSync(path, 'utf8')
  // ncc names the file that a module comes from where it joins several.
  for (const [, found] of text.matchAll(/node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//g)) packages.add(found)
  const { code, errors } = await minify(name, text, { codegen: { asciiOnly: true } })
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`)
  writeFileSync(path, code)
}
writeFileSync(
  join(next, 'packages.txt'),
  [...packages]
    .toSorted()
    .map((name) => `${name}\n`)
    .join(''),
)
writeFileSync(join(next, 'sources.sha256'), `${hashSources(root)}\n`)
rmSync(out, { recursive: true, force: true })
renameSync(next, out)
