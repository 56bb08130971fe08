import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Inputs of a target that the search for new paths has found, and those that once went wrong: one a line, as a string
 * of JSON in which each character is a byte.
 */
export function readCorpus(name: string): readonly Uint8Array[] {
  const path = corpusPath(name)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => Buffer.from(JSON.parse(line) as string, 'latin1'))
}

export function corpusPath(name: string): string {
  return join(import.meta.dirname, 'corpus', `${name}.txt`)
}

/** Plain ASCII, so that a diff shows it. */
export function corpusLine(bytes: Uint8Array): string {
  const text = JSON.stringify(Buffer.from(bytes).toString('latin1'))
  return text.replace(/[\u007f-\u00ff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
