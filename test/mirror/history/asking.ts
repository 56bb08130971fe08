import type { Side } from '../../../src/base/errors.ts'
import type { Server } from '../../../src/mirror/sessions/server.ts'
import { UploadPackPool } from '../../../src/mirror/sessions/upload-pack-pool.ts'
import type { Remote } from '../../../src/transport/connection/connection.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'
import { openRemote } from '../../../src/transport/open-remote.ts'
import { GIT_ENV } from '../../support/git.ts'

export interface Asked extends AsyncDisposable {
  readonly server: UploadPackPool
}

/** An upload-pack at an address; `old`: never asked for v2. */
export function ask(address: string, options: { readonly old?: boolean; readonly side?: Side } = {}): Asked {
  const real = openRemote({
    url: parseRemoteUrl(address, 'source'),
    credentials: {},
    env: GIT_ENV,
    userAgent: 'git/kalandra-test',
    limits: { connect: 10_000, handshake: 10_000, idle: 60_000 },
  })
  const remote: Remote = options.old
    ? { ...real, open: (open) => real.open({ ...open, version: undefined }) }
    : real
  const server: Server = {
    remote,
    side: options.side ?? 'source',
    host: undefined,
    reporter: () => undefined,
    signal: new AbortController().signal,
    agent: 'git/kalandra-test',
    idleTimeout: 60_000,
    pushOptions: [],
    verbose: false,
  }
  const asked = new UploadPackPool(server)
  return {
    server: asked,
    async [Symbol.asyncDispose]() {
      await asked.close()
      await real.dispose()
    },
  }
}
