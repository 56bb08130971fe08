import { parseStrangersJson } from '../../base/json.ts'
import type { HookKind } from '../config/settings.ts'
import { type HookEvent, type HookRequest, type Json, mappingAt, textsAt } from './hook.ts'

type Reader = (request: HookRequest, body: Json) => HookEvent

/** Of each kind of host: the events that may mean moved refs, and where the repository stands. */
const READERS: Readonly<Record<HookKind, Reader>> = {
  github: ({ header }, body) => {
    const name = header('x-github-event') ?? ''
    const addresses = textsAt(mappingAt(body, 'repository'), 'clone_url', 'ssh_url', 'html_url')
    const delivery = header('x-github-delivery')
    const notice = name === 'repository' ? readNotice(body) : undefined
    if (notice !== undefined)
      return { kind: 'notice', name: notice, delivery, addresses: [...addresses, ...oldAddresses(body)] }
    return { kind: kindOf(name, ['push', 'create', 'delete']), name, delivery, addresses }
  },
  gitlab: ({ header }, body) => {
    const [name = ''] = textsAt(body, 'event_name', 'object_kind')
    return {
      kind: kindOf(name, ['push', 'tag_push', 'repository_update']),
      name,
      delivery: header('webhook-id') ?? header('idempotency-key') ?? header('x-gitlab-event-uuid'),
      addresses: textsAt(mappingAt(body, 'project'), 'git_http_url', 'git_ssh_url', 'web_url'),
    }
  },
  gitea: ({ header }, body) => {
    const name = header('x-forgejo-event') ?? header('x-gitea-event') ?? ''
    return {
      kind: kindOf(name, ['push', 'create', 'delete']),
      name,
      delivery: header('x-forgejo-delivery') ?? header('x-gitea-delivery'),
      addresses: textsAt(mappingAt(body, 'repository'), 'clone_url', 'ssh_url', 'html_url'),
    }
  },
  bitbucket: ({ header }, body) => {
    const name = header('x-event-key') ?? ''
    const repository = mappingAt(body, 'repository')
    return {
      kind: kindOf(name, ['repo:push', 'repo:refs_changed']),
      name,
      delivery: header('x-request-uuid') ?? header('x-request-id'),
      addresses: [
        ...textsAt(mappingAt(repository, 'links', 'html'), 'href'),
        ...dataCenterAddresses(repository),
      ],
    }
  },
  azure: (_, body) => {
    const [name = ''] = textsAt(body, 'eventType')
    return {
      kind: kindOf(name, ['git.push']),
      name,
      delivery: textsAt(body, 'id')[0],
      addresses: textsAt(mappingAt(body, 'resource', 'repository'), 'remoteUrl'),
    }
  },
}

/** Reads what a genuine hook says; undefined: it is no JSON that a host would send. */
export function readHookEvent(kind: HookKind, request: HookRequest): HookEvent | undefined {
  const body = parseBody(request)
  return body === undefined ? undefined : READERS[kind](request, body)
}

function kindOf(name: string, changes: readonly string[]): HookEvent['kind'] {
  return changes.includes(name) ? 'change' : 'other'
}

/** What may be done to a repository, of that which matters to a mirror of it. */
const NOTICES = new Set(['renamed', 'transferred', 'archived', 'unarchived', 'deleted', 'privatized'])

function readNotice(body: Json): string | undefined {
  const [action = ''] = textsAt(body, 'action')
  return NOTICES.has(action) ? action : undefined
}

/** Where GitHub had a repository before its name, or its owner, changed: mirrors still have that address. */
function oldAddresses(body: Json): readonly string[] {
  const [owner] = textsAt(mappingAt(body, 'repository', 'owner'), 'login')
  const [name] = textsAt(mappingAt(body, 'repository'), 'name')
  const [page = ''] = textsAt(mappingAt(body, 'repository'), 'html_url')
  const from = mappingAt(body, 'changes', 'owner', 'from')
  const [oldName = name] = textsAt(mappingAt(body, 'changes', 'repository', 'name'), 'from')
  const [oldOwner = owner] = [
    ...textsAt(mappingAt(from, 'user'), 'login'),
    ...textsAt(mappingAt(from, 'organization'), 'login'),
  ]
  const origin = URL.parse(page)?.origin
  if (origin === undefined || oldOwner === undefined || oldName === undefined) return []
  return [`${origin}/${encodeURIComponent(oldOwner)}/${encodeURIComponent(oldName)}`]
}

/** JSON, or a form with it in `payload`: GitHub's usual way. */
function parseBody({ header, body }: HookRequest): Json | undefined {
  const text = new TextDecoder().decode(body)
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(header('content-type') ?? '')
  const payload = isForm ? new URLSearchParams(text).get('payload') : text
  try {
    const value: unknown = parseStrangersJson(payload ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
  } catch {
    return undefined
  }
}

/** Bitbucket Data Center: its addresses are there or not; its page is, and says host, project and name. */
function dataCenterAddresses(repository: Json): readonly string[] {
  const links = mappingAt(repository, 'links')
  const hrefs = ['clone', 'self'].flatMap((key) => {
    const list = links[key]
    return (Array.isArray(list) ? list.slice(0, 10) : []).flatMap((link) => textsAt(mappingAt(link), 'href'))
  })
  const [project] = textsAt(mappingAt(repository, 'project'), 'key')
  const [slug] = textsAt(repository, 'slug')
  const origins = new Set(hrefs.flatMap((href) => URL.parse(href)?.host ?? []))
  if (project === undefined || slug === undefined) return hrefs
  const named = [...origins].flatMap((host) => {
    const path = `${encodeURIComponent(project)}/${encodeURIComponent(slug)}`
    // It ignores case, and says the key of a project in upper case.
    return [`https://${host}/scm/${path}`, `https://${host}/scm/${path.toLowerCase()}`]
  })
  return [...hrefs, ...named]
}
