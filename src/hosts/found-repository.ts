/** A repository as the API of its host lists it; all of it is the server's word. */
export interface FoundRepository {
  /** Organisation, user, group or workspace, as it was asked for. */
  readonly owner: string
  /** Below the owner; several words with `/` between them where there are groups in groups. */
  readonly path: string
  /** Address to clone from, over http or https. */
  readonly address: string
  readonly archived: boolean
  readonly fork: boolean
  /** It has no commit yet. */
  readonly empty: boolean
  /** Equal as long as nothing is pushed to it; undefined: nobody says. */
  readonly pushed?: string | undefined
}

/** One owner at one host, and how to ask its API. */
export interface OwnerQuestion {
  readonly owner: string
  /** Base address of the API. */
  readonly api: URL
  /** undefined: what everybody may see. */
  readonly token: string | undefined
  /** undefined: the token alone is the login. */
  readonly username: string | undefined
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** As `JsonClientOptions.mostWait`. */
  readonly mostWait?: number | undefined
  /** A line for each call. */
  readonly onRequest?: ((text: string) => void) | undefined
  readonly onNotice?: ((text: string) => void) | undefined
}

/** Lists the repositories of an owner. @throws MirrorError that names the address, and what to do. */
export type ListRepositories = (question: OwnerQuestion) => Promise<readonly FoundRepository[]>

/** What an API's answer has under a key, where it is of the kind that is asked for. */
export function textAt(value: unknown, key: string): string {
  const found = isRecord(value) ? value[key] : undefined
  return typeof found === 'string' ? found : ''
}

export function flagAt(value: unknown, key: string): boolean {
  return isRecord(value) && value[key] === true
}

export function listAt(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** What is left of `full` without the owner before it. */
export function pathBelow(owner: string, full: string): string {
  const head = `${owner}/`.toLowerCase()
  return full.toLowerCase().startsWith(head) ? full.slice(head.length) : full
}
