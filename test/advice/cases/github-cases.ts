import { HOOK, type RowCase } from '../advice-cases.ts'

const TAG = 'refs/tags/v1'

export const GITHUB_CASES: readonly RowCase[] = [
  {
    id: 'workflow-permission',
    is: [
      'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission',
      'refusing to allow an OAuth App to create or update workflow `.github/workflows/ci.yml` without `workflow` scope',
      'refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope',
      'refusing to allow an integration to create or update .github/workflows/ci.yml'.replace(
        'update ',
        'update workflow ',
      ),
    ],
    isNot: ['refusing to delete the current branch: refs/heads/workflow', HOOK],
  },
  {
    id: 'lfs-unchecked',
    is: [{ lines: ['remote: error: GH009: Git LFS object integrity could not be checked'] }],
    isNot: [{ lines: ['error: GH009: Secrets detected! This push failed.'] }],
  },
  {
    id: 'github-secret',
    is: [
      {
        reason: 'push declined due to repository rule violations',
        lines: [
          'remote: error: GH013: Repository rule violations found for refs/heads/main.',
          'remote: - GITHUB PUSH PROTECTION',
          'remote:     - Push cannot contain secrets',
        ],
      },
      { lines: ['error: GH009: Secrets detected! This push failed.'] },
    ],
    isNot: [
      {
        reason: 'push declined due to repository rule violations',
        lines: ['- Cannot update this protected ref.'],
      },
    ],
  },
  {
    id: 'github-email',
    is: [
      'push declined due to email privacy restrictions',
      { lines: ['error: GH007: Your push would publish a private email address.'] },
    ],
    isNot: ['VS403702: The push was rejected because one or more commits contain author email'],
  },
  {
    id: 'lfs-objects',
    is: [
      { lines: ['error: GH008: Your push referenced at least 3 unknown Git LFS objects:'] },
      { lines: ['error: Your push referenced at least 1 unknown Git LFS object:'] },
      {
        lines: [
          'remote: GitLab: LFS objects are missing. Ensure LFS is properly set up or try a manual "git lfs push --all".',
        ],
      },
    ],
    isNot: [
      { lines: ['error: GH001: You may want to try Git Large File Storage - https://git-lfs.github.com.'] },
    ],
  },
  {
    id: 'hex-name',
    is: [
      {
        lines: ['error: GH002: Sorry, branch or tag names consisting of 40 hex characters are not allowed.'],
      },
      { lines: ['GitLab: You cannot create a branch with a 40-character hexadecimal branch name.'] },
    ],
    isNot: ['funny refname'],
  },
  {
    id: 'github-force-push',
    is: [
      { lines: ['error: GH003: Sorry, force-pushing to main is not allowed.'] },
      { reason: 'push declined', lines: ['Sorry, force-pushing to main is not allowed.'] },
    ],
    isNot: ['non-fast-forward', HOOK],
  },
  {
    id: 'github-protected-branch',
    is: [
      'protected branch hook declined',
      { reason: HOOK, lines: ['remote: error: GH006: Protected branch update failed for refs/heads/main.'] },
    ],
    isNot: [
      HOOK,
      'update hook declined',
      { lines: ['remote: error: GH006: Protected branch update failed for refs/heads/other.'] },
      { ref: TAG, lines: ['error: GH006: Protected branch update failed.'] },
    ],
  },
  {
    id: 'github-ruleset',
    is: [
      'push declined due to repository rule violations',
      {
        lines: [
          'error: GH013: Repository rule violations found for refs/heads/main.',
          '- Cannot force-push to this branch',
        ],
      },
    ],
    isNot: [{ lines: ['error: GH013: Repository rule violations found for refs/heads/other.'] }, HOOK],
  },
]
