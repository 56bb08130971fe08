import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { LinearRouter } from 'hono/router/linear-router'
import { getConnInfo } from '@hono/node-server/conninfo'
import { HOOK_KINDS } from './config/settings.ts'
import { hookRoute } from './hooks/hook-route.ts'
import { PAGE_ROUTES } from './page/page-routes.ts'
import { isSignedIn, refuse } from './http/access.ts'
import type { ApiRequest, Route, ServerContext } from './http/context.ts'
import { META_ROUTES } from './http/meta-routes.ts'
import { MIRROR_ROUTES } from './http/mirror-routes.ts'
import { describeApi } from './http/openapi.ts'
import { json, problem } from './http/problem.ts'
import { SYNC_ROUTES } from './http/sync-routes.ts'

/** Bytes of a body. Hooks have limits of their own. */
const MOST_BODY_BYTES = 64 * 1024

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; " +
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

const OPENAPI_ROUTE: Route = {
  method: 'GET',
  path: '/openapi.json',
  access: 'anyone',
  summary: 'This description',
  responses: { 200: 'OpenAPI 3.1' },
  handle: () => json(200, describeApi(ROUTES)),
}

/** Every way to ask. More exact paths stand before those that take the rest as a name. */
export const ROUTES: readonly Route[] = [
  ...META_ROUTES,
  OPENAPI_ROUTE,
  ...SYNC_ROUTES,
  ...MIRROR_ROUTES.toReversed(),
  ...HOOK_KINDS.map(hookRoute),
  ...PAGE_ROUTES,
]

/** The routes as one handler of requests. */
export function createApp(context: ServerContext): Hono<{ Bindings: HttpBindings }> {
  // Names have slashes, and the last part may come behind one: of hono's routers this one takes both.
  const app = new Hono<{ Bindings: HttpBindings }>({ router: new LinearRouter() })
  app.use(async (http, next) => {
    await next()
    for (const [name, value] of Object.entries(HEADERS)) http.res.headers.set(name, value)
    if (!http.res.headers.has('cache-control')) http.res.headers.set('cache-control', 'no-store')
  })
  const limit = bodyLimit({
    maxSize: MOST_BODY_BYTES,
    onError: () => problem(413, 'the body is too large'),
  })
  for (const route of ROUTES) {
    const handle = async (http: Context<{ Bindings: HttpBindings }>): Promise<Response> => {
      const request = makeRequest(context, http)
      return refuse(route, request) ?? (await route.handle(request))
    }
    if (route.body === 'hook') app.on([route.method], [patternOf(route.path)], handle)
    else app.on([route.method], [patternOf(route.path)], limit, handle)
  }
  for (const path of new Set(ROUTES.map((route) => route.path))) {
    const methods = ROUTES.filter((route) => route.path === path).map(({ method }) => method)
    const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')
    app.all(patternOf(path), () => problem(405, `this path takes ${allow}`, { allow }))
  }
  app.notFound(() => problem(404, 'there is no such path'))
  app.onError((thrown) => {
    context.log.error(`a request came upon a defect: ${thrown.message}`)
    return problem(500, 'this is a defect of the server; its log has more')
  })
  return app
}

/** Names of mirrors have slashes: they take the rest of the path, or all before the last part. */
function patternOf(path: string): string {
  return path.replace('{name}', ':param{.+}').replace('{id}', ':param{[^/]+}')
}

function makeRequest(context: ServerContext, http: Context<{ Bindings: HttpBindings }>): ApiRequest {
  const { tokens, trustsProxy } = context.settings()
  const forwarded = trustsProxy ? http.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return {
    ...context,
    http,
    param: http.req.param('param') ?? '',
    address: forwarded ?? getConnInfo(http).remote.address ?? 'unknown',
    isSignedIn: isSignedIn(http.req.header('authorization'), tokens, context.isLoopback),
  }
}
