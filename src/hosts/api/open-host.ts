import { MirrorError } from '../../base/errors.ts'
import type { Endpoint } from '../../options/options.ts'
import { printUrl, type RemoteUrl } from '../../transport/address/remote-url.ts'
import { createJsonClient } from '../json-client.ts'
import { findGitHubApi } from '../github-api.ts'
import { type Host, type HostKind, type HostQuestion, type OpenHost, textField } from './host.ts'

/** What is needed beside an endpoint. */
export interface HostContext extends Pick<
  HostQuestion,
  'env' | 'signal' | 'timeLimit' | 'onRequest' | 'onNotice'
> {
  /** undefined: by the name of the host, or by asking it. */
  readonly kind: HostKind | undefined
  /** Base address of the API; undefined: where this kind of host has it. */
  readonly api: string | undefined
}

const OPENERS: Readonly<Record<HostKind, () => Promise<OpenHost>>> = {
  github: async () => (await import(/* webpackChunkName: "hosts" */ './github-host.ts')).openGitHubHost,
  gitlab: async () => (await import(/* webpackChunkName: "hosts" */ './gitlab-host.ts')).openGitLabHost,
  gitea: async () => (await import(/* webpackChunkName: "hosts" */ './gitea-host.ts')).openGiteaHost,
  bitbucket: async () =>
    (await import(/* webpackChunkName: "hosts" */ './bitbucket-host.ts')).openBitbucketHost,
  'bitbucket-server': async () =>
    (await import(/* webpackChunkName: "hosts" */ './bitbucket-server-host.ts')).openBitbucketServerHost,
  azure: async () => (await import(/* webpackChunkName: "hosts" */ './azure-host.ts')).openAzureHost,
}

/**
 * The API of the host of an endpoint. Asks the host what it is where neither its name nor an option tells.
 * @throws MirrorError `usage` where there is no API, no token for it, or nobody knows its kind
 */
export async function openHost(endpoint: Endpoint, context: HostContext): Promise<Host> {
  const { url } = endpoint
  const origin = originOf(url)
  const { token, username } = endpoint.api ?? endpoint.credentials
  if (origin === undefined) throw unknownHost(url)
  const kind = await findKind(url, context)
  if (kind === undefined) throw unknownHost(url)
  if (token === undefined || token === '') throw noToken(url)
  const api = new URL(context.api ?? apiOf(kind, origin, url, context.env))
  if (!api.pathname.endsWith('/')) api.pathname += '/'
  const open = await OPENERS[kind]()
  return await open({ ...context, api, path: pathOf(url), token, username })
}

/** What a host is: as it was said, by its name, or by asking it; undefined: nobody knows. Never throws but for its signal. */
export async function findKind(
  url: RemoteUrl,
  context: Pick<HostContext, 'kind' | 'env' | 'signal' | 'onRequest'>,
): Promise<HostKind | undefined> {
  const origin = originOf(url)
  if (origin === undefined) return undefined
  return context.kind ?? kindByName(url, context.env) ?? (await probeKind(origin, context))
}

/** The web server behind an address; undefined: there is none. */
function originOf(url: RemoteUrl): string | undefined {
  if (url.scheme === 'https' || url.scheme === 'http') return url.url.origin
  if (url.scheme !== 'ssh') return undefined
  const host = url.host.toLowerCase()
  const web = WEB_HOSTS[host] ?? host
  return `https://${web.includes(':') ? `[${web}]` : web}`
}

/** Hosts of ssh that have another name than the web server. */
const WEB_HOSTS: Readonly<Record<string, string>> = {
  'ssh.github.com': 'github.com',
  'altssh.gitlab.com': 'gitlab.com',
  'altssh.bitbucket.org': 'bitbucket.org',
  'ssh.dev.azure.com': 'dev.azure.com',
  'vs-ssh.visualstudio.com': 'dev.azure.com',
}

/** What a host is by its name alone. */
export function kindByName(url: RemoteUrl, env: NodeJS.ProcessEnv): HostKind | undefined {
  const origin = originOf(url)
  if (origin === undefined) return undefined
  const { hostname } = new URL(origin)
  if (hostname === 'gitlab.com') return 'gitlab'
  if (hostname === 'codeberg.org') return 'gitea'
  if (hostname === 'bitbucket.org') return 'bitbucket'
  if (hostname === 'dev.azure.com' || hostname.endsWith('.visualstudio.com')) return 'azure'
  return findGitHubApi(new URL(origin), env) === undefined ? undefined : 'github'
}

function apiOf(kind: HostKind, origin: string, url: RemoteUrl, env: NodeJS.ProcessEnv): string {
  switch (kind) {
    case 'github':
      return findGitHubApi(new URL(origin), env) ?? `${origin}/api/v3`
    case 'gitlab':
      return `${origin}/api/v4`
    case 'gitea':
      return `${origin}/api/v1`
    case 'bitbucket':
      return 'https://api.bitbucket.org/2.0'
    case 'bitbucket-server':
      return `${origin}${contextOf(url)}/rest/api/1.0`
    case 'azure':
      return origin
  }
}

/** What stands before `/scm/` where the server lives below a folder. */
function contextOf(url: RemoteUrl): string {
  const path = url.scheme === 'https' || url.scheme === 'http' ? url.url.pathname : ''
  const at = path.indexOf('/scm/')
  return at > 0 ? path.slice(0, at) : ''
}

function pathOf(url: RemoteUrl): readonly string[] {
  const path =
    url.scheme === 'https' || url.scheme === 'http'
      ? decodeURIComponent(url.url.pathname)
      : url.scheme === 'ssh'
        ? decodeURIComponent(url.path)
        : ''
  const context = decodeURIComponent(contextOf(url))
  const words = path
    .slice(context.length)
    .replace(/^~?\/+/, '')
    .replace(/\/*$/, '')
    .replace(/\.git$/, '')
    .split('/')
  return words.filter((word) => word !== '')
}

interface Probe {
  readonly kind: HostKind
  readonly path: string
  readonly isIt: (value: unknown) => boolean
}

/** Each names a kind of host by what only it answers. */
const PROBES: readonly Probe[] = [
  { kind: 'gitea', path: 'api/v1/version', isIt: (value) => textField(value, 'version') !== undefined },
  { kind: 'gitlab', path: 'api/v4/version', isIt: (value) => textField(value, 'version') !== undefined },
  {
    kind: 'github',
    path: 'api/v3/meta',
    isIt: (value) => textField(value, 'installed_version') !== undefined,
  },
  {
    kind: 'bitbucket-server',
    path: 'rest/api/1.0/application-properties',
    isIt: (value) => textField(value, 'version') !== undefined,
  },
]

/** Milliseconds of one such question. */
const PROBE_LIMIT_MS = 10_000

/** Asks a host what it is, without any token. */
async function probeKind(
  origin: string,
  context: Pick<HostContext, 'env' | 'signal' | 'onRequest'>,
): Promise<HostKind | undefined> {
  const client = createJsonClient({
    ...context,
    base: new URL(`${origin}/`),
    headers: {},
    timeLimit: PROBE_LIMIT_MS,
    mostWait: 0,
  })
  try {
    for (const { kind, path, isIt } of PROBES) {
      try {
        if (isIt((await client.get(path)).value)) return kind
      } catch (thrown) {
        context.signal.throwIfAborted()
        // GitLab wants a login for its version, and says so in JSON.
        if (kind === 'gitlab' && isGitLabLogin(thrown)) return kind
      }
    }
    return undefined
  } finally {
    await client.dispose()
  }
}

function isGitLabLogin(thrown: unknown): boolean {
  return (
    thrown instanceof MirrorError &&
    thrown.status === 401 &&
    /"message"\s*:\s*"401/.test(thrown.serverText ?? '')
  )
}

function unknownHost(url: RemoteUrl): MirrorError {
  return new MirrorError(`${printUrl(url)} is at no host whose API is known`, {
    code: 'usage',
    side: 'destination',
    hint: `Set host-kind (${Object.keys(OPENERS).join(', ')}), or leave out create, default-branch and protected.`,
  })
}

function noToken(url: RemoteUrl): MirrorError {
  return new MirrorError(`there is no token for the API of the host of ${printUrl(url)}`, {
    code: 'usage',
    side: 'destination',
    hint: 'Set destination-token: an ssh key opens no API.',
  })
}
