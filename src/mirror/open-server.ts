import type { Side } from '../base/errors.ts'
import { VERSION } from '../base/version.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import { agentValue } from '../protocol/capabilities.ts'
import type { Reporter } from '../report/events.ts'
import type { Connections } from '../transport/connection/connections.ts'
import { openRemote } from '../transport/open-remote.ts'
import type { makeDoors } from './sessions/door.ts'
import type { Server } from './sessions/server.ts'

const CONNECT_LIMIT_MS = 30_000

const HANDSHAKE_LIMIT_MS = 30_000

/** What the servers of a run have in common. */
export interface RunContext {
  readonly options: MirrorOptions
  readonly reporter: Reporter
  readonly signal: AbortSignal
  readonly doorOf: ReturnType<typeof makeDoors>
  readonly surroundings: { readonly connections?: Connections | undefined }
}

export function remoteOptionsOf(
  endpoint: Endpoint,
  { options, reporter, surroundings }: Pick<RunContext, 'options' | 'reporter' | 'surroundings'>,
): Parameters<typeof openRemote>[0] {
  return {
    url: endpoint.url,
    credentials: endpoint.credentials,
    retryFreshToken: endpoint.freshToken,
    inputNames: endpoint.inputNames,
    knownHostsFiles: options.knownHostsFiles,
    connections: surroundings.connections,
    env: options.env,
    userAgent: agentValue(VERSION),
    limits: { connect: CONNECT_LIMIT_MS, handshake: HANDSHAKE_LIMIT_MS, idle: options.idleTimeout },
    onNotice: (text) => reporter({ kind: 'notice', level: 'info', text }),
  }
}

/** One of the two servers of a run; nothing is asked of it yet. */
export function openServer(endpoint: Endpoint, side: Side, context: RunContext): Server {
  const { options, reporter, signal, surroundings } = context
  const { url } = endpoint
  return {
    remote: openRemote(remoteOptionsOf(endpoint, { options, reporter, surroundings })),
    door: context.doorOf(url),
    opensAhead: url.scheme === 'ssh',
    side,
    host: url.scheme === 'file' ? undefined : url.host.toLowerCase(),
    reporter,
    signal,
    agent: agentValue(VERSION),
    idleTimeout: options.idleTimeout,
    pushOptions: options.pushOptions,
    verbose: options.verbose,
  }
}
