import { parseStrangersJson } from '../base/json.ts'
import { MirrorError } from '../base/errors.ts'
import { listAt, textAt } from './found-repository.ts'
import { createJsonClient } from './json-client.ts'

/** A file or a folder of the repository in which a workflow runs. */
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
 * Reads a file by `GET /repos/{owner}/{repo}/contents/{path}`, so that no step has to check the repository out. Of a
 * folder the names of its files.
 * @throws MirrorError `not-found`, `auth` and those of the connection
 */
export async function readRepositoryPath(question: ContentsQuestion): Promise<string | readonly string[]> {
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
    const text = await client.getText(`repos/${repository}/contents/${place}?ref=${encodeURIComponent(ref)}`)
    return readListing(text, path) ?? text
  } finally {
    await client.dispose()
  }
}

/** The answer for a folder is a list of its entries, whatever was asked for; no file of a config is one. */
function readListing(text: string, folder: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined
  try {
    const entries = listAt(parseStrangersJson(text))
    const isOfFolder = entries.every((entry) => textAt(entry, 'path').startsWith(`${folder}/`))
    if (!isOfFolder) return undefined
    return entries.filter((entry) => textAt(entry, 'type') === 'file').map((entry) => textAt(entry, 'name'))
  } catch {
    return undefined
  }
}
