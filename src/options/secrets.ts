import { decodePercentOrKeep } from '../transport/address/authority.ts'
import { SECRET_OPTIONS, specOf, type OptionName, type OptionValues } from './names.ts'
import { SHORTEST_SECRET_LENGTH, type Secrets } from '../report/redact.ts'

/** UTF-16 units of the shortest part of base64 that is hidden: a shorter one turns up in names and paths by chance. */
const SHORTEST_CORE_LENGTH = 8

/** UTF-16 units of the shortest value of a query that is hidden: shorter ones are no tokens. */
const SHORTEST_QUERY_VALUE_LENGTH = 8

/** Characters of the shortest line of a key that is hidden by itself. */
const SHORTEST_KEY_LINE_LENGTH = 16

const USERINFO = /^[ \t]*(?:[a-z][\w+.-]*:)?\/\/([^/?#\s]*)@/gim

/** Variables that may hold the address of a proxy with its password: `https_proxy`, `ALL_PROXY`, `npm_config_proxy`. */
const PROXY_VARIABLE = /(^|_)proxy$/i
const NO_ADDRESS = /(^|_)no_proxy$/i

export interface CollectedSecrets {
  readonly secrets: Secrets
  /** Options whose value is too short to be hidden. */
  readonly tooShort: readonly OptionName[]
}

/**
 * What must never be printed, from the options as they were given, valid or not: keys, passphrases, tokens, passwords
 * and queries in addresses, those of proxies in the environment, and what is built from them (`Basic` headers, base64
 * and URL-encoded forms).
 */
export function collectSecrets(values: OptionValues, env: NodeJS.ProcessEnv = {}): CollectedSecrets {
  const found = new Set<string>()
  const add = (texts: readonly string[]): void => {
    for (const text of texts) found.add(text)
  }
  const tooShort: OptionName[] = []
  for (const name of SECRET_OPTIONS) {
    const text = values[name]?.trim() ?? ''
    if (text === '') continue
    if (text.length < SHORTEST_SECRET_LENGTH) tooShort.push(name)
    add(secretForms(text))
  }
  for (const side of ['source', 'destination'] as const) {
    const token = values[`${side}-token`]?.trim() ?? ''
    const user = values[`${side}-username`]?.trim() || specOf(`${side}-username`).default
    add(addressSecrets(values[side] ?? '', token))
    if (token !== '') add([`${user}:${token}`, `:${token}`, `${token}:`].map(toBase64))
  }
  for (const address of proxyAddresses(env)) add(addressSecrets(address, ''))
  const texts = [...found].filter((text) => text.length >= SHORTEST_SECRET_LENGTH)
  return { secrets: { texts: texts.toSorted((a, b) => b.length - a.length) }, tooShort }
}

/** Every form in which a token of GitHub's may turn up. */
export function tokenForms(token: string): readonly string[] {
  return [...new Set([...secretForms(token), toBase64(`${specOf('source-username').default}:${token}`)])]
}

/** What is secret in addresses, one per line. `token` goes with a user name that stands there alone. */
function addressSecrets(addresses: string, token: string): readonly string[] {
  const found: string[] = []
  for (const userinfo of userinfos(addresses)) {
    found.push(...userinfoForms(userinfo))
    if (userinfo.includes(':')) found.push(toBase64(decodePercentOrKeep(userinfo)))
    else if (token !== '') found.push(toBase64(`${decodePercentOrKeep(userinfo)}:${token}`))
  }
  for (const value of queryValues(addresses)) found.push(value, ...secretForms(decodePercentOrKeep(value)))
  return found
}

/** The addresses of proxies in the environment, which may stand there without a scheme. */
function proxyAddresses(env: NodeJS.ProcessEnv): readonly string[] {
  return Object.entries(env)
    .filter(([name]) => PROXY_VARIABLE.test(name) && !NO_ADDRESS.test(name))
    .map(([, value = '']) => (value.includes('//') ? value : `//${value.trim()}`))
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** A name alone in an address is a token in disguise when it looks like one. */
export function looksLikeToken(name: string): boolean {
  return /^(gh[a-z]_|github_pat_|gl[a-z]+-|ATBB|ATCTT)/.test(name) || /^[A-Za-z0-9_-]{32,}$/.test(name)
}

function secretForms(text: string): readonly string[] {
  // A key's lines turn up alone when something quotes one of them.
  const lines = text.split(/\r?\n|\\n/).map((line) => line.trim())
  const bodies = lines.filter((line) => line.length >= SHORTEST_KEY_LINE_LENGTH && !line.startsWith('-----'))
  return [
    text,
    ...bodies,
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
  return core.length < SHORTEST_CORE_LENGTH ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}

function userinfos(text: string): readonly string[] {
  return [...text.matchAll(USERINFO)].map((match) => match[1]!)
}

/** Servers take tokens in a query too: `?private_token=…`. */
function queryValues(addresses: string): readonly string[] {
  const queries = [...addresses.matchAll(/\?([^#\s]*)/g)].map((match) => match[1]!)
  const values = queries.flatMap((query) => query.split(/[&;]/).map((pair) => pair.replace(/[^=]*=/, '')))
  return values.filter((value) => value.length >= SHORTEST_QUERY_VALUE_LENGTH)
}

function userinfoForms(userinfo: string): readonly string[] {
  const colon = userinfo.indexOf(':')
  if (colon < 0)
    return looksLikeToken(decodePercentOrKeep(userinfo)) ? secretForms(decodePercentOrKeep(userinfo)) : []
  const password = userinfo.slice(colon + 1)
  // `TOKEN:@host`: the token stands in place of the user.
  if (password === '') return [userinfo, ...secretForms(decodePercentOrKeep(userinfo.slice(0, colon)))]
  return [userinfo, password, ...secretForms(decodePercentOrKeep(password))]
}
