import type { MirrorError } from '../base/errors.ts'
import { parseRefspecs } from '../plan/refspec.ts'
import { readAppKey } from './app-key.ts'
import { type OptionValue, quote, readText, readValue, usageError, type ValueReader } from './values.ts'

/** What is done at the host of a destination beside the push. */
export interface HostOptions {
  /** Of a destination that does not exist; undefined: it is not made. */
  readonly create: Exclude<OptionValue<'create'>, 'off'> | undefined
  /** `keep`, `source`, or a branch by its short name. */
  readonly defaultBranch:
    | { readonly kind: 'keep' }
    /** `isImplied`: nobody has asked for it. It is done behind a push, where it can be, and never fails a run. */
    | { readonly kind: 'source'; readonly isImplied?: boolean | undefined }
    | { readonly kind: 'name'; readonly name: string }
  readonly allowForce: boolean
  /** undefined: by its name, or by asking it. */
  readonly kind: Exclude<OptionValue<'host-kind'>, 'auto'> | undefined
  /** Base address of the API; undefined: where this kind of host has it. */
  readonly api: string | undefined
}

/** A GitHub App whose installations give tokens. */
export interface AppOptions {
  readonly id: string
  readonly privateKey: string
  /** What has the App is GitHub's or an Enterprise Server, whatever its name. */
  readonly isOfHost?: boolean | undefined
  /** Base address of that server's API; undefined: the usual one. */
  readonly api?: string | undefined
}

/** Whether anything is to be done at the host: without that its API is never asked. */
export function usesHost({ create, defaultBranch, allowForce }: HostOptions): boolean {
  const isWished =
    defaultBranch.kind === 'name' || (defaultBranch.kind === 'source' && defaultBranch.isImplied !== true)
  return create !== undefined || isWished || allowForce
}

/** @throws MirrorError `usage` */
export function readHost(reader: ValueReader): HostOptions {
  const create = readValue(reader, 'create')
  const kind = readValue(reader, 'host-kind')
  return {
    create: create === 'off' ? undefined : create,
    defaultBranch: readDefaultBranch(reader),
    allowForce: readValue(reader, 'protected') === 'allow-force',
    kind: kind === 'auto' ? undefined : kind,
    api: readApi(reader),
  }
}

function readDefaultBranch(reader: ValueReader): HostOptions['defaultBranch'] {
  const text = readText(reader, 'default-branch')
  if (text === 'keep' || text === 'source') return { kind: text }
  const name = text.replace(/^refs\/heads\//, '')
  if (isBranchName(name)) return { kind: 'name', name }
  throw usageError(
    reader,
    'default-branch',
    `"${quote(text)}" is no name of a branch`,
    'Write keep, source, or a branch such as main.',
  )
}

function isBranchName(name: string): boolean {
  if (/[*:+^!]/.test(name)) return false
  try {
    parseRefspecs([`refs/heads/${name}`], '')
    return true
  } catch {
    return false
  }
}

function readApi(reader: ValueReader): string | undefined {
  const text = readText(reader, 'host-api')
  if (text === '') return undefined
  const url = URL.parse(text)
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url && isWeb && url.username === '' && url.password === '' && url.search === '' && url.hash === '')
    return text
  throw usageError(
    reader,
    'host-api',
    'is no https address, or holds a login, a query or a fragment',
    'Write the base address of the API alone, such as https://git.example.org/api/v4.',
  )
}

/** @throws MirrorError `usage` where one of the two is missing or the key is none */
export function readApp(reader: ValueReader): AppOptions | undefined {
  const id = readText(reader, 'app-id')
  const privateKey = readText(reader, 'app-private-key')
  if (id === '' && privateKey === '') return undefined
  if (!/^[\w.-]{1,100}$/.test(id)) {
    throw usageError(
      reader,
      'app-id',
      id === '' ? 'is empty, and there is a key of an App' : `"${quote(id)}" is no id of an App`,
      'Write the client id (Iv23…) or the App id, as the settings of the App show it.',
    )
  }
  if (privateKey === '') {
    throw usageError(
      reader,
      'app-private-key',
      'is empty, and there is an App',
      'Give the private key that the settings of the App make, as text.',
    )
  }
  try {
    readAppKey(privateKey)
  } catch (thrown) {
    const { message, hint = '' } = thrown as MirrorError
    throw usageError(reader, 'app-private-key', message, hint)
  }
  return { id, privateKey }
}
