// Shows a mirror run as a user sees it: a source and two destinations in a temporary folder, twice. Needs git
// and Node 20, and nothing installed.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = join(import.meta.dirname, '..', 'dist', 'index.js')
const folder = mkdtempSync(join(tmpdir(), 'kalandra-demo-'))
const source = join(folder, 'source')
const destinations = ['first', 'second'].map((name) => join(folder, `${name}.git`))
const refFormat = '--format=%(objectname:short=10) %(refname)'

function git(cwd, ...args) {
  const identity = [
    '-c',
    'user.name=Demo',
    '-c',
    'user.email=demo@example.invalid',
    '-c',
    'commit.gpgsign=false',
  ]
  const env = { ...process.env, GIT_CONFIG_GLOBAL: join(folder, 'none'), GIT_CONFIG_NOSYSTEM: '1' }
  return execFileSync('git', [...identity, ...args], { cwd, env, encoding: 'utf8' }).trimEnd()
}

function commit(name, text) {
  writeFileSync(join(source, name), text)
  git(source, 'add', name)
  git(source, 'commit', '-q', '-m', `Write ${name}`)
}

function title(text) {
  console.log(`\n━━━ ${text} ${'━'.repeat(Math.max(3, 90 - text.length))}`)
}

function unescape(data) {
  return data.replaceAll('%0A', '\n').replaceAll('%0D', '').replaceAll('%25', '%')
}

/** What the runner makes of the commands in a log. */
function renderLog(text) {
  const lines = []
  let indent = ''
  for (const line of text.trimEnd().split('\n')) {
    const command = /^::([\w-]+)[^:]*::(.*)$/.exec(line)
    if (command?.[1] === 'add-mask') continue
    if (command?.[1] === 'endgroup') indent = ''
    else if (command?.[1] === 'group') {
      lines.push(`▾ ${command[2]}`)
      indent = '    '
    } else lines.push(indent + (command ? `${command[1].toUpperCase()}: ${unescape(command[2])}` : line))
  }
  return lines.join('\n')
}

function renderOutputs(text) {
  return [...text.matchAll(/^([\w-]+)<<(\S+)\n([^]*?)\n\2$/gm)]
    .map(([, name, , value]) => `${name.padEnd(14)} ${value.length > 90 ? `${value.slice(0, 90)}…` : value}`)
    .join('\n')
}

/** Starts the program as a runner does, with inputs in the environment and files for what it hands back. */
function runAction(name, inputs) {
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map((file) => [file, join(folder, `${name}-${file}`)]),
  )
  for (const path of Object.values(files)) writeFileSync(path, '')
  const env = { ...process.env, ...files }
  for (const [input, value] of Object.entries(inputs)) env[`INPUT_${input.toUpperCase()}`] = value
  const result = spawnSync(process.execPath, [program], { env, encoding: 'utf8', cwd: folder })
  title(`${name}: log`)
  console.log(renderLog(result.stdout))
  if (result.stderr) console.log(result.stderr)
  title(`${name}: outputs`)
  console.log(renderOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8')))
  title(`${name}: job summary (Markdown)`)
  console.log(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8').trim())
  return result.status === 0
}

function refsOf(repository) {
  return git(repository, 'for-each-ref', refFormat, 'refs/heads', 'refs/tags').split('\n')
}

function compareRefs(name) {
  const wanted = refsOf(source)
  let equal = true
  for (const destination of destinations) {
    const found = refsOf(destination)
    title(`${name}: refs of the source | of ${destination.slice(folder.length + 1)}`)
    for (let i = 0; i < Math.max(wanted.length, found.length); i++) {
      console.log(`${(wanted[i] ?? '').padEnd(40)} | ${found[i] ?? ''}`)
    }
    if (wanted.join() !== found.join()) equal = false
  }
  return equal
}

function demo() {
  mkdirSync(source)
  git(source, 'init', '-q', '-b', 'main')
  for (const destination of destinations) git(folder, 'init', '-q', '--bare', '-b', 'main', destination)
  commit('README', 'Hello\n')
  git(source, 'tag', 'v1')
  git(source, 'branch', 'old-idea')
  commit('code', 'one\n')
  const inputs = { source, destination: destinations.join('\n') }
  let good = runAction('First run', inputs)
  good = compareRefs('First run') && good

  commit('code', 'two\n')
  git(source, 'tag', '-f', 'v1')
  git(source, 'branch', '-D', 'old-idea')
  good = runAction('Second run', inputs) && good
  good = compareRefs('Second run') && good
  title(good ? 'Both ends are equal' : 'THE ENDS DIFFER')
  return good
}

try {
  process.exitCode = demo() ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
