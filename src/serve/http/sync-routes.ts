import { MirrorError } from '../../base/errors.ts'
import type { SyncAnswer } from '../run/service.ts'
import type { ApiRequest, Route } from './context.ts'
import { json, problem } from './problem.ts'
import { readSyncBody } from './read-body.ts'
import { roundJson } from './view-json.ts'

const STARTED = 'The round: its id, its address, how many mirrors it has, and whether it was there already'
const NOT_READY = 'It is starting or stopping, or too many rounds are under way'
const NO_ROUND = 'No such round: the last 50 that ended are kept'

export const SYNC_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/sync',
    access: 'token',
    summary: 'Mirror all, or those that `only` means, now',
    body: 'json',
    responses: { 202: STARTED, 400: 'The body is not what it should be, or means no mirror', 503: NOT_READY },
    handle: startRound,
  },
  {
    method: 'POST',
    path: '/sync/{name}',
    access: 'token',
    summary: 'Mirror one now',
    body: 'json',
    responses: {
      202: STARTED,
      400: 'The body is not what it should be',
      404: 'No such mirror',
      409: 'It is paused',
      503: NOT_READY,
    },
    handle: startOne,
  },
  {
    method: 'GET',
    path: '/rounds/{id}',
    access: 'token',
    summary: 'A round, with the results that there are by now',
    responses: { 200: 'The round', 404: NO_ROUND },
    handle: ({ service, param }) => {
      const round = service.rounds.get(param)
      return round === undefined ? problem(404, 'there is no such round') : json(200, roundJson(round))
    },
  },
  {
    method: 'DELETE',
    path: '/rounds/{id}',
    access: 'token',
    summary: 'Cancel a round: what others asked for as well goes on',
    responses: { 202: 'The round, cancelled', 404: NO_ROUND, 409: 'It has ended' },
    handle: ({ service, param }) => {
      const round = service.rounds.get(param)
      if (round === undefined) return problem(404, 'there is no such round')
      if (!round.isOpen) return problem(409, 'this round has ended')
      service.cancel(round)
      return json(202, roundJson(round))
    },
  },
  {
    method: 'GET',
    path: '/rounds/{id}/events',
    access: 'token',
    summary: 'Server-sent events: mirror, progress and done; Last-Event-ID is honoured',
    responses: { 200: 'A stream of events', 404: NO_ROUND, 503: 'Too many streams' },
    handle: streamRound,
  },
]

async function startRound(request: ApiRequest): Promise<Response> {
  const { http, service } = request
  const body = await readSyncBody(http, ['only', 'dryRun'])
  if (body instanceof Response) return body
  const refusal = refuseRound(request)
  if (refusal !== undefined) return refusal
  try {
    const idempotencyKey = http.req.header('idempotency-key')?.slice(0, 200)
    return started(await service.sync({ only: body.only, isDryRun: body.dryRun, idempotencyKey }))
  } catch (thrown) {
    if (thrown instanceof MirrorError && thrown.code === 'usage') return problem(400, thrown.message)
    throw thrown
  }
}

async function startOne(request: ApiRequest): Promise<Response> {
  const { http, service, param } = request
  const body = await readSyncBody(http, ['dryRun'])
  if (body instanceof Response) return body
  const refusal = refuseRound(request) ?? refuseMirror(request)
  return refusal ?? started(service.syncOne(param, body.dryRun))
}

/** Why no round can begin; undefined: one can. */
export function refuseRound({ service }: ApiRequest): Response | undefined {
  if (!service.isReady) return problem(503, 'the server is starting or stopping', { 'retry-after': '5' })
  if (service.rounds.isFull) return problem(503, 'too many rounds are under way', { 'retry-after': '60' })
  return undefined
}

/** Why this mirror cannot run; undefined: it can. */
export function refuseMirror({ service, param }: ApiRequest): Response | undefined {
  if (!service.has(param)) return problem(404, 'there is no such mirror')
  const paused = service.pausedBy(param)
  if (paused === undefined) return undefined
  return problem(
    409,
    paused === 'file' ? 'it is paused in the config' : 'it is paused: POST its /resume first',
  )
}

function started({ round, isCoalesced }: SyncAnswer): Response {
  const url = `/rounds/${round.id}`
  const body = { round: round.id, url, mirrors: round.keys.size, coalesced: isCoalesced }
  return json(202, body, { location: url })
}

function streamRound({ service, param, streams, http }: ApiRequest): Response {
  const round = service.rounds.get(param)
  if (round === undefined) return problem(404, 'there is no such round')
  if (streams.isFull) return problem(503, 'too many streams of events are open', { 'retry-after': '30' })
  const after = Number(/^\d{1,9}$/.exec(http.req.header('last-event-id') ?? '')?.[0] ?? 0)
  return streams.open((listener) => round.log.listen(after, listener))
}
