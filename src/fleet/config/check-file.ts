import type * as Valibot from 'valibot'
import { looksLikeToken } from '../../options/secrets.ts'
import { type Complaint, ConfigError, type Place } from './config-error.ts'
import { makeFileSchema, MOST_MIRRORS } from './file-schema.ts'
import { findNearest } from './nearest.ts'
import type { Path, YamlFile } from './read-yaml.ts'
import { type Mapping, type Need, type Schema, SECRET_WORDS } from './schema-parts.ts'

type Issue = Valibot.BaseIssue<unknown>

/** What the file says, with the shape of the schema. */
export type Tree = Readonly<Record<string, unknown>>

/**
 * Checks keys and kinds of values of a whole file.
 * @throws ConfigError with every mistake; its texts hold keys that are known or fit to print, and no value.
 */
export async function checkFile(file: YamlFile): Promise<Tree> {
  const v = await import('valibot')
  const schema = makeFileSchema(v)
  const { value } = file
  if (value === null || value === undefined) {
    throw new ConfigError(file.name, [
      { line: 1, column: 1, text: 'the file is empty', hint: 'Begin with `version: 1` and `mirrors:`.' },
    ])
  }
  const mirrors = isMapping(value) ? value['mirrors'] : undefined
  const check = makeCheck(file)
  if (Array.isArray(mirrors) && mirrors.length > MOST_MIRRORS) {
    check.add(['mirrors'], `mirrors has more than ${MOST_MIRRORS} mirrors`)
    throw new ConfigError(file.name, check.complaints)
  }
  findStrays(check, schema, value, [])
  const { issues = [] } = v.safeParse(schema, value)
  for (const issue of issues) reportIssue(check, issue, [])
  if (check.complaints.length > 0) throw new ConfigError(file.name, check.complaints)
  return value as Tree
}

interface Check {
  readonly complaints: Complaint[]
  add(path: Path, text: string, more?: Where): void
}

interface Where {
  readonly part?: 'key' | undefined
  readonly hint?: string | undefined
  /** Says nothing where something was said already: a union fails once for each of its branches. */
  readonly once?: boolean | undefined
}

function makeCheck(file: YamlFile): Check {
  const complaints: Complaint[] = []
  const told = new Set<string>()
  return {
    complaints,
    add(path, text, { part, hint, once } = {}) {
      const place: Place = file.place(path, part)
      const key = `${place.line}:${place.column}`
      if (once === true && told.has(key)) return
      told.add(key)
      complaints.push({ ...place, text: `${describeOwner(file.value, path)}${text}`, hint })
    },
  }
}

/** `mirror "a": ` where the path leads into a mirror that has a name. */
function describeOwner(root: unknown, [top, index]: Path): string {
  if (top !== 'mirrors' || typeof index !== 'number') return ''
  const mirror: unknown = (root as { readonly mirrors?: readonly unknown[] }).mirrors?.[index]
  const name = isMapping(mirror) ? mirror['name'] : undefined
  return typeof name === 'string' && isPrintable(name) ? `mirror "${name}": ` : ''
}

/** Unknown keys, lists where a mapping should be, and missing keys: all of them, where valibot tells the first. */
function findStrays(check: Check, schema: Schema, value: unknown, path: Path): void {
  if (schema.type === 'exact_optional') {
    return findStrays(check, (schema as unknown as { wrapped: Schema }).wrapped, value, path)
  }
  if (schema.type === 'union') {
    const { options, message } = schema as unknown as { options: readonly Schema[]; message?: string }
    const branch = chooseBranch(options, value)
    if (branch !== undefined) findStrays(check, branch, value, path)
    // To the library, a list is an object that has no known key.
    else if (Array.isArray(value)) check.add(path, sayOf(path, message ?? NO_BRANCH))
    return
  }
  if (schema.type === 'array' && Array.isArray(value)) {
    const { item } = schema as unknown as { readonly item: Schema }
    for (const [index, entry] of value.entries()) findStrays(check, item, entry, [...path, index])
  }
  if (schema.type === 'record' && isMapping(value)) {
    const { value: entrySchema } = schema as unknown as { readonly value: Schema }
    for (const [key, entry] of Object.entries(value)) findStrays(check, entrySchema, entry, [...path, key])
  }
  if (schema.type === 'record' && Array.isArray(value)) check.add(path, `${nameOf(path)}must be a mapping`)
  if (schema.type === 'strict_object') findStrayKeys(check, schema as Mapping, value, path)
}

function findStrayKeys(check: Check, schema: Mapping, value: unknown, path: Path): void {
  if (Array.isArray(value)) return check.add(path, `${nameOf(path)}must be a mapping`)
  if (!isMapping(value)) return
  const known = Object.keys(schema.entries)
  for (const [key, entry] of Object.entries(value)) {
    const entrySchema = Object.hasOwn(schema.entries, key) ? schema.entries[key] : undefined
    if (entrySchema !== undefined) findStrays(check, entrySchema, entry, [...path, key])
    else check.add([...path, key], ...describeStray(schema, key, known))
  }
  for (const need of schema.needs) reportNeed(check, need, value, path)
}

function describeStray(schema: Mapping, key: string, known: readonly string[]): [text: string, more: Where] {
  if (schema.secret) return ['unknown key', { part: 'key', hint: 'Write { env: NAME } or { file: PATH }' }]
  const nearest = findNearest(key, known)
  const quoted = isPrintable(key) ? ` "${key}"` : ''
  const hint = nearest === undefined ? `Known are: ${known.join(', ')}` : `Did you mean "${nearest}"?`
  return [`unknown key${quoted}`, { part: 'key', hint }]
}

function reportNeed(check: Check, { keys, exactly, unless }: Need, value: Tree, path: Path): void {
  const other = unless === undefined ? undefined : value[unless[0]]
  const isExempt = unless !== undefined && isMapping(other) && Object.hasOwn(other, unless[1])
  const there = keys.filter((key) => Object.hasOwn(value, key))
  const names = keys.map((key) => `"${key}"`)
  if (there.length === 0) {
    if (isExempt) return
    check.add(
      path,
      keys.length === 1 ? `the key ${names[0]} is missing` : `needs one of ${names.join(', ')}`,
      {
        part: 'key',
      },
    )
  } else if (exactly && there.length > 1) {
    check.add([...path, there[1]!], `takes one of ${names.join(', ')}, not several`, { part: 'key' })
  }
}

/** One issue of valibot in our words: of a union, what its branch for this kind of value says. */
function reportIssue(check: Check, issue: Issue, above: Path): void {
  const path = [...above, ...(issue.path ?? []).map(({ key }) => key as string | number)]
  if (issue.expected === 'never') return
  const branch = (issue.issues ?? []).filter(({ path: below }) => below !== undefined)
  if (branch.length > 0 && typeof issue.input === 'object') {
    for (const nested of branch) reportIssue(check, nested, path)
    return
  }
  const isKey = issue.path?.at(-1)?.origin === 'key'
  const words = isOurs(issue.message) ? issue.message : 'must be text or a mapping'
  // A secret's own words make a sentence without the key.
  check.add(
    path,
    words.startsWith('a secret') ? words : `${nameOf(path)}${words}`,
    isKey ? { part: 'key' } : {},
  )
}

const NO_BRANCH = 'must be text or a mapping'

/** Most words need the name of the key before them; those about secrets make a sentence by themselves. */
function sayOf(path: Path, words: string): string {
  return words === SECRET_WORDS ? words : `${nameOf(path)}${words}`
}

/** Ours begin in lower case, valibot's own with `Invalid`. */
function isOurs(message: string): boolean {
  return /^[a-z]/.test(message)
}

function chooseBranch(options: readonly Schema[], value: unknown): Schema | undefined {
  if (Array.isArray(value)) return options.find(({ type }) => type === 'array')
  if (!isMapping(value)) return undefined
  const mappings = options.filter((option): option is Mapping => option.type === 'strict_object')
  const fits = (mapping: Mapping): boolean =>
    Object.keys(mapping.entries).some((key) => Object.hasOwn(value, key))
  return mappings.find(fits) ?? mappings[0]
}

/** `prune ` for a value, nothing for an item of a list. */
function nameOf(path: Path): string {
  const last = path.findLast((step) => typeof step === 'string')
  return last !== undefined && isPrintable(last) ? `${last} ` : ''
}

function isMapping(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPrintable(text: string): boolean {
  return /^[\w./:{}-]{1,200}$/.test(text) && !looksLikeToken(text)
}
