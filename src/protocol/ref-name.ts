/** A ref name that no real repository exceeds; file systems take 255 bytes a part. */
export const LONGEST_REF_NAME_BYTES = 4096

/**
 * Why git would refuse `name` as a full ref name (git-check-ref-format), or undefined when it would not.
 * U+FFFD stands for bytes that are no UTF-8: such a name could not be sent back as it was.
 */
export function whyInvalidRefName(name: string): string | undefined {
  if (name === '') return 'it is empty'
  if (name.length > LONGEST_REF_NAME_BYTES) return `it is longer than ${LONGEST_REF_NAME_BYTES} characters`
  if (!name.includes('/')) return 'it has no slash'
  if (name.startsWith('/') || name.endsWith('/') || name.includes('//'))
    return 'a part between slashes is empty'
  if (name.endsWith('.')) return 'it ends with a dot'
  if (name.includes('..')) return 'it holds two dots in a row'
  if (name.includes('@{')) return 'it holds @{'
  const bad = /[\0-\x20\x7f~^:?*[\\]/.exec(name)
  if (bad) return `it holds ${describe(bad[0])}`
  if (name.includes('\ufffd')) return 'it is not UTF-8'
  for (const part of name.split('/')) {
    if (part.startsWith('.')) return 'a part begins with a dot'
    if (part.endsWith('.lock')) return 'a part ends with .lock'
  }
  return undefined
}

/** What `whyInvalidRefName` finds in the middle of a name or at its end. */
const WRONG = /[\0-\x20\x7f~^:?*[\\\ufffd]|\.\.|@\{|\/\/|\/\.|\.lock(?=\/|$)|[./]$/

/**
 * `name` up to the first thing that git refuses in a full ref name; all of it where it is valid. A name that was
 * damaged on its way was once a longer one that began like this.
 */
export function validPartOf(name: string): string {
  if (!name.startsWith('refs/')) return ''
  return name.split(WRONG, 1)[0]!
}

function describe(character: string): string {
  if (character === ' ') return 'a space'
  const code = character.charCodeAt(0)
  return code < 0x20 || code === 0x7f ? 'a control character' : `“${character}”`
}
