import type { AdviceRow } from './row.ts'

/** Rules of Azure Repos, by the codes in its words. */
export const AZURE_ROWS: readonly AdviceRow[] = [
  {
    id: 'azure-system-ref',
    next: 'nothing',
    says: /current action can only be performed by the system/i,
    meaning: 'Azure Repos writes refs such as refs/pull/* itself and lets nobody else do it.',
    todo: 'Leave these refs out of refs: refs/heads/* and refs/tags/* are taken.',
  },
  {
    id: 'azure-email',
    next: 'apart',
    says: /VS403702/i,
    meaning: 'A policy of Azure Repos does not allow the author address of a commit.',
    todo: 'Turn off the policy "Commit author email validation" of the destination repository; a mirror cannot change commits.',
  },
  {
    id: 'azure-pull-request',
    next: 'apart',
    says: /TF402455/i,
    meaning: 'A branch policy of Azure Repos takes changes to this branch by pull request only.',
    todo: 'Give the mirror\'s identity "Bypass policies when pushing" on the branch, or remove the policy.',
  },
  {
    id: 'azure-permission',
    next: 'apart',
    says: /TF401027/i,
    meaning: "The mirror's identity lacks the permission at Azure Repos that the message names.",
    todo: 'Grant it in Project settings, Repositories, Security: GenericContribute is "Contribute", rewritten branches and deletions need "Force push".',
  },
  {
    id: 'azure-policy',
    next: 'apart',
    general: true,
    certain: true,
    says: /\b(?!TF401028)(TF|VS)40\d{4}\b/,
    meaning: 'A rule of Azure Repos refuses it; the code and the words behind it say which.',
    todo: 'Search for that code, and change the policy or the permission in the settings of the destination repository.',
  },
]
