import type { RemoteUrl } from '../../transport/address/remote-url.ts'

/**
 * Where the LFS server of a repository is when nothing else says so (git-lfs, "docs/api/server-discovery.md"): at
 * `<address>.git/info/lfs` over https, whatever the port and the user of an ssh address. Undefined for a path.
 */
export function guessEndpoint(url: RemoteUrl): URL | undefined {
  switch (url.scheme) {
    case 'file':
      return undefined
    case 'https':
    case 'http': {
      const endpoint = new URL(url.url)
      endpoint.pathname = withInfoLfs(endpoint.pathname)
      return endpoint
    }
    case 'ssh':
    case 'git': {
      const host = url.host.includes(':') ? `[${url.host}]` : url.host
      const endpoint = new URL(`https://${host}/`)
      endpoint.pathname = withInfoLfs(`/${url.path.replace(/^\/+/, '')}`)
      return endpoint
    }
  }
}

/** The address of the batch API below an endpoint; a query stays behind it. */
export function batchUrl(endpoint: URL): URL {
  const url = new URL(endpoint)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/objects/batch`
  return url
}

function withInfoLfs(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  return trimmed.endsWith('.git') ? `${trimmed}/info/lfs` : `${trimmed}.git/info/lfs`
}
