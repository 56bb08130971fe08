/** `head*tail`; without a star `tail` is undefined and `head` the whole name. */
export interface NamePattern {
  readonly head: string
  readonly tail: string | undefined
}

export function parseNamePattern(text: string): NamePattern {
  const star = text.indexOf('*')
  return star < 0
    ? { head: text, tail: undefined }
    : { head: text.slice(0, star), tail: text.slice(star + 1) }
}

/** Whether a name matches; the star stands for any text, slashes and nothing included. */
export function matchesPattern({ head, tail }: NamePattern, name: string): boolean {
  if (tail === undefined) return name === head
  return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail)
}
