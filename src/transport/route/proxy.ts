import { BlockList, isIP } from 'node:net'
import { MirrorError } from '../../base/errors.ts'
import { decodePercentOrKeep } from '../address/authority.ts'
import { bareHost, isLoopback } from '../address/loopback.ts'

export interface Proxy {
  /** Without user and password: fit to print. */
  readonly url: URL
  /** `Proxy-Authorization` value, from the address in the environment. Goes to the proxy and nowhere else. */
  readonly authorization: string | undefined
  /** The environment variable that named it. */
  readonly variable: string
}

/**
 * The proxy for `url` by the environment, as curl and git read it: `http_proxy`, `https_proxy`, `all_proxy`
 * and `no_proxy`, lower case first. This machine itself is never reached through a proxy.
 * @throws MirrorError `usage` naming the variable when its value is no address of an HTTP proxy.
 */
export function findProxy(url: URL, env: NodeJS.ProcessEnv): Proxy | undefined {
  const host = bareHost(url.hostname)
  if (isLoopback(host) || isExempt(host, effectivePort(url), env['no_proxy'] || env['NO_PROXY'] || '')) return
  const scheme = url.protocol.slice(0, -1)
  const names = [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`, 'all_proxy', 'ALL_PROXY']
  const variable = names.find((name) => env[name])
  return variable === undefined ? undefined : parseProxy(env[variable]!, variable)
}

function parseProxy(text: string, variable: string): Proxy {
  const address = text.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`)
  if (!url?.hostname || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new MirrorError(`${variable} does not hold the address of an HTTP proxy`, {
      code: 'usage',
      hint: `Set ${variable} to http://host:port, or unset it. SOCKS proxies are not supported.`,
    })
  }
  const login = `${decodePercentOrKeep(url.username)}:${decodePercentOrKeep(url.password)}`
  url.username = ''
  url.password = ''
  return {
    url,
    authorization: login === ':' ? undefined : `Basic ${Buffer.from(login, 'utf8').toString('base64')}`,
    variable,
  }
}

function isExempt(host: string, port: number, list: string): boolean {
  for (const entry of list.split(/[\s,]+/)) {
    if (entry === '*') return true
    if (entry !== '' && matchesEntry(host, port, entry.toLowerCase())) return true
  }
  return false
}

function matchesEntry(host: string, port: number, entry: string): boolean {
  const subnet = /^([0-9a-f.:]+)\/(\d{1,3})$/.exec(entry)
  if (subnet) return isInSubnet(host, subnet[1]!, Number(subnet[2]))
  const withPort = isIP(entry) ? undefined : /^(.+):(\d+)$/.exec(entry)
  if (withPort && Number(withPort[2]) !== port) return false
  const name = bareHost((withPort ? withPort[1]! : entry).replace(/^\*?\./, ''))
  return host === name || (!isIP(host) && host.endsWith(`.${name}`))
}

function isInSubnet(host: string, network: string, prefix: number): boolean {
  const version = isIP(host)
  if (version === 0 || isIP(network) !== version || prefix > (version === 4 ? 32 : 128)) return false
  const family = version === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(network, prefix, family)
  return list.check(host, family)
}

function effectivePort(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}
