import { MirrorError } from '../../base/errors.ts'
import type { Connection } from '../connection/connection.ts'
import { connectDuplex } from '../connection/duplex.ts'
import { createTextTail } from '../connection/text-tail.ts'
import { createSshAccount, type SshRemoteOptions, type SshUrl } from './account.ts'
import type { MissingPrograms } from './missing-programs.ts'

/** Bytes of a program's answer. */
const OUTPUT_LIMIT_BYTES = 1024 * 1024

/** How a program at the other side ended, with what it said. */
export interface Ran {
  readonly stdout: string
  /** The last 8 KiB of its standard error, raw. */
  readonly stderr: string
  /** Undefined where the server does not tell. */
  readonly exitCode: number | undefined
}

/** Runs programs beside Git's own at one ssh server, over the connections that Git's own have. */
export interface SshCommands {
  /** Runs `command` without input, to its end. @throws MirrorError; the signal's reason. */
  run(command: string, signal: AbortSignal): Promise<Ran>
  /** Starts `command` and talks with it. @throws MirrorError; the signal's reason. */
  open(
    command: string,
    options: { readonly signal: AbortSignal; readonly onActivity?: ((bytes: number) => void) | undefined },
  ): Promise<Connection>
  /**
   * Programs that the server was found not to have, whatever the repository; for this login, in a round. Whoever finds
   * that out adds its name. @throws as `SshAccount.pool`
   */
  missing(): Promise<MissingPrograms>
  /** Never throws. */
  dispose(): Promise<void>
}

export function openSshCommands(url: SshUrl, options: SshRemoteOptions): SshCommands {
  const account = createSshAccount(url, options)
  return {
    async run(command, signal) {
      signal.throwIfAborted()
      const pool = await account.pool()
      const tail = createTextTail(undefined)
      const channel = await pool.open({ command, env: {}, signal, onText: tail.write })
      const onAbort = (): void => channel.close()
      signal.addEventListener('abort', onAbort, { once: true })
      try {
        channel.writable.end()
        const stdout = await readOutput(channel.readable, () => channel.close())
        const { exitCode } = await channel.ended
        signal.throwIfAborted()
        return { stdout, stderr: tail.text(), exitCode }
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    },
    async open(command, { signal, onActivity }) {
      signal.throwIfAborted()
      const pool = await account.pool()
      const tail = createTextTail(undefined)
      const channel = await pool.open({ command, env: {}, signal, onText: tail.write, onActivity })
      return connectDuplex({
        readable: channel.readable,
        writable: channel.writable,
        ended: channel.ended,
        text: tail.text,
        leave: channel.leave,
        kill: () => channel.close(),
        onActivity,
        signal,
      })
    },
    missing: () => account.missing(),
    dispose: () => account.dispose(),
  }
}

async function readOutput(readable: AsyncIterable<Uint8Array>, close: () => void): Promise<string> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of readable) {
    length += part.length
    if (length > OUTPUT_LIMIT_BYTES) {
      close()
      throw new MirrorError('the server’s program says more than any real one', { code: 'limit' })
    }
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}
