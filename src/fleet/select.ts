import { MirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import { makeGlobMatcher } from './discover/filter.ts'

/** What `only` compares with. */
interface Selectable {
  readonly name: string
  readonly labels: readonly string[]
}

/**
 * The mirrors that `only` means: by name, by label, or by a glob on the name. Nothing given means all.
 * @throws MirrorError `usage` for words that mean no mirror
 */
export async function selectMirrors<Mirror extends Selectable>(
  mirrors: readonly Mirror[],
  only: readonly string[],
): Promise<readonly Mirror[]> {
  if (only.length === 0) return mirrors
  const matchers = await Promise.all(
    only.map(async (word) => {
      const matches = await makeGlobMatcher([word])
      return ({ name, labels }: Selectable) => name === word || labels.includes(word) || matches(name)
    }),
  )
  const idle = only.filter((_, index) => !mirrors.some((mirror) => matchers[index]!(mirror)))
  if (idle.length > 0) {
    throw new MirrorError(
      `only: ${idle.map((word) => `"${printableLine(word, 100)}"`).join(', ')} means no mirror`,
      {
        code: 'usage',
        hint: 'Write a name, a label, or a glob such as acme/*; `plan` lists the names.',
      },
    )
  }
  return mirrors.filter((mirror) => matchers.some((matches) => matches(mirror)))
}

/** Whether these words are all names or labels of these mirrors: then nothing else needs to be looked for. */
export function areNames(mirrors: readonly Selectable[], only: readonly string[]): boolean {
  const known = new Set(mirrors.flatMap(({ name, labels }) => [name, ...labels]))
  return only.length > 0 && only.every((word) => known.has(word) && mirrors.some(({ name }) => name === word))
}
