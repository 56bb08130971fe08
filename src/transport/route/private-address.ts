import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { MirrorError } from '../../base/errors.ts'

/** This machine, its links and private networks (RFC 6890), with what lies behind carrier NAT and in test networks. */
const PRIVATE_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
] as const
const PRIVATE_V6 = [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
] as const
/** An IPv4 address is in the bytes from the given one on: mapped, compatible, NAT64, 6to4. */
const HOLDS_V4 = [
  ['::ffff:0:0', 96, 12],
  ['::', 96, 12],
  ['64:ff9b::', 96, 12],
  ['2002::', 16, 2],
] as const

let ranges: BlockList | undefined

/** Whether an IP address belongs to this machine, to its links or to a private network. False for a name. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const version = isIP(bare)
  if (version === 0) return false
  ranges ??= makeRanges()
  if (version === 4) return ranges.check(bare, 'ipv4')
  if (ranges.check(bare, 'ipv6')) return true
  const holder = HOLDS_V4.find(([network, prefix]) => isInNetwork(bare, network, prefix))
  return holder !== undefined && ranges.check(readV4(bare, holder[2]), 'ipv4')
}

/** As `dns.lookup`, without private addresses. Where a name has no other: MirrorError `connect`. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [])
    const open = addresses.filter(({ address }) => !isPrivateAddress(address))
    const [first] = open
    if (first === undefined) return callback(privateError(hostname), [])
    if (options.all) callback(null, open)
    else callback(null, first.address, first.family)
  })
}

/** The error for a host that a public server sent us to and that is none itself. */
export function privateError(host: string): MirrorError {
  return new MirrorError(
    `${host} is on this machine or in a private network, and a public server redirects there`,
    {
      code: 'connect',
      hint: 'Such a redirect is not followed. If that server is meant, give its own address.',
    },
  )
}

function makeRanges(): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of PRIVATE_V4) list.addSubnet(network, prefix, 'ipv4')
  for (const [network, prefix] of PRIVATE_V6) list.addSubnet(network, prefix, 'ipv6')
  return list
}

function isInNetwork(address: string, network: string, prefix: number): boolean {
  const list = new BlockList()
  list.addSubnet(network, prefix, 'ipv6')
  return list.check(address, 'ipv6')
}

function readV4(address: string, from: number): string {
  // The parser of addresses writes IPv6 in one way, with no dots.
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0')
  const bytes = [...left, ...zeros, ...right].flatMap((group) => {
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
  return bytes.slice(from, from + 4).join('.')
}
