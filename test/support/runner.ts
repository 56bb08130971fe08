import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { COMPILE_CACHE } from './compile-cache.ts'
import { parseCommands, parseFileCommands, type WorkflowCommand } from './runner-files.ts'
import { type Finished, type Running, type RunningOptions, startNode } from './running.ts'
import { makeTempFolder, type TempFolder } from './temp.ts'

const ROOT = join(import.meta.dirname, '../..')

/** The file under test: the committed bundle, or what KALANDRA_DIST names. */
export const ENTRY = process.env['KALANDRA_DIST'] ?? join(ROOT, 'dist/index.js')

/** Where programs run that are started here. */
export interface Machine {
  /** What `RUNNER_OS` calls it. */
  readonly os: string
  makeFolder(): Promise<TempFolder>
  /** A path of this process, as a program there writes it. */
  path(path: string): string
  start(options: RunningOptions): Running
}

const THIS_MACHINE: Machine = {
  os: 'Linux',
  makeFolder: makeTempFolder,
  path: (path) => path,
  start: startNode,
}

export interface ActionOptions {
  /** Default: this one, with the Node that runs the tests. */
  readonly machine?: Machine | undefined
  /** By their names in action.yml; the others have their defaults. */
  readonly inputs?: Readonly<Record<string, string>> | undefined
  /** More variables; undefined takes one away. */
  readonly env?: NodeJS.ProcessEnv | undefined
  /** The `github` context of expressions in defaults, beside what `GITHUB_*` variables say. */
  readonly token?: string | undefined
  readonly event?: object | undefined
  readonly entry?: string | undefined
  /** Milliseconds. */
  readonly limit?: number | undefined
}

export interface ActionResult extends Finished {
  readonly outputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  readonly commands: readonly WorkflowCommand[]
  /** Messages of `::error::`, `::warning::` and `::notice::`. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  readonly notices: readonly string[]
  /** Values given to `::add-mask::`, and each line of those with several. */
  readonly masks: readonly string[]
  /** Everything that is printed, as the log shows it: with `***` for masked values. */
  readonly log: string
}

export interface CliOptions {
  readonly machine?: Machine | undefined
  readonly env?: NodeJS.ProcessEnv | undefined
  readonly input?: string | undefined
  readonly entry?: string | undefined
  readonly limit?: number | undefined
}

/** What every started program sees of this machine: programs, what Node compiled before, and no configuration. */
function baseEnv(home: string): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'ComSpec', 'PATHEXT', 'NODE_V8_COVERAGE']
  return {
    ...Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: home,
    TEMP: home,
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_SYSTEM: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    ...COMPILE_CACHE,
  }
}

/** Runs the action as a step of a workflow, to its end. */
export async function runAction(options: ActionOptions = {}): Promise<ActionResult> {
  await using running = await startAction(options)
  return await running.done
}

/** What the runner makes for a step: variables, files for its commands, and an empty workspace. */
export interface Step extends AsyncDisposable {
  readonly env: NodeJS.ProcessEnv
  readonly workspace: string
  /** What a program has written into the files, beside what it printed. */
  read(finished: Finished): Promise<ActionResult>
}

export async function makeStep(options: ActionOptions = {}): Promise<Step> {
  const { machine = THIS_MACHINE } = options
  const inputs = await readInputs(options.inputs)
  const folder = await machine.makeFolder()
  const at = (name: string): string => join(folder.path, name)
  const path = (name: string): string => machine.path(at(name))
  for (const name of ['home', 'workspace', 'temp']) await mkdir(at(name))
  const files = ['output', 'state', 'summary']
  for (const name of files) await writeFile(at(name), '')
  await writeFile(at('event.json'), JSON.stringify(options.event ?? {}))
  const github: NodeJS.ProcessEnv = {
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_API_URL: 'https://api.github.example',
    GITHUB_REPOSITORY: 'owner/name',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_WORKFLOW: 'mirror',
    GITHUB_RUN_ID: '1',
    GITHUB_WORKSPACE: path('workspace'),
    GITHUB_EVENT_PATH: path('event.json'),
    GITHUB_OUTPUT: path('output'),
    GITHUB_STATE: path('state'),
    GITHUB_STEP_SUMMARY: path('summary'),
    RUNNER_TEMP: path('temp'),
    RUNNER_OS: machine.os,
    CI: 'true',
    ...options.env,
  }
  const env = {
    ...baseEnv(path('home')),
    ...github,
    ...inputEnv(inputs, { token: options.token ?? '', env: github }),
  }
  return {
    env,
    workspace: at('workspace'),
    read: async (finished) => ({
      ...finished,
      ...readOutput(finished),
      outputs: parseFileCommands(await readFile(at('output'), 'utf8')),
      state: parseFileCommands(await readFile(at('state'), 'utf8')),
      summary: await readFile(at('summary'), 'utf8'),
    }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

/** Starts the action as the runner does. */
export async function startAction(options: ActionOptions = {}): Promise<Running<ActionResult>> {
  const { machine = THIS_MACHINE } = options
  const step = await makeStep(options)
  const running = machine.start({
    args: [machine.path(options.entry ?? ENTRY)],
    cwd: step.workspace,
    env: step.env,
    limit: options.limit,
  })
  const done = running.done.then((finished) => step.read(finished))
  done.catch(() => {})
  return {
    ...running,
    done,
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]()
      await done.catch(() => undefined)
      await step[Symbol.asyncDispose]()
    },
  }
}

function readOutput(
  finished: Finished,
): Omit<ActionResult, keyof Finished | 'outputs' | 'state' | 'summary'> {
  const commands = parseCommands(finished.stdout)
  const messages = (name: string): string[] =>
    commands.filter((command) => command.name === name).map((command) => command.message)
  const masks = messages('add-mask').flatMap((value) => {
    const lines = value.split(/\r?\n/).map((line) => line.trim())
    return [value, lines].flat()
  })
  const shown = [...new Set(masks)].filter((mask) => mask !== '').toSorted((a, b) => b.length - a.length)
  const lines = `${finished.stdout}${finished.stderr}`.split('\n')
  const printed = lines.filter((line) => !line.startsWith('::add-mask::')).join('\n')
  return {
    commands,
    errors: messages('error'),
    warnings: messages('warning'),
    notices: messages('notice'),
    masks: shown,
    log: shown.reduce((text, mask) => text.replaceAll(mask, '***'), printed),
  }
}

interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly default?: unknown } | null>>
}

let manifest: Promise<Manifest> | undefined

async function readManifest(): Promise<Manifest> {
  return parseYaml(await readFile(join(ROOT, 'action.yml'), 'utf8')) as Manifest
}

/** The inputs of action.yml with what was given, or their defaults as they are written. */
async function readInputs(
  given: Readonly<Record<string, string>> = {},
): Promise<readonly { readonly name: string; readonly value: string; readonly isDefault: boolean }[]> {
  const { inputs } = await (manifest ??= readManifest())
  const unknown = Object.keys(given).find((name) => !(name in inputs))
  if (unknown !== undefined) throw new Error(`action.yml has no input ${unknown}`)
  return Object.entries(inputs).map(([name, input]) => {
    const value = given[name]
    return { name, value: value ?? String(input?.default ?? ''), isDefault: value === undefined }
  })
}

interface Context {
  readonly token: string
  readonly env: NodeJS.ProcessEnv
}

function inputEnv(inputs: Awaited<ReturnType<typeof readInputs>>, context: Context): NodeJS.ProcessEnv {
  return Object.fromEntries(
    inputs.map(({ name, value, isDefault }) => [
      // Hyphens stay: only blanks are replaced.
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      isDefault ? evaluate(value, context) : value,
    ]),
  )
}

function evaluate(
  text: string,
  context: { readonly token: string; readonly env: NodeJS.ProcessEnv },
): string {
  return text.replace(/\$\{\{\s*github\.(\w+)\s*\}\}/g, (_, name: string) =>
    name === 'token' ? context.token : (context.env[`GITHUB_${name.toUpperCase()}`] ?? ''),
  )
}

/** Runs the command line form to its end, in an empty folder. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<Finished> {
  await using running = await startCli(args, options)
  return await running.done
}

export async function startCli(args: readonly string[], options: CliOptions = {}): Promise<Running> {
  const { machine = THIS_MACHINE } = options
  const folder = await machine.makeFolder()
  const running = machine.start({
    args: [machine.path(options.entry ?? ENTRY), ...args],
    cwd: folder.path,
    env: { ...baseEnv(machine.path(folder.path)), ...options.env },
    input: options.input,
    limit: options.limit,
  })
  return {
    ...running,
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

/** Why nothing can be run: the bundle has not been built. */
export function whyNoEntry(): string | undefined {
  return existsSync(ENTRY) ? undefined : `${ENTRY} is not there: npm run build`
}
