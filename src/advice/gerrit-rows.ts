import type { AdviceRow } from './row.ts'

/** Rights of Gerrit, in its words; each is granted by ref pattern in the access settings of a project. */
export const GERRIT_ROWS: readonly AdviceRow[] = [
  {
    id: 'gerrit-forge',
    next: 'apart',
    says: /you lack 'forge (author|committer|server)' permission|commit [0-9a-f]{4,64}: invalid (author|committer)\b|^invalid (author|committer)$/i,
    meaning:
      "Gerrit takes commits of other people only from those who may forge an identity, and a mirror's commits are other people's.",
    todo: "Give the mirror's account Forge Author, Forge Committer and, for Gerrit's own merges, Forge Server on refs/* in the access settings of the project.",
  },
  {
    id: 'gerrit-merge',
    next: 'apart',
    says: /not allowed to upload merges|pushing merge commit \S{1,80} by .{1,200} requires '.{1,60}' permission/i,
    meaning: 'Gerrit takes merge commits only from those who have the right for them.',
    todo: "Give the mirror's account Push Merge Commit on refs/for/refs/* and refs/heads/* in the access settings of the project.",
  },
  {
    id: 'gerrit-tag',
    next: 'apart',
    says: /not permitted: create (signed |annotated )?tag/i,
    meaning: 'Gerrit takes annotated and signed tags only from those who have the right for them.',
    todo: "Give the mirror's account Create Annotated Tag, Create Signed Tag and Create Reference on refs/tags/* in the access settings of the project.",
  },
  {
    id: 'gerrit-read-only',
    next: 'nothing',
    says: /project state does not permit write|^project is read.only$/i,
    side: 'destination',
    meaning: 'The project is read-only at Gerrit.',
    todo: 'Set its state to Active in the settings of the project, or mirror to another one.',
  },
  {
    id: 'gerrit-footer',
    next: 'apart',
    says: /not Signed-off-by author\/committer\/uploader|missing (Change-Id|subject).{0,40}(footer|message)/i,
    meaning: 'Gerrit demands a footer in each commit message that a mirrored commit does not have.',
    todo: 'Turn off "Require Change-Id" and "Require Signed-off-by" for the project; a mirror cannot change commits.',
  },
  {
    id: 'gerrit-prohibited',
    next: 'apart',
    says: /prohibited by Gerrit/i,
    meaning: 'Gerrit takes direct pushes only from those who have the right for this ref.',
    todo: "Give the mirror's account Push, Create Reference, Force Push and Delete Reference in the access settings of the project.",
  },
]
