import { MirrorError, toMirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import { formatSeconds } from '../report/wording.ts'
import {
  type FoundRepository,
  type ListRepositories,
  type OwnerQuestion,
  pathBelow,
} from './found-repository.ts'
import { readRateLimit, waitBefore } from './rate-limit.ts'

/** Milliseconds of one request. */
const TIME_LIMIT_MS = 60_000
const MOST_PAGES = 1000
/** Sizes lag behind: what looks empty is looked at, for so many repositories. */
const MOST_LOOKS = 200
/** Milliseconds after which no other push has the time of the last one. */
const SETTLED_MS = 300_000

type Octokit = ReturnType<typeof import('@actions/github').getOctokit>

interface Item {
  readonly full_name: string
  readonly clone_url?: string | undefined
  readonly archived?: boolean | undefined
  readonly fork: boolean
  readonly size?: number | undefined
  readonly pushed_at?: string | null | undefined
  readonly owner: { readonly login: string }
}

/** An organisation's repositories, else a user's, at GitHub and its Enterprise Server. */
export const listGitHubRepositories: ListRepositories = async (question) => {
  const { owner } = question
  const octokit = await makeOctokit(question)
  const items = new Map<string, Item>()
  const take = async (list: () => AsyncIterable<{ readonly data: readonly Item[] }>): Promise<void> => {
    for await (const { data } of list()) for (const item of data) items.set(item.full_name, item)
  }
  try {
    await take(() =>
      octokit.paginate.iterator(octokit.rest.repos.listForOrg, { org: owner, per_page: 100, type: 'all' }),
    )
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown
    await takeOfUser(octokit, question, take)
  }
  await takeOfInstallation(octokit, question, take)
  const found: FoundRepository[] = []
  let looks = 0
  for (const item of items.values()) {
    const isSmall = item.size === 0 && looks++ < MOST_LOOKS
    found.push({
      owner,
      path: pathBelow(owner, item.full_name),
      address: item.clone_url ?? '',
      archived: item.archived === true,
      fork: item.fork,
      empty: isSmall && (await isEmpty(octokit, item)),
      pushed: markOf(item, Date.now()),
    })
  }
  return found
}

/** The time of a push tells it from others once it is over for certain: it has seconds, and clocks differ. */
function markOf({ pushed_at: pushed }: Item, now: number): string | undefined {
  const time = Date.parse(pushed ?? '')
  return time < now - SETTLED_MS ? (pushed ?? undefined) : undefined
}

type Take = (list: () => AsyncIterable<{ readonly data: readonly Item[] }>) => Promise<void>

/** Of a user others see what is public; the user's own token sees all. */
async function takeOfUser(octokit: Octokit, { owner, token }: OwnerQuestion, take: Take): Promise<void> {
  const isPersonal = token !== undefined && !token.startsWith('ghs_')
  const login = isPersonal
    ? await octokit.rest.users.getAuthenticated().then(
        ({ data }) => data.login,
        () => '',
      )
    : ''
  if (login.toLowerCase() === owner.toLowerCase()) {
    await take(() =>
      octokit.paginate.iterator(octokit.rest.repos.listForAuthenticatedUser, {
        affiliation: 'owner',
        per_page: 100,
      }),
    )
    return
  }
  await take(() =>
    octokit.paginate.iterator(octokit.rest.repos.listForUser, {
      username: owner,
      per_page: 100,
      type: 'owner',
    }),
  )
}

/** The list of an organisation need not have the private repositories to which an App was given access. */
async function takeOfInstallation(
  octokit: Octokit,
  { owner, token }: OwnerQuestion,
  take: Take,
): Promise<void> {
  if (token?.startsWith('ghs_') !== true) return
  try {
    await take(async function* () {
      const pages = octokit.paginate.iterator(octokit.rest.apps.listReposAccessibleToInstallation, {
        per_page: 100,
      })
      for await (const { data } of pages) {
        // One page is a list to the iterator, and an object with a list to the types.
        const list = data as unknown as readonly Item[]
        yield { data: list.filter((item) => item.owner.login.toLowerCase() === owner.toLowerCase()) }
      }
    })
  } catch (thrown) {
    // A workflow's own token need not be allowed to ask.
    const isRefused = thrown instanceof MirrorError && (thrown.code === 'auth' || thrown.code === 'not-found')
    if (!isRefused) throw thrown
  }
}

function isNotFound(thrown: unknown): boolean {
  return thrown instanceof MirrorError && thrown.code === 'not-found'
}

async function isEmpty(octokit: Octokit, item: Item): Promise<boolean> {
  const [owner = '', repo = ''] = item.full_name.split('/')
  const { data } = await octokit.rest.repos.listBranches({ owner, repo, per_page: 1 })
  return data.length === 0
}

async function makeOctokit(question: OwnerQuestion): Promise<Octokit> {
  const { api, token } = question
  const { GitHub, getOctokitOptions } = await import('@actions/github/lib/utils')
  const common = { baseUrl: api.href.replace(/\/$/, ''), log: QUIET }
  const octokit = new GitHub(token === undefined ? common : getOctokitOptions(token, common)) as Octokit
  const check = makeCheck(api)
  octokit.hook.wrap('request', async (request, options) => {
    const url = new URL(octokit.request.endpoint(options).url)
    check(url)
    const tell = (status: number | undefined): void =>
      question.onRequest?.(`GET ${printPlace(url)}: ${status === undefined ? 'no answer' : `HTTP ${status}`}`)
    for (let tries = 0; ; tries++) {
      const late = AbortSignal.timeout(TIME_LIMIT_MS)
      options.request = { ...options.request, signal: AbortSignal.any([question.signal, late]) }
      try {
        const answer = await request(options)
        tell(answer.status)
        return answer
      } catch (thrown) {
        const error = explain(thrown, question, late.aborted)
        tell(error.status)
        await waitBefore(error, tries, question)
      }
    }
  })
  return octokit
}

/** `paginate` follows `Link` to wherever it leads, with the token. */
function makeCheck(api: URL): (url: URL) => void {
  const asked = new Set<string>()
  return (url) => {
    if (url.origin !== api.origin) {
      throw new MirrorError(`${printPlace(api)} leads to another server, ${printableLine(url.origin, 200)}`, {
        code: 'protocol',
        hint: 'Nothing is asked there.',
      })
    }
    if (asked.has(url.href)) {
      throw new MirrorError(`the pages of ${printPlace(url)} go round in a circle`, { code: 'protocol' })
    }
    if (asked.size >= MOST_PAGES + MOST_LOOKS) {
      throw new MirrorError(`${printPlace(api)} has more than ${MOST_PAGES} pages`, { code: 'limit' })
    }
    asked.add(url.href)
  }
}

interface OctokitError {
  readonly status?: unknown
  readonly message?: unknown
  readonly response?: { readonly headers?: Readonly<Record<string, unknown>> }
}

/** What Octokit threw, in our words: its own may hold the address with its query. */
function explain(thrown: unknown, { api, signal }: OwnerQuestion, isLate: boolean): MirrorError {
  if (thrown instanceof MirrorError) return thrown
  if (signal.aborted) return toMirrorError(signal.reason, { code: 'cancelled' })
  if (isLate) {
    const text = `${printPlace(api)} did not answer in time`
    return new MirrorError(text, { code: 'timeout', retryable: true })
  }
  const { status, response } = thrown as OctokitError
  const place = printPlace(api)
  if (typeof status !== 'number' || response === undefined) {
    return new MirrorError(`${place} cannot be reached`, { code: 'connect', retryable: true, cause: thrown })
  }
  const header = (name: string): string | undefined => {
    const value = response.headers?.[name]
    return value === undefined ? undefined : String(value)
  }
  const limit = readRateLimit({ status, header }, Date.now())
  if (limit !== undefined) {
    return new MirrorError(
      `${place} asks to wait ${formatSeconds(limit / 1000)} before the next request (HTTP ${status})`,
      { code: 'http', status, retryable: true, retryAfter: limit },
    )
  }
  if (status === 401 || status === 403) {
    return new MirrorError(`${place} refused the token (HTTP ${status})`, {
      code: 'auth',
      status,
      hint: 'Give the host a token that may read its repositories, under `hosts`.',
    })
  }
  if (status === 404) {
    return new MirrorError(`there is no such owner at ${place}, or none that this token may see`, {
      code: 'not-found',
      status,
    })
  }
  return new MirrorError(`${place} refused the request (HTTP ${status})`, {
    code: 'http',
    status,
    retryable: status >= 500 && status !== 501,
  })
}

function printPlace(url: URL): string {
  return printableLine(`${url.origin}${url.pathname}`, 300)
}

const QUIET = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
