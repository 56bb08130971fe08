import { describe, expect, it } from 'vitest'
import type { NextTryKind } from '../../src/advice/row.ts'
import { diagnosisOf } from './advice-cases.ts'
import { ROW_CASES } from './cases/row-cases.ts'

/** What a run may try by itself after a refusal; all others would meet the same answer again. */
const TRIED: Readonly<Partial<Record<NextTryKind, string>>> = {
  // What is wrong with one ref or its objects: the others may pass.
  apart:
    'large-file workflow-permission github-secret github-email lfs-objects hex-name github-force-push github-protected-branch github-ruleset gitlab-force-push gitlab-protected-branch gitlab-protected-tag gitlab-push-rule azure-email azure-pull-request azure-permission azure-policy gitea-protected-files gitea-signed-commits gitea-protected-branch gitea-protected-tag gerrit-forge gerrit-merge gerrit-tag gerrit-footer gerrit-prohibited default-branch-delete bitbucket-branch-permission gitolite-rule commit-policy checked-out-branch reference-transaction hook-declined not-allowed',
  fewer: 'ref-count',
  smaller: 'pack-too-large',
  plainer: 'missing-objects unresolved-deltas unpack-failed server-fault',
  again: 'folder-conflict stale-lock lost-race',
  collected: 'length-required slow-push',
}

const KINDS = new Map(
  Object.entries(TRIED).flatMap(([kind, ids]) => ids.split(' ').map((id) => [id, kind] as const)),
)

describe('what is tried after a refusal', () => {
  it.each(ROW_CASES)('$id', ({ id, is }) => {
    for (const given of is) {
      const found = diagnosisOf(given)
      expect([found?.advice.id, found?.next.kind]).toEqual([id, KINDS.get(id) ?? 'nothing'])
    }
  })

  it('names rows that there are', () => {
    const ids = new Set(ROW_CASES.map(({ id }) => id))
    expect([...KINDS.keys()].filter((id) => !ids.has(id))).toEqual([])
  })
})
