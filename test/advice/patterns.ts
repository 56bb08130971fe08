import { listFiles, readFile } from '../repo/files.ts'

/** The alternatives of a pattern, each as a pattern of its own. */
export function alternativesOf(pattern: RegExp): readonly RegExp[] {
  const parts: string[] = ['']
  let depth = 0
  let inClass = false
  for (let at = 0; at < pattern.source.length; at++) {
    const char = pattern.source[at]!
    if (char === '\\') {
      parts[parts.length - 1] += char + pattern.source[++at]!
      continue
    }
    if (char === '[') inClass = true
    if (char === ']') inClass = false
    if (char === '(' && !inClass) depth++
    if (char === ')' && !inClass) depth--
    if (char === '|' && depth === 0 && !inClass) parts.push('')
    else parts[parts.length - 1] += char
  }
  return parts.map((part) => new RegExp(part, pattern.flags))
}

/** A shorter text between two quotes is a word or a name, and no sentence. */
const SHORTEST_SENTENCE = 15

/** What this program says, as it stands in its source: the texts between quotes, without what is put into them. */
export function ownSentences(): readonly string[] {
  return listFiles('src', /\.ts$/)
    .filter((path) => !path.startsWith('src/advice/'))
    .flatMap((path) => [...readFile(path).matchAll(/'((?:[^'\\\n]|\\.)+)'|`((?:[^`\\]|\\.)+)`/g)])
    .flatMap(([, plain, template]) => plain ?? (template ?? '').split(/\$\{[^}]*\}/))
    .map((text) => text.trim())
    .filter((text) => text.length >= SHORTEST_SENTENCE && text.includes(' '))
}
