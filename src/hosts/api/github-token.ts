import { loadCrypto } from '../../base/crypto.ts'
import { MirrorError, toMirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import { readAppKey } from '../../options/app-key.ts'
import type { AppOptions } from '../../options/read-host.ts'
import { field, orMissing, statusOf, textField, wordsOf } from './host.ts'
import { type GitHubClient, makeGitHubClient } from './github-client.ts'
import type { ApiRepository } from '../github-api.ts'

/** Seconds that our clock may be ahead, and seconds of a proof: GitHub takes ten minutes. */
const CLOCK_SKEW_S = 60

const PROOF_S = 540

export interface AppContext {
  readonly signal: AbortSignal
  /** Told of every token before it is used. */
  readonly onSecret: (token: string) => void
  readonly onNotice: (text: string) => void
  /** A line for each call. */
  readonly onRequest?: ((text: string) => void) | undefined
}

/** What a token is to allow. */
export interface AppNeed {
  readonly contents: 'read' | 'write'
  readonly administration: boolean
}

export interface AppToken {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly mintedAt: number
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** What a token is for: one repository, or with no name all that the installation at the owner has. */
export interface AppScope extends Pick<ApiRepository, 'api' | 'owner'> {
  readonly name: string | undefined
}

/**
 * A token of the installation of an App (GitHub REST API, "Create an installation access token for an app"). It lasts an
 * hour.
 * @throws MirrorError `usage` for a key that is none, `auth` and `not-found` where GitHub gives no token
 */
export async function mintToken(
  { api, owner, name }: AppScope,
  app: Pick<AppOptions, 'id' | 'privateKey'>,
  { need, ...context }: AppContext & { readonly need: AppNeed },
): Promise<AppToken> {
  const proof = makeProof(app, Math.floor(Date.now() / 1000))
  context.onSecret(proof)
  const client = await makeGitHubClient({ ...context, api: new URL(api), token: proof })
  const place = printableLine(name === undefined ? owner : `${owner}/${name}`, 200)
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
    return { token, mintedAt: Date.now(), expiresAt }
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
  { owner, name }: Pick<AppScope, 'owner' | 'name'>,
): Promise<Installation> {
  if (name !== undefined) {
    const one = await orMissing(() =>
      client.ask('GET /repos/{owner}/{repo}/installation', { owner, repo: name }),
    )
    if (one !== undefined) return { installation: one.data, isOne: true }
  }
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
export function makeProof({ id, privateKey }: Pick<AppOptions, 'id' | 'privateKey'>, now: number): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = encode({ alg: 'RS256', typ: 'JWT' })
  const body = encode({ iat: now - CLOCK_SKEW_S, exp: now + PROOF_S, iss: id })
  const text = `${head}.${body}`
  return `${text}.${loadCrypto().sign('RSA-SHA256', Buffer.from(text), readAppKey(privateKey)).toString('base64url')}`
}
