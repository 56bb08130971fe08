import type { CollectedSecrets } from '../options/secrets.ts'
import { SHORTEST_SECRET_LENGTH } from '../report/redact.ts'
import type { Core } from './core.ts'

/**
 * Has the runner hide every secret, before anything is printed.
 * @returns warnings about secrets that can't be hidden
 */
export function maskSecrets(
  { secrets, tooShort }: CollectedSecrets,
  { setSecret }: Pick<Core, 'setSecret'>,
): readonly string[] {
  for (const text of secrets.texts) {
    // The runner hides each line of a text as well: a short last line would hide half of the log.
    const lines = text.split(/\r?\n/).map((line) => line.trim())
    if (lines.every((line) => line.length >= SHORTEST_SECRET_LENGTH || line === '')) setSecret(text)
    else for (const line of lines) if (line.length >= SHORTEST_SECRET_LENGTH) setSecret(line)
  }
  return tooShort.map(
    (name) => `${name} is shorter than ${SHORTEST_SECRET_LENGTH} characters: the log can't hide it.`,
  )
}
