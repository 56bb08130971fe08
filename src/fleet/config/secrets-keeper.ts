import type { OptionName, OptionValues } from '../../options/names.ts'
import { collectSecrets } from '../../options/secrets.ts'
import type { Secrets } from '../../report/redact.ts'
import type { Settings } from './settings.ts'

/** All that is secret of a fleet, gathered while it is resolved. */
export interface SecretsKeeper {
  /** Values of one pair, with where they stand. */
  add(settings: Settings): void
  /** The login for an API. */
  addLogin(login: { readonly token: string | undefined; readonly username: string | undefined }): void
  /** An address that may hold a password, or is secret as a whole. */
  addAddress(address: string): void
  collect(): { readonly secrets: Secrets; readonly tooShort: readonly string[] }
}

/** Values in which a secret may stand; thousands of mirrors have the same few. */
const SECRET_KEYS: readonly OptionName[] = [
  'source-token',
  'destination-token',
  'source-username',
  'destination-username',
  'source-ssh-key',
  'destination-ssh-key',
  'source-ssh-passphrase',
  'destination-ssh-passphrase',
  'app-private-key',
]

/** `onSecrets` is told of all that is known by then, each time that something was added by `addLogin`. */
export function keepSecrets(
  env: NodeJS.ProcessEnv,
  onSecrets: ((secrets: Secrets) => void) | undefined,
): SecretsKeeper {
  const known = new Set<string>()
  const texts = new Set(collectSecrets({}, env).secrets.texts)
  const tooShort = new Set<string>()
  const sorted = (): Secrets => ({ texts: [...texts].toSorted((a, b) => b.length - a.length) })
  const take = (values: OptionValues, nameOf: (name: OptionName) => string): void => {
    const key = JSON.stringify(values)
    if (known.has(key)) return
    known.add(key)
    const found = collectSecrets(values)
    for (const text of found.secrets.texts) texts.add(text)
    for (const name of found.tooShort) tooShort.add(nameOf(name))
  }
  return {
    add({ values, origins }) {
      const picked: Partial<Record<OptionName, string>> = {}
      for (const name of SECRET_KEYS) if (values[name]) picked[name] = values[name]
      for (const side of ['source', 'destination'] as const) {
        if (/@|\?/.test(values[side] ?? '')) picked[side] = values[side] ?? ''
      }
      take(picked, (name) => origins.get(name)?.join('.') ?? name)
    },
    addLogin({ token = '', username = '' }) {
      if (token === '') return
      take({ 'source-token': token, 'source-username': username }, () => 'the token of an API')
      onSecrets?.(sorted())
    },
    addAddress(address) {
      take({ source: address, 'source-token': address }, () => 'an address')
    },
    collect: () => ({ secrets: sorted(), tooShort: [...tooShort] }),
  }
}
