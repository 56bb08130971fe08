import { MirrorError, toMirrorError } from '../../base/errors.ts'
import type { Connection } from '../../transport/connection/connection.ts'
import { IdleWatch } from '../../transport/connection/idle-watch.ts'
import { printUrl, type RemoteUrl } from '../../transport/address/remote-url.ts'
import { buildCommand } from '../../transport/ssh/command.ts'
import { openSshCommands, type SshCommands } from '../../transport/ssh/run-command.ts'
import type { Operation } from '../api/batch-messages.ts'
import { guessEndpoint } from '../api/endpoint.ts'
import { openHttpStore } from '../api/http-store.ts'
import { createSshAccess, NoSshAccess } from './ssh-access.ts'
import type { LfsStore } from '../api/store.ts'
import { TransferChannel } from './transfer-channel.ts'
import { openTransferStore } from './transfer-store.ts'
import { makeHttp, openWebStore, type OpenStoreOptions } from './web-store.ts'

type SshUrl = Extract<RemoteUrl, { readonly scheme: 'ssh' }>

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
          return await commands.run(
            buildCommand('git-lfs-authenticate', url.path, { words: [operation] }),
            signal,
          )
        } catch (error) {
          signal.throwIfAborted()
          throw toMirrorError(error, { code: 'connect', side, retryable: true })
        }
      },
    })
    const operation = side === 'source' ? 'download' : 'upload'
    const label = printUrl(url)
    if (await isKnown(() => access(operation, false))) {
      return endWith(openHttpStore({ http: makeHttp(options), label, access, ref }), commands)
    }
    const connect = connectTransfer(url, commands, options)
    if (await speaksTransfer(() => connect(operation), options)) {
      return endWith(openTransferStore({ label, side, ref, connect }), commands)
    }
  } catch (error) {
    await commands.dispose()
    throw error
  }
  await commands.dispose()
  return openWebStore(options, guessEndpoint(url)!)
}

async function isKnown(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch (error) {
    if (error instanceof NoSshAccess) return false
    throw error
  }
}

/** Whether the server has the program and speaks a version of its protocol that we do. */
async function speaksTransfer(
  connect: () => Promise<Connection>,
  { side, signal }: OpenStoreOptions,
): Promise<boolean> {
  const connection = await connect()
  try {
    await (await TransferChannel.open(connection, side)).close()
    return true
  } catch {
    connection.abort(new Error('the server has no git-lfs-transfer'))
    signal.throwIfAborted()
    return false
  }
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
      const connection = await commands.open(
        buildCommand('git-lfs-transfer', url.path, { words: [operation] }),
        {
          signal: AbortSignal.any([signal, controller.signal]),
          onActivity: (bytes) => watch.touch(bytes),
        },
      )
      return {
        ...connection,
        close() {
          watch.stop()
          return connection.close()
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
