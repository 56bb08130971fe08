import { quote, readValue, usageError, type ValueReader } from './values.ts'

/** What one packet holds. */
const MOST_OPTION_BYTES = 65_516

/**
 * Each is one packet, which a hook sees as one line.
 * @throws MirrorError `usage` for what no packet, or no environment variable of a hook, can hold.
 */
export function readPushOptions(reader: ValueReader): readonly string[] {
  const options = readValue(reader, 'push-options')
  for (const option of options) {
    if (option.includes('\0')) {
      throw usageError(
        reader,
        'push-options',
        `"${quote(option)}" holds a null byte`,
        'Write plain text, one option per line.',
      )
    }
    if (Buffer.byteLength(option) > MOST_OPTION_BYTES) {
      throw usageError(
        reader,
        'push-options',
        `"${quote(option)}" is longer than a push option may be`,
        `Write at most ${MOST_OPTION_BYTES} bytes in a line.`,
      )
    }
  }
  return options
}
