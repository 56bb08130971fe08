import type { AdviceRow } from './row.ts'

/** Rules of GitLab, in its words. Its hook declines all refs of a push for one of them. */
export const GITLAB_ROWS: readonly AdviceRow[] = [
  {
    id: 'gitlab-force-push',
    next: 'apart',
    says: /not allowed to force push code to a protected branch/i,
    only: 'branch',
    meaning: 'GitLab protects a branch of this push, and its history was rewritten.',
    todo: 'Turn on "Allowed to force push" for the branch in Settings, Repository, Protected branches, or unprotect it.',
  },
  {
    id: 'gitlab-protected-branch',
    next: 'apart',
    says: /not allowed to (push code to|delete|create|merge code into) protected branches|only delete protected branches using the web/i,
    only: 'branch',
    meaning: 'GitLab protects a branch of this push against this token or key.',
    todo: 'Add the mirror\'s account or deploy key to "Allowed to push" in Settings, Repository, Protected branches, or unprotect the branch.',
  },
  {
    id: 'gitlab-protected-tag',
    next: 'apart',
    says: /protected tags cannot be (updated|deleted)|not allowed to (create|update|delete|change) (this|existing|protected) tags?/i,
    only: 'tag',
    meaning: 'GitLab protects a tag of this push against this change.',
    todo: "Allow the mirror's account in Settings, Repository, Protected tags, or leave the tag out of refs.",
  },
  {
    id: 'gitlab-push-rule',
    next: 'apart',
    says: /does not follow the pattern|is not a member of (the )?team|You cannot push commits for|commit must be signed with|was (blacklisted|prohibited) by the pattern/i,
    meaning: 'A push rule of GitLab does not like a commit: its author, message, signature or file names.',
    todo: 'Loosen the push rules of the destination project; a mirror cannot change commits.',
  },
]
