import type { Side } from '../../../src/base/errors.ts'
import type { Server } from '../../../src/mirror/sessions/server.ts'
import { UploadPackPool } from '../../../src/mirror/sessions/upload-pack-pool.ts'
import type { Remote } from '../../../src/transport/connection/connection.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'
import { openRemote } from '../../../src/transport/open-remote.ts'
import { GIT_ENV } from '../../support/git.ts'
import { watch, type Watched } from './watched.ts'

export interface Asked extends AsyncDisposable, Pick<Watched, 'log' | 'mostOpen'> {
  readonly server: UploadPackPool
}

export interface AskOptions {
  /** It is never asked for v2. */
  readonly old?: boolean
  readonly side?: Side
  readonly opensAhead?: boolean
  readonly signal?: AbortSignal
  /** Called with the lines of each question; may throw what a transport throws there. */
  readonly onQuestion?: (lines: readonly string[]) => void
}

/** An upload-pack at an address, or behind a remote. */
export function ask(address: string | Remote, options: AskOptions = {}): Asked {
  const real = typeof address === 'string' ? remoteAt(address) : address
  const { remote, log, mostOpen } = watch(
    options.old ? { ...real, open: (open) => real.open({ ...open, version: undefined }) } : real,
    options.onQuestion,
  )
  const server: Server = {
    remote,
    opensAhead: options.opensAhead,
    side: options.side ?? 'source',
    host: undefined,
    reporter: () => undefined,
    signal: options.signal ?? new AbortController().signal,
    agent: 'git/kalandra-test',
    idleTimeout: 60_000,
    pushOptions: [],
    verbose: false,
  }
  const asked = new UploadPackPool(server)
  return {
    server: asked,
    log,
    mostOpen,
    async [Symbol.asyncDispose]() {
      await asked.close()
      await real.dispose()
    },
  }
}

function remoteAt(address: string): Remote {
  return openRemote({
    url: parseRemoteUrl(address, 'source'),
    credentials: {},
    env: GIT_ENV,
    userAgent: 'git/kalandra-test',
    limits: { connect: 10_000, handshake: 10_000, idle: 60_000 },
  })
}
