import type { ApiRequest, Route } from './context.ts'
import { json, problem } from './problem.ts'
import { mirrorJson } from './view-json.ts'

const IN_MEMORY = 'Until the server stops: `paused: true` in the config is what lasts.'

export const MIRROR_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/mirrors',
    access: 'token',
    summary: 'All mirrors, with what is known of them',
    responses: { 200: 'The mirrors, by name' },
    handle: ({ service }) => json(200, { mirrors: service.views().map(mirrorJson) }),
  },
  {
    method: 'GET',
    path: '/mirrors/{name}',
    access: 'token',
    summary: 'One mirror, with its last runs and the whole result of the last one',
    responses: { 200: 'The mirror', 404: 'No such mirror' },
    handle: ({ service, param }) => {
      const view = service.view(param)
      if (view === undefined) return problem(404, 'there is no such mirror')
      const { runs } = view.record
      const result = service.lastLine(param)?.result ?? null
      return json(200, { ...mirrorJson(view), runs, log: service.live.lines(param), result })
    },
  },
  {
    method: 'POST',
    path: '/mirrors/{name}/pause',
    access: 'token',
    summary: 'Keep a mirror from running; what runs goes on',
    responses: { 200: IN_MEMORY, 404: 'No such mirror' },
    handle: (request) =>
      changePause(request, () => {
        request.service.pause(request.param)
        return { paused: true, note: IN_MEMORY }
      }),
  },
  {
    method: 'POST',
    path: '/mirrors/{name}/resume',
    access: 'token',
    summary: 'Let a mirror run again',
    responses: { 200: 'It runs again', 404: 'No such mirror', 409: 'It is paused in the config' },
    handle: (request) =>
      changePause(request, () => {
        if (request.service.pausedBy(request.param) === 'file') return undefined
        request.service.resume(request.param)
        return { paused: false, note: IN_MEMORY }
      }),
  },
]

function changePause({ service, param }: ApiRequest, change: () => object | undefined): Response {
  if (!service.has(param)) return problem(404, 'there is no such mirror')
  const answer = change()
  return answer === undefined
    ? problem(409, 'it is paused in the config')
    : json(200, { name: param, ...answer })
}
