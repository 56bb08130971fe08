import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A repository of the fake host; what is not said is false. */
export interface FakeRepository {
  readonly path: string
  readonly archived?: boolean
  readonly fork?: boolean
  readonly empty?: boolean
  /** When it was pushed to, for GitHub. */
  readonly pushed?: string
  /** Address to clone from; default: on the fake host. */
  readonly address?: string
}

export interface FakeRequest {
  readonly path: string
  readonly query: URLSearchParams
  readonly authorization: string | undefined
}

export interface FakeReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface FakeApiOptions {
  readonly owner: string
  /** The owner is a user, and no organisation or group. */
  readonly user?: boolean
  readonly repositories: readonly FakeRepository[]
  readonly token?: string
  /** No header says that there are more pages. */
  readonly plain?: boolean
  /** Most items of a page, whatever is asked for. */
  readonly cap?: number
  /** Answers in the place of the API. */
  readonly intercept?: (request: FakeRequest, count: number, origin: string) => FakeReply | undefined
}

export interface FakeApi extends AsyncDisposable {
  readonly origin: string
  readonly requests: readonly FakeRequest[]
}

/**
 * Lists of repositories as GitHub (Enterprise Server), GitLab, Gitea and Bitbucket give them, page by page: what their
 * documentation says, and no more.
 */
export async function startFakeApi(options: FakeApiOptions): Promise<FakeApi> {
  const requests: FakeRequest[] = []
  let origin = ''
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '', origin)
    const asked = {
      path: url.pathname,
      query: url.searchParams,
      authorization: request.headers.authorization,
    }
    requests.push(asked)
    const reply = options.intercept?.(asked, requests.length, origin) ?? answer(options, asked, origin)
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(reply.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** `count` repositories with plain names. */
export function manyRepositories(count: number): readonly FakeRepository[] {
  return Array.from({ length: count }, (_, index) => ({ path: `r${String(index).padStart(4, '0')}` }))
}

function answer(options: FakeApiOptions, request: FakeRequest, origin: string): FakeReply {
  const { path, authorization } = request
  const { token, owner } = options
  if (token !== undefined && authorization?.endsWith(token) !== true)
    return { status: 401, body: '{"message":"401"}' }
  const id = encodeURIComponent(owner)
  const kind = options.user === true ? 'users' : 'orgs'
  if (path === '/api/v3/user') return json({ login: token === undefined ? 'somebody' : owner })
  if (path === `/api/v3/${kind}/${owner}/repos`) return page(options, request, origin, githubItem)
  if (path === '/api/v3/user/repos') return page(options, request, origin, githubItem)
  if (path === '/api/v3/installation/repositories') {
    const reply = page(options, request, origin, githubItem)
    const repositories = JSON.parse(reply.body ?? '[]') as readonly unknown[]
    return { ...reply, body: JSON.stringify({ total_count: options.repositories.length, repositories }) }
  }
  const branches = /^\/api\/v3\/repos\/[^/]+\/([^/]+)\/branches$/.exec(path)
  if (branches) {
    const found = options.repositories.find((repository) => repository.path === branches[1])
    return json(found?.empty === true ? [] : [{ name: 'main' }])
  }
  const groups = options.user === true ? 'users' : 'groups'
  if (path === `/api/v4/${groups}/${id}/projects`) return page(options, request, origin, gitlabItem)
  if (path === `/api/v1/${kind}/${owner}/repos`) return page(options, request, origin, giteaItem)
  if (path === `/2.0/repositories/${owner}`) return bitbucketPage(options, request, origin)
  return { status: 404, body: '{"message":"404 Not Found"}' }
}

type MakeItem = (owner: string, repository: FakeRepository, address: string) => unknown

function page(options: FakeApiOptions, request: FakeRequest, origin: string, make: MakeItem): FakeReply {
  const { items, isLast, number } = cut(options, request, ['per_page', 'limit'])
  const body = JSON.stringify(
    items.map((item) => make(options.owner, item, addressOf(options, item, origin))),
  )
  const query = new URLSearchParams(request.query)
  query.set('page', String(number + 1))
  const next = `<${origin}${request.path}?${query}>; rel="next", <${origin}${request.path}>; rel="first"`
  if (options.plain === true) return { status: 200, body }
  const total = { 'x-total-count': String(options.repositories.length) }
  return { status: 200, body, headers: isLast ? total : { ...total, link: next } }
}

function bitbucketPage(options: FakeApiOptions, request: FakeRequest, origin: string): FakeReply {
  const { items, isLast, number } = cut(options, request, ['pagelen'])
  const values = items.map((item) => {
    const href = addressOf(options, item, origin).replace('://', '://somebody@')
    return {
      full_name: `${options.owner}/${item.path}`,
      links: {
        clone: [
          { name: 'https', href },
          { name: 'ssh', href: 'git@x:y' },
        ],
      },
      mainbranch: item.empty === true ? null : { name: 'main' },
      ...(item.fork === true ? { parent: { full_name: 'x/y' } } : {}),
    }
  })
  const next = `${origin}${request.path}?pagelen=100&page=${number + 1}`
  return json({ values, pagelen: 100, ...(isLast ? {} : { next }) })
}

function cut(options: FakeApiOptions, { query }: FakeRequest, sizes: readonly string[]) {
  const wanted = Number(sizes.map((name) => query.get(name)).find((text) => text !== null) ?? 30)
  const size = Math.min(wanted, options.cap ?? 100)
  const number = Number(query.get('page') ?? 1)
  const start = (number - 1) * size
  return {
    number,
    items: options.repositories.slice(start, start + size),
    isLast: start + size >= options.repositories.length,
  }
}

function addressOf({ owner }: FakeApiOptions, { path, address }: FakeRepository, origin: string): string {
  return address ?? `${origin}/${owner}/${path}.git`
}

function json(value: unknown): FakeReply {
  return { status: 200, body: JSON.stringify(value) }
}

const githubItem: MakeItem = (
  owner,
  { path, archived = false, fork = false, empty = false, pushed = null },
  address,
) => ({
  full_name: `${owner}/${path}`,
  owner: { login: owner },
  clone_url: address,
  archived,
  fork,
  size: empty ? 0 : 12,
  pushed_at: pushed,
})

const gitlabItem: MakeItem = (owner, { path, archived = false, fork = false, empty = false }, address) => ({
  path_with_namespace: `${owner}/${path}`,
  http_url_to_repo: address,
  archived,
  empty_repo: empty,
  ...(fork ? { forked_from_project: { id: 1 } } : {}),
})

const giteaItem: MakeItem = (owner, { path, archived = false, fork = false, empty = false }, address) => ({
  full_name: `${owner}/${path}`,
  clone_url: address,
  archived,
  fork,
  empty,
})
