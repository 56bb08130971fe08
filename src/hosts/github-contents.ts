import { MirrorError } from '../base/errors.ts'
import { createJsonClient } from './json-client.ts'

/** A file of the repository in which a workflow runs. */
export interface ContentsQuestion {
  /** `owner/name`. */
  readonly repository: string
  /** Below the root of the repository. */
  readonly path: string
  /** Commit, branch or tag. */
  readonly ref: string
  readonly token: string
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

/**
 * Reads a file by `GET /repos/{owner}/{repo}/contents/{path}`, so that no step has to check the repository out.
 * @throws MirrorError `not-found`, `auth` and those of the connection
 */
export async function readRepositoryFile(question: ContentsQuestion): Promise<string> {
  const { repository, path, ref, token, env, signal } = question
  if (path.startsWith('/') || path.split('/').includes('..')) {
    throw new MirrorError('a file of a repository has a path below its root', { code: 'usage' })
  }
  const client = createJsonClient({
    base: new URL(env['GITHUB_API_URL'] || 'https://api.github.com'),
    headers: {
      accept: 'application/vnd.github.raw+json',
      'x-github-api-version': '2022-11-28',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    env,
    signal,
  })
  const place = path.split('/').map(encodeURIComponent).join('/')
  try {
    return await client.getText(`repos/${repository}/contents/${place}?ref=${encodeURIComponent(ref)}`)
  } finally {
    await client.dispose()
  }
}
