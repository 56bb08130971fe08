import { toMirrorError, type MirrorError } from '../base/errors.ts'
import { VERSION } from '../base/version.ts'
import { collectSecrets } from '../options/secrets.ts'
import { parseArguments } from './terminal/arguments.ts'
import { type CommandRun, describeError, EXIT_OK, statusOf, type Terminal } from './terminal/command.ts'
import { renderHelp } from './help.ts'
import { createPrinter } from './terminal/print.ts'
import { splitVerb } from './verbs.ts'

export interface CommandInput extends Terminal {
  readonly args: readonly string[]
}

/** The command line: finds the verb, and hands over to it. */
export function createCommandRun(input: CommandInput): CommandRun {
  let started: CommandRun | undefined

  function fail(error: MirrorError): number {
    // What is not parsed may hold a secret all the same: an address with its password.
    const { secrets } = collectSecrets({ destination: input.args.join('\n') }, input.env)
    createPrinter({ stream: input.stderr, secrets, several: false }).line(describeError(error))
    return statusOf(error)
  }

  return {
    async run(signal) {
      try {
        const { verb, rest } = splitVerb(input.args)
        const given = parseArguments(rest, input.env)
        if (given.flags.has('help') || given.flags.has('version')) {
          input.stdout.write(given.flags.has('help') ? renderHelp() : `${VERSION}\n`)
          return EXIT_OK
        }
        const createRun = await verb.load()
        started = createRun(given, input)
        return await started.run(signal)
      } catch (thrown) {
        return fail(toMirrorError(thrown, { code: 'local' }))
      }
    },
    abandon: (error) => started?.abandon(error) ?? fail(error),
    onSignal: (signal) => started?.onSignal?.(signal) ?? false,
  }
}
