import { isLoopback } from '../transport/address/loopback.ts'
import type { Credentials } from '../transport/address/credentials.ts'
import { parseKnownHosts } from '../transport/ssh-keys/known-hosts.ts'
import { parseRemoteUrl, printUrl, type RemoteUrl } from '../transport/address/remote-url.ts'
import { readSshKey } from '../transport/ssh-keys/private-key.ts'
import type { OptionName } from './names.ts'
import type { Endpoint } from './options.ts'
import { readText, usageError, type ValueReader } from './values.ts'
import { looksLikeToken } from './secrets.ts'

export type EndpointSide = 'source' | 'destination'

export interface EndpointReader extends ValueReader {
  readonly env: NodeJS.ProcessEnv
  /** Tells the token that a workflow gets by itself; it goes to the workflow's own server only. */
  readonly isWorkflowToken: (token: string) => boolean
  readonly note: (level: 'info' | 'warning', text: string) => void
}

/** Address and credentials of one server. What stands in the address wins over what the inputs say.
 *  @throws MirrorError `usage` that names the input, without its secrets. */
export function readEndpoint(reader: EndpointReader, side: EndpointSide, address: string): Endpoint {
  const url = parseRemoteUrl(address, reader.label(side))
  if (url.scheme === 'ssh') return readSsh(reader, side, url)
  if (url.scheme === 'https' || url.scheme === 'http') return readHttp(reader, side, url)
  return { url, credentials: {}, freshToken: false }
}

function readSsh(reader: EndpointReader, side: EndpointSide, url: RemoteUrl & { scheme: 'ssh' }): Endpoint {
  const sshKey = readText(reader, `${side}-ssh-key`)
  const sshPassphrase = readPassphrase(reader, side)
  const knownHosts = readText(reader, 'ssh-known-hosts')
  const inputNames = {
    sshKey: reader.label(`${side}-ssh-key`),
    sshPassphrase: reader.label(`${side}-ssh-passphrase`),
    knownHosts: reader.label('ssh-known-hosts'),
  }
  if (sshKey === '' && !reader.env['SSH_AUTH_SOCK']) {
    throw usageError(
      reader,
      `${side}-ssh-key`,
      `is empty, and ${printUrl(url)} is an ssh address`,
      'Give the private key whose public half the server knows, or use an https address with a token.',
    )
  }
  if (sshKey !== '') {
    readSshKey({
      text: sshKey,
      passphrase: sshPassphrase,
      inputName: inputNames.sshKey,
      passphraseName: inputNames.sshPassphrase,
    })
  }
  parseKnownHosts(knownHosts, { name: inputNames.knownHosts, strict: true })
  const credentials: Credentials = {
    ...(sshKey === '' ? {} : { sshKey }),
    ...(sshPassphrase === '' ? {} : { sshPassphrase }),
    ...(knownHosts === '' ? {} : { knownHosts }),
  }
  return { url, credentials, freshToken: false, inputNames, ...readApiLogin(reader, side) }
}

/** A token beside an ssh key opens the API of the host; the workflow's own one opens no other server's. */
function readApiLogin(reader: EndpointReader, side: EndpointSide): Pick<Endpoint, 'api'> {
  const token = readText(reader, `${side}-token`)
  if (token === '' || reader.isWorkflowToken(token)) return {}
  return { api: { token, username: readUsername(reader, side) } }
}

/** A passphrase may begin and end with spaces; what a pasted file leaves behind is a newline. */
function readPassphrase(reader: EndpointReader, side: EndpointSide): string {
  return (reader.values[`${side}-ssh-passphrase`] ?? '').replace(/\r?\n$/, '')
}

function readHttp(
  reader: EndpointReader,
  side: EndpointSide,
  given: RemoteUrl & { scheme: 'https' | 'http' },
): Endpoint {
  const url: RemoteUrl = { scheme: given.scheme, host: given.host, port: given.port, url: given.url }
  const credentials = readPair(reader, side, given)
  const token = credentials.token ?? ''
  if (token !== '' && given.scheme === 'http' && !isLoopback(given.host)) {
    reader.note(
      'warning',
      `${reader.label(side)}: ${printUrl(url)} is not encrypted, and the token travels as it is. Use https.`,
    )
  }
  return { url, credentials, freshToken: token.startsWith('ghs_') }
}

function readPair(
  reader: EndpointReader,
  side: EndpointSide,
  given: RemoteUrl & { scheme: 'https' | 'http' },
): Credentials {
  if (given.password !== undefined && given.password !== '') {
    return { username: given.username || readUsername(reader, side), token: given.password }
  }
  const token = readText(reader, `${side}-token`)
  if (/\p{Cc}/u.test(token)) {
    throw usageError(
      reader,
      `${side}-token`,
      'holds a line break or another control character, which no token has',
      'Paste the token alone, as one line.',
    )
  }
  const username = readUsername(reader, side)
  const name = given.username ?? ''
  if (token === '') {
    if (name === '') return {}
    return looksLikeToken(name) ? { username, token: name } : { username: name }
  }
  if (reader.isWorkflowToken(token) && !isOwnServer(given, reader.env)) {
    noteWithheld(reader, side, given)
    return name === '' ? {} : { username: name }
  }
  return { username: name === '' ? username : name, token }
}

function readUsername(reader: EndpointReader, side: EndpointSide): string {
  const username = readText(reader, `${side}-username`)
  if (!/[:\p{Cc}]/u.test(username)) return username
  throw usageError(
    reader,
    `${side}-username`,
    'holds a colon or a control character, which HTTP Basic cannot carry',
    'Give the user name alone, and the token or password in its own input.',
  )
}

function noteWithheld(reader: EndpointReader, side: EndpointSide, given: RemoteUrl): void {
  const name: OptionName = `${side}-token`
  const own = side === 'source'
  reader.note(
    own ? 'info' : 'warning',
    `${reader.label(name)}: the workflow's own token is not sent to ${printUrl(given)}, which is another server. ` +
      `Set ${reader.label(name)} to a token of that server${own ? ' if the repository is private' : ''}.`,
  )
}

function isOwnServer(url: RemoteUrl & { scheme: 'https' | 'http' }, env: NodeJS.ProcessEnv): boolean {
  const own = env['GITHUB_SERVER_URL'] || 'https://github.com'
  return URL.canParse(own) && new URL(own).origin === url.url.origin
}
