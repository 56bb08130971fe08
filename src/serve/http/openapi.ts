import { VERSION } from '../../base/version.ts'
import type { Route } from './context.ts'

type Document = Readonly<Record<string, unknown>>

const PROBLEM = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
}

const SYNC_BODY = {
  required: false,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        additionalProperties: false,
        properties: {
          only: { type: 'array', items: { type: 'string' }, description: 'Names, labels or globs' },
          dryRun: { type: 'boolean' },
        },
      },
    },
  },
}

const BODIES: Readonly<Record<NonNullable<Route['body']>, Document>> = {
  json: SYNC_BODY,
  hook: {
    required: true,
    description: 'As the host sends it',
    content: { 'application/json': {}, 'application/x-www-form-urlencoded': {} },
  },
  form: { required: true, content: { 'application/x-www-form-urlencoded': {} } },
}

/** Every status that a route may answer, with its meaning. */
export function responsesOf(route: Route): Readonly<Record<number, string>> {
  return {
    ...(route.access === 'anyone'
      ? {}
      : { 401: 'The token or signature is missing or wrong', 429: 'Too often' }),
    403: 'Asked by another site, or by a name that this server does not go by',
    ...(route.body === undefined ? {} : { 413: 'The body is too large' }),
    ...(route.body === 'hook' ? { 400: 'The body is no JSON object' } : {}),
    ...route.responses,
  }
}

/** The description of the API, as OpenAPI 3.1. */
export function describeApi(routes: readonly Route[]): Document {
  const paths: Record<string, Record<string, Document>> = {}
  for (const route of routes) {
    const path = (paths[route.path] ??= {})
    path[route.method.toLowerCase()] = describeRoute(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kalandra',
      version: VERSION,
      description: 'Runs rounds of mirrors on demand, on push and on schedule.',
    },
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        login: { type: 'http', scheme: 'basic', description: 'The token as password' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'detail'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
          },
        },
      },
    },
  }
}

function describeRoute(route: Route): Document {
  const parameter = /\{(\w+)\}/.exec(route.path)?.[1]
  const isOpen = route.access === 'anyone' || route.access === 'signature'
  return {
    summary: route.summary,
    ...(parameter === undefined
      ? {}
      : {
          parameters: [{ name: parameter, in: 'path', required: true, schema: { type: 'string' } }],
        }),
    ...(isOpen ? {} : { security: [{ token: [] }, { login: [] }] }),
    ...(route.body === undefined ? {} : { requestBody: BODIES[route.body] }),
    responses: Object.fromEntries(
      Object.entries(responsesOf(route)).map(([status, description]) => [
        status,
        Number(status) >= 400 && status !== '503' ? { description, content: PROBLEM } : { description },
      ]),
    ),
  }
}
