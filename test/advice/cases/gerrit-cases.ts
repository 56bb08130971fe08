import type { RowCase } from '../advice-cases.ts'

export const GERRIT_CASES: readonly RowCase[] = [
  {
    id: 'gerrit-forge',
    is: [
      {
        reason: 'commit 1096557: invalid committer',
        lines: [
          "ERROR: commit 1096557: email address noreply@github.com is not registered in your account, and you lack 'forge committer' permission.",
        ],
      },
      'commit a1b2c3d: invalid author',
      'invalid author',
      'invalid committer',
      { reason: 'rejected', lines: ["you lack 'forge server' permission."] },
    ],
    isNot: [
      'prohibited by Gerrit: not permitted: update',
      'commit 1096557: missing subject',
      'this has an invalid author',
      'invalid author date',
    ],
  },
  {
    id: 'gerrit-merge',
    is: [
      'you are not allowed to upload merges',
      "pushing merge commit 1a2b3c by mirror requires 'Push Merge Commit' permission",
    ],
    isNot: ['commit 1096557: invalid committer'],
  },
  {
    id: 'gerrit-tag',
    is: [
      { reason: 'prohibited by Gerrit: not permitted: create tag', ref: 'refs/tags/v1' },
      { reason: 'prohibited by Gerrit: not permitted: create signed tag', ref: 'refs/tags/v1' },
    ],
    isNot: ['prohibited by Gerrit: not permitted: create'],
  },
  {
    id: 'gerrit-read-only',
    is: [
      'project state does not permit write',
      { code: 'server', side: 'destination', text: 'project state does not permit write' },
      'prohibited by Gerrit: project state does not permit write',
      { reason: 'project is read only', ref: 'refs/heads/x' },
    ],
    isNot: [
      'prohibited by Gerrit: not permitted: update',
      'the project is read-only',
      { code: 'server', side: 'source', text: 'project state does not permit write' },
      'project is read-only for robots',
    ],
  },
  {
    id: 'gerrit-footer',
    is: [
      'not Signed-off-by author/committer/uploader in message footer',
      'commit 1a2b3c4: missing Change-Id in message footer',
    ],
    isNot: ['commit 1096557: invalid committer'],
  },
  {
    id: 'gerrit-prohibited',
    is: [
      'prohibited by Gerrit: not permitted: force update',
      'prohibited by Gerrit: ref update access denied',
    ],
    isNot: ['not permitted: force update'],
  },
]
