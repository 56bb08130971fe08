import type { RemoteUrl } from '../transport/address/remote-url.ts'

/** A repository as GitHub's API names it. */
export interface ApiRepository {
  /** Base address of the API, without a slash at its end. */
  readonly api: string
  readonly owner: string
  readonly name: string
}

/** Where GitHub's API tells about a repository; undefined for everything that is not known to be GitHub. */
export function findApiRepository(url: RemoteUrl, env: NodeJS.ProcessEnv): ApiRepository | undefined {
  if (url.scheme !== 'https' && url.scheme !== 'http') return undefined
  const path = /^\/+([\w.-]+)\/+([\w.-]+?)(?:\.git)?\/*$/.exec(url.url.pathname)
  const api = findGitHubApi(url.url, env)
  if (!api || !path?.[1] || !path[2]) return undefined
  return { api, owner: path[1], name: path[2] }
}

/** Base address of GitHub's API for its web server, without a slash at its end; undefined: it is not known to be GitHub. */
export function findGitHubApi(url: URL, env: NodeJS.ProcessEnv): string | undefined {
  const own = env['GITHUB_SERVER_URL'] ?? ''
  const ownApi = env['GITHUB_API_URL'] ?? ''
  if (URL.canParse(own) && new URL(own).origin === url.origin && URL.canParse(ownApi)) {
    return ownApi.replace(/\/+$/, '')
  }
  if (url.protocol !== 'https:' || url.port !== '') return undefined
  if (url.hostname === 'github.com') return 'https://api.github.com'
  // Data residency: each enterprise has a subdomain, and its API one below.
  return /^[a-z0-9-]+\.ghe\.com$/.test(url.hostname) ? `https://api.${url.hostname}` : undefined
}
