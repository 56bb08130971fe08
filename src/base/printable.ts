/** CSI sequences; OSC, DCS, PM and APC strings with their end; other escapes of two bytes. 7-bit and 8-bit. */
const ESCAPES =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0090\u0098\u009c-\u009f\r\n]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]?/g
/** Bidi controls, zero-width characters, tags and other formats that show nothing and change what is shown. */
const INVISIBLE = /[\p{Cf}\u115f\u1160\u3164\uffa0]+/gu
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu
const LONE_SURROGATES = /\p{Cs}/gu

/** Words of printable ASCII with single spaces between them: nothing of the above is in it. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

const DEFAULT_MAX_LENGTH = 1000

/**
 * Text from anywhere as one line that shows what it is: no control characters, no terminal escapes, no bidi
 * or invisible characters, white space as single spaces, at most `max` UTF-16 units (the last one `…` when
 * something was cut). Markup stays: see `escapeMarkdown`.
 */
export function printableLine(text: string, max: number = DEFAULT_MAX_LENGTH): string {
  // Most lines are plain, and the tables of Unicode take longer to load than such a line to read.
  if (text.length <= max && PLAIN.test(text)) return text
  // What is cut anyway need not be read: 16 units for each that is shown leave room for escapes.
  const line = text
    .slice(0, max * 16 + 1024)
    .replace(ESCAPES, '')
    .replace(INVISIBLE, '')
    .replace(BREAKS, ' ')
    .replace(LONE_SURROGATES, '\ufffd')
    .trim()
  return cutText(line, max)
}

/**
 * A line in which nothing speaks to the runner: it looks for `::command::` at the start of a line and for
 * `##[command]` anywhere.
 */
export function muteLine(line: string): string {
  const text = line.replaceAll('##[', '## [')
  return /^\s*::/.test(text) ? `| ${text}` : text
}

/** At most `max` UTF-16 units; no character is cut in two. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text
  const end = Math.max(0, max - 1)
  const splits = end > 0 && /[\ud800-\udbff]/.test(text.charAt(end - 1))
  return `${text.slice(0, splits ? end - 1 : end)}…`
}

/**
 * Text as Markdown (GitHub's) that shows it as it is: in a table cell, a list, a heading or inside an HTML
 * element. Line breaks become spaces. Entities rather than backslashes, since a table splits at `\|`'s bar in
 * some places and a backslash means nothing inside HTML.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n\u2028\u2029]+/g, ' ')
    .replace(/[&<>`*_~[\]#|\\$]/g, entityOf)
    .replace(/:(?=\/\/|[\w+-]+:)/g, entityOf)
    .replace(/\bwww(?=\.)/gi, (word) => `${word.slice(0, -1)}${entityOf(word.slice(-1))}`)
    .replace(/^(\s*)([-+=>])/, (_, space: string, mark: string) => `${space}${entityOf(mark)}`)
    .replace(/^(\s*\d+)([.)])/, (_, number: string, mark: string) => `${number}${entityOf(mark)}`)
}

function entityOf(character: string): string {
  return `&#${character.codePointAt(0)};`
}
