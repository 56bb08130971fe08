import type { Alias, Document, LineCounter, Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import { type Complaint, ConfigError, type Place } from './config-error.ts'

/** Keys and positions of lists from the top of a file down to a value. */
export type Path = readonly (string | number)[]

/** A file that is YAML, its values, and where each of them stands. */
export interface YamlFile {
  /** Printable path. */
  readonly name: string
  /** Mappings are objects, lists arrays, scalars as YAML 1.2's core schema has them. An anchored value is one object. */
  readonly value: unknown
  /** The value at `path`, or its key; of what is not there, the nearest that holds it. */
  place(path: Path, part?: 'key' | 'value'): Place
}

/** Bytes. 50,000 mirrors of 80 bytes each. */
export const MOST_CONFIG_BYTES = 4 * 1024 * 1024
/** Values that a file may have when every anchor is unfolded. */
const MOST_VALUES = 2_000_000
const MOST_DEPTH = 50
/** Open brackets in the text before it is parsed. */
const MOST_BRACKETS = 500

type Library = typeof import('yaml')

/** The library's own messages may quote a line, and a line may hold a secret. */
const WORDS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab indents this line: YAML takes spaces only',
  MULTIPLE_DOCS: 'a second document begins here: a config is one document',
  TAG_RESOLVE_FAILED: 'a tag (!…) has no meaning here',
  NON_STRING_KEY: 'a key must be text',
  BAD_INDENT: 'the indentation does not fit what stands above',
  MISSING_CHAR: 'a character is missing, such as a bracket, a quote, a comma or a colon',
  UNEXPECTED_TOKEN: 'something stands here that YAML does not allow at this place',
  BAD_SCALAR_START: 'a plain value cannot begin like this: put it in quotes',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins no escape: use single quotes',
  BAD_ALIAS: 'an alias (*…) has no name',
  MULTILINE_IMPLICIT_KEY: 'a key or a colon is missing, or a quote is not closed',
  BLOCK_AS_IMPLICIT_KEY: 'a mapping cannot begin on this line: a key, a value or an indentation is missing',
  KEY_OVER_1024_CHARS: 'a key is longer than 1,024 characters',
  RESOURCE_EXHAUSTION: 'values are nested too deep',
}

const TWICE = 'this key stands twice in one mapping'
const HALF = 'this text has half a character in it, by an escape such as \\ud800'

/**
 * Reads one YAML 1.2 document, strictly: no tags, no merge keys, no second document.
 * @throws ConfigError with every mistake
 */
export async function readYaml(text: string, name: string): Promise<YamlFile> {
  if (Buffer.byteLength(text) > MOST_CONFIG_BYTES) {
    throw tooLarge(name)
  }
  const yaml = await import('yaml')
  const lines = new yaml.LineCounter()
  const document = parse(yaml, text.replace(/^\ufeff/, ''), name, lines)
  const reading: Reading = { yaml, lines, complaints: [], anchors: new Map(), targets: new Map() }
  for (const { code, pos } of [...document.errors, ...document.warnings]) {
    complain(reading, pos[0], WORDS[code] ?? 'this is not YAML')
  }
  if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    complain(reading, 0, 'the file asks for an older YAML: it is read as YAML 1.2')
  }
  const root = document.contents
  const { value, size } = convert(reading, root, 0)
  if (size > MOST_VALUES) complain(reading, 0, 'anchors unfold to more values than a fleet needs')
  if (reading.complaints.length > 0) throw new ConfigError(name, reading.complaints)
  return {
    name,
    value,
    place: (path, part = 'value') => findPlace(reading, root, path, part),
  }
}

/** A config that was not read for its size. */
export function tooLarge(name: string): ConfigError {
  const text = 'a config file has at most 4 MiB'
  const hint = 'Let `discover` find the repositories, or split the fleet into several files'
  return new ConfigError(name, [{ line: 1, column: 1, text, hint }])
}

function parse(yaml: Library, text: string, name: string, lineCounter: LineCounter): Document.Parsed {
  try {
    // Deep nesting takes the library a long time, and at the end of the stack it takes Node down.
    if (nestsTooDeep(text)) throw new RangeError()
    return yaml.parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      schema: 'core',
      resolveKnownTags: false,
      stringKeys: true,
      // Compares each key with all before it; `convertMap` does it in linear time.
      uniqueKeys: false,
      logLevel: 'error',
    })
  } catch {
    throw new ConfigError(name, [{ line: 1, column: 1, text: 'values are nested too deep' }])
  }
}

/** By the brackets and the indicators of one line; quotes are not looked at, so the limit is far from any real file. */
function nestsTooDeep(text: string): boolean {
  if (/(?:[-?:][ \t]+){100}|^ {400}/m.test(text)) return true
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x5b || code === 0x7b) depth++
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--
    if (depth > MOST_BRACKETS) return true
  }
  return false
}

interface Reading {
  readonly yaml: Library
  readonly lines: LineCounter
  readonly complaints: Complaint[]
  readonly anchors: Map<string, Converted & { readonly node: Node }>
  readonly targets: Map<Alias, Node>
}

interface Converted {
  readonly value: unknown
  /** Values in it, with anchors unfolded. */
  readonly size: number
}

const NOTHING: Converted = { value: null, size: 1 }

/** Not the library's `toJS`: it looks an alias up from the top each time, and takes a hundred of one for an attack. */
function convert(reading: Reading, node: Node | null, depth: number): Converted {
  const { yaml } = reading
  if (node === null) return NOTHING
  if (depth > MOST_DEPTH) {
    complain(reading, startOf(node), 'values are nested too deep')
    return NOTHING
  }
  if (yaml.isAlias(node)) return followAlias(reading, node)
  const converted = yaml.isMap(node)
    ? convertMap(reading, node, depth)
    : yaml.isSeq(node)
      ? convertList(reading, node, depth)
      : { value: yaml.isScalar(node) ? node.value : null, size: 1 }
  if (!isWellFormed(converted.value)) complain(reading, startOf(node), HALF)
  if ('anchor' in node && node.anchor !== undefined) reading.anchors.set(node.anchor, { ...converted, node })
  return converted
}

function followAlias(reading: Reading, alias: Alias): Converted {
  const found = reading.anchors.get(alias.source)
  if (found === undefined) {
    complain(
      reading,
      startOf(alias),
      'an alias (*…) names no anchor (&…) that stands before it',
      'Put a value that begins with * in quotes.',
    )
    return NOTHING
  }
  reading.targets.set(alias, found.node)
  return found
}

function convertMap(reading: Reading, map: YAMLMap, depth: number): Converted {
  const value: Record<string, unknown> = {}
  let size = 1
  for (const pair of map.items) {
    const key = keyOf(reading, pair)
    if (!isWellFormed(key)) complain(reading, startOf(pair.key as Node), HALF)
    if (Object.hasOwn(value, key)) complain(reading, startOf(pair.key as Node), TWICE)
    if (key === '<<') {
      complain(reading, startOf(pair.key as Node), 'merge keys (<<) are not read', 'Use `defaults`.')
      continue
    }
    const converted = convert(reading, pair.value as Node | null, depth + 1)
    size += converted.size
    // Not an assignment: `__proto__` is a key like any other.
    Object.defineProperty(value, key, { value: converted.value, enumerable: true, configurable: true })
  }
  return { value, size }
}

function convertList(reading: Reading, list: YAMLSeq, depth: number): Converted {
  const value: unknown[] = []
  let size = 1
  for (const item of list.items) {
    const converted = convert(reading, item as Node | null, depth + 1)
    size += converted.size
    value.push(converted.value)
  }
  return { value, size }
}

/** No encoding holds half a character: an address with it could not be asked for. */
function isWellFormed(value: unknown): boolean {
  return typeof value !== 'string' || value.isWellFormed()
}

function keyOf({ yaml }: Reading, pair: Pair): string {
  return yaml.isScalar(pair.key) ? String(pair.key.value) : ''
}

function findPlace(reading: Reading, root: Node | null, path: Path, part: 'key' | 'value'): Place {
  const { yaml, targets } = reading
  let node = root
  let offset = startOf(root)
  for (const [depth, step] of path.entries()) {
    const whole = node !== null && yaml.isAlias(node) ? targets.get(node) : node
    if (whole && yaml.isMap(whole)) {
      const pair = whole.items.find((item) => keyOf(reading, item) === step)
      if (pair === undefined) break
      node = pair.value as Node | null
      const isKey = node === null || (part === 'key' && depth === path.length - 1)
      offset = startOf(isKey ? (pair.key as Node) : node)
    } else if (whole && yaml.isSeq(whole) && typeof step === 'number' && step < whole.items.length) {
      node = whole.items[step] as Node | null
      if (node !== null) offset = startOf(node)
    } else break
  }
  return placeAt(reading, offset)
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0
}

function placeAt({ lines }: Reading, offset: number): Place {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

function complain(reading: Reading, offset: number, text: string, hint?: string): void {
  reading.complaints.push({ ...placeAt(reading, offset), text, hint })
}
