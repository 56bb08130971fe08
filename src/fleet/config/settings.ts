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

/** How to get into the server of an address: what stands with it, else what `hosts` says of its host. */
export function collectLogin(
  { file, fill }: { readonly file: FleetFile; readonly fill: FillIn },
  side: Side,
  { path, tree, url }: Address,
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
