import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

export type ServerName = 'git-daemon' | 'nginx' | 'apache' | 'sshd' | 'chromium' | 'containers'

interface Needs {
  readonly programs: readonly string[]
  readonly packages: string
}

const NEEDS: Readonly<Record<ServerName, Needs>> = {
  'git-daemon': { programs: ['git-daemon'], packages: 'git' },
  nginx: { programs: ['nginx', 'fcgiwrap', 'git-http-backend'], packages: 'nginx fcgiwrap git' },
  apache: { programs: ['apache2', 'git-http-backend'], packages: 'apache2 git' },
  sshd: { programs: ['sshd', 'ssh-keygen'], packages: 'openssh-server openssh-client' },
  chromium: { programs: ['chromium'], packages: 'chromium fonts-dejavu-core' },
  containers: {
    programs: ['buildah', 'umoci', 'runc', 'strip'],
    packages: 'buildah umoci runc ca-certificates binutils',
  },
}

/**
 * Why tests with that server can't run here, with what to do about it; undefined when they can.
 * `describe.skipIf(reason)(title, …)` leaves them out; the reason is printed.
 * @throws Error with the reason where KALANDRA_REQUIRE_SERVERS=1 says that nothing may be left out.
 */
export function requireServer(name: ServerName): string | undefined {
  const { programs, packages } = NEEDS[name]
  const missing = programs.filter((program) => findProgram(program) === undefined)
  if (missing.length === 0) return undefined
  const reason = `no ${missing.join(', no ')} here; to run what needs it: apt-get install ${packages}`
  if (process.env['KALANDRA_REQUIRE_SERVERS'] === '1') throw new Error(`${name}: ${reason}`)
  console.warn(`LEFT OUT: the tests with ${name} (${reason})`)
  return reason
}

/** Full path of a program, looked for where servers are kept too; git's own by their name. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin']
  if (name.startsWith('git-')) folders.unshift(gitExecPath())
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function gitExecPath(): string {
  return execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim()
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
