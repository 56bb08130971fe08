import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { readClock } from '../base/clock.ts'
import { MirrorError, toMirrorError } from '../base/errors.ts'
import { mirror } from '../mirror/mirror.ts'
import type { OptionName, OptionValues } from '../options/names.ts'
import type { MirrorOptions } from '../options/options.ts'
import { readFleetOptions } from '../options/read-fleet-options.ts'
import { type OptionInput, readOptions } from '../options/read-options.ts'
import type { AppTokens } from '../hosts/api/github-app.ts'
import { collectSecrets, tokenForms } from '../options/secrets.ts'
import { createRecorder, type Recorder } from '../report/recorder.ts'
import { hideFromNowOn, redactResult, type Secrets } from '../report/redact.ts'
import type { MirrorResult } from '../report/result.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import { type Arguments, labelOf, usage } from './terminal/arguments.ts'
import {
  type CommandRun,
  describeError,
  EXIT_FAILED,
  EXIT_OK,
  EXIT_USAGE,
  statusOf,
  type Terminal,
} from './terminal/command.ts'
import { createPrinter, type Printer } from './terminal/print.ts'
import { printResult } from './terminal/print-result.ts'

/**
 * Mirrors the repository of the first argument to those of all others.
 * @throws MirrorError `usage`: addresses are missing, or a file of secrets can't be read
 */
export function createMirrorRun(given: Arguments, terminal: Terminal): CommandRun {
  readFleetOptions({ values: given.values, label: labelOf })
  return createOptionsRun(given, terminal, {
    values: readAddresses(given.positionals),
    prepare: ({ read }) => read(),
  })
}

/** What there is to make the options of a run with. */
export interface Preparation {
  readonly printer: Printer
  readonly secrets: Secrets
  readonly signal: AbortSignal
  /** The same with the tokens of a GitHub App, where one gives them. */
  readonly withTokens: (options: MirrorOptions) => Promise<MirrorOptions>
  /** Reads the arguments, and prints what is to be noted about them. @throws MirrorError `usage` */
  readonly read: (more?: Pick<OptionInput, 'restores'>) => MirrorOptions
}

export interface OptionsRun {
  /** What the positions stand for. */
  readonly values: OptionValues
  /** @returns the exit status where all is done by then */
  readonly prepare: (preparation: Preparation) => MirrorOptions | number | Promise<MirrorOptions | number>
}

/**
 * A run whose options somebody prepares, with its report and its exit status.
 * @throws MirrorError `usage`: a file of secrets can't be read
 */
export function createOptionsRun(
  given: Arguments,
  terminal: Terminal,
  { values: positions, prepare }: OptionsRun,
): CommandRun {
  const values = { ...positions, ...given.values, ...readSecretFiles(given.files) }
  const { secrets } = collectSecrets(values, terminal.env)
  const printer = createPrinter({ stream: terminal.stderr, secrets, several: given.positionals.length > 2 })
  let recorder: Recorder | undefined
  let tokens: AppTokens | undefined
  let status: number | undefined

  /** Without a signal the run has to end at once. */
  async function finish(raw: MirrorResult, signal?: AbortSignal): Promise<number> {
    if (status !== undefined) return status
    const result = redactResult(raw, secrets)
    status = result.ok ? EXIT_OK : isWrongUse(result) ? EXIT_USAGE : EXIT_FAILED
    printer.close()
    const isCut = await printResult(result, {
      terminal,
      printer,
      secrets,
      json: given.flags.has('json'),
      signal,
    })
    if (isCut) {
      printer.line('The run was cancelled while its result was printed.')
      status = EXIT_FAILED
    }
    return status
  }

  async function abandon(error: MirrorError): Promise<number> {
    if (recorder) return await finish(recorder.toResult(error))
    if (status !== undefined) return status
    status = statusOf(error)
    printer.close()
    printer.line(describeError(error))
    return status
  }

  return {
    async run(signal) {
      try {
        const read: Preparation['read'] = (more = {}) =>
          readArguments(given, { values, env: terminal.env, ...more }, printer)
        const withTokens: Preparation['withTokens'] = async (options) => {
          tokens ??= await openTokens(options, { signal, secrets, printer })
          return tokens?.options ?? options
        }
        const prepared = await prepare({ printer, secrets, signal, read, withTokens })
        if (typeof prepared === 'number') return (status = prepared)
        const options = await withTokens(prepared)
        recorder = createRecorder({
          now: readClock,
          source: printUrl(options.source.url),
          destinations: options.destinations.map(({ url }) => printUrl(url)),
          dryRun: options.dryRun,
        })
        const { reporter: record } = recorder
        const { reporter: print } = printer
        return await finish(
          await mirror(
            options,
            (event) => {
              record(event)
              print(event)
            },
            signal,
          ),
          signal,
        )
      } catch (thrown) {
        return await abandon(toMirrorError(thrown, { code: 'local' }))
      } finally {
        tokens?.dispose()
      }
    },
    abandon,
  }
}

/** Nothing is loaded where no App gives the tokens. */
async function openTokens(
  options: MirrorOptions,
  { signal, secrets, printer }: Pick<Preparation, 'signal' | 'secrets' | 'printer'>,
): Promise<AppTokens | undefined> {
  if (options.app === undefined) return undefined
  const { openAppTokens } = await import('../hosts/api/github-app.ts')
  return await openAppTokens(options, options.app, {
    signal,
    onSecret: (token) => tokenForms(token).forEach((text) => hideFromNowOn(secrets, text)),
    onNotice: (text) => printer.line(text),
    onRequest: options.verbose ? (text) => printer.line(text) : undefined,
  })
}

/** The addresses as the options that they stand for. */
export function readAddresses([source = '', ...destinations]: readonly string[]): OptionValues {
  if (destinations.length === 0) {
    throw usage(`${source === '' ? 'SOURCE and DESTINATION are' : 'DESTINATION is'} missing`, 'See --help.')
  }
  return { source, destination: destinations.join('\n') }
}

function readArguments(given: Arguments, input: OptionInput, printer: Printer): MirrorOptions {
  const { options, notices } = readOptions({
    ...input,
    label: (name) => (given.files.has(name) ? `--${name}-file` : labelOf(name)),
    lineLabel: (name, line) => `${labelOf(name)} ${line}`,
    knownHostsFiles: [join(homedir(), '.ssh', 'known_hosts'), ...given.knownHostsFiles],
    verbose: given.flags.has('verbose'),
  })
  if (given.positionals.some((address) => /:\/\/[^/?#\s]*:[^/?#\s]*@/.test(address))) {
    printer.line('warning: a password in an argument can be read by every user of this machine. See --help.')
  }
  for (const { level, text } of notices) printer.line(level === 'warning' ? `warning: ${text}` : text)
  return options
}

function readSecretFiles(files: ReadonlyMap<OptionName, string>): OptionValues {
  return Object.fromEntries([...files].map(([name, path]) => [name, readSecretFile(name, path)]))
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

/** Nothing was tried but what the arguments forbid. */
function isWrongUse(result: MirrorResult): boolean {
  if (result.error) return result.error.code === 'usage'
  const failed = result.destinations.filter(({ status }) => status === 'failed' || status === 'rejected')
  return failed.length > 0 && failed.every(({ error }) => error?.code === 'usage')
}
