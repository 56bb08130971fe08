import { lookup } from 'node:dns/promises'
import { isLoopback } from '../../transport/address/loopback.ts'
import { isPrivateAddress } from '../../transport/route/private-address.ts'
import { MirrorError, type Side } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'

/**
 * An address that an LFS server names is a stranger's word. It has to be https, or http where the server itself is;
 * whether its host may be connected to, is asked when its name is resolved.
 * @throws MirrorError `protocol`; the address is not quoted beyond its host, since its path or query may be a secret.
 */
export function checkHref(href: URL, server: URL, side: Side): void {
  const isAllowed = href.protocol === 'https:' || (href.protocol === 'http:' && server.protocol === 'http:')
  if (isAllowed) return
  const scheme = printableLine(href.protocol.slice(0, 20))
  throw new MirrorError(
    `the LFS server ${server.host} names an address that begins with ${scheme}//, and only https is followed from there`,
    {
      code: 'protocol',
      side,
      hint: 'The server’s own address (its ROOT_URL or external URL) has to be one that begins with https.',
    },
  )
}

/** @throws MirrorError `protocol` for what is no address */
export function parseHref(href: string, server: URL, side: Side): URL {
  const url = URL.parse(href)
  if (url !== null) {
    checkHref(url, server, side)
    return url
  }
  throw new MirrorError(`the LFS server ${server.host} names something that is no address`, {
    code: 'protocol',
    side,
  })
}

/**
 * Whether a server is on this machine or in a private network, by its address or by what its name resolves to. A name
 * that does not resolve here, as behind a proxy, counts as public.
 */
export async function isPrivateHost(host: string): Promise<boolean> {
  const bare = host.replace(/^\[|\]$/g, '')
  if (isLoopback(bare) || isPrivateAddress(bare)) return true
  try {
    return (await lookup(bare, { all: true })).some(({ address }) => isPrivateAddress(address))
  } catch {
    return false
  }
}
