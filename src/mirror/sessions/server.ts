import type { Side } from '../../base/errors.ts'
import type { Remote } from '../../transport/connection/connection.ts'
import type { Door } from './door.ts'
import type { Reporter } from '../../report/events.ts'

/** One of the two servers of a run, and what all talks with it share. */
export interface Server {
  readonly remote: Remote
  readonly side: Side
  /** Host name for advice and limits; undefined for a path. */
  readonly host: string | undefined
  readonly reporter: Reporter
  readonly signal: AbortSignal
  /** Undefined where connections are not kept open (http), and for a path, which has no server. */
  readonly door?: Door | undefined
  /** A connection is worth to be opened before it is needed: that takes several round trips (ssh). */
  readonly opensAhead?: boolean | undefined
  /** Value of the `agent` capability. */
  readonly agent: string
  /** Milliseconds without a byte. */
  readonly idleTimeout: number
  /** Sent with each push, where the server takes them. */
  readonly pushOptions: readonly string[]
  /** Ask for progress texts. */
  readonly verbose: boolean
}

/** The same server for questions beside the work: its texts are not shown. */
export function quietServer(server: Server): Server {
  return { ...server, verbose: false, reporter: () => undefined }
}
