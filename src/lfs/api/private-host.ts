import { lookup } from 'node:dns/promises'
import { isLoopback } from '../../transport/address/loopback.ts'
import { isPrivateAddress } from '../../transport/route/private-address.ts'

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
