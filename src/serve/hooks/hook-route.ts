import { printableLine } from '../../base/printable.ts'
import { identity } from '../../transport/address/identity.ts'
import { parseRemoteUrl } from '../../transport/address/remote-url.ts'
import type { HookKind, HookLogin } from '../config/settings.ts'
import type { ApiRequest, Route, WebhookResult } from '../http/context.ts'
import { json, problem } from '../http/problem.ts'
import type { HookEvent, HookRequest } from './hook.ts'
import { readHookEvent } from './read-event.ts'
import { isGenuine } from './verify.ts'

/** Bytes of a body: GitHub sends up to 25 MB, and says nothing of what is larger. */
export const MOST_HOOK_BYTES: Readonly<Record<HookKind, number>> = {
  github: 25 * 1024 * 1024,
  gitlab: 5 * 1024 * 1024,
  gitea: 5 * 1024 * 1024,
  bitbucket: 5 * 1024 * 1024,
  azure: 5 * 1024 * 1024,
}

export function hookRoute(kind: HookKind): Route {
  return {
    method: 'POST',
    path: `/hooks/${kind}`,
    access: 'signature',
    summary: `A webhook of ${kind}`,
    body: 'hook',
    responses: {
      202: 'Taken: how many mirrors have this source, and whether the delivery came before',
      204: 'Genuine, and about nothing that moves a ref',
      404: 'No secret is configured for it',
      503: 'Too much is being sent at once',
    },
    handle: async (request) => await takeHook(kind, request),
  }
}

async function takeHook(kind: HookKind, request: ApiRequest): Promise<Response> {
  const { http, settings, bodies } = request
  const login = settings().hooks[kind]
  if (login === undefined) return problem(404, 'there is no such path')
  const header = (name: string): string | undefined => http.req.header(name)
  const answer = await bodies.read(
    http.env.incoming,
    MOST_HOOK_BYTES[kind],
    async (body) => await answerHook({ kind, login, hook: { header, body } }, request),
  )
  if (answer === 'too-large') return problem(413, 'the body is too large')
  if (answer === 'cut') return problem(400, 'the body has no end')
  if (answer === 'busy') return problem(503, 'too much is being sent at once', { 'retry-after': '30' })
  return answer
}

interface Given {
  readonly kind: HookKind
  readonly login: HookLogin
  readonly hook: HookRequest
}

/** Verifies, marks and answers: nothing is waited for. */
async function answerHook({ kind, login, hook }: Given, request: ApiRequest): Promise<Response> {
  const { metrics, log, address, failures, deliveries } = request
  const count = (result: WebhookResult): void => metrics.countWebhook(kind, result)
  if (!(await isGenuine(kind, hook, login))) {
    count('refused')
    const isTooMuch = failures.add(address)
    log[isTooMuch ? 'debug' : 'warn']('a webhook had no right signature', { kind, address })
    return isTooMuch
      ? problem(429, 'too many requests without a right signature', { 'retry-after': '60' })
      : problem(401, 'invalid signature')
  }
  const event = readHookEvent(kind, hook)
  if (event === undefined) {
    count('refused')
    return problem(400, 'the body is no JSON object')
  }
  if (event.kind === 'other') {
    count('ignored')
    log.info('a webhook that moves no ref', { kind, event: printableLine(event.name, 100) })
    return new Response(null, { status: 204 })
  }
  if (event.delivery !== undefined && deliveries.isRepeated(`${kind} ${event.delivery}`)) {
    count('duplicate')
    return json(202, { matched: 0, duplicate: true })
  }
  const matched = markMirrors(kind, event, request)
  count(matched === 0 ? 'unmatched' : 'accepted')
  return json(202, { matched })
}

/** @returns how many mirrors the event is about */
function markMirrors(kind: HookKind, event: HookEvent, { service, log }: ApiRequest): number {
  const repositories = identitiesOf(event.addresses)
  const isNotice = event.kind === 'notice'
  const matched = new Set(
    repositories.flatMap((repository) =>
      isNotice ? service.notice(repository, `${kind}: ${event.name}`) : service.hint(repository),
    ),
  )
  const fields = {
    kind,
    event: printableLine(event.name, 100),
    repository: printableLine(repositories.join(', '), 500),
    matched: matched.size,
  }
  if (matched.size === 0) log.info('a webhook of a repository that no mirror reads', fields)
  else if (isNotice)
    log.warn('the host says that a repository of mirrors is not what it was', {
      ...fields,
      mirrors: printableLine([...matched].join(', '), 500),
    })
  else log.info('a webhook', fields)
  return matched.size
}

/** Names of the repository: an address that cannot be one is passed over. */
function identitiesOf(addresses: readonly string[]): readonly string[] {
  const found = addresses.flatMap((address) => {
    try {
      const url = parseRemoteUrl(address, 'source')
      return url.scheme === 'file' ? [] : [identity(url)]
    } catch {
      return []
    }
  })
  return [...new Set(found)]
}
