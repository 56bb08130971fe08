import type { MirrorError } from '../../src/base/errors.ts'
import { createCommandRun } from '../../src/cli/run.ts'

export interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** The command line in this process, with an environment of its own. */
export function startCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): {
  readonly run: () => Promise<Ended>
  readonly abandon: (error: MirrorError) => Promise<Ended>
} {
  const texts = { stdout: '', stderr: '' }
  const streamOf = (name: 'stdout' | 'stderr'): { write(text: string): void } => ({
    write(text) {
      texts[name] += text
    },
  })
  const command = createCommandRun({ args, env, stdout: streamOf('stdout'), stderr: streamOf('stderr') })
  return {
    run: async () => ({ status: await command.run(new AbortController().signal), ...texts }),
    abandon: async (error) => ({ status: await command.abandon(error), ...texts }),
  }
}
