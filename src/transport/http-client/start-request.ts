import { type ClientRequest, request as openRequest, type RequestOptions } from 'node:http'
import { MirrorError } from '../../base/errors.ts'
import { RouteAgent, type Routed } from './route-agent.ts'
import type { HttpRequest } from './messages.ts'
import type { Route } from '../route/route.ts'

/** Bytes of an answer's head. */
const HEAD_LIMIT_BYTES = 64 * 1024

export interface StartOptions {
  readonly request: HttpRequest
  readonly route: Route
  readonly agent: RouteAgent
}

/** Begins a request, the body of which is still to be sent. @throws MirrorError `usage`. */
export function startRequest({ request, route, agent }: StartOptions): ClientRequest {
  const { method, url, body } = request
  const path = url.pathname + url.search
  // Plain http goes to a proxy as a request for the whole address (RFC 9112, absolute-form).
  const proxy = route.tunnel ? undefined : route.proxy
  // As git does for every request: even a fresh connection is closed by us, not by the server.
  const headers: Record<string, string> = { host: url.host, connection: 'keep-alive', ...request.headers }
  if (proxy?.authorization !== undefined) headers['proxy-authorization'] = proxy.authorization
  if (body instanceof Uint8Array) headers['content-length'] = String(body.length)
  const options: RequestOptions & Routed = {
    method,
    path: proxy ? url.origin + path : path,
    headers,
    agent,
    route,
    maxHeaderSize: HEAD_LIMIT_BYTES,
  }
  try {
    return openRequest(options)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code !== 'ERR_INVALID_CHAR') throw cause
    throw new MirrorError(`a header cannot be sent: ${message}`, { code: 'usage', cause })
  }
}
