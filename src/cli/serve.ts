import { homedir } from 'node:os'
import { join } from 'node:path'
import type { MirrorError } from '../base/errors.ts'
import { keepHeapSmall } from '../base/heap.ts'
import { readConfigFiles } from '../fleet/source/load-config.ts'
import { createServe, type ServeRun } from '../serve/serve.ts'
import { type Arguments, usage } from './terminal/arguments.ts'
import { type CommandRun, EXIT_OK, type Terminal } from './terminal/command.ts'
import { createFleetRun, readConfigPaths } from './fleet-verb.ts'

/** Memory stays flat with it, and answers come soon. */
const HEAP_GROWING_PERCENT = 120

/** `serve CONFIG`: until it is told to stop. */
export function createServeRun(given: Arguments, terminal: Terminal): CommandRun {
  const paths = readConfigPaths(given)
  let serving: ServeRun | undefined
  keepHeapSmall(HEAP_GROWING_PERCENT)
  const run = createFleetRun(terminal, async (signal, voice) => {
    serving = createServe({
      readConfig: () => readConfigFiles(paths),
      listen: given.texts.get('listen'),
      env: terminal.env,
      knownHostsFiles: [join(homedir(), '.ssh', 'known_hosts'), ...given.knownHostsFiles],
      logFormat: readLogFormat(given, terminal),
      isVerbose: given.flags.has('verbose'),
      write: (line) => void terminal.stdout.write(line),
      onSecrets: voice.setSecrets,
    })
    if (signal.aborted) return EXIT_OK
    await serving.run()
    return EXIT_OK
  })
  return {
    ...run,
    onSignal(signal) {
      if (serving === undefined) return false
      serving.onSignal(signal)
      return true
    },
    abandon: (error: MirrorError) => run.abandon(error),
  }
}

function readLogFormat(given: Arguments, { stdout }: Terminal): 'json' | 'text' {
  const text = given.texts.get('log-format') ?? (stdout.isTTY === true ? 'text' : 'json')
  if (text === 'json' || text === 'text') return text
  throw usage('--log-format is neither json nor text', 'Leave it out: text on a terminal, else JSON.')
}
