import type { FoundRepository } from '../../hosts/found-repository.ts'
import type { Tree } from '../config/check-file.ts'

/** How many of an owner's repositories are left out, by reason. */
export interface Skipped {
  readonly excluded: number
  readonly archived: number
  readonly forks: number
  readonly empty: number
}

export interface Filtered {
  readonly kept: readonly FoundRepository[]
  readonly skipped: Skipped
}

/** Whether a text matches one of the globs: `*` within a part of a path, `**` across; case does not count. */
export async function makeGlobMatcher(globs: readonly string[]): Promise<(text: string) => boolean> {
  const { default: picomatch } = await import('picomatch')
  return picomatch([...globs], { dot: true, nocase: true, nonegate: true, windows: false })
}

/** What `include`, `exclude`, `archived` and `forks` leave; `exclude` wins. Empty repositories have nothing to mirror. */
export async function filterRepositories(
  found: readonly FoundRepository[],
  discover: Tree,
): Promise<Filtered> {
  // Not `**`: a glob matches no name that could lead out of a folder, and such a name is to be told.
  const include =
    discover['include'] === undefined ? () => true : await makeGlobMatcher(listOf(discover['include']))
  const exclude = await makeGlobMatcher(listOf(discover['exclude'] ?? []))
  const skipped = { excluded: 0, archived: 0, forks: 0, empty: 0 }
  const kept = found.filter(({ path, archived, fork, empty }) => {
    const reason =
      !include(path) || exclude(path)
        ? 'excluded'
        : archived && discover['archived'] !== true
          ? 'archived'
          : fork && discover['forks'] !== true
            ? 'forks'
            : empty
              ? 'empty'
              : undefined
    if (reason !== undefined) skipped[reason]++
    return reason === undefined
  })
  return { kept, skipped }
}

/** `3 excluded, 1 archived`; empty where nothing was left out. */
export function describeSkipped(skipped: Skipped): string {
  const words: readonly (readonly [keyof Skipped, string])[] = [
    ['excluded', 'excluded'],
    ['archived', 'archived'],
    ['forks', 'forks'],
    ['empty', 'empty'],
  ]
  return words
    .filter(([key]) => skipped[key] > 0)
    .map(([key, word]) => `${skipped[key]} ${word}`)
    .join(', ')
}

function listOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : (value as readonly string[])
}
