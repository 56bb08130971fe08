import type { AdviceRow } from './row.ts'

/** Rules of Gitea, Forgejo and Gogs, in their words: over ssh before the first byte of Git, over http as a page, in hooks. */
export const GITEA_ROWS: readonly AdviceRow[] = [
  {
    id: 'gitea-no-repository',
    next: 'nothing',
    says: /Cannot find repository:? \S|Push to create is not enabled/i,
    meaning:
      'There is no such repository at this Gitea or Forgejo, or none that the key or token may see, and a push does not create it.',
    todo: 'Create the repository there (empty, without a README), check the address, and give the key or token access to it.',
  },
  {
    id: 'gitea-not-authorized',
    next: 'nothing',
    says: /is not authorized to write to \S/i,
    side: 'destination',
    meaning:
      'The ssh key may not write to this repository: it is a deploy key that only reads, or of an account without the right.',
    todo: 'Add the deploy key again with "Enable Write Access", or give its account Write in Settings, Collaborators.',
  },
  {
    id: 'gitea-not-readable',
    next: 'nothing',
    says: /is not authorized to read \S/i,
    meaning: 'The ssh key may not read this repository.',
    todo: 'Add it to the repository as a deploy key, or give its account access.',
  },
  {
    id: 'gitea-protected-files',
    next: 'apart',
    says: /is protected from changing file /i,
    only: 'branch',
    meaning: 'A rule of the branch protects files that the push changes.',
    todo: 'Clear the protected file patterns of the branch rule at the destination, or leave the branch out of refs.',
  },
  {
    id: 'gitea-signed-commits',
    next: 'apart',
    says: /is protected from unverified commit /i,
    only: 'branch',
    meaning: 'A rule of the branch takes signed commits only, and not all of the mirrored ones are.',
    todo: 'Turn off "Require signed commits" in the branch rule of the destination; a mirror cannot sign commits.',
  },
  {
    id: 'gitea-protected-branch',
    next: 'apart',
    says: /branch '?[^ ']{1,300}'? is protected( from|$)|not allowed to (force-)?push to protected branch|protected branch \S{1,300} can not be pushed to/i,
    only: 'branch',
    meaning: 'The branch is protected at the destination (Gitea, Forgejo or Gogs).',
    todo: "Add the mirror's account or key to the push and force push allow lists of the branch, or remove the protection.",
  },
  {
    id: 'gitea-protected-tag',
    next: 'apart',
    says: /Tag \S{1,300} is protected$/i,
    only: 'tag',
    meaning: 'The tag is protected at the destination (Gitea or Forgejo).',
    todo: "Add the mirror's account to the allowed users in Settings, Tags, or leave the tag out of refs.",
  },
]
