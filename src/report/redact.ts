import { MirrorError, withDetails } from '../base/errors.ts'
import { cutText, muteLine, printableLine } from '../base/printable.ts'
import type { DestinationResult, MirrorResult } from './result.ts'

/** UTF-16 units. Shorter texts turn up everywhere in a log: hiding them would hide all else and give them away. */
export const SHORTEST_SECRET_LENGTH = 4

/** UTF-16 units that tell a secret from others of its kind: tokens begin alike, such as `github_pat_`. */
const TELLING_START_LENGTH = 12

export interface Secrets {
  /** Every form in which a secret may turn up, longest first, none shorter than `SHORTEST_SECRET_LENGTH`. */
  readonly texts: readonly string[]
}

export const NO_SECRETS: Secrets = { texts: [] }

/** One more text that must never be printed from now on, which was not known when `secrets` was made. */
export function hideFromNowOn(secrets: Secrets, text: string): void {
  if (text.length < SHORTEST_SECRET_LENGTH || secrets === NO_SECRETS) return
  const texts = secrets.texts as string[]
  texts.push(text)
  texts.sort((one, other) => other.length - one.length)
}

/** Texts that `hideFromNowOn` has hidden and that are worth nothing any more: a server that lives long gathers many. */
export function forgetSecrets(secrets: Secrets, forgotten: ReadonlySet<string>): void {
  const texts = secrets.texts as string[]
  texts.splice(0, texts.length, ...texts.filter((text) => !forgotten.has(text)))
}

/** UTF-16 units of the longest line that is shown of a result's texts. */
const RESULT_LINE_LENGTH = 2000

/** Replaces every secret of a text by `***`, and the beginning of one that was cut before. */
export function redact(text: string, secrets: Secrets): string {
  let result = text
  for (const secret of secrets.texts) result = result.replaceAll(secret, '***')
  return redactStarts(result, secrets.texts)
}

function redactStarts(text: string, secrets: readonly string[]): string {
  // The heads of keys, and user names before a password, are no secret.
  const starts = secrets.filter((secret) => !/^-----|:/.test(secret))
  let result = text
  for (const secret of starts) {
    const head = secret.slice(0, TELLING_START_LENGTH)
    const hideStart = (rest: string): string => {
      const alike = starts.filter((start) => start.startsWith(head)).map((start) => start.slice(head.length))
      return `***${rest.slice(Math.max(...alike.map((tail) => countCommon(tail, rest))))}`
    }
    const [before, ...after] = result.split(head)
    result = [before, ...after.map(hideStart)].join('')
  }
  return result
}

/** UTF-16 units that two texts have in common at their start. */
function countCommon(one: string, other: string): number {
  let count = one.length
  while (!other.startsWith(one.slice(0, count))) count--
  return count
}

/**
 * Text from anywhere as one line of a log, at most `max` UTF-16 units: printable, without a secret, and with
 * nothing that a runner obeys.
 */
export function safeLine(text: string, secrets: Secrets, max: number): string {
  return cutText(muteLine(printWithout(text, secrets, max)), max)
}

/**
 * The result without a secret in any text that a server or a message had a part in: everything but the names
 * of refs. What was one error in several places stays one. Lines of texts stay lines, and are printable.
 */
export function redactResult(result: MirrorResult, secrets: Secrets): MirrorResult {
  if (secrets.texts.length === 0) return result
  // Thousands of refs are rejected for the same reason.
  const clean = remember((text: string) => redactLines(text, secrets))
  const cleanSome = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : clean(text)
  const cleanError = remember((error: MirrorError | undefined) =>
    error === undefined
      ? undefined
      : withDetails(
          error,
          { hint: cleanSome(error.hint), serverText: cleanSome(error.serverText) },
          clean(error.message),
        ),
  )
  const cleanDestination = (given: DestinationResult): DestinationResult => ({
    ...given,
    destination: clean(given.destination),
    rejected: given.rejected.map((ref) => ({
      ...ref,
      reason: clean(ref.reason),
      advice: cleanSome(ref.advice),
    })),
    warnings: given.warnings.map(clean),
    error: cleanError(given.error),
  })
  return {
    ...result,
    source: clean(result.source),
    destinations: result.destinations.map(cleanDestination),
    error: cleanError(result.error),
  }
}

/** A pure function that works once for each argument. */
function remember<Given, Made>(make: (given: Given) => Made): (given: Given) => Made {
  const known = new Map<Given, Made>()
  return (given) => {
    if (!known.has(given)) known.set(given, make(given))
    return known.get(given)!
  }
}

function redactLines(text: string, secrets: Secrets): string {
  // A secret may have lines itself.
  const lines = redact(text, secrets).split(/\r\n|\r|\n/)
  return lines
    .map((line) => cutText(printWithout(line, secrets, RESULT_LINE_LENGTH), RESULT_LINE_LENGTH))
    .join('\n')
}

/** Not cut to `max` yet, but not much longer. */
function printWithout(text: string, secrets: Secrets, max: number): string {
  // Before, since cutting leaves half a secret; after, since taking invisible characters away makes it whole.
  return redact(printableLine(redact(text, secrets), max * 4), secrets)
}
