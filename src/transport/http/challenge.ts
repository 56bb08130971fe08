import type { MirrorErrorDetails } from '../../base/errors.ts'

/** What an answer means. */
export type Verdict = MirrorErrorDetails & { readonly message: string }

/** Names of the schemes that a `WWW-Authenticate` header offers (RFC 9110, section 11.6.1), in lower case. */
export function readSchemes(header: string | undefined): readonly string[] {
  if (header === undefined) return []
  const bare = header.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  // A scheme stands at the beginning of an item, and no `=` follows it.
  const found = bare.split(',').flatMap((item) => /^\s*([\w.-]+)(?=\s+[^\s=]|\s*$)/.exec(item)?.[1] ?? [])
  return [...new Set(found.map((name) => name.toLowerCase()))]
}

/** As hosts and standards write them. */
const NAMES: Readonly<Record<string, string>> = {
  negotiate: 'Negotiate (Kerberos)',
  ntlm: 'NTLM',
  bearer: 'Bearer',
  digest: 'Digest',
}

const HINTS: Readonly<Record<string, string>> = {
  negotiate:
    'Turn Basic on beside it for this address (over https), or use the ssh address of the repository.',
  ntlm: 'Turn Basic on beside it for this address (over https), or use the ssh address of the repository.',
  digest: 'Turn Basic on beside it for this address (over https), or use the ssh address of the repository.',
  bearer:
    'This is an address of an API or of a gateway more often than of a repository: give the one that git clone takes, or the ssh address.',
}

/** The error for a server that takes a login, and none that can be given here; undefined where it takes Basic or tells nothing. */
export function otherLoginError(label: string, schemes: readonly string[]): Verdict | undefined {
  if (schemes.length === 0 || schemes.includes('basic')) return undefined
  const names = schemes.slice(0, 4).map((name) => NAMES[name] ?? name.slice(0, 40))
  return {
    message: `${label} takes no user name with token or password (Basic): it offers ${names.join(' and ')} only`,
    code: 'auth',
    advice: 'login-scheme',
    hint: HINTS[schemes.find((name) => name in HINTS) ?? 'negotiate']!,
  }
}
