import { OPTION_DEFAULTS, SECRET_OPTIONS, type OptionName, type OptionValues } from './option-names.ts'

/** Shorter texts turn up everywhere in a log: hiding them would hide everything else and give them away. */
export const SHORTEST_SECRET = 4

export interface Secrets {
  /** Every form in which a secret may turn up, longest first, none shorter than `SHORTEST_SECRET`. */
  readonly texts: readonly string[]
  /** Inputs whose value is too short to be hidden. */
  readonly tooShort: readonly OptionName[]
}

const USERINFO = /^[a-z][a-z0-9+.-]*:\/\/([^/?#\s]*)@/gim

/**
 * What must never be printed, from the inputs as they were given, valid or not: keys, passphrases, tokens,
 * passwords in addresses, and what is built from them (`Basic` headers, URL-encoded forms).
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
    if (token !== '') pairs.push(`:${token}`, `${token}:`)
    for (const pair of pairs) found.add(Buffer.from(pair).toString('base64'))
  }
  const texts = [...found].filter((text) => text.length >= SHORTEST_SECRET)
  return { texts: texts.toSorted((a, b) => b.length - a.length), tooShort }
}

/** Replaces every secret of a text by `***`. */
export function redact(text: string, secrets: Secrets): string {
  let result = text
  for (const secret of secrets.texts) result = result.replaceAll(secret, '***')
  return result
}

/** A name alone in an address is a token in disguise when it looks like one. */
export function looksLikeToken(name: string): boolean {
  return /^(gh[a-z]_|github_pat_|gl[a-z]+-|ATBB|ATCTT)/.test(name) || /^[A-Za-z0-9_-]{32,}$/.test(name)
}

function secretForms(text: string): readonly string[] {
  // A key's lines turn up alone when something quotes one of them.
  const lines = text.includes('\n') ? text.split(/\r?\n/).map((line) => line.trim()) : []
  const bodies = lines.filter((line) => line.length >= 16 && !line.startsWith('-----'))
  return [text, encodeURIComponent(text), ...bodies]
}

function userinfos(text: string): readonly string[] {
  const trimmed = text.replaceAll(/^[ \t]+/gm, '')
  return [...trimmed.matchAll(USERINFO)].map((match) => match[1] ?? '').filter((userinfo) => userinfo !== '')
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
