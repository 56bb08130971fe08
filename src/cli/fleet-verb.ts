import { homedir } from 'node:os'
import { join } from 'node:path'
import { type MirrorError, toMirrorError } from '../base/errors.ts'
import { ConfigError, renderConfigError } from '../fleet/config/config-error.ts'
import type { PrepareInput } from '../fleet/prepare.ts'
import { readShard } from '../fleet/shard/shard.ts'
import { readConfigFiles } from '../fleet/source/load-config.ts'
import { NO_SECRETS, type Secrets } from '../report/redact.ts'
import { splitLines } from '../options/values.ts'
import { type Arguments, usage } from './terminal/arguments.ts'
import { type CommandRun, describeError, statusOf, type Terminal } from './terminal/command.ts'
import { createPrinter, type Printer } from './terminal/print.ts'

/** Says something to the person at the terminal, without any secret that is known by then. */
export interface Voice {
  readonly printer: () => Printer
  readonly setSecrets: (secrets: Secrets) => void
  readonly secrets: () => Secrets
}

/** A verb of the fleet: what fails is said in one line each, with the position in the file where there is one. */
export function createFleetRun(
  terminal: Terminal,
  work: (signal: AbortSignal, voice: Voice) => Promise<number>,
  onAbandon: (error: MirrorError, voice: Voice) => number | undefined = () => undefined,
): CommandRun {
  let secrets = NO_SECRETS
  let printer = createPrinter({ stream: terminal.stderr, secrets, several: true })
  const voice: Voice = {
    printer: () => printer,
    secrets: () => secrets,
    setSecrets(found) {
      secrets = found
      printer = createPrinter({ stream: terminal.stderr, secrets, several: true })
    },
  }
  const fail = (thrown: unknown): number => {
    printer.close()
    if (thrown instanceof ConfigError) for (const line of renderConfigError(thrown)) printer.line(line)
    const error = toMirrorError(thrown, { code: 'local' })
    printer.line(describeError(error))
    return statusOf(error)
  }
  return {
    async run(signal) {
      try {
        return await work(signal, voice)
      } catch (thrown) {
        return fail(thrown)
      }
    },
    abandon: (error) => onAbandon(error, voice) ?? fail(error),
  }
}

/** What all verbs that read a config have in common. @throws MirrorError `usage` */
export function readPrepareInput(
  given: Arguments,
  { env }: Terminal,
  more: { readonly signal: AbortSignal; readonly voice: Voice } & Pick<PrepareInput, 'depth' | 'discovers'>,
): PrepareInput {
  const paths = readConfigPaths(given)
  const shard = given.values['shard']
  return {
    config: readConfigFiles(paths),
    env,
    signal: more.signal,
    only: splitLines(given.values['only'] ?? '').map(({ line }) => line),
    shard: shard === undefined ? undefined : readShard(shard, env, '--shard'),
    depth: more.depth,
    discovers: more.discovers,
    knownHostsFiles: [join(homedir(), '.ssh', 'known_hosts'), ...given.knownHostsFiles],
    verbose: given.flags.has('verbose'),
    dryRun: given.values['dry-run'] === 'true',
    onNotice: (text) => more.voice.printer().line(text),
    onSecrets: more.voice.setSecrets,
  }
}

/** The files and folders of a config. @throws MirrorError `usage` */
export function readConfigPaths(given: Arguments): readonly string[] {
  if (given.positionals.length === 0) throw usage('CONFIG is missing', 'See --help.')
  refuseMirrorOptions(given)
  return given.positionals
}

const FLEET_OPTIONS = new Set(['only', 'shard', 'shards', 'report-file', 'state-file', 'dry-run'])

/** Options of mirrors stand in the file: here they would be passed over in silence. */
function refuseMirrorOptions({ values, files }: Arguments): void {
  const stray = [...Object.keys(values), ...files.keys()].find((name) => !FLEET_OPTIONS.has(name))
  const isVariable = stray !== undefined && values[stray as keyof typeof values] !== undefined
  if (stray === undefined || (isVariable && /(token|key|passphrase)$/.test(stray))) return
  throw usage(
    `--${stray} stands in the config, and not on the command line`,
    'Write it under `defaults`, or to a mirror.',
  )
}
