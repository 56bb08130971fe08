import type { OptionName, OptionValues } from '../../options/names.ts'
import type { Address } from './addresses.ts'
import type { Draft } from './draft.ts'
import type { FillIn } from './fill-in.ts'
import { findHost, type FleetFile, type Part } from './fleet-file.ts'
import { keysAt } from './option-keys.ts'
import type { Path } from './read-yaml.ts'

/** Texts for the reader of the inputs, with where in the file each of them stands. */
export interface Settings {
  readonly values: OptionValues
  readonly origins: ReadonlyMap<OptionName, Path>
}

/** Whether everything was there; what was not is complained about. */
export type Collected = Settings & { readonly whole: boolean }

/**
 * The options of one destination of a mirror. What stands with the destination is stronger than the mirror, the mirror
 * than the host of the destination, and the host than `defaults`. A list takes the place of a weaker one.
 */
export function collectOptions(
  { file, fill }: { readonly file: FleetFile; readonly fill: FillIn },
  draft: Draft,
  destination: Address,
): Collected {
  const host = findHost(file.hosts, destination.url)
  const layers = [
    { place: 'endpoint', path: destination.path.slice(0, -1), tree: destination.tree },
    { place: 'mirror', path: draft.path, tree: draft.tree },
    ...(host === undefined ? [] : [{ place: 'host', ...host } as const]),
    ...draft.defaults.map((part) => ({ place: 'mirror', ...part }) as const),
  ] as const
  const values: Partial<Record<OptionName, string>> = {}
  const origins = new Map<OptionName, Path>()
  let whole = true
  for (const { place, path, tree } of layers) {
    for (const { name, kind } of keysAt(place)) {
      if (tree[name] === undefined || values[name] !== undefined) continue
      const where = [...path, name]
      const text = kind === 'secret' ? fill.place(where, tree[name]) : textOf(fill, where, tree[name], draft)
      values[name] = text ?? ''
      whole &&= text !== undefined
      origins.set(name, [...path, name])
    }
  }
  return { values, origins, whole }
}

function textOf(fill: FillIn, path: Path, value: unknown, draft: Draft): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return fill.text(path, value, draft.template)
  const lines = (value as readonly string[]).map((line, index) =>
    fill.text([...path, index], line, draft.template),
  )
  return lines.includes(undefined) ? undefined : lines.join('\n')
}

type Side = 'source' | 'destination'

/**
 * How to get into the server of an address: what stands with it, else what `hosts` says of its host. `needsApi`: its
 * host's API, too, which no ssh key opens.
 */
export function collectLogin(
  { file, fill }: { readonly file: FleetFile; readonly fill: FillIn },
  side: Side,
  { path, tree, url }: Address,
  needsApi = false,
): Collected {
  const own: Part = { path: path.slice(0, -1), tree }
  const host = findHost(file.hosts, url)
  // A name belongs to its token, a passphrase to its key: they are never mixed with those of the host.
  const login = LOGIN_KEYS.some((key) => tree[key] !== undefined) ? own : host
  const known = tree['known-hosts'] === undefined ? host : own
  const hasPassword = 'password' in url && url.password !== undefined && url.password !== ''
  const wanted: readonly (readonly [part: Part | undefined, key: string, name: OptionName])[] =
    url.scheme === 'ssh'
      ? [
          [login, 'ssh-key', `${side}-ssh-key`],
          [login, 'ssh-passphrase', `${side}-ssh-passphrase`],
          [known, 'known-hosts', 'ssh-known-hosts'],
          ...(needsApi
            ? ([
                [login, 'token', `${side}-token`],
                [login, 'username', `${side}-username`],
              ] as const)
            : []),
        ]
      : url.scheme === 'file' || url.scheme === 'git' || hasPassword
        ? []
        : [
            [login, 'token', `${side}-token`],
            [login, 'username', `${side}-username`],
          ]
  const values: Partial<Record<OptionName, string>> = {}
  const origins = new Map<OptionName, Path>()
  let whole = true
  for (const [part, key, name] of wanted) {
    const value = part?.tree[key]
    if (part === undefined || value === undefined) continue
    const text = fill.place([...part.path, key], value)
    values[name] = text ?? ''
    whole &&= text !== undefined
    origins.set(name, [...part.path, key])
  }
  return { values, origins, whole }
}

/**
 * The GitHub App of the host of an address over https, where no token stands anywhere for it; undefined: there is none.
 */
export function collectApp(
  { file, fill }: { readonly file: FleetFile; readonly fill: FillIn },
  { tree, url }: Pick<Address, 'tree' | 'url'>,
): Collected | undefined {
  const host = findHost(file.hosts, url)
  const isWeb = url.scheme === 'https' || url.scheme === 'http'
  const hasPassword = 'password' in url && url.password !== undefined && url.password !== ''
  const hasLogin = LOGIN_KEYS.some((key) => tree[key] !== undefined) || host?.tree['token'] !== undefined
  if (host === undefined || !isWeb || hasPassword || hasLogin) return undefined
  if (!APP_KEYS.some((key) => host.tree[key] !== undefined)) return undefined
  const values: Partial<Record<OptionName, string>> = {}
  const origins = new Map<OptionName, Path>()
  let whole = true
  for (const key of APP_KEYS) {
    const path = [...host.path, key]
    const value = host.tree[key]
    origins.set(key, value === undefined ? host.path : path)
    if (value === undefined) continue
    const text = key === 'app-id' ? fill.text(path, String(value)) : fill.place(path, value)
    values[key] = text ?? ''
    whole &&= text !== undefined
  }
  return { values, origins, whole }
}

/** What makes a host's tokens; both or none. */
export const APP_KEYS = ['app-id', 'app-private-key'] as const

/** What opens a host; a login is of one place as a whole. */
export const LOGIN_KEYS = ['token', 'username', 'ssh-key', 'ssh-passphrase'] as const

/** The settings of both; lines of known_hosts name their hosts, and are put together. */
export function joinSettings(...parts: readonly Settings[]): Settings {
  const values: Partial<Record<OptionName, string>> = {}
  const origins = new Map<OptionName, Path>()
  for (const part of parts) {
    for (const [name, text] of Object.entries(part.values) as [OptionName, string][]) {
      const before = values[name]
      const isOther = before !== undefined && before !== text
      values[name] = isOther && name === 'ssh-known-hosts' ? `${before}\n${text}` : text
    }
    for (const [name, path] of part.origins) origins.set(name, path)
  }
  return { values, origins }
}
