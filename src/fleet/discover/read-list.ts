import { MirrorError } from '../../base/errors.ts'

/** A line of a list: where to read, and where to write if it says so. */
export interface ListedRepository {
  readonly line: number
  readonly source: string
  readonly destination: string | undefined
}

/**
 * Reads `SOURCE` or `SOURCE DESTINATION` a line; `#` begins a comment.
 * @throws MirrorError `usage` for a line with more words, by its number
 */
export function parseList(text: string): readonly ListedRepository[] {
  const found: ListedRepository[] = []
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const words = raw
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/)
    const [source = '', destination] = words
    if (source === '') continue
    if (words.length > 2) {
      throw new MirrorError(`line ${index + 1} of the list has more than two addresses`, {
        code: 'usage',
        hint: 'Write SOURCE or SOURCE DESTINATION',
      })
    }
    found.push({ line: index + 1, source, destination })
  }
  return found
}
