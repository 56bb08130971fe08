import { MirrorError, toMirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import { formatSeconds } from '../../report/wording.ts'
import { readRateLimit, waitBefore } from '../rate-limit.ts'
import type { HostQuestion } from './host.ts'

/** Milliseconds of one request. */
const TIME_LIMIT_MS = 60_000

export interface GitHubAnswer {
  readonly data: unknown
}

export interface GitHubClient {
  /** `route`: method and path as GitHub's documentation writes them. @throws MirrorError */
  ask(route: string, parameters?: Readonly<Record<string, unknown>>): Promise<GitHubAnswer>
  /** A header of the last answer, whatever its status. */
  header(name: string): string | undefined
}

/** Octokit with our errors, limits of time, and waits. */
export async function makeGitHubClient(
  question: Pick<HostQuestion, 'api' | 'token' | 'signal' | 'timeLimit' | 'onRequest' | 'onNotice'>,
): Promise<GitHubClient> {
  const { api, token } = question
  const { getOctokit } = await import('@actions/github')
  const octokit = getOctokit(token, { baseUrl: api.href.replace(/\/$/, ''), log: QUIET })
  let last: OctokitError['response']
  return {
    header: (name) => {
      const value = last?.headers?.[name]
      return value === undefined ? undefined : String(value)
    },
    async ask(route, parameters = {}) {
      const place = printableLine(
        `${route.split(' ')[0]} ${octokit.request.endpoint(route, parameters).url.replace(/\?.*/, '')}`,
        300,
      )
      for (let tries = 0; ; tries++) {
        const late = AbortSignal.timeout(question.timeLimit ?? TIME_LIMIT_MS)
        const signal = AbortSignal.any([question.signal, late])
        try {
          const { data, headers, status } = await octokit.request(route, {
            ...parameters,
            request: { signal, redirect: 'manual' },
          })
          last = { headers }
          // Octokit counts these as answers.
          if (status >= 300) throw Object.assign(new Error('moved'), { status, response: { headers, data } })
          question.onRequest?.(`${place}: HTTP ${status}`)
          if (typeof data === 'string' && data !== '') throw noJson(place)
          return { data: data as unknown }
        } catch (thrown) {
          last = (thrown as OctokitError).response ?? last
          const error = question.signal.aborted
            ? toMirrorError(question.signal.reason, { code: 'cancelled' })
            : explain(thrown, place, late.aborted)
          if (error.status !== undefined) question.onRequest?.(`${place}: HTTP ${error.status}`)
          await waitBefore(error, tries, question)
        }
      }
    },
  }
}

function noJson(place: string): MirrorError {
  return new MirrorError(`${place} did not answer in JSON`, {
    code: 'protocol',
    hint: 'Check the address of the API: host-api, or GITHUB_API_URL.',
  })
}

interface OctokitError {
  readonly status?: unknown
  readonly response?: {
    readonly headers?: Readonly<Record<string, unknown>>
    readonly data?: unknown
  }
}

/** What Octokit threw, in our words: its own may hold the address with its query. */
function explain(thrown: unknown, place: string, isLate: boolean): MirrorError {
  if (thrown instanceof MirrorError) return thrown
  if (isLate) return new MirrorError(`${place} did not answer in time`, { code: 'timeout', retryable: true })
  const { status, response } = thrown as OctokitError
  if (typeof status !== 'number' || response === undefined) {
    return new MirrorError(`${place} cannot be reached`, { code: 'connect', retryable: true, cause: thrown })
  }
  const header = (name: string): string | undefined => {
    const value = response.headers?.[name]
    return value === undefined ? undefined : String(value)
  }
  const serverText = typeof response.data === 'object' ? JSON.stringify(response.data) : undefined
  const limit = readRateLimit({ status, header }, Date.now())
  if (limit !== undefined) {
    const text = `${place} asks to wait ${formatSeconds(limit / 1000)} before the next request (HTTP ${status})`
    return new MirrorError(text, { code: 'http', status, retryable: true, retryAfter: limit, serverText })
  }
  if (status >= 300 && status < 400) {
    return new MirrorError(`${place} has moved (HTTP ${status})`, {
      code: 'not-found',
      status,
      hint: 'The repository was renamed: write its new address.',
    })
  }
  if (status === 401 || status === 403) {
    const hint = 'Give a token with Administration: write and Contents: write for this repository.'
    return new MirrorError(`${place} refused the token (HTTP ${status})`, {
      code: 'auth',
      status,
      hint,
      serverText,
    })
  }
  if (status === 404) {
    const text = `${place}: there is nothing, or nothing that this token may see`
    return new MirrorError(text, { code: 'not-found', status, serverText })
  }
  return new MirrorError(`${place} refused the request (HTTP ${status})`, {
    code: 'http',
    status,
    serverText,
    retryable: status >= 500 && status !== 501,
  })
}

const QUIET = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
