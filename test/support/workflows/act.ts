import { cp, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { ROOT } from '../../repo/files.ts'
import { findBuiltBy } from '../built.ts'
import { git, GIT_ENV } from '../git.ts'
import { type Finished, type Running, startProgram } from '../running.ts'
import { makeTempFolder } from '../temp.ts'

export interface ActOptions {
  /** Text of the workflow. `uses: ./` after a checkout and `uses: OWNER/kalandra@v1` are this project's action. */
  readonly workflow: string
  /** More files of the repository that it belongs to. */
  readonly files?: Readonly<Record<string, string>> | undefined
  /** Default: push. */
  readonly event?: string | undefined
  /** Of `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, string>> | undefined
  readonly secrets?: Readonly<Record<string, string>> | undefined
  readonly vars?: Readonly<Record<string, string>> | undefined
  /** Set for every step. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** `host:port` in the place of github.com; the repository is `owner/name` there. */
  readonly instance?: string | undefined
}

/** A line of act's log, as its `--json` prints it. */
interface ActLine {
  readonly jobID?: string
  readonly stepID?: readonly string[]
  readonly matrix?: Readonly<Record<string, unknown>>
  readonly msg: string
  readonly raw_output?: boolean
  readonly stepResult?: string
  readonly jobResult?: string
  readonly command?: string
  readonly name?: string
  readonly arg?: string
  readonly content?: string
}

export interface StepRecord {
  /** `success`, `failure` or `skipped`; undefined where it did not end. */
  readonly result: string | undefined
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** What it has printed that is no command. */
  readonly printed: string
  /** Messages of `::error::`. */
  readonly errors: readonly string[]
}

export interface ActResult extends Finished {
  /** The log as a reader sees it. */
  readonly log: string
  /** Results of the jobs that ended, in their order: `mirror success`. */
  readonly jobs: readonly string[]
  /** The step with that id in that job, all jobs of its matrix together. */
  step(job: string, id: string): StepRecord
}

/** Runs a workflow to its end by act, a workflow runner, on this machine and without containers. */
export async function runWorkflow(options: ActOptions): Promise<ActResult> {
  await using running = await startWorkflow(options)
  return await running.done
}

export async function startWorkflow(options: ActOptions): Promise<Running<ActResult>> {
  const program = findBuiltBy('.ci/workflow-tools', 'act', 'act')
  const folder = await makeTempFolder()
  const at = (name: string): string => join(folder.path, name)
  const files = { '.github/workflows/workflow.yml': options.workflow, ...options.files }
  const [repository, action] = [at('repository'), at('action')]
  await copyAction(action)
  await makeRepository(repository, files, options.instance ?? 'github.com')
  await writeSettings(at('home'), options.secrets ?? {})
  const pairs = (name: string, values: Readonly<Record<string, string>> = {}): readonly string[] =>
    Object.entries(values).map(([key, value]) => `--${name}=${key}=${value}`)
  const running = startProgram(program, {
    args: [
      options.event ?? 'push',
      '--json',
      '--no-cache-server',
      '--platform=ubuntu-latest=-self-hosted',
      `--local-repository=OWNER/kalandra@v1=${action}`,
      `--secret-file=${at('home/secrets')}`,
      ...(options.instance === undefined ? [] : [`--github-instance=${options.instance}`]),
      ...pairs('input', options.inputs),
      ...pairs('var', options.vars),
      ...pairs('env', options.env),
    ],
    cwd: repository,
    env: {
      ...GIT_ENV,
      // The runner's Node first: a step runs the one that it finds.
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      HOME: at('home'),
      TMPDIR: folder.path,
    },
  })
  const done = running.done.then(readResult)
  done.catch(() => {})
  return {
    ...running,
    done,
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

async function copyAction(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await cp(join(ROOT, 'action.yml'), join(folder, 'action.yml'))
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true })
}

/** The repository `owner/name` at `instance`, with this project's action in it. */
async function makeRepository(
  folder: string,
  files: Readonly<Record<string, string>>,
  instance: string,
): Promise<void> {
  await copyAction(folder)
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  await git(folder, 'init', '-q', '--initial-branch=main')
  await git(folder, 'remote', 'add', 'origin', `https://${instance}/owner/name.git`)
  await git(folder, 'add', '--all')
  await git(folder, 'commit', '-q', '-m', 'A workflow')
}

async function writeSettings(home: string, secrets: Readonly<Record<string, string>>): Promise<void> {
  // Without this file it asks which containers to use.
  await mkdir(join(home, '.config/act'), { recursive: true })
  await writeFile(join(home, '.config/act/actrc'), '')
  const lines = Object.entries(secrets).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
  await writeFile(join(home, 'secrets'), lines.join(''))
}

function readResult(finished: Finished): ActResult {
  const lines = finished.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ActLine)
  return {
    ...finished,
    log: `${lines.map(({ msg }) => (msg.endsWith('\n') ? msg : `${msg}\n`)).join('')}${finished.stderr}`,
    jobs: lines.flatMap(({ jobID, jobResult }) => (jobResult === undefined ? [] : [`${jobID} ${jobResult}`])),
    step: (job, id) => readStep(lines.filter(({ jobID, stepID }) => jobID === job && stepID?.join() === id)),
  }
}

function readStep(lines: readonly ActLine[]): StepRecord {
  const commands = (name: string): readonly ActLine[] => lines.filter(({ command }) => command === name)
  return {
    result: lines.findLast(({ stepResult }) => stepResult !== undefined)?.stepResult,
    outputs: Object.fromEntries(commands('set-output').map(({ name = '', arg = '' }) => [name, arg])),
    summary: commands('summary')
      .map(({ content = '' }) => content)
      .join(''),
    printed: lines
      .filter((line) => line.raw_output)
      .map(({ msg }) => msg)
      .join(''),
    errors: commands('error').map(({ arg = '' }) => arg),
  }
}
