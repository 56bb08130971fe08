import { execFile } from 'node:child_process'
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../../repo/files.ts'
import { findBuiltBy } from '../built.ts'
import { findProgram } from '../servers/require-server.ts'
import { makeTempFolder, type TempFolder } from '../temp.ts'

const SCRIPT = '.ci/workflow-tools'

export interface Verdict {
  /** 0: nothing was found. */
  readonly status: number
  /** What was found, in the words of the linter. */
  readonly findings: string
}

/** actionlint, with shellcheck for scripts, over the workflows of the project in `folder`. */
export async function runActionlint(folder: string): Promise<Verdict> {
  const program = findBuiltBy(SCRIPT, 'actionlint', 'actionlint')
  const shellcheck = findProgram('shellcheck')
  if (shellcheck === undefined) throw new Error(`there is no shellcheck; to have it: ${SCRIPT}`)
  return await run(program, ['-no-color', '-shellcheck', shellcheck, '-pyflakes', ''], folder)
}

/** zizmor without a network, over `paths` of the project in `folder`, with the settings in the file `config`. */
export async function runZizmor(folder: string, paths: readonly string[], config: string): Promise<Verdict> {
  const program = findBuiltBy(SCRIPT, 'zizmor', 'bin/zizmor')
  const options = ['--offline', '--no-progress', '--color=never', '--strict-collection', '--config', config]
  return await run(program, [...options, ...paths], folder)
}

/**
 * A project that holds `workflows` (name to text), this project's action, and the workflow of a fleet beside them, so
 * that a linter sees which inputs, secrets and outputs there are.
 */
export async function makeProject(workflows: Readonly<Record<string, string>>): Promise<TempFolder> {
  const folder = await makeTempFolder()
  const to = join(folder.path, '.github/workflows')
  await mkdir(to, { recursive: true })
  // By this folder a linter knows where a project begins.
  await mkdir(join(folder.path, '.git'))
  await cp(join(ROOT, 'action.yml'), join(folder.path, 'action.yml'))
  await symlink(join(ROOT, 'dist'), join(folder.path, 'dist'))
  await cp(join(ROOT, '.github/actionlint.yaml'), join(folder.path, '.github/actionlint.yaml'))
  await cp(join(ROOT, '.github/workflows/fleet.yml'), join(to, 'fleet.yml'))
  for (const [name, text] of Object.entries(workflows)) await writeFile(join(to, name), text)
  return folder
}

async function run(program: string, args: readonly string[], cwd: string): Promise<Verdict> {
  return await new Promise((resolve, reject) => {
    execFile(program, args, { cwd, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code
      if (typeof status === 'number') resolve({ status, findings: `${stdout}${stderr}` })
      else reject(error as Error)
    })
  })
}
