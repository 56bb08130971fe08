import { MirrorError, withDetails } from '../../base/errors.ts'
import { connectDuplex } from '../connection/duplex.ts'
import { printUrl } from '../address/remote-url.ts'
import { createSshAccount, type SshRemoteOptions, type SshUrl } from './account.ts'
import { buildCommand } from './command.ts'
import { describeSilentEnd } from './ssh-errors.ts'
import type { SshPool } from './pool.ts'
import { createTextTail } from '../connection/text-tail.ts'
import type { Connection, OpenOptions, Remote } from '../connection/connection.ts'

/**
 * A repository behind ssh. The server's key is always verified. Without a key, the agent at SSH_AUTH_SOCK is asked.
 * HTTP proxies are not used, and ~/.ssh/config is not read.
 */
export function createSshRemote(url: SshUrl, options: SshRemoteOptions): Remote {
  const account = createSshAccount(url, options)
  return {
    label: printUrl(url),
    async open(open) {
      open.signal.throwIfAborted()
      const pool = account.pool()
      try {
        return await openSsh(url, await pool, open)
      } catch (error) {
        throw error instanceof MirrorError ? noteLikelyPort(url, error) : error
      }
    },
    dispose: () => account.dispose(),
  }
}

/** `git@host:2224/x` names the path `2224/x` to git, whatever its writer meant. */
function noteLikelyPort(url: SshUrl, error: MirrorError): MirrorError {
  const port = /^(\d{1,5})\//.exec(url.path)?.[1]
  if (port === undefined || error.code === 'cancelled') return error
  const path = url.path.slice(port.length)
  const host = url.host.includes(':') ? `[${url.host}]` : url.host
  const note = `In this form of address ${port} is a part of the path: if it is the port, write ssh://${url.user}@${host}:${port}${path}.`
  return withDetails(error, { hint: error.hint === undefined ? note : `${error.hint} ${note}` })
}

async function openSsh(url: SshUrl, pool: SshPool, options: OpenOptions): Promise<Connection> {
  const { service, version, insists, signal, onText, onActivity } = options
  const tail = createTextTail(onText)
  const channel = await pool.open({
    command: buildCommand(service, url.path, { version: insists ? version : undefined }),
    // Sent without asking for a reply: a server that refuses it answers with an older version (E1).
    env: version === undefined ? {} : { GIT_PROTOCOL: `version=${version}` },
    signal,
    onText: tail.write,
    onBanner: onText,
    onActivity,
  })
  return connectDuplex({
    readable: channel.readable,
    writable: channel.writable,
    ended: channel.ended,
    text: tail.text,
    leave: channel.leave,
    kill: () => (service === 'git-receive-pack' ? channel.giveUp() : channel.close()),
    onActivity,
    signal,
    describeEnd: (end) => {
      if (channel.received() > 0 || channel.broken()) return undefined
      const error = describeSilentEnd(end, { host: url.host, port: url.port, service })
      return error && noteLikelyPort(url, error)
    },
  })
}
