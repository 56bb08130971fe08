import { MirrorError } from '../../base/errors.ts'
import { canonicalHost } from '../../transport/address/identity.ts'
import { parseRemoteUrl, type RemoteUrl } from '../../transport/address/remote-url.ts'

/** Services whose owners can be asked for their repositories. */
export type Service = 'github' | 'gitlab' | 'gitea' | 'forgejo' | 'bitbucket'

/** An owner at a host, as an entry names it. */
export interface Owner {
  readonly owner: string
  /** Of the pages and repositories, without a path. */
  readonly web: URL
  /** The same as an address of a repository, for what `hosts` says of it. */
  readonly url: RemoteUrl
}

const OWNER = /^[A-Za-z0-9_~][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/

const PUBLIC_HOSTS: Readonly<Record<Service, string | undefined>> = {
  github: 'https://github.com',
  gitlab: 'https://gitlab.com',
  gitea: undefined,
  forgejo: undefined,
  bitbucket: 'https://bitbucket.org',
}

/**
 * Reads `acme`, `group/sub` or `https://HOST/OWNER`.
 * @throws MirrorError `usage`, in words that fit behind the key
 */
export function readOwner(service: Service, text: string): Owner {
  const home = PUBLIC_HOSTS[service]
  const isAddress = /^https?:\/\//i.test(text)
  if (!isAddress && home === undefined) {
    throw new MirrorError('needs the address of the owner', {
      code: 'usage',
      hint: 'Write https://HOST/OWNER',
    })
  }
  // As it was written: reading an address takes `..` for a step up.
  const owner = text.replace(/^https?:\/\/[^/]*/i, '').replaceAll(/^\/+|\/+$/g, '')
  const isOwner = OWNER.test(owner) && (service === 'gitlab' || !owner.includes('/'))
  if (!isOwner) {
    throw new MirrorError('does not name an owner', {
      code: 'usage',
      hint: 'Write OWNER or https://HOST/OWNER',
    })
  }
  const url = parseRemoteUrl(isAddress ? text : `${home}/${text}`, service)
  if (!('url' in url)) throw new MirrorError('needs an http or https address', { code: 'usage' })
  return { owner, web: new URL(url.url.origin), url }
}

/** Where a service has its API, by its pages' host alone. */
export function defaultApi(service: Service, web: URL, env: NodeJS.ProcessEnv): URL {
  const own = env['GITHUB_SERVER_URL'] ?? ''
  const ownApi = env['GITHUB_API_URL'] ?? ''
  switch (service) {
    case 'github': {
      if (URL.canParse(own) && new URL(own).origin === web.origin && URL.canParse(ownApi))
        return new URL(ownApi)
      const isPublic = canonicalHost(web.hostname) === 'github.com' || web.hostname.endsWith('.ghe.com')
      return new URL(isPublic ? `https://api.${canonicalHost(web.hostname)}` : `${web.origin}/api/v3`)
    }
    case 'gitlab':
      return new URL(`${web.origin}/api/v4`)
    case 'gitea':
    case 'forgejo':
      return new URL(`${web.origin}/api/v1`)
    case 'bitbucket':
      return new URL('https://api.bitbucket.org/2.0')
  }
}
