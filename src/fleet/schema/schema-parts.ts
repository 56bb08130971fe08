import type * as Valibot from 'valibot'

export type Library = typeof Valibot
/** A schema of which only the issues of a run are of interest. */
export type Schema = Valibot.GenericSchema

/** Keys of which a mapping has to have exactly one, or one at least. */
export interface Need {
  readonly keys: readonly string[]
  readonly exactly: boolean
  /** None is needed where this key of that one is there. */
  readonly unless?: readonly [key: string, below: string]
}

/** A mapping of known keys, each of which may be missing; what must be there is in `needs`. */
export type Mapping = Schema & {
  readonly type: 'strict_object'
  readonly entries: Readonly<Record<string, Schema>>
  readonly needs: readonly Need[]
  /** A key may be a secret that stands at the wrong place: none is quoted. */
  readonly secret: boolean
}

const MOST_TEXT_LENGTH = 64 * 1024
const MOST_PATH_LENGTH = 4096
/** For JSON Schema and valibot alike: no flags, no transforms. */
const REFERENCE = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/
const NOT_TEXT = 'must be text; put numbers and dates in quotes'
const NOT_LIST = 'must be a list'

export const SECRET_WORDS =
  'a secret does not belong into this file: write { env: NAME }, { file: PATH } or ${NAME} alone'

/** What schemas are made of. Every message is ours: the library's own quote what they received. */
export interface SchemaParts {
  text(max?: number): Schema
  matching(pattern: RegExp, words: string, max?: number): Schema
  count(min: number, max: number): Schema
  readonly boolean: Schema
  list(item: Schema, max?: { readonly count: number; readonly words: string }): Schema
  textOrList(item: Schema): Schema
  /** A key, token or passphrase, by the place where it is. */
  readonly secret: Schema
  /** One, or several of which each is taken while they change. */
  readonly secrets: Schema
  /** What is no secret and may be large: as it is, or by its place. */
  readonly textOrPlace: Schema
  choice(words: readonly string[]): Schema
  mapping(keys: Readonly<Record<string, Schema>>, more?: Partial<Pick<Mapping, 'needs' | 'secret'>>): Mapping
  described(schema: Schema, text: string): Schema
}

export function makeSchemaParts(v: Library): SchemaParts {
  const text = (max = MOST_TEXT_LENGTH): Schema =>
    v.pipe(
      v.string(NOT_TEXT),
      v.minLength(1, 'is empty'),
      v.maxLength(max, `is longer than ${max} characters`),
    )
  const matching = (pattern: RegExp, words: string, max = MOST_TEXT_LENGTH): Schema =>
    v.pipe(v.string(NOT_TEXT), v.regex(pattern, words), v.maxLength(max, `is longer than ${max} characters`))
  const list: SchemaParts['list'] = (item, max) =>
    max === undefined
      ? v.pipe(v.array(item, NOT_LIST), v.minLength(1, 'is an empty list'))
      : v.pipe(v.array(item, NOT_LIST), v.minLength(1, 'is an empty list'), v.maxLength(max.count, max.words))
  const mapping: SchemaParts['mapping'] = (keys, more = {}) => {
    const entries = Object.fromEntries(
      Object.entries(keys).map(([key, schema]) => [key, v.exactOptional(schema)]),
    )
    const schema = v.strictObject(entries, 'must be a mapping')
    return { ...schema, needs: more.needs ?? [], secret: more.secret ?? false } as unknown as Mapping
  }
  const env = matching(VARIABLE, 'is not the name of an environment variable')
  const places = [
    mapping({ env }, { secret: true, needs: [{ keys: ['env'], exactly: true }] }),
    mapping({ file: text(MOST_PATH_LENGTH) }, { secret: true, needs: [{ keys: ['file'], exactly: true }] }),
  ]
  const secret = v.union([matching(REFERENCE, SECRET_WORDS), ...places], SECRET_WORDS)
  return {
    text,
    matching,
    list,
    mapping,
    count: (min, max) =>
      v.pipe(
        v.number('must be a number'),
        v.integer('must be a whole number'),
        v.minValue(min, `must be at least ${min}`),
        v.maxValue(max, `must be at most ${max}`),
      ),
    boolean: v.boolean('must be true or false'),
    textOrList: (item) => v.union([item, list(item)], 'must be text or a list of texts'),
    secret,
    secrets: v.union([matching(REFERENCE, SECRET_WORDS), ...places, list(secret)], SECRET_WORDS),
    textOrPlace: v.union([text(), ...places], 'must be text, { env: NAME } or { file: PATH }'),
    choice: (words) => v.picklist(words, `must be one of: ${words.join(', ')}`),
    described: (schema, words) => v.pipe(schema, v.description(words)),
  }
}
