import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files that take longest, the longest first, most of it waiting: they begin before all others of their project, so that none of them
 * runs alone at the end. On a clean checkout no earlier run says how long a file takes.
 */
export const LONG_FILES: readonly string[] = [
  'test/e2e/backup-cuts.test.ts',
  'test/e2e/time.test.ts',
  'test/serve/soak.test.ts',
  'test/e2e/faults-ssh.test.ts',
  'test/e2e/backup-kills.test.ts',
  'test/page/page.test.ts',
  'test/e2e/pieces.test.ts',
  'test/e2e/pairs.test.ts',
  'test/e2e/forges.test.ts',
  'test/serve/faults.test.ts',
  'test/e2e/races.test.ts',
  'test/e2e/cancel.test.ts',
  'test/e2e/faults-file.test.ts',
  'test/serve/api.test.ts',
  'test/serve/life.test.ts',
  'test/serve/load.test.ts',
]

/** Turns of each project that shares processes. */
const TURNS = 3

/**
 * Projects by turns, each with a share of its files in their order: tests that wait run beside tests that work. A turn is long, since
 * Vitest keeps a process only while the next file is of the same project, and each process loads the modules anew. Files that have a
 * process of their own come last.
 */
export function takeTurns<T>(files: readonly T[], groupOf: (file: T) => string | undefined): readonly T[] {
  const groups = Map.groupBy(files, groupOf)
  const shared = [...groups].filter(([group]) => group !== undefined).map(([, own]) => own)
  const turns = Array.from({ length: TURNS }, (_, turn) =>
    shared.flatMap((own) => own.slice(shareAt(own, turn), shareAt(own, turn + 1))),
  )
  return [...turns.flat(), ...(groups.get(undefined) ?? [])]
}

function shareAt(files: readonly unknown[], turn: number): number {
  return Math.round((files.length * turn) / TURNS)
}

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = LONG_FILES.findIndex((path) => moduleId.endsWith(`/${path}`))
      return index === -1 ? LONG_FILES.length : index
    }
    // oxlint-disable-next-line unicorn/no-array-sort -- this one is no array's
    const sorted = await super.sort(files)
    const longFirst = sorted.toSorted((one, other) => rank(one) - rank(other))
    return [...takeTurns(longFirst, ({ project }) => (project.config.isolate ? undefined : project.name))]
  }
}
