import { loadCrypto } from '../../base/crypto.ts'
import { MirrorError, toMirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { Endpoint, MirrorOptions } from '../../options/options.ts'
import type { AppOptions } from '../../options/read-host.ts'
import { field, orMissing, statusOf, textField, wordsOf } from './host.ts'
import { type GitHubClient, makeGitHubClient } from './github-client.ts'
import { type ApiRepository, findApiRepository } from '../github-api.ts'

/** Seconds that our clock may be ahead, and seconds of a proof: GitHub takes ten minutes. */
const CLOCK_SKEW_S = 60

const PROOF_S = 540

/** Part of a token's life after which there is a new one. */
const RENEWAL_PART = 5 / 6

/** Milliseconds between two tries to get a new one, and least time to the first. */
const RENEWAL_DELAY_MS = 30_000

const LEAST_DELAY_MS = 1000

/** The longest that a timer of Node can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export interface AppContext {
  readonly signal: AbortSignal
  /** Told of every token before it is used. */
  readonly onSecret: (token: string) => void
  readonly onNotice: (text: string) => void
}

export interface AppTokens {
  /** Those that were given, with tokens of the App where one is at home. */
  readonly options: MirrorOptions
  /** No more are asked for. */
  dispose(): void
}

type Permission = 'read' | 'write'

/** What a token is to allow. */
interface Need {
  readonly contents: Permission
  readonly administration: boolean
}

/**
 * Tokens of a GitHub App for the source and the destinations on GitHub that have none of their own, each for its one
 * repository; a long run gets new ones before they expire.
 * @throws MirrorError `usage` for a key that is none, `auth` and `not-found` where GitHub gives no token
 */
export async function openAppTokens(
  options: MirrorOptions,
  app: AppOptions,
  context: AppContext,
): Promise<AppTokens> {
  const timers = new Set<NodeJS.Timeout>()
  let isOver = false
  const open = async (endpoint: Endpoint, need: Need): Promise<Endpoint> => {
    const repository = findRepository(endpoint, options)
    if (repository === undefined || endpoint.credentials.token) return endpoint
    const mint = async (): Promise<Minted> => await mintToken(repository, app, { ...context, need })
    let current = await mint()
    const renewAfter = (delay: number): void => {
      if (isOver) return
      const timer = setTimeout(() => void renew(timer), Math.min(delay, LONGEST_TIMER_MS)).unref()
      timers.add(timer)
    }
    const renew = async (timer: NodeJS.Timeout): Promise<void> => {
      timers.delete(timer)
      try {
        current = await mint()
        context.onNotice(`got a new token of the GitHub App for ${repository.owner}/${repository.name}`)
        renewAfter(delayOf(current))
      } catch (thrown) {
        const { message } = toMirrorError(thrown, { code: 'cut' })
        context.onNotice(`no new token of the GitHub App yet: ${message}`)
        if (!context.signal.aborted) renewAfter(RENEWAL_DELAY_MS)
      }
    }
    renewAfter(delayOf(current))
    const credentials = {
      ...endpoint.credentials,
      username: 'x-access-token',
      get token() {
        return current.token
      },
    }
    return { ...endpoint, credentials, freshToken: true }
  }
  const { create, defaultBranch } = options.host
  const administration = create !== undefined || defaultBranch.kind !== 'keep'
  const source = await open(options.source, { contents: 'read', administration: false })
  const destinations: Endpoint[] = []
  for (const endpoint of options.destinations) {
    destinations.push(await open(endpoint, { contents: 'write', administration }))
  }
  if (source === options.source && destinations.every((one, at) => one === options.destinations[at])) {
    context.onNotice('the GitHub App is not used: no address on GitHub is without a token of its own')
  }
  return {
    options: { ...options, source, destinations },
    dispose() {
      isOver = true
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

function delayOf({ expiresAt }: Minted): number {
  return Math.max(LEAST_DELAY_MS, (expiresAt - Date.now()) * RENEWAL_PART)
}

function findRepository({ url }: Endpoint, { env, host }: MirrorOptions): ApiRepository | undefined {
  const found = findApiRepository(url, env)
  if (found !== undefined || host.kind !== 'github') return found
  if (url.scheme !== 'https' && url.scheme !== 'http') return undefined
  const api = host.api ?? `${url.url.origin}/api/v3`
  return findApiRepository(url, { GITHUB_SERVER_URL: url.url.origin, GITHUB_API_URL: api })
}

interface Minted {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

async function mintToken(
  { api, owner, name }: ApiRepository,
  app: AppOptions,
  { need, ...context }: AppContext & { readonly need: Need },
): Promise<Minted> {
  const proof = makeProof(app, Math.floor(Date.now() / 1000))
  context.onSecret(proof)
  const client = await makeGitHubClient({ ...context, api: new URL(api), token: proof })
  const place = printableLine(`${owner}/${name}`, 200)
  try {
    const { installation, isOne } = await findInstallation(client, { owner, name })
    const granted = field(installation, 'permissions')
    const permissions: Record<string, string> = { metadata: 'read', contents: need.contents }
    if (need.contents === 'write' && field(granted, 'workflows') === 'write')
      permissions['workflows'] = 'write'
    if (need.administration && field(granted, 'administration') === 'write') {
      permissions['administration'] = 'write'
    }
    const { data } = await client.ask('POST /app/installations/{installation_id}/access_tokens', {
      installation_id: field(installation, 'id'),
      permissions,
      ...(isOne ? { repositories: [name] } : {}),
    })
    const token = textField(data, 'token')
    const expiresAt = Date.parse(textField(data, 'expires_at') ?? '')
    if (token === undefined || Number.isNaN(expiresAt)) {
      throw new MirrorError('GitHub answered without a token', { code: 'protocol' })
    }
    context.onSecret(token)
    return { token, expiresAt }
  } catch (thrown) {
    throw explainRefusal(toMirrorError(thrown, { code: 'cut' }), place)
  }
}

interface Installation {
  readonly installation: unknown
  /** It can see the repository: the token is for that one alone. */
  readonly isOne: boolean
}

/** By the repository, or by its owner where it is still to be made. */
async function findInstallation(
  client: GitHubClient,
  { owner, name }: Pick<ApiRepository, 'owner' | 'name'>,
): Promise<Installation> {
  const one = await orMissing(() =>
    client.ask('GET /repos/{owner}/{repo}/installation', { owner, repo: name }),
  )
  if (one !== undefined) return { installation: one.data, isOne: true }
  const org = await orMissing(() => client.ask('GET /orgs/{org}/installation', { org: owner }))
  if (org !== undefined) return { installation: org.data, isOne: false }
  return {
    installation: (await client.ask('GET /users/{username}/installation', { username: owner })).data,
    isOne: false,
  }
}

function explainRefusal(error: MirrorError, place: string): MirrorError {
  const words = wordsOf(error.serverText)
  const said = words === '' ? '' : `: ${words}`
  const status = statusOf(error)
  if (status === 404) {
    return new MirrorError(`the GitHub App is not installed where ${place} is${said}`, {
      code: 'not-found',
      status,
      hint: 'Install the App for this repository, in its settings under Install App.',
    })
  }
  if (status === 401) {
    return new MirrorError(`GitHub does not take the key of the App${said}`, {
      code: 'auth',
      status,
      hint: "Check that app-id and app-private-key belong together, and this machine's clock.",
    })
  }
  if (status === 403 || status === 422) {
    return new MirrorError(`the GitHub App may not do what is needed for ${place}${said}`, {
      code: 'auth',
      status,
      hint: 'Give the App Contents: write (and Workflows: write for workflow files), and accept the new permissions where it is installed.',
    })
  }
  return error
}

/** A JSON Web Token that proves who we are (RS256). `now` in seconds. @throws MirrorError `usage` */
export function makeProof({ id, privateKey }: AppOptions, now: number): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = encode({ alg: 'RS256', typ: 'JWT' })
  const body = encode({ iat: now - CLOCK_SKEW_S, exp: now + PROOF_S, iss: id })
  const { createPrivateKey, sign } = loadCrypto()
  try {
    const key = createPrivateKey(readPem(privateKey))
    if (key.asymmetricKeyType !== 'rsa') throw new Error('no RSA key')
    return `${head}.${body}.${sign('RSA-SHA256', Buffer.from(`${head}.${body}`), key).toString('base64url')}`
  } catch (thrown) {
    throw new MirrorError('app-private-key: is no private key of a GitHub App', {
      code: 'usage',
      hint: 'Paste the whole .pem file, from -----BEGIN RSA PRIVATE KEY----- on.',
      cause: thrown,
    })
  }
}

/** Keys are stored with written-out line breaks, or in base64 as a whole. */
function readPem(text: string): string {
  const plain = text.trim().replaceAll('\\n', '\n').replaceAll('\r', '')
  return plain.includes('-----BEGIN') ? plain : Buffer.from(plain, 'base64').toString()
}
