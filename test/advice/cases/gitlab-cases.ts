import { HOOK, type RowCase } from '../advice-cases.ts'

const GITLAB_PUSH = 'remote: GitLab: You are not allowed to push code to protected branches on this project.'
const TAG = 'refs/tags/v1'

export const GITLAB_CASES: readonly RowCase[] = [
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
      { lines: ["GitLab: File name secrets.pem was prohibited by the pattern '\\.pem$'."] },
      { lines: ["GitLab: Branch name does not follow the pattern 'feature/.*'"] },
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
]
