/** Where a socket leads. */
export interface Target {
  readonly secure: boolean
  readonly host: string
  readonly port: number
}

/** Where an http or https address points, with brackets of IPv6 taken off. */
export function addressOf(url: URL): Target {
  const secure = url.protocol === 'https:'
  return {
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
  }
}
