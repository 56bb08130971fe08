import { toMirrorError, withDetails } from '../../base/errors.ts'
import type { Endpoint, MirrorOptions } from '../../options/options.ts'
import type { AppOptions } from '../../options/read-host.ts'
import type { RemoteUrl } from '../../transport/address/remote-url.ts'
import { type ApiRepository, findApiRepository } from '../github-api.ts'
import { type AppContext, type AppNeed, type AppScope, type AppToken, mintToken } from './github-token.ts'

/** Part of a token's life after which there is a new one. */
const RENEWAL_PART = 5 / 6

/** Milliseconds between two tries to get a new one, and least time to the first. */
const RENEWAL_DELAY_MS = 30_000

const LEAST_DELAY_MS = 1000

/** The longest that a timer of Node can wait. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export interface AppTokens {
  /** Those that were given, with tokens of the App where one is at home. */
  readonly options: MirrorOptions
  /** No more are asked for. */
  dispose(): void
}

/** A token that is kept new for as long as somebody uses it. */
interface KeptToken {
  readonly token: string
  release(): void
}

type Keep = (scope: AppScope, app: AppOptions, need: AppNeed) => Promise<KeptToken>

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
  const keep: Keep = async (scope, given, need) => {
    const kept = new SharedToken(
      async () => await mintToken(scope, given, { ...context, need }),
      scope,
      context,
    )
    return await kept.use()
  }
  const withApp = (endpoint: Endpoint): Endpoint => ({ ...endpoint, app })
  const source = withApp(options.source)
  const destinations = options.destinations.map(withApp)
  const tokens = await openTokens({ ...options, source, destinations }, keep)
  if (!tokens.isUsed) {
    context.onNotice('the GitHub App is not used: no address on GitHub is without a token of its own')
  }
  return tokens
}

/** The tokens of the Apps of many mirrors: one for each owner, and not for each repository. */
export interface AppTokenPool {
  /** As `openAppTokens`, by the Apps of the endpoints. @throws MirrorError of the side that got none */
  open(options: MirrorOptions): Promise<AppTokens>
}

export function createAppTokenPool(context: AppContext): AppTokenPool {
  const shared = new Map<string, SharedToken>()
  const keep: Keep = async ({ api, owner }, app, need) => {
    const scope = { api, owner, name: undefined }
    const key = JSON.stringify([api, owner.toLowerCase(), app.id, app.privateKey, need])
    let one = shared.get(key)
    if (one === undefined) {
      one = new SharedToken(async () => await mintToken(scope, app, { ...context, need }), scope, context)
      shared.set(key, one)
    }
    return await one.use()
  }
  return { open: async (options) => await openTokens(options, keep) }
}

async function openTokens(
  options: MirrorOptions,
  keep: Keep,
): Promise<AppTokens & { readonly isUsed: boolean }> {
  const kept: KeptToken[] = []
  const dispose = (): void => kept.splice(0).forEach((one) => one.release())
  const open = async (endpoint: Endpoint, need: AppNeed): Promise<Endpoint> => {
    const { app, ...plain } = endpoint
    if (app === undefined || endpoint.credentials.token) return plain
    const repository = findRepository(endpoint.url, app, options)
    if (repository === undefined) return plain
    const one = await keep(repository, app, need)
    kept.push(one)
    const credentials = {
      ...endpoint.credentials,
      username: 'x-access-token',
      get token() {
        return one.token
      },
    }
    return { ...endpoint, credentials, freshToken: true }
  }
  const { create, defaultBranch } = options.host
  const administration = create !== undefined || defaultBranch.kind !== 'keep'
  try {
    const source = await ofSide('source', open(options.source, { contents: 'read', administration: false }))
    const destinations: Endpoint[] = []
    for (const endpoint of options.destinations) {
      destinations.push(await ofSide('destination', open(endpoint, { contents: 'write', administration })))
    }
    return { options: { ...options, source, destinations }, isUsed: kept.length > 0, dispose }
  } catch (thrown) {
    dispose()
    throw thrown
  }
}

async function ofSide<T>(side: 'source' | 'destination', work: Promise<T>): Promise<T> {
  return await work.catch((thrown: unknown) => {
    throw withDetails(toMirrorError(thrown, { code: 'cut' }), { side })
  })
}

function findRepository(
  url: RemoteUrl,
  app: AppOptions,
  { env, host }: Pick<MirrorOptions, 'env' | 'host'>,
): ApiRepository | undefined {
  const found = findApiRepository(url, env)
  const isGitHub = app.api !== undefined || app.isOfHost === true || host.kind === 'github'
  if ((found !== undefined && app.api === undefined) || !isGitHub) return found
  if (url.scheme !== 'https' && url.scheme !== 'http') return undefined
  const api = app.api ?? host.api ?? `${url.url.origin}/api/v3`
  return findApiRepository(url, { GITHUB_SERVER_URL: url.url.origin, GITHUB_API_URL: api })
}

/** Asks for a token when it is first used, and for another before that one ends, while it is in use. */
class SharedToken {
  readonly #mint: () => Promise<AppToken>
  readonly #scope: AppScope
  readonly #context: AppContext
  #current: AppToken | undefined
  #asking: Promise<AppToken> | undefined
  #timer: NodeJS.Timeout | undefined
  #users = 0

  constructor(mint: () => Promise<AppToken>, scope: AppScope, context: AppContext) {
    this.#mint = mint
    this.#scope = scope
    this.#context = context
  }

  async use(): Promise<KeptToken> {
    this.#users++
    try {
      await this.#ask()
    } catch (thrown) {
      this.#release()
      throw thrown
    }
    this.#watch()
    const token = (): string => this.#current!.token
    let isOver = false
    return {
      get token() {
        return token()
      },
      release: () => {
        if (!isOver) this.#release()
        isOver = true
      },
    }
  }

  /** Many that begin at once ask once. */
  async #ask(): Promise<void> {
    if (this.#current !== undefined && delayOf(this.#current) > LEAST_DELAY_MS) return
    this.#asking ??= this.#mint().finally(() => (this.#asking = undefined))
    this.#current = await this.#asking
  }

  #watch(delay = delayOf(this.#current!)): void {
    if (this.#users === 0 || this.#timer !== undefined) return
    this.#timer = setTimeout(() => void this.#renew(), Math.min(delay, LONGEST_TIMER_MS)).unref()
  }

  async #renew(): Promise<void> {
    const { owner, name } = this.#scope
    this.#timer = undefined
    try {
      this.#asking ??= this.#mint().finally(() => (this.#asking = undefined))
      this.#current = await this.#asking
      const place = name === undefined ? owner : `${owner}/${name}`
      this.#context.onNotice(`got a new token of the GitHub App for ${place}`)
      this.#watch()
    } catch (thrown) {
      const { message } = toMirrorError(thrown, { code: 'cut' })
      this.#context.onNotice(`no new token of the GitHub App yet: ${message}`)
      if (!this.#context.signal.aborted) this.#watch(RENEWAL_DELAY_MS)
    }
  }

  #release(): void {
    this.#users--
    if (this.#users > 0) return
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}

/** Milliseconds to the time at which there is to be a new one. */
function delayOf({ mintedAt, expiresAt }: AppToken): number {
  return Math.max(LEAST_DELAY_MS, mintedAt + (expiresAt - mintedAt) * RENEWAL_PART - Date.now())
}
