import { MirrorError } from '../../base/errors.ts'
import {
  bracketProblem,
  checkControl,
  checkHost,
  checkPath,
  checkUser,
  decodePercent,
  parseAuthority,
  UrlProblem,
} from './authority.ts'

/** Where a repository is. Hosts are lower case; IPv6 addresses are without brackets. */
export type RemoteUrl =
  | {
      readonly scheme: 'https' | 'http'
      readonly host: string
      /** undefined: the scheme's own. */
      readonly port: number | undefined
      /** Without userinfo; its query stays. */
      readonly url: URL
      /** Decoded (F17). */
      readonly username?: string
      readonly password?: string
    }
  | {
      readonly scheme: 'ssh'
      readonly host: string
      readonly port: number
      readonly user: string
      /** As it has to be quoted in the command: `/abs`, `~user/x`, or relative to the home folder (J7). */
      readonly path: string
    }
  | { readonly scheme: 'git'; readonly host: string; readonly port: number; readonly path: string }
  | { readonly scheme: 'file'; readonly path: string }

const FORMS =
  'Give https://host/path, ssh://user@host/path, user@host:path, git://host/path, file:///path or an absolute path.'

const NO_SCHEME = 'has a name and a password, and no scheme: write https:// before it'

const SSH_PORT = 22
const GIT_PORT = 9418

/**
 * Reads an address in the forms of git-clone(1), "GIT URLS". Pure.
 * @throws MirrorError `usage` that names `inputName`, and holds none of the address that may be secret.
 */
export function parseRemoteUrl(
  text: string,
  inputName: string,
  platform: NodeJS.Platform = process.platform,
): RemoteUrl {
  try {
    return parseTrimmed(text.trim(), platform)
  } catch (error) {
    if (!(error instanceof UrlProblem)) throw error
    throw new MirrorError(`${inputName} ${error.message}`, { code: 'usage', hint: FORMS })
  }
}

function parseTrimmed(text: string, platform: NodeJS.Platform): RemoteUrl {
  if (text === '') throw new UrlProblem('is empty')
  checkControl(text)
  const helper = /^([\w+.-]+)::/.exec(text)
  if (helper) throw new UrlProblem(`asks for a remote helper (${helper[1]}::), and none is ever run`)
  if (text.startsWith('-')) throw new UrlProblem("begins with '-'")
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text)
  if (scheme) return parseScheme(scheme[1]!.toLowerCase(), scheme[2]!, text, platform)
  if (platform === 'win32' && /^(?:[a-z]:[\\/]|\\\\)/i.test(text)) return { scheme: 'file', path: text }
  if (/^\/\/[^/]*[:@]/.test(text)) throw new UrlProblem(NO_SCHEME)
  if (text.startsWith('/')) return { scheme: 'file', path: checkPath(text) }
  if (/^(?:[a-z]:)?\\/i.test(text)) throw new UrlProblem('is a Windows path, and this is not Windows')
  if (/^[^/[]*:|^[^/[]*\[[^\]]*\]:/.test(text)) return parseScp(text)
  throw new UrlProblem(relativeProblem(text))
}

function parseScheme(scheme: string, rest: string, text: string, platform: NodeJS.Platform): RemoteUrl {
  switch (scheme) {
    case 'https':
    case 'http':
      return parseHttp(scheme, rest, text)
    case 'ssh':
    case 'git+ssh':
    case 'ssh+git':
      return parseSsh(rest)
    case 'git':
      return parseDaemon(rest)
    case 'file':
      return { scheme: 'file', path: parseFile(rest, platform) }
    default:
      throw new UrlProblem(`begins with ${scheme}://, which is not spoken here`)
  }
}

function parseHttp(scheme: 'https' | 'http', rest: string, text: string): RemoteUrl {
  if (/^[/\\]/.test(rest)) throw new UrlProblem('has no host name')
  const authority = /^[^/\\?#]*/.exec(rest)![0]
  checkTail(authority, rest.slice(authority.length))
  const bare = authority.slice(authority.lastIndexOf('@') + 1)
  if (/^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(bare)) throw new UrlProblem(bracketProblem(bare))
  if (!URL.canParse(text)) throw new UrlProblem(`is not a readable ${scheme} address`)
  const url = new URL(text)
  if (url.hash !== '') throw new UrlProblem("has a fragment ('#' and what follows), which Git does not know")
  const username = decodePercent(url.username)
  const password = decodePercent(url.password)
  checkControl(username + password)
  url.username = ''
  url.password = ''
  return {
    scheme,
    host: checkHost(url.hostname.replace(/^\[|\]$/g, '')),
    port: url.port === '' ? undefined : Number(url.port),
    url,
    ...(username === '' ? {} : { username }),
    // `user:@host` is a login with an empty password, `user@host` is none; the parsed address does not tell.
    ...(password === '' && !/^[^@]+:@/.test(authority) ? {} : { password }),
  }
}

function parseSsh(rest: string): RemoteUrl {
  const { authority, path } = splitPath(rest)
  const { user = 'git', password, host, port = SSH_PORT } = parseAuthority(authority)
  if (password !== undefined) {
    throw new UrlProblem('has a password, which ssh does not take from an address: use a key')
  }
  return { scheme: 'ssh', host, port, user, path: homePath(path) }
}

function parseDaemon(rest: string): RemoteUrl {
  const { authority, path } = splitPath(rest)
  const { user, host, port = GIT_PORT } = parseAuthority(authority)
  if (user !== undefined) throw new UrlProblem('has a user name, and git:// knows none')
  return { scheme: 'git', host, port, path: homePath(path) }
}

function splitPath(rest: string): { authority: string; path: string } {
  const slash = rest.indexOf('/')
  if (slash < 0) throw new UrlProblem('has no path of a repository')
  const authority = rest.slice(0, slash)
  checkTail(authority, rest.slice(slash))
  return { authority, path: checkPath(decodePercent(rest.slice(slash))) }
}

/** `name:12/34@host/x` looks like a port and a path, and is a password that nobody encoded: it would be printed. */
function checkTail(authority: string, tail: string): void {
  const at = authority.lastIndexOf('@')
  const cut = at < 0 ? /^[^[\]]*:\d*$/.test(authority) : authority.slice(0, at).includes(':')
  if (!cut || !tail.includes('@')) return
  throw new UrlProblem(
    "has an '@' behind the host: write %2F for a '/' in a password, and %40 for an '@' in a path",
  )
}

function homePath(path: string): string {
  return path.startsWith('/~') ? path.slice(1) : path
}

function parseScp(text: string): RemoteUrl {
  const bracket = /^((?:[^:/]*@)?)\[([^\]]*)\]:(.*)$/.exec(text)
  const colon = text.indexOf(':')
  const parts = bracket
    ? { before: `${bracket[1]}${scpHost(bracket[2]!)}`, path: bracket[3]! }
    : { before: text.slice(0, colon), path: text.slice(colon + 1) }
  const { user = 'git', password, host, port = SSH_PORT } = parseScpAuthority(parts.before)
  // `name:token@host/path` is an https address that has lost its scheme: a token would become a path.
  const lost = password !== undefined || (!parts.before.includes('@') && /^[^@]+@[^/@]+\//.test(parts.path))
  if (lost) throw new UrlProblem(NO_SCHEME)
  return { scheme: 'ssh', host, port, user: checkUser(user), path: homePath(checkPath(parts.path)) }
}

/** `[host:port]` and `[user@host:port]` are Git's way to give a port without a scheme; else it is IPv6. */
function scpHost(inner: string): string {
  return /:.*:/.test(inner) ? `[${inner}]` : inner
}

function parseScpAuthority(text: string): ReturnType<typeof parseAuthority> {
  // This form is not percent-encoded.
  return parseAuthority(text.replaceAll('%', '%25'))
}

function parseFile(rest: string, platform: NodeJS.Platform): string {
  const { authority, path } = splitPath(rest)
  if (platform === 'win32') {
    if (authority !== '') return `\\\\${checkHost(authority)}${path.replaceAll('/', '\\')}`
    return /^\/[a-z]:/i.test(path) ? path.slice(1) : path
  }
  if (authority !== '' && authority !== 'localhost') {
    throw new UrlProblem('names a host: write file:/// and the absolute path')
  }
  return path
}

function relativeProblem(text: string): string {
  if (/^\.{0,2}[\\/]|^\.{1,2}$|^~/.test(text)) return 'is a relative path: give the absolute one'
  if (/^[\w.-]+\/[\w.-]+$/.test(text))
    return `is '${text}', without a host: write https://github.com/${text} for one at GitHub`
  return 'is no address of a repository'
}

/** The address for people, without any secret: a query may hold one too, and is left out. */
export function printUrl(url: RemoteUrl): string {
  switch (url.scheme) {
    case 'https':
    case 'http':
      return `${url.url.origin}${url.url.pathname}${url.url.search === '' ? '' : '?…'}`
    case 'git':
      return `git://${printHost(url.host, url.port, GIT_PORT)}${printPath(url.path).replaceAll('@', '%40')}`
    case 'ssh':
      if (/^[/~]/.test(url.path) && !url.path.startsWith('~/')) {
        return `ssh://${encodeURIComponent(url.user)}@${printHost(url.host, url.port, SSH_PORT)}${printPath(url.path)}`
      }
      // This form is not percent-encoded.
      return url.port === SSH_PORT
        ? `${url.user}@${inBrackets(url.host)}:${url.path}`
        : `[${url.user}@${url.host}:${url.port}]:${url.path}`
    case 'file':
      return url.path
  }
}

function printHost(host: string, port: number, usual: number): string {
  // A zone of IPv6 begins with '%', which is encoded in an address (RFC 6874).
  const name = inBrackets(host).replaceAll('%', '%25')
  return port === usual ? name : `${name}:${port}`
}

function inBrackets(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function printPath(path: string): string {
  const encoded = path.replace(/[%\s?#"<>]/g, encodeURIComponent)
  return encoded.startsWith('/') ? encoded : `/${encoded}`
}

/**
 * Whether two addresses name the same repository, by their text alone: the case of the host, default ports,
 * `.git` and slashes at the end do not count. Two schemes of one host are two addresses.
 */
export function sameRepository(a: RemoteUrl, b: RemoteUrl): boolean {
  return identify(a) === identify(b)
}

function identify(url: RemoteUrl): string {
  switch (url.scheme) {
    case 'https':
    case 'http':
      return `${url.url.origin}${trimPath(url.url.pathname)}${url.url.search}`
    case 'ssh':
      return `ssh ${url.user}@${url.host} ${url.port} ${trimPath(url.path).replace(/^\//, '')}`
    case 'git':
      return `git ${url.host} ${url.port} ${trimPath(url.path)}`
    case 'file':
      return `file ${trimPath(url.path.replaceAll('\\', '/').replace(/\/\.git\/*$/, ''))}`
  }
}

function trimPath(path: string): string {
  return path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/\/+$/, '')
}
