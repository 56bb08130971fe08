import { MirrorError, toMirrorError } from '../../base/errors.ts'
import type { Connection } from '../../transport/connection/connection.ts'
import { IdleWatch } from '../../transport/connection/idle-watch.ts'
import { printUrl, type RemoteUrl } from '../../transport/address/remote-url.ts'
import { buildCommand } from '../../transport/ssh/command.ts'
import type { MissingPrograms } from '../../transport/ssh/missing-programs.ts'
import { openSshCommands, type SshCommands } from '../../transport/ssh/run-command.ts'
import type { Operation } from '../api/batch-messages.ts'
import { guessEndpoint } from '../api/endpoint.ts'
import { openHttpStore } from '../api/http-store.ts'
import { createSshAccess, isMissingProgram, NoSshAccess } from './ssh-access.ts'
import type { LfsStore } from '../api/store.ts'
import { TransferChannel } from './transfer-channel.ts'
import { openTransferStore } from './transfer-store.ts'
import { makeHttp, openWebStore, type OpenStoreOptions } from './web-store.ts'

type SshUrl = Extract<RemoteUrl, { readonly scheme: 'ssh' }>

const AUTHENTICATE = 'git-lfs-authenticate'
const TRANSFER = 'git-lfs-transfer'

/** @throws MirrorError */
export async function openSshStore(url: SshUrl, options: OpenStoreOptions): Promise<LfsStore> {
  const { remote, side, signal, ref } = options
  const commands = openSshCommands(url, remote)
  try {
    const access = createSshAccess({
      side,
      host: url.host,
      guess: guessEndpoint(url)!,
      async run(operation) {
        try {
          return await commands.run(buildCommand(AUTHENTICATE, url.path, { words: [operation] }), signal)
        } catch (error) {
          signal.throwIfAborted()
          throw toMirrorError(error, { code: 'connect', side, retryable: true })
        }
      },
    })
    const operation = side === 'source' ? 'download' : 'upload'
    const label = printUrl(url)
    const connect = connectTransfer(url, commands, options)
    const missing = await commands.missing()
    // Both are asked at once: a program takes several round trips to say that it is not there.
    const greeting = greetTransfer(() => connect(operation), missing, options)
    greeting.catch(() => undefined)
    let channel: TransferChannel | undefined
    try {
      if (await isKnown(() => access(operation, false), missing)) {
        leaveWhenGreeted(greeting)
        return endWith(openHttpStore({ http: makeHttp(options), label, access, ref }), commands)
      }
      channel = await greeting
    } catch (error) {
      leaveWhenGreeted(greeting)
      throw error
    }
    if (channel !== undefined) {
      const greeted = { operation, channel } as const
      return endWith(openTransferStore({ label, side, ref, connect, greeted }), commands)
    }
  } catch (error) {
    await commands.dispose()
    throw error
  }
  await commands.dispose()
  return openWebStore(options, guessEndpoint(url)!)
}

async function isKnown(ask: () => Promise<unknown>, missing: MissingPrograms): Promise<boolean> {
  if (missing.has(AUTHENTICATE)) return false
  try {
    await ask()
    return true
  } catch (error) {
    if (!(error instanceof NoSshAccess)) throw error
    if (error.isMissing) missing.add(AUTHENTICATE)
    return false
  }
}

/**
 * Greets the program, if the server has it and speaks a version of its protocol that we do.
 * @throws MirrorError for a server that cannot be reached; the signal's reason.
 */
async function greetTransfer(
  connect: () => Promise<Connection>,
  missing: MissingPrograms,
  { side, signal }: OpenStoreOptions,
): Promise<TransferChannel | undefined> {
  if (missing.has(TRANSFER)) return undefined
  const connection = await connect()
  try {
    return await TransferChannel.open(connection, side)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof MirrorError && error.code === 'cut') {
      const { exitCode, text } = await connection.close()
      if (isMissingProgram(TRANSFER, exitCode, text)) missing.add(TRANSFER)
    }
    connection.abort(new Error('the server has no git-lfs-transfer'))
    signal.throwIfAborted()
    return undefined
  }
}

/** It is not needed, and not waited for. */
function leaveWhenGreeted(greeting: Promise<TransferChannel | undefined>): void {
  void greeting.then((channel) => channel?.close()).catch(() => undefined)
}

/** Channels to `git-lfs-transfer`, each with the idle limit of the run. */
function connectTransfer(
  url: SshUrl,
  commands: SshCommands,
  { remote, side, signal }: OpenStoreOptions,
): (operation: Operation) => Promise<Connection> {
  return async (operation) => {
    const controller = new AbortController()
    const { idle } = remote.limits
    const watch = new IdleWatch(idle, () =>
      controller.abort(
        new MirrorError(`git-lfs-transfer at ${url.host} was silent for ${Math.round(idle / 1000)} seconds`, {
          code: 'timeout',
          side,
          retryable: true,
        }),
      ),
    )
    try {
      const connection = await commands.open(buildCommand(TRANSFER, url.path, { words: [operation] }), {
        signal: AbortSignal.any([signal, controller.signal]),
        onActivity: (bytes) => watch.touch(bytes),
      })
      return {
        ...connection,
        close() {
          watch.stop()
          return connection.close()
        },
        leave() {
          watch.stop()
          connection.leave!()
        },
        abort(reason) {
          watch.stop()
          connection.abort(reason)
        },
      }
    } catch (error) {
      watch.stop()
      throw error
    }
  }
}

function endWith(store: LfsStore, commands: SshCommands): LfsStore {
  return {
    label: store.label,
    isThere: () => store.isThere(),
    find: (objects) => store.find(objects),
    prepare: (objects) => store.prepare(objects),
    read: (object) => store.read(object),
    write: (object, body) => store.write(object, body),
    async dispose() {
      await store.dispose()
      await commands.dispose()
    },
  }
}
