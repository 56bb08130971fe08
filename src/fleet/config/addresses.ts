import { MirrorError } from '../../base/errors.ts'
import { looksLikeToken } from '../../options/secrets.ts'
import { parseRemoteUrl, type RemoteUrl } from '../../transport/address/remote-url.ts'
import type { Complaints } from './complaints.ts'
import { addressText, type Draft } from './draft.ts'
import type { FillIn } from './fill-in.ts'
import type { Path } from './read-yaml.ts'

/** An address that was filled in, with where it stands and what stands beside it. */
export interface Address {
  readonly path: Path
  /** May hold a password that came from the environment. */
  readonly text: string
  readonly url: RemoteUrl
  /** Login and options that stand with the address. */
  readonly tree: Readonly<Record<string, unknown>>
}

export interface Addresses {
  readonly source: Address
  readonly destinations: readonly Address[]
}

/** The addresses of a mirror; undefined: complained about. */
export function readAddresses(
  draft: Draft,
  fill: FillIn,
  complaints: Pick<Complaints, 'add'>,
): Addresses | undefined {
  const { source, destinations } = readEachAddress(draft, fill, complaints)
  if (source === undefined || destinations.includes(undefined)) return undefined
  return { source, destinations: destinations as readonly Address[] }
}

/** The same, each by itself. */
export function readEachAddress(
  draft: Draft,
  fill: FillIn,
  complaints: Pick<Complaints, 'add'>,
): { readonly source: Address | undefined; readonly destinations: readonly (Address | undefined)[] } {
  const { tree, path } = draft
  const context = { draft, fill, complaints }
  const entry: Entry =
    tree['source'] === undefined
      ? { path: [...path, 'discover'], value: draft.source, key: 'source', literal: true }
      : { path: [...path, 'source'], value: tree['source'], key: 'source' }
  return {
    source: readAddress(context, entry),
    destinations: destinationEntries(draft).map((destination) => readAddress(context, destination)),
  }
}

interface Entry {
  readonly path: Path
  readonly value: unknown
  readonly key: string
  /** A server gave it: nothing of it is filled in. */
  readonly literal?: boolean
}

/** A list may say where each of its repositories goes. */
function destinationEntries({ path, tree, destination }: Draft): readonly Entry[] {
  const key = 'destination'
  if (destination !== undefined)
    return [{ path: [...path, 'discover'], value: destination, key, literal: true }]
  if (tree['destination'] !== undefined) {
    return [{ path: [...path, 'destination'], value: tree['destination'], key }]
  }
  const entries = (tree['destinations'] ?? []) as readonly unknown[]
  return entries.map((value, index) => ({ path: [...path, 'destinations', index], value, key }))
}

interface Context {
  readonly draft: Draft
  readonly fill: FillIn
  readonly complaints: Pick<Complaints, 'add'>
}

function readAddress(
  { draft, fill, complaints }: Context,
  { path, value, key, literal = false }: Entry,
): Address | undefined {
  const { text: written, below } = addressText(value)
  const where = [...path, ...below]
  const owner = `mirror "${draft.name}"`
  if (hasLogin(written)) {
    complaints.add(
      where,
      `${owner}: ${key} has a password or token in the address, which does not belong into this file`,
      'Put it under `hosts`, or write ${NAME} for it',
    )
    return undefined
  }
  const text = literal ? written : fill.text(where, written, draft.template)
  if (text === undefined) return undefined
  try {
    const url = parseRemoteUrl(text, key)
    const tree = below.length === 0 ? {} : (value as Address['tree'])
    return { path: where, text, url, tree }
  } catch (thrown) {
    if (!(thrown instanceof MirrorError)) throw thrown
    complaints.add(where, `${owner}: ${thrown.message}`, thrown.hint)
    return undefined
  }
}

/** Whether a password, or what looks like a token, stands in the address itself, and not as `${NAME}`. */
function hasLogin(written: string): boolean {
  const userinfo = /^\s*(?:[a-z][\w+.-]*:)?\/\/([^/?#\s]*)@/i.exec(written)?.[1]
  if (userinfo === undefined) return false
  const [name = '', ...rest] = userinfo.split(/:(?![^{}]*\})/)
  const literal = (text: string): string => text.replaceAll(/\$\{[A-Za-z_][A-Za-z0-9_]*\}/g, '')
  return rest.some((part) => literal(part) !== '') || looksLikeToken(literal(name))
}
