import { type Literal, readDeltaSizes, readLiterals } from './delta.ts'
import { POINTER_LIMIT_BYTES, POINTER_VERSIONS } from './pointer.ts'

/** `version http://git-media.io/v/2`, a hash and a size of one digit. */
const SHORTEST_POINTER_BYTES = 110
/** What lines of pointers are made of, and the white space in UTF-8 that Git's client takes off both ends. */
const ALPHABET = /^[\w\-:/.+ \t\n\v\f\r\xc2\xe1-\xe3\x80-\x8a\x85\xa0\x9a\xa8\xa9\xaf\x81\x9f]*$/
/** Before the first line, in any encoding of it. */
const WHITE_SPACE = /^[\s\x80-\xff]+/
/** After the last line, or `\r` at the end of any. */
const WHITE_SPACE_BEHIND = /[\s\x80-\xff]+$/
const LINES = ['version ', 'oid sha256:', 'size ', 'ext-'] as const
/** Ends of lines whose beginning is not here: of a hash with anything before it, of a size, or of nothing but digits. */
const END_OF_VALUE = /(^|[: +])[0-9a-f]*$/
const VERSION_LINES = POINTER_VERSIONS.map((version) => `version ${version}`)
/** Of `.gitattributes`: of the attribute, or the beginning of a line for some kind of file. */
const TRACKING = /lfs|(^|\n)\*\./

/**
 * Whether a delta whose base is not here may make a pointer, or say that some are used. What it adds to its base tells:
 * a pointer has nothing but certain lines. True in doubt. @throws MirrorError `pack`
 */
export function mayMakePointer(delta: Uint8Array): boolean {
  const { result } = readDeltaSizes(delta)
  if (result >= POINTER_LIMIT_BYTES) return false
  const literals = readLiterals(delta)
  const texts = literals.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
  // As in a tree: no text has it.
  if (texts.some((text) => text.includes('\0'))) return false
  if (texts.some((text) => TRACKING.test(text))) return true
  return result >= SHORTEST_POINTER_BYTES && literals.every((literal) => fitsPointer(literal, result))
}

/** Whether bytes of a blob of `size` bytes can be a part of a pointer. */
function fitsPointer({ at, bytes }: Literal, size: number): boolean {
  const text = Buffer.from(bytes).toString('latin1')
  if (!ALPHABET.test(text)) return false
  const lines = text.split('\n')
  return lines.every((line, index) => {
    const begins = index > 0 || at === 0
    const ends = index < lines.length - 1 || at + bytes.length === size
    const bare = line.replace(WHITE_SPACE, '')
    if (begins) return fitsLine(bare, ends)
    // Nothing is known of the middle of a line.
    return !ends || fitsEnd(bare.replace(WHITE_SPACE_BEHIND, ''))
  })
}

function fitsLine(line: string, isWhole: boolean): boolean {
  if (line === '') return true
  return LINES.some((start) => line.startsWith(start) || (!isWhole && start.startsWith(line)))
}

function fitsEnd(line: string): boolean {
  return END_OF_VALUE.test(line) || VERSION_LINES.some((version) => version.endsWith(line))
}
