import { ByteReader } from '../../base/bytes.ts'
import type { TurnBody } from '../connection/connection.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Bytes go with Content-Length; slices go chunked unless `headers` has a `content-length`. */
  readonly body?: TurnBody | undefined
  /** On a connection of its own, which is closed after the answer. */
  readonly fresh?: boolean | undefined
  /** May be sent once more when a kept connection turns out to be dead. */
  readonly repeatable?: boolean | undefined
  /** A public server sent us there: a host of a private network, or this machine, is not connected to. */
  readonly publicOnly?: boolean | undefined
  readonly signal: AbortSignal
  /** As `OpenOptions.onActivity`. */
  readonly onActivity?: ((bytes: number) => void) | undefined
}

export interface HttpAnswer {
  readonly status: number
  header(name: string): string | undefined
  /** The IP address of the server; undefined behind a proxy. */
  readonly peer: string | undefined
  /** Its `cancel` ends the request. */
  readonly bytes: ByteReader
  /** Everything has arrived, or never will. */
  readonly over: boolean
  /** Resolves when `over` becomes true, and never rejects. What waits to be read counts as arrived. */
  readonly whenOver: Promise<void>
}
