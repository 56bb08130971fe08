import { type Secrets, SHORTEST_SECRET } from '../report/redact.ts'
import { core } from './core.ts'

/**
 * Has the runner hide every secret, before anything is printed.
 * @returns warnings about secrets that can't be hidden
 */
export function maskSecrets({ texts, tooShort }: Secrets): readonly string[] {
  for (const text of texts) {
    // The runner hides each line of a text as well: a short last line would hide half of the log.
    const lines = text.split(/\r?\n/).map((line) => line.trim())
    if (lines.every((line) => line.length >= SHORTEST_SECRET || line === '')) core.setSecret(text)
    else for (const line of lines) if (line.length >= SHORTEST_SECRET) core.setSecret(line)
  }
  return tooShort.map(
    (name) => `${name} is shorter than ${SHORTEST_SECRET} characters: the log can't hide it.`,
  )
}
