import { appendFileSync } from 'node:fs'
import { readClock } from '../base/clock.ts'
import { MirrorError, toMirrorError } from '../base/errors.ts'
import { VERSION } from '../base/version.ts'
import { mirror } from '../mirror/mirror.ts'
import type { MirrorOptions } from '../options/options.ts'
import { readFleetOptions } from '../options/read-fleet-options.ts'
import { readOptions } from '../options/read-options.ts'
import type { AppTokens } from '../hosts/api/github-app.ts'
import { collectSecrets, tokenForms } from '../options/secrets.ts'
import { createRecorder, type Recorder, resultOfError } from '../report/recorder.ts'
import { hideFromNowOn, NO_SECRETS, redactResult, type Secrets } from '../report/redact.ts'
import type { MirrorResult } from '../report/result.ts'
import { describeMessage, formatPlural } from '../report/wording.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import { createCommandQueue, type RunnerCommands } from './command-queue.ts'
import { type Core, loadCore } from './core.ts'
import { isWorkflowToken, readInputs } from './inputs.ts'
import { type ActionLog, createLog } from './log.ts'
import { maskSecrets } from './mask.ts'
import { computeOutputs, writeOutputs } from './outputs.ts'
import { reportResult } from './report.ts'
import { renderSummary } from './summary.ts'

/**
 * Milliseconds after the start of a mirror, at least, in which nothing is printed: by then the first bytes are on their
 * way to both servers, and what takes long to load is loaded while they answer.
 */
const FIRST_BYTE_MS = 250

/** A slow machine takes longer to its first byte: at most so many times what it took from the start of the process. */
const FIRST_BYTE_STARTS = 2

/** A run of the action. */
export interface ActionRun {
  /** Does it all, outputs and summary included. @returns the exit status @throws where @actions/core can't be loaded */
  run(signal: AbortSignal): Promise<number>
  /** Writes what is known by now, unless all was written already. @returns the exit status */
  abandon(error: MirrorError): Promise<number>
}

interface State {
  readonly env: NodeJS.ProcessEnv
  /** Give their commands to the runner when `load` has ended, in order. */
  readonly commands: RunnerCommands
  readonly load: () => Promise<Core>
  log: ActionLog
  secrets: Secrets
  recorder: Recorder | undefined
  status: number | undefined
  isDoctor: boolean
}

export function createActionRun(env: NodeJS.ProcessEnv): ActionRun {
  const queue = createCommandQueue()
  let loading: Promise<Core> | undefined
  const state: State = {
    env,
    commands: queue.commands,
    load() {
      loading ??= loadCore().then((core) => {
        queue.open(core)
        return core
      })
      return loading
    },
    log: createLog({ sink: queue.commands, destinations: [] }),
    secrets: NO_SECRETS,
    recorder: undefined,
    status: undefined,
    isDoctor: false,
  }
  let fleet: ActionRun | undefined
  return {
    async run(signal) {
      try {
        fleet = await findFleet(state)
      } catch (thrown) {
        return await publish(state, resultOfError(asError(thrown)))
      }
      if (fleet !== undefined) return await fleet.run(signal)
      const result = await runMirror(state, signal)
      return await publish(state, result)
    },
    async abandon(error) {
      if (fleet !== undefined) return await fleet.abandon(error)
      return await publish(state, state.recorder?.toResult(error) ?? resultOfError(error))
    },
  }
}

/** What runs many mirrors, where that is asked for; nothing of it is loaded for a pair. */
async function findFleet(state: State): Promise<ActionRun | undefined> {
  const { env, load } = state
  const values = readInputs(env)
  const options = readFleetOptions({ values, label: (name) => name })
  state.isDoctor = options.command === 'doctor' && options.config === ''
  if (options.command === 'mirror' || state.isDoctor) return undefined
  const { createFleetAction } = await import('./fleet.ts')
  return createFleetAction({ env, values, options, load })
}

async function runMirror(state: State, signal: AbortSignal): Promise<MirrorResult> {
  let tokens: AppTokens | undefined
  try {
    const given = prepare(state)
    tokens = await openTokens(state, given, signal)
    const options = tokens?.options ?? given
    const recorder = createRecorder({
      now: readClock,
      source: printUrl(options.source.url),
      destinations: options.destinations.map(({ url }) => printUrl(url)),
      dryRun: options.dryRun,
    })
    state.recorder = recorder
    if (state.isDoctor) return await runDoctor(state, options, signal)
    const { log } = state
    const running = mirror(
      options,
      (event) => {
        recorder.reporter(event)
        log.reporter(event)
      },
      signal,
    )
    // What fails to load fails again where the result is published.
    const delay = Math.max(FIRST_BYTE_MS, process.uptime() * 1000 * FIRST_BYTE_STARTS)
    setTimeout(() => state.load().catch(() => undefined), delay).unref()
    return await diagnose(await running, options, signal)
  } catch (thrown) {
    return state.recorder?.toResult(asError(thrown)) ?? resultOfError(asError(thrown))
  } finally {
    tokens?.dispose()
  }
}

/** Says what can be known of the mirror without writing, and gives the result of a dry run. */
async function runDoctor({ log }: State, options: MirrorOptions, signal: AbortSignal): Promise<MirrorResult> {
  const { examine } = await import('../doctor/examine.ts')
  const { describeWithoutLevel } = await import('../doctor/describe.ts')
  const onEvent = options.verbose ? log.reporter : undefined
  const { findings, result } = await examine(options, { signal, onEvent })
  for (const finding of findings) {
    const line = describeWithoutLevel(finding)
    if (finding.level === 'warning') log.warning(line)
    else log.info(`${finding.level}: ${line}`)
  }
  const errors = findings.filter(({ level }) => level === 'error')
  if (errors.length === 0 || !result.ok) return { ...result, ok: errors.length === 0 }
  const error = new MirrorError(`doctor: ${errors[0]!.place}: ${errors[0]!.text}`, {
    code: 'guard',
    hint: errors[0]!.remedy,
  })
  return { ...result, ok: false, error }
}

/** Nothing is loaded where no App gives the tokens. */
async function openTokens(
  state: State,
  options: MirrorOptions,
  signal: AbortSignal,
): Promise<AppTokens | undefined> {
  if (options.app === undefined) return undefined
  const { openAppTokens } = await import('../hosts/api/github-app.ts')
  return await openAppTokens(options, options.app, {
    signal,
    onSecret(token) {
      state.commands.setSecret(token)
      for (const text of tokenForms(token)) hideFromNowOn(state.secrets, text)
    },
    onNotice: (text) => state.log.info(text),
    onRequest: options.verbose ? (text) => state.log.info(text) : undefined,
  })
}

function prepare(state: State): MirrorOptions {
  const { env, commands } = state
  const values = readInputs(env)
  const collected = collectSecrets(values, env)
  const { secrets } = collected
  state.secrets = secrets
  const warnings = maskSecrets(collected, commands)
  replaceLog(state, [])
  for (const warning of warnings) state.log.warning(warning)
  const { options, notices } = readOptions({
    values,
    env,
    isWorkflowToken: isWorkflowToken(values, env),
    verbose: env['RUNNER_DEBUG'] === '1',
  })
  const destinations = options.destinations.map(({ url }) => printUrl(url))
  replaceLog(state, destinations)
  state.log.info(`Kalandra ${VERSION}: ${printUrl(options.source.url)} to ${destinations.join(', ')}`)
  for (const { level, text } of notices) state.log[level](text)
  return options
}

function replaceLog(state: State, destinations: readonly string[]): void {
  state.log.close()
  state.log = createLog({ sink: state.commands, destinations, secrets: state.secrets })
}

/** Asks GitHub why it refused, where it did; nothing is loaded where it did not. */
async function diagnose(
  result: MirrorResult,
  options: MirrorOptions,
  signal: AbortSignal,
): Promise<MirrorResult> {
  const errors = [result.error, ...result.destinations.map(({ error }) => error)]
  const refused = errors.some((error) => error?.code === 'auth' || error?.code === 'not-found')
  if (!refused || signal.aborted) return result
  const { addDiagnosis } = await import('../hosts/github-diagnosis.ts')
  return await addDiagnosis(result, options, signal)
}

/** Log, outputs, summary and status, each even when another one can't be written; once. */
async function publish(state: State, given: MirrorResult): Promise<number> {
  const core = await state.load()
  if (state.status !== undefined) return state.status
  state.status = given.ok ? 0 : 1
  const { log, secrets } = state
  const result = redactResult(given, secrets)
  log.close()
  const steps: readonly (() => void)[] = [
    () => publishOutputs(log, core, result),
    () => publishSummary(log, state.env, result),
    () => reportResult(log, core, result),
  ]
  for (const step of steps) {
    try {
      step()
    } catch (thrown) {
      state.status = 1
      core.error(log.line(`The result could not be written: ${describeMessage(asError(thrown))}`))
    }
  }
  return state.status
}

function publishOutputs(log: ActionLog, core: Core, result: MirrorResult): void {
  const outputs = computeOutputs(result)
  if (outputs.leftOut > 0) {
    log.warning(
      `The outputs updated-refs and rejected-refs leave out ${formatPlural(outputs.leftOut, 'ref')}: ` +
        'a job may hold 1 MB of outputs. The counts are complete.',
    )
  }
  writeOutputs(outputs, core)
}

function publishSummary(log: ActionLog, env: NodeJS.ProcessEnv, result: MirrorResult): void {
  const path = env['GITHUB_STEP_SUMMARY']
  if (path) appendFileSync(path, renderSummary(result, env))
  else log.info('There is no GITHUB_STEP_SUMMARY to write the summary to.')
}

function asError(thrown: unknown): MirrorError {
  return toMirrorError(thrown, { code: 'local' })
}
