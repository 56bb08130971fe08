import { MirrorError } from '../../base/errors.ts'

/** What lives longer than one remote and has to be ended. */
export interface Shared {
  /** Never throws. */
  dispose(): Promise<void>
}

/**
 * Connections that remotes share for as long as a round lasts, or a server's life. A remote that is given none makes
 * its own and ends them with itself. Nothing that a remote sends over a shared connection stays with that connection:
 * credentials go with each request, and a login's connections are found by that very login alone.
 */
export interface Connections {
  /** Requests to one http server that run at once, pushes apart. */
  readonly socketsPerHost: number
  /**
   * What `key` stands for, made when it is first asked for and ended with all others. Equal keys must mean things that
   * may stand in for each other, secrets included.
   */
  share<T extends Shared>(key: string, make: () => T): T
  /** Ends all of it; remotes that are still at work fail. Never throws. */
  dispose(): Promise<void>
}

export interface ConnectionsOptions {
  /** Default: 8. */
  readonly socketsPerHost?: number | undefined
}

const DEFAULT_SOCKETS_PER_HOST = 8

/** For a round: given to each `openRemote`, and disposed of after the last of them. */
export function createConnections(options: ConnectionsOptions = {}): Connections {
  const kept = new Map<string, Shared>()
  let over = false
  return {
    socketsPerHost: options.socketsPerHost ?? DEFAULT_SOCKETS_PER_HOST,
    share<T extends Shared>(key: string, make: () => T): T {
      if (over) throw new MirrorError('the connections were closed', { code: 'cancelled' })
      const found = kept.get(key) ?? make()
      kept.set(key, found)
      return found as T
    },
    async dispose() {
      over = true
      const all = [...kept.values()]
      kept.clear()
      await Promise.all(all.map((shared) => shared.dispose()))
    },
  }
}
