/** The part of an address before its path. */
export interface Authority {
  readonly user: string | undefined
  readonly password: string | undefined
  /** Lower case; an IPv6 address without its brackets. */
  readonly host: string
  readonly port: number | undefined
}

/** Reads `[user[:password]@]host[:port]`, percent-encoded, as Git does for ssh and git addresses.
 *  @throws UrlProblem in words that fit behind the name of the input. */
export function parseAuthority(text: string): Authority {
  const at = text.lastIndexOf('@')
  const userinfo = at < 0 ? undefined : text.slice(0, at)
  const { host, port } = parseHostPort(text.slice(at + 1))
  const colon = userinfo?.indexOf(':') ?? -1
  const user = colon < 0 ? userinfo : userinfo?.slice(0, colon)
  return {
    user: user === undefined || user === '' ? undefined : checkUser(decodePercent(user)),
    password: colon < 0 ? undefined : userinfo?.slice(colon + 1),
    host: checkHost(decodePercent(host)),
    port: port === undefined ? undefined : parsePort(port),
  }
}

/** What is wrong with an address, as a sentence without a subject. Holds no secret. */
export class UrlProblem extends Error {}

function parseHostPort(text: string): { host: string; port: string | undefined } {
  if (/^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text)) throw new UrlProblem(bracketProblem(text))
  const parts = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(text)
  if (!parts) throw new UrlProblem('has a host name that cannot be read')
  return { host: parts[1] ?? parts[2] ?? '', port: parts[3] === '' ? undefined : parts[3] }
}

/** What is wrong with `::1` before a path. */
export function bracketProblem(host: string): string {
  return `has an IPv6 address without brackets: write [${host}]`
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65535) throw new UrlProblem('has a port that is not a number from 1 to 65535')
  return port
}

/** @throws UrlProblem for what no host is called, and for what a program would take as an option (J7). */
export function checkHost(host: string): string {
  if (host === '') throw new UrlProblem('has no host name')
  if (host.startsWith('-')) throw new UrlProblem("has a host name that begins with '-'")
  if (!/^[\p{L}\p{N}._~:-]+(%[\w.-]+)?$/u.test(host))
    throw new UrlProblem('has a host name that cannot be read')
  return host.toLowerCase()
}

/** @throws UrlProblem */
export function checkUser(user: string): string {
  if (user.startsWith('-')) throw new UrlProblem("has a user name that begins with '-'")
  if (/[[\]]/.test(user)) throw new UrlProblem('has a user name with a bracket')
  checkControl(user)
  return user
}

/** @throws UrlProblem */
export function checkPath(path: string): string {
  if (path === '' || path === '/') throw new UrlProblem('has no path of a repository')
  if (path.startsWith('-')) throw new UrlProblem("has a path that begins with '-'")
  checkControl(path)
  return path
}

/** @throws UrlProblem */
export function checkControl(text: string): void {
  if (/[\n\r]/.test(text)) throw new UrlProblem('has a line break in it')
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new UrlProblem('has a control character in it')
  if (!text.isWellFormed()) throw new UrlProblem('has half a character in it')
}

/** `text` decoded, or as it is where its percent signs are no encoding. */
export function decodePercentOrKeep(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** @throws UrlProblem */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new UrlProblem("has a '%' that begins no percent-encoding (write it as %25)")
  }
}
