import { printableLine } from '../../base/printable.ts'
import { identity } from '../../transport/address/identity.ts'
import { parseRemoteUrl } from '../../transport/address/remote-url.ts'
import type { HookKind } from '../config/settings.ts'
import type { ApiRequest, Route, WebhookResult } from '../http/context.ts'
import { json, problem } from '../http/problem.ts'
import type { HookRequest } from './hook.ts'
import { readHookEvent } from './read-event.ts'
import { isGenuine } from './verify.ts'

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
    },
    handle: async (request) => await takeHook(kind, request),
  }
}

/** Verifies, marks and answers: nothing is waited for. */
async function takeHook(kind: HookKind, request: ApiRequest): Promise<Response> {
  const { http, settings, metrics, log, address, failures, deliveries, service } = request
  const login = settings().hooks[kind]
  if (login === undefined) return problem(404, 'there is no such path')
  const count = (result: WebhookResult): void => metrics.countWebhook(kind, result)
  const hook: HookRequest = {
    header: (name) => http.req.header(name),
    body: new Uint8Array(await http.req.arrayBuffer()),
  }
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
  const repositories = identitiesOf(event.addresses)
  const matched = new Set(repositories.flatMap((repository) => service.hint(repository)))
  count(matched.size === 0 ? 'unmatched' : 'accepted')
  log.info(matched.size === 0 ? 'a webhook of a repository that no mirror reads' : 'a webhook', {
    kind,
    event: printableLine(event.name, 100),
    repository: printableLine(repositories.join(', '), 500),
    matched: matched.size,
  })
  return json(202, { matched: matched.size })
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
