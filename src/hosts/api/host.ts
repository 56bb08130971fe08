import { parseStrangersJson } from '../../base/json.ts'
import { MirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { HostOptions } from '../../options/read-host.ts'

/** Services whose API is known. `gitea`: Forgejo and Codeberg, too. */
export type HostKind = NonNullable<HostOptions['kind']>

/** A repository as its host tells of it; all of it is the server's word. */
export interface HostedRepository {
  /** Short name; undefined where there is none yet. */
  readonly defaultBranch: string | undefined
  readonly archived: boolean
  /** A pull mirror, which takes no push. */
  readonly isMirror: boolean
  /** The host has not taken notice of any push yet; undefined: it does not tell. */
  readonly isEmpty?: boolean | undefined
  /** undefined: the host does not tell. */
  readonly mayPush: boolean | undefined
}

export interface NewRepository {
  readonly visibility: NonNullable<HostOptions['create']>
  readonly format: 'sha1' | 'sha256'
}

/** A rule of the host about branches, as its own name for them. */
export interface ProtectedBranch {
  readonly rule: string
  readonly allowsForce: boolean
}

/** One repository at its hosting service. Every call throws MirrorError where the service refuses or is not there. */
export interface Host {
  readonly kind: HostKind
  /** undefined: there is none, or the token may not see it. */
  look(): Promise<HostedRepository | undefined>
  /** Makes it, empty. @returns false where it was there by then */
  create(wish: NewRepository): Promise<boolean>
  /** `branch`: its short name; it is there. */
  setDefaultBranch(branch: string): Promise<void>
  /** undefined: this service does not tell, or has no such rules. */
  readonly listProtected?: (() => Promise<readonly ProtectedBranch[]>) | undefined
  /**
   * Lets `branch` be forced. `mayLift` is asked before each rule that is changed, by its name.
   * @returns false where nothing was changed: no rule of the service forbids it, or none may be lifted
   */
  readonly allowForce?:
    | ((branch: string, mayLift: (rule: string) => Promise<boolean>) => Promise<boolean>)
    | undefined
  /**
   * Lets a rule forbid forced pushes again. `signal` may be another one than that of the run.
   * @throws MirrorError with the status 404 where there is no such rule any more
   */
  readonly forbidForce?: ((rule: string, signal: AbortSignal) => Promise<void>) | undefined
  /** When the token expires; undefined: never, or the service does not tell. */
  readonly readExpiry?: (() => Promise<Date | undefined>) | undefined
  /** Never throws. */
  dispose(): Promise<void>
}

/** What a host is asked about. */
export interface HostQuestion {
  /** Base address of the API. */
  readonly api: URL
  /** Words of the path below the host: owner or groups, then the repository. */
  readonly path: readonly string[]
  readonly token: string
  /** undefined: the token alone is the login. */
  readonly username: string | undefined
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Milliseconds of one request; default: a minute. */
  readonly timeLimit?: number | undefined
  /** A line for each call. */
  readonly onRequest?: ((text: string) => void) | undefined
  readonly onNotice?: ((text: string) => void) | undefined
}

export type OpenHost = (question: HostQuestion) => Host | Promise<Host>

/** The status of a refusal; undefined for anything else. */
export function statusOf(thrown: unknown): number | undefined {
  return thrown instanceof MirrorError ? thrown.status : undefined
}

/** `read`, or undefined where the service answers 404. */
export async function orMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (thrown) {
    if (statusOf(thrown) === 404) return undefined
    throw thrown
  }
}

/**
 * Makes a repository, whatever the status by which its host says that it is there: another run may have been faster.
 * @throws MirrorError the host's refusal, with what to do
 */
export async function createOrFind(
  host: Pick<Host, 'look'>,
  make: () => Promise<unknown>,
  need: string,
): Promise<boolean> {
  try {
    await make()
    return true
  } catch (thrown) {
    const status = statusOf(thrown)
    if (status === undefined || status >= 500) throw thrown
    if (status !== 401 && (await host.look()) !== undefined) return false
    throw refusedCreation(thrown as MirrorError, need)
  }
}

/** How many characters of a host's own words an error shows. */
const WORDS_LENGTH = 300

function refusedCreation(error: MirrorError, need: string): MirrorError {
  const words = wordsOf(error.serverText)
  return new MirrorError(
    `the repository could not be made: ${error.message}${words === '' ? '' : `: ${words}`}`,
    {
      code: error.code === 'http' ? 'auth' : error.code,
      status: error.status,
      side: 'destination',
      hint: `Make the repository by hand, empty, or give a token that may: ${need}.`,
    },
  )
}

/** What a service says in the JSON of a refusal, in one line; nothing of a page of HTML. */
export function wordsOf(text: string | undefined): string {
  try {
    return printableLine(collectWords(parseStrangersJson(text ?? '')).join('; '), WORDS_LENGTH)
  } catch {
    return ''
  }
}

function collectWords(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value).filter(([key]) => !SILENT_KEYS.has(key))
  return entries.flatMap(([, inner]) => collectWords(inner))
}

/** Fields of refusals that say nothing to a person. */
const SILENT_KEYS = new Set([
  'documentation_url',
  'url',
  '$id',
  'typeName',
  'typeKey',
  'exceptionName',
  'resource',
  'code',
])

/** What an answer has at a key, where it is of the kind that is asked for. */
export function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}

export function textField(value: unknown, key: string): string | undefined {
  const found = field(value, key)
  return typeof found === 'string' && found !== '' ? found : undefined
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

/** Where the permission is told: whether a push is allowed. */
export function mayPushBy(value: unknown): boolean | undefined {
  const push = field(field(value, 'permissions'), 'push')
  return typeof push === 'boolean' ? push : undefined
}

/** Whether a rule's name, in which `*` stands for anything, means `branch`. */
export function isRuleFor(rule: string, branch: string): boolean {
  const pattern = rule.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\*+/g, '.*')
  return new RegExp(`^${pattern}$`).test(branch)
}
