import { appendFileSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { type MirrorError, toMirrorError } from '../base/errors.ts'
import { keepHeapSmall } from '../base/heap.ts'
import { escapeMarkdown } from '../base/printable.ts'
import { ConfigError } from '../fleet/config/config-error.ts'
import { describeSkipped } from '../fleet/discover/filter.ts'
import { type Fleet, prepareFleet } from '../fleet/prepare.ts'
import { joinReports } from '../fleet/report/join-reports.ts'
import { printLine, type RoundLine, type RoundReport } from '../fleet/report/round-lines.ts'
import { renderRoundSummary } from '../fleet/report/round-summary.ts'
import { renderRoundText } from '../fleet/report/round-text.ts'
import { describeRound } from '../fleet/report/verdict.ts'
import { describeLoad } from '../fleet/round/load.ts'
import { runRound } from '../fleet/round/round.ts'
import { makeMatrix } from '../fleet/shard/matrix.ts'
import { defaultShardCount, readShard, type Shard } from '../fleet/shard/shard.ts'
import { readReportFiles } from '../fleet/source/report-files.ts'
import { loadWorkflowConfig } from '../fleet/source/workflow-config.ts'
import { openRoundState, type RoundState } from '../fleet/state/round-state.ts'
import type { OptionValues } from '../options/names.ts'
import type { FleetOptions } from '../options/read-fleet-options.ts'
import { collectSecrets } from '../options/secrets.ts'
import { NO_SECRETS, redact, safeLine, type Secrets } from '../report/redact.ts'
import { describeMessage, formatPlural } from '../report/wording.ts'
import type { Core } from './core.ts'
import { isWorkflowToken } from './inputs.ts'
import { maskSecrets } from './mask.ts'
import { roundOutputs } from './round-outputs.ts'

/** Annotations of a type that the runner keeps for a step; the last one is the verdict's. */
const MOST_ANNOTATIONS = 9
const LINE_LENGTH = 2000

export interface FleetActionInput {
  readonly env: NodeJS.ProcessEnv
  readonly values: OptionValues
  readonly options: FleetOptions
  readonly load: () => Promise<Core>
}

/** The action as a fleet: `check`, `plan`, `round`, `report`, or `doctor` for a file. Never throws but where @actions/core can't be loaded. */
export function createFleetAction(input: FleetActionInput): {
  run(signal: AbortSignal): Promise<number>
  abandon(error: MirrorError): Promise<number>
} {
  let secrets: Secrets = NO_SECRETS
  let isInWorkspace = false
  const line = (text: string): string => safeLine(text, secrets, LINE_LENGTH)

  async function fail(thrown: unknown): Promise<number> {
    const core = await input.load()
    const error = toMirrorError(thrown, { code: 'local' })
    if (thrown instanceof ConfigError) annotate(core, thrown, isInWorkspace, line)
    core.error(line(`${describeMessage(error)}${error.hint === undefined ? '' : `. ${error.hint}`}`))
    writeSummary(input.env, `## ❌ ${escapeMarkdown(line(describeMessage(error)))}\n`)
    return 1
  }

  async function run(signal: AbortSignal): Promise<number> {
    const core = await input.load()
    const masked = new Set<string>()
    const mask = (found: Secrets, tooShort: readonly string[] = []): void => {
      secrets = found
      const texts = found.texts.filter((text) => !masked.has(text))
      for (const text of texts) masked.add(text)
      maskSecrets({ secrets: { texts }, tooShort: [] }, core)
      for (const name of tooShort) core.warning(line(`${name} is too short to be hidden`))
    }
    mask(collectSecrets(input.values, input.env).secrets)
    const { options, env } = input
    if (options.command === 'report') {
      const report = joinReports(await readReportFiles(options.reportFiles, workspaceOf(env)))
      return publish(core, input, report, line)
    }
    const workflowToken = input.values['workflow-token'] ?? ''
    const config = await loadWorkflowConfig({ config: options.config, env, workflowToken, signal })
    isInWorkspace = config.isInWorkspace
    const shard = options.shard === '' ? undefined : readShard(options.shard, env, 'shard')
    const depth = (
      {
        check: 'everything',
        plan: 'names',
        round: 'credentials',
        doctor: 'credentials',
        mirror: 'names',
      } as const
    )[options.command]
    const dryRun = input.values['dry-run'] === 'true'
    if (options.command === 'round') keepHeapSmall()
    const state =
      options.command === 'round' ? openState(input, (text) => core.warning(line(text))) : undefined
    const fleet = await prepareFleet({
      config: config.sources,
      env,
      signal,
      only: options.only,
      shard,
      depth,
      discovers: options.command !== 'check',
      isWorkflowToken: isWorkflowToken(input.values, env),
      verbose: env['RUNNER_DEBUG'] === '1',
      dryRun,
      lastFound: state?.found,
      onNotice: (text) => core.info(line(text)),
      onSecrets: (found) => mask(found),
    })
    mask(fleet.secrets, fleet.tooShort)
    for (const { level, text } of fleet.notices) core[level](line(text))
    switch (options.command) {
      case 'check':
        core.info(
          line(
            `${fleet.file.name} ${fleet.file.files.length === 1 ? 'is' : 'are'} right: ${formatPlural(fleet.mirrors.length, 'mirror')}.`,
          ),
        )
        return 0
      case 'plan':
        return plan(core, input, fleet, line)
      case 'doctor':
        return await (await import('./doctor.ts')).runFleetDoctor(core, { fleet, env, signal, line })
      default:
        return await round(core, { input, fleet, shard, state, dryRun, signal, line })
    }
  }

  return {
    async run(signal) {
      try {
        return await run(signal)
      } catch (thrown) {
        return await fail(thrown)
      }
    },
    abandon: fail,
  }
}

type Line = (text: string) => string

/** Lists the mirrors, and how many jobs run them. */
function plan(core: Core, { options }: FleetActionInput, fleet: Fleet, line: Line): number {
  for (const { name } of fleet.mirrors) core.info(line(name))
  for (const { name, drafts, skipped, error, refused } of fleet.discovered) {
    if (error !== undefined) core.error(line(`discover ${name}: ${describeMessage(error)}`))
    else
      core.info(
        line(`discover ${name}: ${formatPlural(drafts.length, 'mirror')} ${describeSkipped(skipped)}`),
      )
    for (const reason of refused) core.error(line(`discover ${name}: ${reason}`))
  }
  const count = options.shards ?? Math.max(1, defaultShardCount(fleet.shardKeys.length))
  const matrix = makeMatrix(fleet.shardKeys, count)
  const jobs = matrix?.include.length ?? 0
  core.info(line(`${formatPlural(fleet.shardKeys.length, 'mirror')} in ${formatPlural(jobs, 'job')}`))
  for (const text of describeLoad(fleet, jobs)) core.info(line(text))
  core.setOutput('matrix', matrix === undefined ? '' : JSON.stringify(matrix))
  return fleet.discovered.every(({ error, refused }) => error === undefined && refused.length === 0) ? 0 : 1
}

async function round(
  core: Core,
  given: {
    readonly input: FleetActionInput
    readonly fleet: Fleet
    readonly shard: Shard | undefined
    readonly state: RoundState | undefined
    readonly dryRun: boolean
    readonly signal: AbortSignal
    readonly line: Line
  },
): Promise<number> {
  const { input, fleet, shard, state, dryRun, signal, line } = given
  const write = openReport(input, fleet.secrets)
  core.info(line(`${formatPlural(fleet.mirrors.length, 'mirror')} to run.`))
  const report = await runRound({
    fleet,
    shard,
    isWhole: input.options.only.length === 0,
    state,
    dryRun,
    env: input.env,
    signal,
    onEvent(name, event) {
      if (event.kind === 'notice' && event.level === 'warning') core.info(line(`[${name}] ${event.text}`))
    },
    onNotice: (text) => core.warning(line(text)),
    onSecret: (token) => core.setSecret(token),
    onLine(found) {
      write(found)
      if ('name' in found && !found.ok && found.skipped === null) core.info(line(`${found.name}: failed`))
    },
  })
  return publish(core, input, report, line)
}

/** Log, outputs and summary. @returns the exit status */
function publish(core: Core, { env }: FleetActionInput, report: RoundReport, line: Line): number {
  const verdict = line(describeRound(report))
  for (const text of renderRoundText(report).map(line)) if (text !== verdict) core.info(text)
  for (const [name, value] of Object.entries(roundOutputs(report))) core.setOutput(name, value)
  writeSummary(env, renderRoundSummary(report))
  if (report.ok) core.info(verdict)
  else core.error(verdict)
  return report.ok ? 0 : 1
}

/** Each mistake at its line, where the file is in the workspace; those that the runner would drop as plain lines. */
function annotate(core: Core, error: ConfigError, isInWorkspace: boolean, line: Line): void {
  for (const [index, complaint] of error.complaints.entries()) {
    const { file = error.file, line: startLine, column, text, hint } = complaint
    const words = line(`${file}:${startLine}:${column} ${text}${hint === undefined ? '' : `. ${hint}`}`)
    if (index >= MOST_ANNOTATIONS) core.info(words)
    else if (isInWorkspace) core.error(words, { file, startLine, startColumn: column })
    else core.error(words)
  }
}

/** Each line is written when it is known: a job that is killed leaves what it had done. */
function openReport({ options, env }: FleetActionInput, secrets: Secrets): (line: RoundLine) => void {
  const [path] = options.reportFiles
  if (path === undefined) return () => undefined
  const whole = isAbsolute(path) ? path : join(workspaceOf(env), path)
  writeFileSync(whole, '')
  return (line) => appendFileSync(whole, `${redact(printLine(line), secrets)}\n`)
}

function openState(
  { options, env }: FleetActionInput,
  onWarning: (text: string) => void,
): RoundState | undefined {
  const { stateFile } = options
  if (stateFile === '') return undefined
  const path = isAbsolute(stateFile) ? stateFile : join(workspaceOf(env), stateFile)
  return openRoundState({ path, onWarning, now: Date.now })
}

function writeSummary(env: NodeJS.ProcessEnv, text: string): void {
  const path = env['GITHUB_STEP_SUMMARY']
  if (path) appendFileSync(path, text)
}

function workspaceOf(env: NodeJS.ProcessEnv): string {
  return env['GITHUB_WORKSPACE'] || process.cwd()
}
