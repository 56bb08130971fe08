import { MirrorError } from '../../base/errors.ts'
import { isLoopback } from '../address/loopback.ts'
import type { HttpAnswer } from '../http-client/messages.ts'
import { isPrivateAddress } from '../route/private-address.ts'
import { isLoginAddress } from './refusals.ts'
import {
  acceptAnswer,
  commonHeaders,
  type HttpCall,
  type HttpSite,
  printAddress,
  redirectTarget,
} from './site.ts'
import type { Service } from '../connection/connection.ts'

const MAX_REDIRECTS = 5

export interface Discovery {
  /** The address that POSTs go below: the asked one, or where it redirected to. */
  readonly base: string
  /** Every redirect on the way was meant to stay (301, 308). */
  readonly permanent: boolean
  /** A public server redirected to another host, so that one must not be private. */
  readonly publicOnly: boolean
  readonly answer: HttpAnswer
}

/** Where to ask. */
export type Place = Pick<Discovery, 'base' | 'publicOnly'>

/**
 * Asks `<base>/info/refs` for the refs of a service (gitprotocol-http, "Smart Clients") and follows up to
 * five redirects to an address that ends as the asked one does, never from https to http, and never from a public
 * host to a private one.
 * @throws MirrorError for every answer but a smart server's.
 */
export async function discoverRefs(site: HttpSite, place: Place, call: HttpCall): Promise<Discovery> {
  const { base } = place
  let { publicOnly } = place
  let url = discoveryUrl(base, call.service)
  let permanent = true
  for (let hops = 0; ; hops++) {
    const answer = await site.client.request({
      method: 'GET',
      url,
      headers: { ...commonHeaders(site, call, url), accept: '*/*', pragma: 'no-cache' },
      repeatable: true,
      publicOnly,
      signal: call.signal,
      onActivity: call.onActivity,
    })
    const target = redirectTarget(answer, url)
    if (!target || isLoginAddress(target)) {
      await acceptAnswer(answer, { site, call, url }, 'advertisement')
      return { base: hops === 0 ? base : baseOf(url, call.service), permanent, publicOnly, answer }
    }
    await answer.bytes.cancel()
    checkRedirect(url, target, hops)
    baseOf(target, call.service)
    publicOnly ||= target.host !== url.host && isPublic(answer.peer ?? url.hostname)
    site.onNotice(`${printAddress(url)} redirects to ${printAddress(target)}`)
    permanent &&= answer.status === 301 || answer.status === 308
    url = target
  }
}

/** What a proxy was asked for by name may be anywhere: it counts as public. */
function isPublic(address: string): boolean {
  return !isPrivateAddress(address) && !isLoopback(address)
}

/** The configured address as the text that `/info/refs` is put after. */
export function baseAddress(home: URL): string {
  return home.href.replace(/\/+$/, '')
}

/** Git puts the path after a query as well, as remote-curl does. */
function discoveryUrl(base: string, service: Service): URL {
  return new URL(`${base}/info/refs${base.includes('?') ? '&' : '?'}service=${service}`)
}

/** @throws MirrorError for an address that ends otherwise than a discovery does. */
function baseOf(url: URL, service: Service): string {
  const tail = ['?', '&']
    .map((mark) => `/info/refs${mark}service=${service}`)
    .find((text) => url.href.endsWith(text))
  if (tail !== undefined) return url.href.slice(0, -tail.length).replace(/\/+$/, '')
  throw new MirrorError(
    `the server redirects to ${printAddress(url)}, which is not the address of a repository`,
    {
      code: 'http',
      hint: 'Use the address that git clone takes.',
    },
  )
}

function checkRedirect(from: URL, to: URL, hops: number): void {
  if (to.protocol !== 'https:' && (to.protocol !== 'http:' || from.protocol === 'https:')) {
    throw new MirrorError(
      `${printAddress(from)} redirects to ${to.protocol}//, which is not followed from https`,
      {
        code: 'http',
        hint: 'The server has to redirect to an https address.',
      },
    )
  }
  if (hops >= MAX_REDIRECTS) {
    throw new MirrorError(`${printAddress(from)} redirects more than ${MAX_REDIRECTS} times`, {
      code: 'http',
      hint: 'Use the address that git clone takes.',
    })
  }
}
