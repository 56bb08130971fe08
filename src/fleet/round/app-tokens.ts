import type { AppTokenPool, AppTokens } from '../../hosts/api/github-app.ts'
import type { MirrorOptions } from '../../options/options.ts'
import { tokenForms } from '../../options/secrets.ts'
import { forgetSecrets, hideFromNowOn, type Secrets } from '../../report/redact.ts'

/** Tokens of the GitHub Apps of a fleet; nothing of them is loaded where no host has an App. */
export interface LazyAppTokens {
  /** The options with tokens in the place of Apps. @throws MirrorError of the side that got none */
  open(options: MirrorOptions): Promise<AppTokens>
}

export interface LazyAppTokensOptions {
  readonly signal: AbortSignal
  /** Where tokens are hidden from now on. */
  readonly secrets: () => Secrets
  /** Told of every token before it is used, beside that. */
  readonly onSecret?: ((token: string) => void) | undefined
  readonly onNotice: (text: string) => void
  /** Calls are shown, too. */
  readonly isVerbose?: boolean | undefined
}

/** Milliseconds after which a token, which lives for an hour, is worth nothing and need not be hidden any more. */
const TOKEN_LIFE_MS = 3 * 3_600_000

export function createLazyAppTokens({
  signal,
  secrets,
  onSecret,
  onNotice,
  isVerbose,
}: LazyAppTokensOptions): LazyAppTokens {
  let pool: Promise<AppTokenPool> | undefined
  const hidden: { readonly at: number; readonly forms: readonly string[] }[] = []
  const hide = (token: string): void => {
    const now = Date.now()
    const old = hidden.findIndex(({ at }) => now - at < TOKEN_LIFE_MS)
    const expired = hidden.splice(0, old < 0 ? hidden.length : old)
    if (expired.length > 0) forgetSecrets(secrets(), new Set(expired.flatMap(({ forms }) => forms)))
    hidden.push({ at: now, forms: tokenForms(token) })
    // All of them: a file that was read anew brings a new list.
    const known = new Set(secrets().texts)
    for (const form of hidden.flatMap(({ forms }) => forms))
      if (!known.has(form)) hideFromNowOn(secrets(), form)
  }
  const load = async (): Promise<AppTokenPool> => {
    const { createAppTokenPool } = await import('../../hosts/api/github-app.ts')
    return createAppTokenPool({
      signal,
      onNotice,
      onRequest: isVerbose === true ? onNotice : undefined,
      onSecret(token) {
        onSecret?.(token)
        hide(token)
      },
    })
  }
  return {
    async open(options) {
      const hasApp = [options.source, ...options.destinations].some(({ app }) => app !== undefined)
      if (!hasApp) return { options, dispose: () => undefined }
      return await (await (pool ??= load())).open(options)
    },
  }
}
