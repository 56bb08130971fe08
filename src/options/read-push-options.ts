import { LARGEST_PAYLOAD } from '../protocol/pkt-line.ts'
import { quote, readValue, usageError, type ValueReader } from './values.ts'

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
    if (Buffer.byteLength(option) > LARGEST_PAYLOAD) {
      throw usageError(
        reader,
        'push-options',
        `"${quote(option)}" is longer than a push option may be`,
        `Write at most ${LARGEST_PAYLOAD} bytes in a line.`,
      )
    }
  }
  return options
}
