import type { DestinationResult, MirrorResult, RefChange, RejectedRef } from '../../src/report/result.ts'

export const ID_A = 'a'.repeat(40)
export const ID_B = 'b'.repeat(40)
export const NO_ID = '0'.repeat(40)

/** A destination to which nothing happened, with what a test says about it. */
export function makeDestination(given: Partial<DestinationResult> = {}): DestinationResult {
  return {
    destination: 'https://git.example.org/me/mirror.git',
    status: 'unchanged',
    changed: [],
    rejected: [],
    upToDate: 3,
    warnings: [],
    leftovers: [],
    error: undefined,
    figures: {
      packBytes: 0,
      objects: 0,
      pushes: 0,
      lfsObjects: 0,
      lfsBytes: 0,
      seconds: { list: 0.1, lfs: 0, negotiate: 0.2, transfer: 0.3, verify: 0.4 },
    },
    ...given,
  }
}

/** A result whose `ok` follows from its destinations. */
export function makeResult(
  destinations: readonly DestinationResult[],
  given: Partial<MirrorResult> = {},
): MirrorResult {
  return {
    source: 'https://github.com/me/project',
    ok:
      given.error === undefined &&
      destinations.every(({ status }) => status !== 'failed' && status !== 'rejected'),
    dryRun: false,
    destinations,
    error: undefined,
    seconds: 1.25,
    sourceRefs: 5,
    ...given,
  }
}

export function makeChanges(count: number, prefix = 'refs/heads/b'): readonly RefChange[] {
  return Array.from({ length: count }, (_, index) => ({
    ref: `${prefix}${index}`,
    action: 'create' as const,
    old: NO_ID,
    new: ID_A,
  }))
}

export function makeRejected(given: Partial<RejectedRef> = {}): RejectedRef {
  return {
    ref: 'refs/heads/main',
    action: 'update',
    reason: 'protected branch hook declined',
    advice: 'Allow force pushes for this branch.',
    warning: false,
    ...given,
  }
}
