import { describe, expect, it } from 'vitest'
import { HOST_ROWS } from '../../src/advice/host-rows.ts'
import { expectRow, HOOK, type RowCase } from './advice-cases.ts'

const TAG = 'refs/tags/v1'
const GITLAB_PUSH = 'remote: GitLab: You are not allowed to push code to protected branches on this project.'

const CASES: readonly RowCase[] = [
  {
    id: 'hidden-ref',
    is: [
      { reason: 'deny updating a hidden ref', ref: 'refs/pull/1/head' },
      { reason: 'deny deleting a hidden ref', action: 'delete' },
      {
        lines: [
          "You are attempting to update refs that are reserved for Bitbucket's pull request functionality.",
        ],
      },
    ],
    isNot: [HOOK, 'deny updating'],
  },
  {
    id: 'azure-system-ref',
    is: [{ reason: 'The current action can only be performed by the system.', ref: 'refs/pull/1/merge' }],
    isNot: ['TF401027: You need the Git permission to perform this action'],
  },
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
    id: 'ref-count',
    is: [
      {
        reason: 'push declined due to repository rule violations',
        lines: [
          'error: GH013: Repository rule violations found for refs/heads/main.',
          '- Pushes can not update more than 5 branches or tags.',
        ],
      },
      { code: 'http', text: 'maximum ref updates exceeded: 20000 commands sent but max allowed is 10000' },
    ],
    isNot: [
      {
        reason: 'push declined due to repository rule violations',
        lines: ['- Cannot update this protected ref.'],
      },
    ],
  },
  {
    id: 'large-file',
    is: [
      {
        lines: [
          "error: File a.zip is 120.17 MB; this exceeds GitHub's file size limit of 100.00 MB",
          'error: GH001: Large files detected. You may want to try Git Large File Storage.',
        ],
      },
      'VS403658: The push was rejected because it contains a file that is too large.',
      { lines: ['GitLab: File "a.bin" is larger than the allowed size of 100 MiB'] },
    ],
    // GitHub warns above 50 MB and takes the push: what declined it was something else.
    isNot: [
      {
        lines: [
          "warning: File a.zip is 60.00 MB; this is larger than GitHub's recommended maximum file size of 50.00 MB",
          'warning: GH001: Large files detected. You may want to try Git Large File Storage.',
        ],
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
  {
    id: 'default-branch-delete',
    is: [
      { reason: 'deletion of the current branch prohibited', action: 'delete' },
      { reason: 'refusing to delete the current branch: refs/heads/main', action: 'delete' },
      { lines: ['GitLab: The default branch of a project cannot be deleted.'], action: 'delete' },
      { lines: ['remote: the default branch main cannot be deleted'], action: 'delete' },
    ],
    isNot: [
      { reason: 'deletion prohibited', action: 'delete' },
      { lines: ['GitLab: The default branch of a project cannot be deleted.'], action: 'update' },
    ],
  },
  {
    id: 'gitlab-force-push',
    is: [
      {
        lines: [
          'remote: GitLab: You are not allowed to force push code to a protected branch on this project.',
        ],
      },
    ],
    isNot: [{ lines: [GITLAB_PUSH] }, HOOK],
  },
  {
    id: 'gitlab-protected-branch',
    is: [
      { lines: [GITLAB_PUSH] },
      {
        lines: ['GitLab: You are not allowed to delete protected branches from this project.'],
        action: 'delete',
      },
      {
        lines: ['GitLab: You can only delete protected branches using the web interface.'],
        action: 'delete',
      },
      { lines: ['GitLab: You are not allowed to create protected branches on this project.'] },
    ],
    isNot: [HOOK, { lines: [GITLAB_PUSH], ref: TAG }, { reason: 'non-fast-forward', lines: [GITLAB_PUSH] }],
  },
  {
    id: 'gitlab-protected-tag',
    is: [
      { lines: ['GitLab: Protected tags cannot be updated.'], ref: TAG },
      { lines: ['GitLab: You are not allowed to create this tag as it is protected.'], ref: TAG },
      { lines: ['GitLab: You are not allowed to change existing tags on this project.'], ref: TAG },
    ],
    isNot: [{ lines: ['GitLab: Protected tags cannot be updated.'] }, { lines: [GITLAB_PUSH], ref: TAG }],
  },
  {
    id: 'gitlab-push-rule',
    is: [
      { lines: ["GitLab: Commit message does not follow the pattern 'JIRA-\\d+'"] },
      { lines: ["GitLab: Author 'a@b.example' is not a member of team"] },
      {
        lines: [
          "GitLab: You cannot push commits for 'a@b.example'. You can only push commits if the committer email is one of your own verified emails.",
        ],
      },
      { lines: ['GitLab: Commit must be signed with a GPG key'] },
    ],
    isNot: [{ lines: [GITLAB_PUSH] }],
  },
  {
    id: 'azure-email',
    is: [
      "VS403702: The push was rejected because one or more commits contain author email '' which does not match the policy-specified patterns.",
      {
        code: 'unpack',
        message: 'the destination could not take the pack: error VS403702: The push was rejected',
      },
    ],
    isNot: ['VS403703: something else'],
  },
  {
    id: 'azure-pull-request',
    is: [
      'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.',
    ],
    isNot: ['TF402456: something else', "TF401027: You need the Git 'PullRequestContribute' permission"],
  },
  {
    id: 'azure-permission',
    is: [
      "TF401027: You need the Git 'GenericContribute' permission to perform this action.",
      {
        code: 'auth',
        message: 'https://dev.azure.com/o/p/_git/r does not allow this credential to write (HTTP 403)',
        text: "TF401027: You need the Git 'GenericContribute' permission",
        side: 'destination',
      },
    ],
    isNot: ['TF401019: The Git repository with name or identifier x does not exist'],
  },
  {
    id: 'bitbucket-branch-permission',
    is: [
      { lines: ['remote: Permission denied to update branch main.'] },
      { lines: ['Branch refs/heads/main can only be modified through pull requests.'] },
      { lines: ['Check your branch permissions configuration with the project administrator.'] },
    ],
    isNot: [
      { lines: ['Branch refs/heads/other can only be modified through pull requests.'] },
      'permission denied',
    ],
  },
  {
    id: 'gitea-protected-branch',
    is: [
      { lines: ['remote: Forgejo: branch main is protected from force push'] },
      { lines: ["Gitea: Branch 'main' is protected from deletion"], action: 'delete' },
      { lines: ['Gitea: Not allowed to push to protected branch main'] },
      { lines: ["Gogs: Branch 'main' is protected"] },
    ],
    isNot: [{ lines: [GITLAB_PUSH] }, HOOK],
  },
  {
    id: 'gerrit-prohibited',
    is: [
      'prohibited by Gerrit: not permitted: force update',
      'prohibited by Gerrit: ref update access denied',
    ],
    isNot: ['not permitted: force update'],
  },
  {
    id: 'mirror-read-only',
    is: [
      {
        code: 'auth',
        message: 'h does not allow this credential to push (HTTP 403): mirror repository is read-only',
        side: 'destination',
      },
    ],
    isNot: [
      { code: 'auth', message: 'mirror repository is read-only', side: 'source' },
      { code: 'auth', text: 'read-only' },
    ],
  },
  {
    id: 'archived',
    is: [
      { code: 'auth', text: 'ERROR: This repository was archived so it is read-only.', side: 'destination' },
      { lines: ['GitLab: This project is archived'] },
    ],
    isNot: [
      { code: 'auth', text: 'ERROR: This repository was archived so it is read-only.', side: 'source' },
    ],
  },
  {
    id: 'server-read-only',
    is: [
      { code: 'server', text: "You can't push code to a read-only GitLab instance.", side: 'destination' },
    ],
    isNot: [
      {
        code: 'auth',
        text: 'The key you are authenticating with has been marked as read only.',
        side: 'destination',
      },
    ],
  },
  {
    id: 'no-room',
    is: [
      { lines: ['[ALERT] Your push failed because the repo has exceeded 4GB limit'] },
      {
        lines: [
          'GitLab: Your push has been rejected, because this repository has exceeded its size limit of 10 GB by 1 GB.',
        ],
      },
      {
        reason: 'unpacker error',
        lines: ['fatal: sha1 file write error. Out of diskspace', 'error: No space left on device'],
      },
    ],
    isNot: [{ lines: ['fatal: pack exceeds maximum allowed size (2.00 GiB)'] }],
  },
]

describe('rules of hosts', () => {
  it.each(CASES)('$id', (row) => expectRow(row))

  it('has a test for each row', () => {
    expect(CASES.map(({ id }) => id)).toEqual(HOST_ROWS.map(({ id }) => id))
  })
})
