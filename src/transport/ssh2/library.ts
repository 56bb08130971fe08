import agents from 'ssh2/lib/agent.js'
import Client from 'ssh2/lib/client.js'
import keys from 'ssh2/lib/protocol/keyParser.js'

export type { AuthHandlerMiddleware, BaseAgent, ParsedKey, ServerHostKeyAlgorithm } from 'ssh2'

/**
 * What a client needs of the ssh library. Asked for as a whole, it loads a server, a maker of keys and agents for
 * https with Node's TLS besides, before the first byte is on the wire.
 */
export const sshLibrary = {
  Client,
  BaseAgent: agents.BaseAgent,
  createAgent: agents.createAgent,
  parseKey: keys.parseKey,
}

export type SshLibrary = typeof sshLibrary
