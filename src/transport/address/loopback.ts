/**
 * Whether a host name is this machine itself: `localhost`, what is below it (RFC 6761, section 6.3), 127.0.0.0/8 and
 * ::1, with or without brackets.
 */
export function isLoopback(host: string): boolean {
  const name = bareHost(host)
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || isLoopbackV4(name)
}

/** A host name in lower case, without the brackets of IPv6 and without the dot of the root. */
export function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}

function isLoopbackV4(name: string): boolean {
  return /^127(?:\.\d{1,3}){3}$/.test(name)
}
