import { type MirrorError, withDetails } from '../base/errors.ts'
import type { Endpoint, MirrorOptions } from '../options/options.ts'
import type { MirrorResult } from '../report/result.ts'
import { findApiRepository } from './github-api.ts'
import { explainAnswer, type RepositoryAnswer } from './github-explain.ts'

/** Milliseconds for all questions of a run together. */
const QUESTIONS_LIMIT_MS = 5000

/**
 * Where GitHub refused, its API tells why: Git's own answer is the same for a wrong name, a token without
 * access, and an archived repository. The better hint takes the place of the general one. Never throws, and
 * asks only servers that are known to be GitHub, with the token that was meant for them.
 */
export async function addDiagnosis(
  result: MirrorResult,
  options: MirrorOptions,
  signal: AbortSignal,
  limit: number = QUESTIONS_LIMIT_MS,
): Promise<MirrorResult> {
  const context = { env: options.env, signal: AbortSignal.any([signal, AbortSignal.timeout(limit)]) }
  const destinations = await Promise.all(
    result.destinations.map(async (destination, index) => {
      const endpoint = options.destinations[index]
      const { error } = destination
      if (!error || !endpoint || error.side === 'source') return destination
      return { ...destination, error: await explainError(error, endpoint, { ...context, wants: 'push' }) }
    }),
  )
  const error =
    result.error?.side === 'source'
      ? await explainError(result.error, options.source, { ...context, wants: 'pull' })
      : result.error
  return { ...result, destinations, error }
}

interface Question {
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  readonly wants: 'push' | 'pull'
}

async function explainError(
  error: MirrorError,
  endpoint: Endpoint,
  question: Question,
): Promise<MirrorError> {
  if (error.code !== 'auth' && error.code !== 'not-found') return error
  const repository = findApiRepository(endpoint.url, question.env)
  const { token } = endpoint.credentials
  if (!repository || !token) return error
  const answer = await askRepository(repository, token, question.signal)
  const hint = answer && explainAnswer(answer, { ...repository, token, wants: question.wants })
  return hint === undefined ? error : withDetails(error, { hint })
}

/** `GET /repos/{owner}/{repo}`; undefined where no answer came. */
async function askRepository(
  repository: { readonly api: string; readonly owner: string; readonly name: string },
  token: string,
  signal: AbortSignal,
): Promise<RepositoryAnswer | undefined> {
  try {
    // Loading it reads the event file and the proxy settings, so not before it is needed.
    const { getOctokit } = await import('@actions/github')
    const octokit = getOctokit(token, { baseUrl: repository.api, log: QUIET })
    const { data } = await octokit.rest.repos.get({
      owner: repository.owner,
      repo: repository.name,
      request: { signal },
    })
    return {
      status: 200,
      fullName: data.full_name,
      archived: data.archived,
      disabled: data.disabled,
      permissions: data.permissions,
    }
  } catch (thrown) {
    const status = (thrown as { readonly status?: unknown } | undefined)?.status
    return typeof status === 'number' && !signal.aborted ? { status } : undefined
  }
}

const QUIET = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
