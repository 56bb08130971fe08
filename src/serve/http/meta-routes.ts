import type { Route } from './context.ts'
import { json, problem } from './problem.ts'

export const META_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/healthz',
    access: 'anyone',
    summary: 'Whether it is alive',
    responses: { 200: 'It is' },
    handle: () => plain(200, 'ok\n'),
  },
  {
    method: 'GET',
    path: '/readyz',
    access: 'anyone',
    summary: 'Whether it takes rounds',
    responses: { 200: 'It does', 503: 'It is starting or stopping' },
    handle: ({ service }) => (service.isReady ? plain(200, 'ready\n') : plain(503, 'not ready\n')),
  },
  {
    method: 'GET',
    path: '/metrics',
    access: 'metrics',
    summary: 'Figures as Prometheus reads them',
    responses: { 200: 'Text 0.0.4' },
    handle: async ({ metrics }) =>
      new Response(await metrics.render(), { headers: { 'content-type': metrics.contentType } }),
  },
  {
    method: 'POST',
    path: '/reload',
    access: 'token',
    summary: 'Read the config anew, as SIGHUP does',
    responses: { 200: 'The new one is in force', 400: 'It has mistakes; the old one stays in force' },
    handle: async ({ service }) => {
      const mistakes = await service.reload()
      if (mistakes.length > 0) return problem(400, mistakes.join('; '))
      return json(200, { reloaded: true, mirrors: service.names.length })
    },
  },
]

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}
