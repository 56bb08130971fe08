import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** The one login of the `private` places. */
export const HTTP_USER = 'mirror'
export const HTTP_PASSWORD = 'pässword:1'

/**
 * What a place of the server does beside running http-backend:
 *
 * - `plain`: nothing; request and answer pass as they come
 * - `buffered`: the server takes the whole request before it starts the program
 * - `limited`: bodies over 1 MB get 413
 * - `impatient`, `impatient-buffered` (nginx alone): gives up after two seconds without a byte of the body
 * - `private`: HTTP Basic
 * - `private-push`: HTTP Basic for receive-pack alone
 * - `moved`, `temporary`: 301 and 307 to `plain`
 * - `old`: drops the Git-Protocol header
 */
export type Place =
  | 'plain'
  | 'buffered'
  | 'limited'
  | 'impatient'
  | 'impatient-buffered'
  | 'private'
  | 'private-push'
  | 'moved'
  | 'temporary'
  | 'old'

export interface HttpServer extends AsyncDisposable {
  readonly port: number
  readonly pid: number
  /** `http://127.0.0.1:port/place/path` */
  url(place: Place, path: string): string
  /** One line a request: method, path and query, status, Content-Length, Transfer-Encoding, Git-Protocol. */
  requests(): Promise<readonly string[]>
}

export function makeHttpServer(
  port: number,
  log: string,
  server: { readonly pid: number } & AsyncDisposable,
): HttpServer {
  return {
    port,
    pid: server.pid,
    url: (place, path) => `http://127.0.0.1:${port}/${place}/${path.replace(/^\//, '')}`,
    requests: async () => (await readFile(log, 'utf8')).split('\n').filter((line) => line !== ''),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** A line of a password file that nginx and apache both read. */
export function passwordLine(): string {
  return `${HTTP_USER}:{SHA}${createHash('sha1').update(HTTP_PASSWORD).digest('base64')}\n`
}
