import { expect, it } from 'vitest'
import { explainAnswer, type RepositoryAnswer } from '../../src/hosts/github-explain.ts'

function explain(
  answer: RepositoryAnswer,
  token = 'ghp_x',
  wants: 'push' | 'pull' = 'push',
): string | undefined {
  return explainAnswer(answer, { owner: 'me', name: 'project', token, wants })
}

it('tells an invalid token from a repository that it does not see', () => {
  expect(explain({ status: 401 })).toContain('expired or revoked')
  expect(explain({ status: 404 })).toContain('no repository me/project')
  expect(explain({ status: 404 })).toContain('Contents: write')
  expect(explain({ status: 404 }, 'ghp_x', 'pull')).toContain('Contents: read')
})

it("says what the workflow's own token can't", () => {
  expect(explain({ status: 404 }, 'ghs_x')).toContain("workflow's own token")
  expect(explain({ status: 404 }, 'ghp_x')).not.toContain("workflow's own token")
})

it('knows archived and disabled repositories', () => {
  expect(explain({ status: 200, archived: true })).toContain('archived')
  expect(explain({ status: 200, archived: true }, 'ghp_x', 'pull')).toBeUndefined()
  expect(explain({ status: 200, disabled: true })).toContain('disabled')
})

it('knows a token that only reads, and does not trust an answer without any permission', () => {
  expect(explain({ status: 200, permissions: { push: false, pull: true } })).toContain('Contents: write')
  expect(explain({ status: 200, permissions: { push: false, pull: false } })).toBeUndefined()
  expect(explain({ status: 200, permissions: { push: true, pull: true } })).toBeUndefined()
})

it('knows a repository that was renamed, and escapes its new name', () => {
  expect(explain({ status: 200, fullName: 'me/new' })).toContain('me/new')
  expect(explain({ status: 200, fullName: 'ME/Project' })).toBeUndefined()
  expect(explain({ status: 200, fullName: 'me/\n::error::x' })).not.toContain('\n')
})

it('explains nothing by a server that is unwell', () => {
  expect(explain({ status: 500 })).toBeUndefined()
  expect(explain({ status: 403 })).toBeUndefined()
})
