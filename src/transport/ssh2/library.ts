import agents from 'ssh2/lib/agent.js'
import Client from 'ssh2/lib/client.js'
import keys from 'ssh2/lib/protocol/keyParser.js'
import manifest from 'ssh2/package.json' with { type: 'json' }

export type {
  AgentAuthMethod,
  Algorithms,
  AuthHandlerMiddleware,
  BaseAgent,
  ParsedKey,
  ServerHostKeyAlgorithm,
} from 'ssh2'

/** The one version whose inside `tuning.ts` was tried with; package.json pins it. */
const TRIED_VERSION = '1.17.0'

/**
 * What a client needs of the ssh library. Asked for as a whole, it loads a server, a maker of keys and agents for
 * https with Node's TLS besides, before the first byte is on the wire; its parts are the same objects.
 */
export const sshLibrary = {
  Client,
  BaseAgent: agents.BaseAgent,
  createAgent: agents.createAgent,
  parseKey: keys.parseKey,
  /** It is the version whose inside is known: with any other, nothing but its public door is used. */
  tried: manifest.version === TRIED_VERSION,
}

export type SshLibrary = typeof sshLibrary
