import type { AdviceRow } from './row.ts'

/** Rules that several hosting services have, and those of the smaller ones. */
export const HOST_ROWS: readonly AdviceRow[] = [
  {
    id: 'hidden-ref',
    next: 'nothing',
    says: /deny (updating|deleting) a hidden ref|refs that are reserved for Bitbucket/i,
    meaning: 'The destination keeps this namespace for itself and lets nobody write to it.',
    todo: 'Leave these refs out of refs: refs/heads/* and refs/tags/* are taken everywhere.',
  },
  {
    id: 'default-branch-delete',
    next: 'apart',
    says: /deletion of the current branch prohibited|refusing to delete the current branch|default branch of a project cannot be deleted|default branch .{0,200}(cannot|can't|may not) be deleted/i,
    only: 'delete',
    meaning: 'The branch is the default branch of the destination, which cannot be deleted.',
    todo: 'Make another branch the default branch in the settings of the destination, then run again.',
  },
  {
    id: 'bitbucket-branch-permission',
    next: 'apart',
    says: /permission denied to update branch|can only be modified through pull requests|check your branch permissions/i,
    only: 'branch',
    meaning: 'A branch restriction of Bitbucket forbids this change.',
    todo: "Add the mirror's user or access key to the restriction (rewriting history and deletions too), or remove it.",
  },
  {
    id: 'gitolite-fallthru',
    next: 'nothing',
    says: /^(fatal: )?[RWCDM+]+ any \S{1,300} \S{1,300} DENIED by /i,
    meaning:
      'There is no such repository at this gitolite, or its rules give this key no right to it: it does not tell which.',
    todo: 'Check the path in the address, and give the user of the key RW+ on the repository in gitolite.conf (with a C rule, where a push is to create it).',
  },
  {
    id: 'gitolite-rule',
    next: 'apart',
    says: /(^|[ :])[RWCDM+]+ refs\/\S{1,300} \S{1,300} \S{1,300} DENIED by /,
    meaning: 'The rules of gitolite do not let this key do that to this ref.',
    todo: 'Give its user RW+ on the ref in gitolite.conf: RW moves forward and creates, + also rewrites and deletes (with C and D, where the rules have them); or leave the ref out of refs.',
  },
  {
    id: 'commit-policy',
    next: 'apart',
    says: /Committer is not authenticated|Commit is not signed|GPG public key not provided|Signature verification failed/i,
    meaning: 'A rule of the destination does not like a commit: who made it, or its signature.',
    todo: 'Turn that rule off for the destination repository; a mirror cannot change commits.',
  },
  {
    id: 'mirror-read-only',
    next: 'nothing',
    says: /mirror repository (\S{1,300} )?is read-only/i,
    side: 'destination',
    meaning: 'The destination is itself a pull mirror and takes no push.',
    todo: 'Convert it to a regular repository in its settings, or mirror to another one.',
  },
  {
    id: 'archived',
    next: 'nothing',
    says: /(repository|project|repo:?)( \S{1,300})? (was|is|has been) archived/i,
    side: 'destination',
    meaning: 'The destination is archived and takes no push.',
    todo: 'Unarchive it in its settings, or mirror to another repository.',
  },
  {
    id: 'server-read-only',
    next: 'nothing',
    says: /read-only GitLab instance|repository is (temporarily|currently) read-only|repository is in read.only mode|Repository cannot be accessed, you could retry it later/i,
    side: 'destination',
    meaning: 'The server is read-only at the moment, or always (a Geo secondary).',
    todo: 'Run again later, or use the address of the primary server.',
  },
]
