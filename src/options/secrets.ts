import { OPTION_DEFAULTS, SECRET_OPTIONS, type OptionName, type OptionValues } from './names.ts'
import { SHORTEST_SECRET, type Secrets } from '../report/redact.ts'

/** A shorter part of base64 turns up in names and paths by chance. */
const SHORTEST_CORE = 8

/** Shorter values of a query are no tokens. */
const SHORTEST_VALUE = 8

const USERINFO = /^(?:[a-z][\w+.-]*:)?\/\/([^/?#\s]*)@/gim

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
