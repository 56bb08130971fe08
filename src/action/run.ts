import { appendFileSync } from 'node:fs'
import { MirrorError, toMirrorError } from '../base/errors.ts'
import { mirror } from '../mirror/mirror.ts'
import { readOptions } from '../options/read-options.ts'
import type { MirrorOptions } from '../options/options.ts'
import { createRecorder, type Recorder, resultOfError } from '../report/recorder.ts'
import type { MirrorResult } from '../report/result.ts'
import { collectSecrets } from '../options/secrets.ts'
import { NO_SECRETS, redactResult, type Secrets } from '../report/redact.ts'
import { VERSION } from '../base/version.ts'
import { describeMessage, formatPlural } from '../report/wording.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import { core } from './core.ts'
import { isWorkflowToken, readInputs } from './inputs.ts'
import { type ActionLog, createLog } from './log.ts'
import { computeOutputs, writeOutputs } from './outputs.ts'
import { reportResult } from './report.ts'
import { maskSecrets } from './mask.ts'
import { renderSummary } from './summary.ts'

/** A run of the action. */
export interface ActionRun {
  /** Does it all, outputs and summary included; never throws. @returns the exit status */
  run(signal: AbortSignal): Promise<number>
  /** Writes what is known by now, at once, unless all was written already. @returns the exit status */
  abandon(error: MirrorError): number
}

interface State {
  log: ActionLog
  secrets: Secrets
  recorder: Recorder | undefined
  status: number | undefined
}

export function createActionRun(env: NodeJS.ProcessEnv): ActionRun {
  const state: State = {
    log: createLog({ sink: core, destinations: [] }),
    secrets: NO_SECRETS,
    recorder: undefined,
    status: undefined,
  }
  return {
    async run(signal) {
      const result = await runMirror(state, env, signal)
      return publish(state, env, result)
    },
    abandon(error) {
      return publish(state, env, state.recorder?.toResult(error) ?? resultOfError(error))
    },
  }
}

async function runMirror(state: State, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<MirrorResult> {
  try {
    const options = prepare(state, env)
    const recorder = createRecorder({
      now: () => performance.now(),
      source: printUrl(options.source.url),
      destinations: options.destinations.map(({ url }) => printUrl(url)),
      dryRun: options.dryRun,
    })
    state.recorder = recorder
    const { log } = state
    const result = await mirror(
      options,
      (event) => {
        recorder.reporter(event)
        log.reporter(event)
      },
      signal,
    )
    return await diagnose(result, options, signal)
  } catch (thrown) {
    return state.recorder?.toResult(asError(thrown)) ?? resultOfError(asError(thrown))
  }
}

function prepare(state: State, env: NodeJS.ProcessEnv): MirrorOptions {
  const values = readInputs(env)
  state.secrets = collectSecrets(values)
  const { secrets } = state
  const warnings = maskSecrets(secrets)
  state.log.close()
  state.log = createLog({ sink: core, destinations: [], secrets })
  for (const warning of warnings) state.log.warning(warning)
  const { options, notices } = readOptions({
    values,
    env,
    isWorkflowToken: isWorkflowToken(values, env),
    verbose: env['RUNNER_DEBUG'] === '1',
  })
  const destinations = options.destinations.map(({ url }) => printUrl(url))
  state.log.close()
  state.log = createLog({ sink: core, destinations, secrets })
  state.log.info(`Kalandra ${VERSION}: ${printUrl(options.source.url)} to ${destinations.join(', ')}`)
  for (const notice of notices) {
    if (notice.level === 'warning') state.log.warning(notice.text)
    else state.log.info(notice.text)
  }
  return options
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
function publish(state: State, env: NodeJS.ProcessEnv, given: MirrorResult): number {
  if (state.status !== undefined) return state.status
  state.status = given.ok ? 0 : 1
  const { log, secrets } = state
  const result = redactResult(given, secrets)
  log.close()
  const steps: readonly (() => void)[] = [
    () => publishOutputs(log, result),
    () => publishSummary(log, env, result),
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

function publishOutputs(log: ActionLog, result: MirrorResult): void {
  const outputs = computeOutputs(result)
  if (outputs.leftOut > 0) {
    log.warning(
      `The outputs updated-refs and rejected-refs leave out ${formatPlural(outputs.leftOut, 'ref')}: ` +
        'a job may hold 1 MB of outputs. The counts are complete.',
    )
  }
  writeOutputs(outputs)
}

function publishSummary(log: ActionLog, env: NodeJS.ProcessEnv, result: MirrorResult): void {
  const path = env['GITHUB_STEP_SUMMARY']
  if (path) appendFileSync(path, renderSummary(result, env))
  else log.info('There is no GITHUB_STEP_SUMMARY to write the summary to.')
}

function asError(thrown: unknown): MirrorError {
  return toMirrorError(thrown, { code: 'local' })
}
