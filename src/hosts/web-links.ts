import { parseRemoteUrl, type RemoteUrl } from '../transport/address/remote-url.ts'

/** Where a repository can be looked at in a browser. */
export interface WebLinks {
  readonly home: string
  commit(id: string): string
}

interface Forge {
  readonly origin: string
  /** Path between the repository and the id of a commit. */
  readonly commit: string
}

const FORGES: Readonly<Record<string, string>> = {
  'github.com': '/commit/',
  'gitlab.com': '/-/commit/',
  'bitbucket.org': '/commits/',
  'codeberg.org': '/commit/',
}

/** Links for the hosts whose pages are known: the big ones, and the workflow's own server. */
export function findLinks(address: string, env: NodeJS.ProcessEnv): WebLinks | undefined {
  const url = readAddress(address)
  if (!url || url.scheme === 'file' || url.scheme === 'git') return undefined
  const forge = findForge(url, env)
  if (!forge) return undefined
  const path = (url.scheme === 'ssh' ? url.path : url.url.pathname)
    .replace(/^\/+/, '')
    .replace(/(\.git)?\/*$/, '')
  // Anything else could break out of a link.
  if (!/^[\w.~/-]+$/.test(path)) return undefined
  const home = `${forge.origin}/${path}`
  return { home, commit: (id) => `${home}${forge.commit}${id}` }
}

function findForge(url: RemoteUrl & { host: string }, env: NodeJS.ProcessEnv): Forge | undefined {
  const host = url.host.toLowerCase()
  const own = env['GITHUB_SERVER_URL'] ?? ''
  const known = FORGES[host]
  if (known !== undefined) return { origin: `https://${host}`, commit: known }
  if (!URL.canParse(own) || new URL(own).hostname !== host) return undefined
  return { origin: new URL(own).origin, commit: '/commit/' }
}

function readAddress(address: string): RemoteUrl | undefined {
  try {
    return parseRemoteUrl(address, 'destination')
  } catch {
    return undefined
  }
}
