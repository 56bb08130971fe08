import type { Core } from './core.ts'

/** The commands to the runner that a run gives while it works. */
export type RunnerCommands = Pick<
  Core,
  'setSecret' | 'info' | 'warning' | 'error' | 'startGroup' | 'endGroup'
>

export interface CommandQueue {
  readonly commands: RunnerCommands
  /** Gives every command that waits to `core`, in order, and from then on each at once. */
  open(core: RunnerCommands): void
}

/** Commands that wait until @actions/core is loaded: masks that are given first come out before any line. */
export function createCommandQueue(): CommandQueue {
  const waiting: ((core: RunnerCommands) => void)[] = []
  let opened: RunnerCommands | undefined

  function give(command: (core: RunnerCommands) => void): void {
    if (opened) command(opened)
    else waiting.push(command)
  }

  return {
    commands: {
      setSecret: (text) => give((core) => core.setSecret(text)),
      info: (text) => give((core) => core.info(text)),
      warning: (text) => give((core) => core.warning(text)),
      error: (text) => give((core) => core.error(text)),
      startGroup: (title) => give((core) => core.startGroup(title)),
      endGroup: () => give((core) => core.endGroup()),
    },
    open(core) {
      opened = core
      for (const command of waiting.splice(0)) command(core)
    },
  }
}
