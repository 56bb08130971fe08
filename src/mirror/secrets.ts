import { type MirrorError, withDetails } from '../errors.ts'
import { OPTION_DEFAULTS, SECRET_OPTIONS, type OptionName, type OptionValues } from './option-names.ts'
import { cutText, muteLine, printableLine } from './printable.ts'
import type { DestinationResult, MirrorResult } from './result.ts'

/** Shorter texts turn up everywhere in a log: hiding them would hide everything else and give them away. */
export const SHORTEST_SECRET = 4
/** A shorter part of base64 turns up in names and paths by chance. */
const SHORTEST_CORE = 8
/** Kinds of tokens begin alike: `github_pat_`. */
const SHORTEST_START = 12
/** Shorter values of a query are no tokens. */
const SHORTEST_VALUE = 8

export interface Secrets {
  /** Every form in which a secret may turn up, longest first, none shorter than `SHORTEST_SECRET`. */
  readonly texts: readonly string[]
  /** Inputs whose value is too short to be hidden. */
  readonly tooShort: readonly OptionName[]
}

export const NO_SECRETS: Secrets = { texts: [], tooShort: [] }

const USERINFO = /^(?:[a-z][\w+.-]*:)?\/\/([^/?#\s]*)@/gim
/** Of a result's texts nothing is shown that is longer. */
const MOST_RESULT_LINE = 2000

/**
 * What must never be printed, from the inputs as they were given, valid or not: keys, passphrases, tokens,
 * passwords and queries in addresses, and what is built from them (`Basic` headers, base64 and URL-encoded forms).
 */
export function collectSecrets(values: OptionValues): Secrets {
  const found = new Set<string>()
  const tooShort: OptionName[] = []
  for (const name of SECRET_OPTIONS) {
    const text = values[name]?.trim() ?? ''
    if (text === '') continue
    if (text.length < SHORTEST_SECRET) tooShort.push(name)
    for (const form of secretForms(text)) found.add(form)
  }
  for (const side of ['source', 'destination'] as const) {
    const token = values[`${side}-token`]?.trim() ?? ''
    const user = values[`${side}-username`]?.trim() || OPTION_DEFAULTS[`${side}-username`]
    const pairs = token === '' ? [] : [`${user}:${token}`]
    for (const userinfo of userinfos(values[side] ?? '')) {
      for (const form of userinfoForms(userinfo)) found.add(form)
      const name = decode(userinfo.split(':', 1)[0] ?? '')
      if (userinfo.includes(':')) pairs.push(decode(userinfo))
      else if (token !== '') pairs.push(`${name}:${token}`)
    }
    for (const value of queryValues(values[side] ?? '')) {
      for (const form of [value, ...secretForms(decode(value))]) found.add(form)
    }
    if (token !== '') pairs.push(`:${token}`, `${token}:`)
    for (const pair of pairs) found.add(Buffer.from(pair).toString('base64'))
  }
  const texts = [...found].filter((text) => text.length >= SHORTEST_SECRET)
  return { texts: texts.toSorted((a, b) => b.length - a.length), tooShort }
}

/** Replaces every secret of a text by `***`, and the beginning of one that was cut before. */
export function redact(text: string, secrets: Secrets): string {
  let result = text
  for (const secret of secrets.texts) result = result.replaceAll(secret, '***')
  return redactStarts(result, secrets.texts)
}

function redactStarts(text: string, secrets: readonly string[]): string {
  // The heads of keys, and user names before a password, are no secret.
  const starts = secrets.filter((secret) => secret.length > SHORTEST_START && !/^-----|:/.test(secret))
  let result = text
  for (const secret of starts) {
    const head = secret.slice(0, SHORTEST_START)
    for (let at = result.indexOf(head); at >= 0; at = result.indexOf(head, at + 3)) {
      const end = Math.max(
        ...starts.map((start) => at + countCommon(result.slice(at, at + start.length), start)),
      )
      result = `${result.slice(0, at)}***${result.slice(end)}`
    }
  }
  return result
}

function countCommon(text: string, other: string): number {
  let count = 0
  while (count < text.length && text[count] === other[count]) count++
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
  const known = new Map<string, string>()
  const errors = new Map<MirrorError, MirrorError>()
  // Thousands of refs are rejected for the same reason.
  const clean = (text: string): string => {
    const found = known.get(text) ?? redactLines(text, secrets)
    known.set(text, found)
    return found
  }
  const cleanSome = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : clean(text)
  const cleanError = (error: MirrorError | undefined): MirrorError | undefined => {
    if (!error) return undefined
    const details = { hint: cleanSome(error.hint), serverText: cleanSome(error.serverText) }
    const found = errors.get(error) ?? withDetails(error, details, clean(error.message))
    errors.set(error, found)
    return found
  }
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

function redactLines(text: string, secrets: Secrets): string {
  // A secret may have lines itself.
  const lines = redact(text, secrets).split(/\r\n|\r|\n/)
  return lines
    .map((line) => cutText(printWithout(line, secrets, MOST_RESULT_LINE), MOST_RESULT_LINE))
    .join('\n')
}

/** Not cut to `max` yet, but not much longer. */
function printWithout(text: string, secrets: Secrets, max: number): string {
  // Before, since cutting leaves half a secret; after, since taking invisible characters away makes it whole.
  return redact(printableLine(redact(text, secrets), max * 4), secrets)
}

/** A name alone in an address is a token in disguise when it looks like one. */
export function looksLikeToken(name: string): boolean {
  return /^(gh[a-z]_|github_pat_|gl[a-z]+-|ATBB|ATCTT)/.test(name) || /^[A-Za-z0-9_-]{32,}$/.test(name)
}

function secretForms(text: string): readonly string[] {
  // A key's lines turn up alone when something quotes one of them.
  const lines = text.split(/\r?\n|\\n/).map((line) => line.trim())
  const bodies = lines.filter((line) => line.length >= 16 && !line.startsWith('-----'))
  return [
    text,
    ...(lines.length > 1 ? bodies : []),
    JSON.stringify(text).slice(1, -1),
    ...percentForms(text),
    ...[0, 1, 2].flatMap((offset) => base64Cores(text, offset)),
  ]
}

/** As a part of a query, of a form (`+` for a space) and of an address as a whole; digits in upper and lower case. */
function percentForms(text: string): readonly string[] {
  const encoded = encodeURIComponent(text)
  const forms = [encoded, encoded.replaceAll('%20', '+'), encodeURI(text)]
  const lower = (form: string): string => form.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
  return [...forms, ...forms.map(lower)]
}

/**
 * What is in the base64 of every text that holds `text` at this offset modulo 3, in both alphabets (RFC 4648,
 * 4 and 5). Characters in which its neighbours have a part are left out.
 */
function base64Cores(text: string, offset: number): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
  const first = Math.ceil((offset * 8) / 6)
  const core = bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6))
  return core.length < SHORTEST_CORE ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}

function userinfos(text: string): readonly string[] {
  const trimmed = text.replaceAll(/^[ \t]+/gm, '')
  return [...trimmed.matchAll(USERINFO)].map((match) => match[1] ?? '').filter((userinfo) => userinfo !== '')
}

/** Servers take tokens in a query too: `?private_token=…`. */
function queryValues(addresses: string): readonly string[] {
  const queries = [...addresses.matchAll(/\?([^#\s]*)/g)].map((match) => match[1] ?? '')
  const values = queries.flatMap((query) => query.split(/[&;]/).map((pair) => pair.replace(/^[^=]*=/, '')))
  return values.filter((value) => value.length >= SHORTEST_VALUE)
}

function userinfoForms(userinfo: string): readonly string[] {
  const colon = userinfo.indexOf(':')
  if (colon < 0) return looksLikeToken(decode(userinfo)) ? secretForms(decode(userinfo)) : []
  const password = userinfo.slice(colon + 1)
  return [userinfo, password, ...secretForms(decode(password))]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
