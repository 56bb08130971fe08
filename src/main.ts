import { MirrorError } from './base/errors.ts'

/** The action or the command line. */
interface Program {
  run(signal: AbortSignal): Promise<number>
  abandon(error: MirrorError): number | Promise<number>
  /** Takes a signal in its own way; false or missing: it is cancelled. */
  onSignal?(signal: NodeJS.Signals): boolean
}

/**
 * Milliseconds between a signal and the end, whatever hangs: five seconds are promised, and the writing of a
 * large result takes its part of them. The runner kills after 7.5 seconds.
 */
const LAST_MOMENT_MS = 4000
/** Milliseconds for stdout to take what was written. */
const FLUSH_LIMIT_MS = 1000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const

async function loadProgram(): Promise<Program> {
  const args = process.argv.slice(2)
  if (args.length === 0 && Object.keys(process.env).some((name) => name.startsWith('INPUT_'))) {
    return (await import('./action/run.ts')).createActionRun(process.env)
  }
  const { createCommandRun } = await import('./cli/run.ts')
  return createCommandRun({ args, env: process.env, stdout: process.stdout, stderr: process.stderr })
}

function main(): void {
  const controller = new AbortController()
  let program: Program | undefined
  let ending = false

  function end(status: number): void {
    if (ending) return
    ending = true
    process.exitCode = status
    // A socket that lingers must not keep the process; what was printed must leave it first.
    const limit = setTimeout(() => process.exit(status), FLUSH_LIMIT_MS)
    process.stdout.write('', () => {
      process.stderr.write('', () => {
        clearTimeout(limit)
        process.exit(status)
      })
    })
  }

  function abandon(error: MirrorError): void {
    if (ending) return
    if (program) Promise.resolve(program.abandon(error)).then(end, () => endPlainly(error))
    else endPlainly(error)
  }

  /** Where no program can say it. */
  function endPlainly(error: MirrorError): void {
    if (!ending) process.stderr.write(`error: ${error.message}\n`)
    end(1)
  }

  function onSignal(signal: NodeJS.Signals): void {
    if (program?.onSignal?.(signal) === true) return
    const error = new MirrorError(`the run was cancelled (${signal})`, { code: 'cancelled' })
    if (controller.signal.aborted) return abandon(error)
    setTimeout(() => abandon(error), LAST_MOMENT_MS)
    controller.abort(error)
  }

  function onDefect(thrown: unknown): void {
    const text = thrown instanceof Error ? thrown.message : String(thrown)
    const line = text.split(/[\r\n]/, 1)[0] ?? ''
    abandon(
      thrown instanceof MirrorError
        ? thrown
        : new MirrorError(`Kalandra came upon a defect of its own: ${line}`, {
            code: 'local',
            hint: 'Please report it with the log of this run.',
          }),
    )
  }

  for (const signal of SIGNALS) process.on(signal, onSignal)
  process.on('uncaughtException', onDefect)
  process.on('unhandledRejection', onDefect)
  // Nobody reads any more (`| head`): the run itself goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  process.on('beforeExit', () =>
    abandon(new MirrorError('the run stopped without a result', { code: 'local' })),
  )

  loadProgram()
    .then(async (loaded) => {
      program = loaded
      end(await loaded.run(controller.signal))
    })
    .catch(onDefect)
}

main()
