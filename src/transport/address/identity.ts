import { domainToASCII } from 'node:url'
import type { RemoteUrl } from './remote-url.ts'

/** Names under which a hosting service is reached by other ports, and the name that its repositories have. */
const SAME_HOSTS: Readonly<Record<string, string>> = {
  'ssh.github.com': 'github.com',
  'www.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
  'altssh.bitbucket.org': 'bitbucket.org',
  'ssh.dev.azure.com': 'dev.azure.com',
  'vs-ssh.visualstudio.com': 'dev.azure.com',
}

/** Hosts to which `Owner/Name` and `owner/name` are one repository; one that begins with a dot ends a name. */
const CASELESS_HOSTS: readonly string[] = [
  'github.com',
  '.ghe.com',
  'gitlab.com',
  'bitbucket.org',
  'codeberg.org',
  'gitea.com',
  'dev.azure.com',
]

const USUAL_PORTS: Readonly<Record<string, number>> = { https: 443, http: 80, git: 9418 }

/**
 * Which repository an address names, whatever the way to it: `github.com/owner/name`. Two addresses with one identity
 * are one repository. Scheme, user, usual ports, `.git`, slashes at the end, percent-encoding and a query do not count;
 * case does not count at the hosts that are known to ignore it. An ssh port does not count where the host has a name:
 * a service has its ssh where it likes. It counts for IP addresses and `localhost`, where each port is a server of
 * its own. Pure: asks no server. Holds no secret.
 */
export function identity(url: RemoteUrl): string {
  if (url.scheme === 'file') return `file:${trimFolder(url.path)}`
  const host = canonicalHost(url.host)
  const path = trimPath(
    url.scheme === 'ssh' || url.scheme === 'git' ? url.path : decodePath(url.url.pathname),
  )
  const azure = azurePath(url.host.toLowerCase(), path)
  if (azure !== undefined) return `dev.azure.com/${azure.toLowerCase()}`
  const port = portOf(url)
  const place = `${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`
  if (isCaseless(host)) return `${place}/${path.toLowerCase()}`
  // Bitbucket Data Center has `scm/` before the paths of http alone, and ignores case in them.
  const scm = /^scm\/([^/]+\/[^/]+)$/i.exec(path)?.[1]
  return `${place}/${scm ?? path}`
}

/** The name of a host's repositories and credentials: lower case, ASCII, no dot at the end, `ssh.github.com` as `github.com`. */
export function canonicalHost(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '')
  const ascii = /[^\u0000-\u007f]/.test(name) ? domainToASCII(name) || name : name
  return SAME_HOSTS[ascii] ?? ascii
}

function portOf(url: Exclude<RemoteUrl, { readonly scheme: 'file' }>): number | undefined {
  if (url.scheme === 'ssh') return isNumbered(url.host) && url.port !== 22 ? url.port : undefined
  return url.port === USUAL_PORTS[url.scheme] ? undefined : url.port
}

function isNumbered(host: string): boolean {
  return host === 'localhost' || host.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)
}

function isCaseless(host: string): boolean {
  return CASELESS_HOSTS.some((known) => (known.startsWith('.') ? host.endsWith(known) : host === known))
}

/** `organisation/project/repository` of each form that Azure has; undefined: not Azure's. */
function azurePath(host: string, path: string): string | undefined {
  if (host === 'ssh.dev.azure.com' || host === 'vs-ssh.visualstudio.com') {
    return /^v3\/([^/]+\/[^/]+\/[^/]+)$/.exec(path)?.[1]
  }
  const organisation = /^([a-z0-9-]+)\.visualstudio\.com$/.exec(host)?.[1]
  const whole =
    organisation === undefined ? path : `${organisation}/${path.replace(/^DefaultCollection\//i, '')}`
  if (organisation === undefined && host !== 'dev.azure.com') return undefined
  // Without a project, the repository has its project's name.
  const parts = /^([^/]+)\/(?:([^/]+)\/)?_git\/([^/]+)$/i.exec(whole)
  return parts === null ? undefined : `${parts[1]}/${parts[2] ?? parts[3]}/${parts[3]}`
}

function trimPath(path: string): string {
  return path
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^\//, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .replace(/\/+$/, '')
}

function trimFolder(path: string): string {
  const folder = path
    .replaceAll('\\', '/')
    .replace(/\/+$/, '')
    .replace(/\/\.git$/, '')
  return folder.replace(/\.git$/, '')
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
