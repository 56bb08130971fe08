import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files that take longest, the longest first, most of it waiting: they begin before all others, so that none of them runs alone at
 * the end. On a clean checkout no earlier run says how long a file takes.
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

/** Files of a project, evenly among those of the others: tests that wait run beside tests that work. */
export function mixEvenly<T>(files: readonly T[], projectOf: (file: T) => string): readonly T[] {
  const projects = Map.groupBy(files, projectOf)
  const placed = [...projects.values()].flatMap((own) =>
    own.map((file, index) => ({ file, place: (index + 0.5) / own.length })),
  )
  return placed.toSorted((one, other) => one.place - other.place).map(({ file }) => file)
}

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = LONG_FILES.findIndex((path) => moduleId.endsWith(`/${path}`))
      return index === -1 ? LONG_FILES.length : index
    }
    // oxlint-disable-next-line unicorn/no-array-sort -- this one is no array's
    const sorted = await super.sort(files)
    const mixed = mixEvenly(sorted, ({ project }) => project.name)
    return mixed.toSorted((one, other) => rank(one) - rank(other))
  }
}
