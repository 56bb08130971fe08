import { MirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import { type NamedSpec, type OptionName, type OptionValues, type RowOf, specOf } from './names.ts'

/** Reads single values; every failure is a `usage` error that begins with the option's name. */
export interface ValueReader {
  /** What the person at the other end calls an option: `max-deletions`, `--max-deletions`. */
  readonly label: (name: OptionName) => string
  readonly values: OptionValues
}

/** What a row without a default gives where nothing was given. */
type Absent<Row> = Row extends { readonly default: '' } ? undefined : never

type ValueOfRow<Row> = Row extends { readonly kind: 'switch' }
  ? boolean
  : Row extends { readonly kind: 'lines' }
    ? readonly string[]
    : Row extends { readonly kind: 'number' | 'size' | 'seconds' }
      ? number | Absent<Row>
      : Row extends { readonly kind: 'choice'; readonly choices: readonly (infer Choice)[] }
        ? Choice
        : string

/** What the text of an option is read as: see the kinds of `OptionSpec`. */
export type OptionValue<Name extends OptionName> = ValueOfRow<RowOf<Name>>

const SIZE_UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

const SECONDS_BY_UNIT: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 }

/** A wrong option: its name, what is wrong, what to do. `problem` must not quote a secret. */
export function usageError(
  reader: ValueReader,
  name: OptionName,
  problem: string,
  hint: string,
): MirrorError {
  return new MirrorError(`${reader.label(name)}: ${problem}`, { code: 'usage', hint })
}

/** The text of an option, trimmed, or its default. */
export function readText(reader: ValueReader, name: OptionName): string {
  const text = reader.values[name]?.trim() ?? ''
  return text === '' ? specOf(name).default : text
}

/**
 * The value of an option, by its kind.
 * @throws MirrorError `usage`
 */
export function readValue<Name extends OptionName>(reader: ValueReader, name: Name): OptionValue<Name> {
  // The type by name and the reading by kind come from the same row.
  return readByKind(reader, specOf(name)) as OptionValue<Name>
}

function readByKind(reader: ValueReader, spec: NamedSpec): unknown {
  const text = readText(reader, spec.name)
  switch (spec.kind) {
    case 'text':
    case 'secret':
      return text
    case 'lines':
      return splitLines(text).map(({ line }) => line)
    case 'switch':
      return readSwitch(reader, spec, text)
    case 'number':
      return text === '' ? undefined : readNumber(reader, spec, text)
    case 'size':
      return text === '' ? undefined : readSize(reader, spec, text)
    case 'seconds':
      return text === '' ? undefined : readSeconds(reader, spec, text)
    case 'choice':
      return readChoice(reader, spec, text)
  }
}

/** The lines of a text that hold something, trimmed, with their numbers from 1. */
export function splitLines(text: string): readonly { readonly line: string; readonly number: number }[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
}

function readSwitch(reader: ValueReader, { name }: NamedSpec, text: string): boolean {
  const lower = text.toLowerCase()
  if (lower === 'true') return true
  if (lower === 'false') return false
  throw usageError(reader, name, `"${quote(text)}" is neither true nor false`, 'Write true or false.')
}

function readNumber(reader: ValueReader, spec: NamedSpec & { kind: 'number' }, text: string): number {
  const { min, max, unlimited } = spec
  if (unlimited && text.toLowerCase() === 'unlimited') return Number.POSITIVE_INFINITY
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  const example = spec.default || min
  throw unlimited
    ? usageError(
        reader,
        spec.name,
        `"${quote(text)}" is neither a whole number nor unlimited`,
        `Write digits only, such as ${example}, or unlimited.`,
      )
    : usageError(
        reader,
        spec.name,
        `"${quote(text)}" is not a whole number from ${min} to ${max}`,
        `Write digits only, such as ${example}.`,
      )
}

function readSize(reader: ValueReader, { name }: NamedSpec, text: string): number {
  const match = /^(\d{1,15}(?:\.\d{1,6})?) ?([kmg]?)(?:i?b)?$/i.exec(text)
  const unit = SIZE_UNITS[match?.[2]?.toLowerCase() ?? '']
  const bytes = match && unit ? Math.floor(Number(match[1]) * unit) : 0
  if (bytes >= 1 && Number.isSafeInteger(bytes)) return bytes
  throw usageError(
    reader,
    name,
    `"${quote(text)}" is not a size`,
    'Write a number of bytes above 0, or one with k, M or G: 500M.',
  )
}

/** Milliseconds. */
function readSeconds(reader: ValueReader, spec: NamedSpec & { kind: 'seconds' }, text: string): number {
  const { min, max, units } = spec
  const match = /^(\d{1,15}) ?([smh]?)$/i.exec(text)
  const unit = units || match?.[2] === '' ? SECONDS_BY_UNIT[match?.[2]?.toLowerCase() ?? ''] : undefined
  const seconds = match && unit ? Number(match[1]) * unit : Number.NaN
  if (seconds >= min && seconds <= max) return seconds * 1000
  throw units
    ? usageError(
        reader,
        spec.name,
        `"${quote(text)}" is neither a whole number from ${min} to ${max} nor a time such as 90m or 6h`,
        'Write seconds, or a whole number with m or h: 3600, 90m, 6h.',
      )
    : usageError(
        reader,
        spec.name,
        `"${quote(text)}" is not a whole number from ${min} to ${max}`,
        `Write seconds, digits only, such as ${spec.default}.`,
      )
}

function readChoice(reader: ValueReader, spec: NamedSpec & { kind: 'choice' }, text: string): string {
  const found = spec.choices.find((choice) => choice === text.toLowerCase())
  if (found !== undefined) return found
  throw usageError(
    reader,
    spec.name,
    `"${quote(text)}" is not known`,
    `Write one of: ${spec.choices.join(', ')}.`,
  )
}

/** A wrong value as a message may show it; never for a secret. */
export function quote(text: string): string {
  return printableLine(text, 80)
}
