import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { MirrorError, toMirrorError } from '../base/errors.ts'
import { mirror } from '../mirror/mirror.ts'
import type { OptionName, OptionValues } from '../options/names.ts'
import { readOptions } from '../options/read-options.ts'
import type { MirrorOptions } from '../options/options.ts'
import { createRecorder, type Recorder } from '../report/recorder.ts'
import type { MirrorResult } from '../report/result.ts'
import { collectSecrets } from '../options/secrets.ts'
import { NO_SECRETS, redact, redactResult } from '../report/redact.ts'
import { VERSION } from '../base/version.ts'
import { describeMessage } from '../report/wording.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import { type Command, labelOf, parseArguments } from './arguments.ts'
import { HELP } from './help.ts'
import { createPrinter, type Printer, type PrintStream } from './print.ts'
import { renderJson } from '../report/result-json.ts'
import { renderReport } from './report.ts'

export const EXIT_OK = 0

export const EXIT_FAILED = 1

export const EXIT_USAGE = 2

/** A run of the command line. */
export interface CommandRun {
  /** Does it all; never throws. @returns the exit status */
  run(signal: AbortSignal): Promise<number>
  /** Prints what is known by now, at once, unless all was printed already. @returns the exit status */
  abandon(error: MirrorError): number
}

export interface CommandInput {
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly stdout: PrintStream
  readonly stderr: PrintStream
}

export function createCommandRun(input: CommandInput): CommandRun {
  let recorder: Recorder | undefined
  let printer = createPrinter({ stream: input.stderr, secrets: NO_SECRETS, several: false })
  let secrets = NO_SECRETS
  let json = false
  let status: number | undefined

  function finish(given: MirrorResult): number {
    if (status !== undefined) return status
    const result = redactResult(given, secrets)
    status = result.ok ? EXIT_OK : isWrongUse(result) ? EXIT_USAGE : EXIT_FAILED
    printer.close()
    const report = renderReport(result)
    if (json) {
      for (const line of report) printer.line(line)
      input.stdout.write(`${redact(renderJson(result), secrets)}\n`)
    } else {
      input.stdout.write(`${redact(report.join('\n'), secrets)}\n`)
    }
    return status
  }

  function fail(error: MirrorError): number {
    if (recorder) return finish(recorder.toResult(error))
    if (status !== undefined) return status
    status = error.code === 'usage' ? EXIT_USAGE : EXIT_FAILED
    printer.close()
    printer.line(`error: ${describeMessage(error)}${error.hint === undefined ? '' : `. ${error.hint}`}`)
    return status
  }

  return {
    async run(signal) {
      try {
        const command = parseArguments(input.args, input.env)
        if (command.kind !== 'mirror') {
          input.stdout.write(command.kind === 'help' ? HELP : `${VERSION}\n`)
          status = EXIT_OK
          return status
        }
        json = command.json
        const values = withFiles(command)
        secrets = collectSecrets(values)
        printer = createPrinter({ stream: input.stderr, secrets, several: isSeveral(values) })
        const options = prepare(command, values, input.env, printer)
        recorder = createRecorder({
          now: () => performance.now(),
          source: printUrl(options.source.url),
          destinations: options.destinations.map(({ url }) => printUrl(url)),
          dryRun: options.dryRun,
        })
        const { reporter: record } = recorder
        const { reporter: print } = printer
        return finish(
          await mirror(
            options,
            (event) => {
              record(event)
              print(event)
            },
            signal,
          ),
        )
      } catch (thrown) {
        return fail(toMirrorError(thrown, { code: 'local' }))
      }
    },
    abandon: fail,
  }
}

function prepare(
  command: Command & { kind: 'mirror' },
  values: OptionValues,
  env: NodeJS.ProcessEnv,
  printer: Printer,
): MirrorOptions {
  const { options, notices } = readOptions({
    values,
    env,
    label: (name) => (command.files.has(name) ? `--${name}-file` : labelOf(name)),
    knownHostsFiles: [join(homedir(), '.ssh', 'known_hosts'), ...command.knownHostsFiles],
    verbose: command.verbose,
  })
  if (/:\/\/[^/?#\s]*:[^/?#\s]*@/.test(`${values.source}\n${values.destination}`)) {
    printer.line('warning: a password in an argument can be read by every user of this machine. See --help.')
  }
  for (const { level, text } of notices) printer.line(level === 'warning' ? `warning: ${text}` : text)
  return options
}

function withFiles(command: Command & { kind: 'mirror' }): OptionValues {
  const values: Partial<Record<OptionName, string>> = { ...command.values }
  for (const [name, path] of command.files) values[name] = readSecretFile(name, path)
  return values
}

function readSecretFile(name: OptionName, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? 'no reason given'
    throw new MirrorError(`--${name}-file: the file can't be read (${code})`, {
      code: 'usage',
      hint: 'Give the path of a readable file.',
      cause: thrown,
    })
  }
}

function isSeveral(values: OptionValues): boolean {
  return (values.destination ?? '').includes('\n')
}

/** Nothing was tried but what the arguments forbid. */
function isWrongUse(result: MirrorResult): boolean {
  if (result.error) return result.error.code === 'usage'
  const failed = result.destinations.filter(({ status }) => status === 'failed' || status === 'rejected')
  return failed.length > 0 && failed.every(({ error }) => error?.code === 'usage')
}
