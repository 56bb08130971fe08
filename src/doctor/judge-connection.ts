import type { MirrorError, Side } from '../base/errors.ts'
import type { Endpoint } from '../options/options.ts'
import { printUrl, type RemoteUrl } from '../transport/address/remote-url.ts'
import { type Finding, sayAt, type Topic } from './finding.ts'

/** What a try to open one end of a mirror has shown. */
export interface Opened {
  readonly endpoint: Endpoint
  readonly side: Side
  /** undefined: it opened. */
  readonly error: MirrorError | undefined
}

/** The name under which facts of the server of an address are told; undefined: it is a path. */
export function hostOf(url: RemoteUrl): string | undefined {
  if (url.scheme === 'file') return undefined
  const host = url.host.includes(':') ? `[${url.host}]` : url.host
  return `${url.scheme}://${host}${url.port === undefined ? '' : `:${url.port}`}`
}

/** Whether there is a server, whether it is the right one, and whether it takes the login. Pure. */
export function judgeConnection({ endpoint, side, error }: Opened): readonly Finding[] {
  const { url } = endpoint
  const name = hostOf(url)
  const topic = error === undefined ? undefined : topicOf(error, side)
  const atRepository = sayAt('repository', printUrl(url))
  if (name === undefined) return error === undefined ? [] : [atRepository.failure(topic!, error)]
  const atHost = sayAt('host', name)
  if (topic === 'address') return [atHost.failure('address', error!)]
  const findings = [atHost.ok('address', describeAddress(url))]
  if (topic === 'host key') return [...findings, atHost.failure('host key', error!)]
  if (url.scheme === 'ssh') findings.push(atHost.ok('host key', 'is one that is known'))
  if (topic === 'login') return [...findings, atRepository.failure('login', error!)]
  const login = describeLogin(endpoint)
  if (error === undefined && login !== undefined) findings.push(atHost.ok('login', login))
  return error === undefined ? findings : [...findings, atRepository.failure(topic!, error)]
}

const UNREACHABLE: ReadonlySet<string> = new Set(['connect', 'timeout', 'cut'])

/** Advice about a login that is good, and may not do this. */
const LACKS_RIGHT: ReadonlySet<string> = new Set([
  'read-only-key',
  'no-write-permission',
  'no-read-permission',
])

/** What failed first. */
function topicOf(error: MirrorError, side: Side): Topic {
  if (UNREACHABLE.has(error.code)) return 'address'
  if (error.code === 'host-key') return 'host key'
  const isRight = error.status === 403 || LACKS_RIGHT.has(error.advice ?? '')
  if (error.code === 'auth' && !isRight) return 'login'
  if (error.code === 'guard' || error.code === 'format') return 'next run'
  return side === 'source' ? 'read' : 'write'
}

function describeAddress(url: RemoteUrl): string {
  const words = {
    https: 'over https',
    http: 'over http, without encryption',
    ssh: 'over ssh',
    git: 'over git://, without encryption',
  }
  return url.scheme === 'file' ? 'is a path' : `answers ${words[url.scheme]}`
}

/** What opened the server; undefined: nothing was given, and nothing was asked for. */
function describeLogin({ url, credentials, app }: Endpoint): string | undefined {
  if (url.scheme === 'ssh') {
    return credentials.sshKey === undefined ? 'takes a key of the ssh agent' : 'takes the ssh key'
  }
  if (app !== undefined && credentials.token) return 'takes the token of the GitHub App'
  if (credentials.token) return 'takes the token'
  return url.scheme === 'git' ? undefined : 'asks for no login'
}
