import { MirrorError } from '../base/errors.ts'
import { OPTION_DEFAULTS, type OptionName, type OptionValues } from './names.ts'
import { printableLine } from '../base/printable.ts'

/** Reads single values; every failure is a `usage` error that begins with the input's name. */
export interface ValueReader {
  /** What the person at the other end calls an input: `max-deletions`, `--max-deletions`. */
  readonly label: (name: OptionName) => string
  readonly values: OptionValues
}

const SIZE_UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** A wrong input: its name, what is wrong, what to do. `problem` must not quote a secret. */
export function usageError(
  reader: ValueReader,
  name: OptionName,
  problem: string,
  hint: string,
): MirrorError {
  return new MirrorError(`${reader.label(name)}: ${problem}`, { code: 'usage', hint })
}

/** The text of an input, trimmed, or its default. */
export function readText(reader: ValueReader, name: OptionName): string {
  const text = reader.values[name]?.trim() ?? ''
  return text === '' ? OPTION_DEFAULTS[name] : text
}

/** The non-empty lines of an input, each trimmed. */
export function readLines(reader: ValueReader, name: OptionName): readonly string[] {
  return readText(reader, name)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** `true` or `false`, in any case. */
export function readBoolean(reader: ValueReader, name: OptionName): boolean {
  const text = readText(reader, name)
  const lower = text.toLowerCase()
  if (lower === 'true') return true
  if (lower === 'false') return false
  throw usageError(reader, name, `"${quote(text)}" is neither true nor false`, 'Write true or false.')
}

/** A whole number from `min` to `max`. */
export function readInteger(
  reader: ValueReader,
  name: OptionName,
  range: { readonly min: number; readonly max: number },
): number {
  const text = readText(reader, name)
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= range.min && value <= range.max) return value
  throw usageError(
    reader,
    name,
    `"${quote(text)}" is not a whole number from ${range.min} to ${range.max}`,
    `Write digits only, such as ${OPTION_DEFAULTS[name] || Math.max(range.min, 1)}.`,
  )
}

/** A number of bytes with an optional k, M or G (powers of 1024); undefined where the input is empty. */
export function readSize(reader: ValueReader, name: OptionName): number | undefined {
  const text = readText(reader, name)
  if (text === '') return undefined
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

/** One of a few words. */
export function readChoice<Choice extends string>(
  reader: ValueReader,
  name: OptionName,
  choices: readonly Choice[],
): Choice {
  const text = readText(reader, name)
  const found = choices.find((choice) => choice === text.toLowerCase())
  if (found !== undefined) return found
  throw usageError(reader, name, `"${quote(text)}" is not known`, `Write one of: ${choices.join(', ')}.`)
}

/** A wrong value as a message may show it; never for a secret. */
export function quote(text: string): string {
  return printableLine(text, 80)
}
