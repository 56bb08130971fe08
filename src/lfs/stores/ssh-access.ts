import { MirrorError, type Side } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import { readAction, type Operation } from '../api/batch-messages.ts'
import type { LfsAccess } from '../api/actions.ts'
import { isPrivateHost } from '../api/href.ts'

export interface SshAccessOptions {
  readonly side: Side
  /** The ssh server's name. */
  readonly host: string
  /** Where the API is when the server does not say so. */
  readonly guess: URL
  /** Runs `git-lfs-authenticate PATH OPERATION` at the server. @throws MirrorError */
  readonly run: (operation: Operation) => Promise<{
    readonly stdout: string
    readonly stderr: string
    readonly exitCode: number | undefined
  }>
}

/** A token that ends so soon is asked for anew. */
const EXPIRY_MARGIN_MS = 5000
const QUOTE_LIMIT_LENGTH = 200

interface Held {
  readonly access: LfsAccess
  readonly expires: number | undefined
}

/**
 * The way in that `git-lfs-authenticate` gives over ssh (git-lfs, "docs/api/authentication.md"): an address and headers
 * for one operation, asked for again before they expire and when they were refused.
 * @throws MirrorError where the server refuses; `NoSshAccess` where it does not know the program.
 */
export function createSshAccess(
  options: SshAccessOptions,
): (operation: Operation, renew: boolean) => Promise<LfsAccess> {
  const held = new Map<Operation, Promise<Held>>()
  return async (operation, renew) => {
    for (let mayKeep = !renew; ; mayKeep = true) {
      const asked = held.get(operation)
      const known = await asked?.catch(() => undefined)
      // Somebody else has asked meanwhile: one answer serves for all.
      if (held.get(operation) !== asked) continue
      const isGood = known !== undefined && (known.expires ?? Infinity) - Date.now() > EXPIRY_MARGIN_MS
      if (isGood && mayKeep) return known.access
      const asking = ask(options, operation)
      held.set(operation, asking)
      return (await asking).access
    }
  }
}

/** The server has no `git-lfs-authenticate`, or none for this repository. */
export class NoSshAccess extends Error {
  override readonly name = 'NoSshAccess'
  /** The server's shell finds no such program. */
  readonly isMissing: boolean

  constructor(words: string, isMissing: boolean) {
    super(words)
    this.isMissing = isMissing
  }
}

/** Whether a shell has said that there is no `program`: that holds for all repositories of the account. */
export function isMissingProgram(program: string, exitCode: number | undefined, words: string): boolean {
  return exitCode === 127 && words.includes(program) && /not found/i.test(words)
}

async function ask(options: SshAccessOptions, operation: Operation): Promise<Held> {
  const sentAt = Date.now()
  const { stdout, stderr, exitCode } = await options.run(operation)
  const words = stderr.trim()
  if (isUnknownProgram(exitCode, words))
    throw new NoSshAccess(words, isMissingProgram('git-lfs-authenticate', exitCode, words))
  if (exitCode !== 0) throw refused(options, { exitCode, words })
  const answer = readAction(stdout, sentAt)
  const token = answer?.header['authorization']
  // A host that has none for this kind of key says so with an empty one.
  if (answer === undefined || (token !== undefined && /^\w*\s*$/.test(token)))
    throw refused(options, { exitCode, words })
  const { href, header, expires } = answer
  const endpoint = href === '' ? options.guess : URL.parse(href)
  const isWeb = endpoint?.protocol === 'https:' || endpoint?.protocol === 'http:'
  if (endpoint === null || !isWeb) {
    throw new MirrorError(`git-lfs-authenticate at ${options.host} names something that is no web address`, {
      code: 'protocol',
      side: options.side,
    })
  }
  return { access: { endpoint, header, publicOnly: !(await isPrivateHost(options.host)) }, expires }
}

function isUnknownProgram(exitCode: number | undefined, words: string): boolean {
  if (exitCode === 127) return true
  return /git-lfs-authenticate/.test(words)
    ? /not found|no such file|unrecogni[sz]ed|not recogni[sz]ed|unknown|invalid command|not supported|unsupported/i.test(
        words,
      )
    : exitCode !== 0 &&
        /(unrecogni[sz]ed|unknown|invalid|disallowed) .{0,20}command|command not found/i.test(words)
}

function refused(
  { host, side }: SshAccessOptions,
  { exitCode, words }: { readonly exitCode: number | undefined; readonly words: string },
): MirrorError {
  const quote = printableLine(words, QUOTE_LIMIT_LENGTH).trim()
  const how = exitCode === undefined ? 'without a status' : `with status ${exitCode}`
  const what = exitCode === 0 ? 'gives no token for LFS' : `ended ${how}`
  return new MirrorError(`git-lfs-authenticate at ${host} ${what}${quote === '' ? '' : `: ${quote}`}`, {
    code: 'auth',
    side,
    serverText: words === '' ? undefined : words,
    hint: 'The key may not use LFS there: some hosts give no LFS to deploy keys, or none with the rights to write. A token over https may.',
  })
}
