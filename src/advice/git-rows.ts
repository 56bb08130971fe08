import type { AdviceRow } from './row.ts'

/** Refusals of git's own receive-pack, and of those that speak like it. */
export const GIT_ROWS: readonly AdviceRow[] = [
  {
    id: 'checked-out-branch',
    next: 'apart',
    says: /branch is currently checked out|refusing to update checked out branch/i,
    meaning: 'The destination has a work tree, and this branch is checked out in it.',
    todo: 'Mirror to a bare repository (git clone --bare), or check out another branch there.',
  },
  {
    id: 'reference-transaction',
    next: 'apart',
    says: /ref updates aborted by (the reference-transaction )?hook/i,
    meaning:
      'A hook of the destination (reference-transaction) refused the ref, and git ended the whole push with it.',
    todo: 'Change that hook at the destination, or leave the ref out of refs.',
  },
  {
    id: 'non-fast-forward',
    next: 'nothing',
    says: /^non-fast-forward|denying non-fast-forward/i,
    meaning: 'The history of the ref was rewritten, and the destination takes fast-forwards only.',
    todo: 'Set receive.denyNonFastForwards to false at the destination, or allow force pushes there.',
  },
  {
    id: 'deletion-prohibited',
    next: 'nothing',
    says: /^deletion prohibited|denying ref deletion/i,
    meaning: 'The destination allows nobody to delete refs.',
    todo: 'Set receive.denyDeletes to false at the destination, or prune: false here.',
  },
  {
    id: 'funny-refname',
    next: 'nothing',
    says: /funny ref/i,
    meaning: 'The destination takes no ref of that name: names begin with refs/ and two more parts.',
    todo: 'Leave the ref out of refs, or map it to a name such as refs/heads/….',
  },
  {
    id: 'shallow-update',
    next: 'nothing',
    says: /shallow update not allowed/i,
    meaning: 'The pack ends at the boundary of a shallow clone, and the destination wants the whole history.',
    todo: 'Mirror from a complete repository: git fetch --unshallow, or fetch-depth: 0 for actions/checkout.',
  },
  {
    id: 'missing-objects',
    next: 'plainer',
    says: /missing necessary objects|Missing (unknown|commit|tree|blob|tag) [0-9a-f]{40}|did not (receive|send) all necessary objects|one or more objects weren't sent|did not receive expected object/i,
    meaning:
      'Objects behind the ref did not arrive: the source is a partial or damaged clone, or the destination is.',
    todo: 'Run git fsck at both; a partial clone is completed by git fetch --refetch --no-filter.',
  },
  {
    id: 'fsck',
    next: 'nothing',
    says: /fsck error|(?:^|error: )object [0-9a-f]{40,64}: [a-z]+[A-Z][A-Za-z]*:/,
    meaning:
      'The destination checks objects (fsck) and finds an old one malformed; the message names it and the fault.',
    todo: 'Ignore that check at the destination (receive.fsck.<name> = ignore), for a mirror cannot change objects.',
  },
  {
    id: 'unresolved-deltas',
    next: 'plainer',
    says: /unresolved deltas?|Missing delta base/i,
    meaning: 'The destination lacks objects that it showed as its own, so the pack could not be completed.',
    todo: 'Run git fsck at the destination; a shallow, partial or damaged repository has to be made anew.',
  },
  {
    id: 'non-commit-branch',
    next: 'nothing',
    says: /trying to write non-commit object|^invalid new value provided/i,
    meaning: 'Names below refs/heads/ must be commits, and this one is a tag, a tree or a blob.',
    todo: 'Map the ref to a name below refs/tags/, or leave it out of refs.',
  },
  {
    id: 'aliased-update',
    next: 'nothing',
    says: /inconsistent aliased update/i,
    meaning:
      'The destination has a symbolic ref, and the push would give it and its target different values.',
    todo: 'Leave the symbolic ref out of refs, or delete it at the destination.',
  },
  {
    id: 'folder-conflict',
    next: 'again',
    says: /refname conflict|'refs\/[^']{1,300}' exists; cannot create/i,
    meaning: 'A ref cannot have the name of a folder of others, and the destination has such a pair.',
    todo: 'Delete or rename the other ref at the destination, or leave one of the two out of refs.',
  },
  {
    id: 'case-conflict',
    next: 'nothing',
    says: /case-insensitive file ?system/i,
    meaning:
      'Two names differ in upper and lower case only, which the file system of the destination cannot keep apart.',
    todo: 'Rename one of the two at the source, or map it to another name in refs.',
  },
  {
    id: 'stale-lock',
    next: 'again',
    says: /Unable to create '.{1,600}\.lock': File exists|Cannot lock \S{1,600}\. Ensure that no other process/i,
    meaning:
      'A lock file of the ref lies at the destination: another push holds it now, or one that broke off left it behind.',
    todo: 'Run again, and where no git runs at the destination any more, delete the .lock file that its words name.',
  },
  {
    id: 'reftable-fault',
    next: 'nothing',
    says: /reftable: .{0,80}(I\/O error|corrupt reftable file|zlib failure|misuse of the reftable API)|corrupt reftable file/i,
    meaning: 'The ref storage of the destination (reftable) is damaged or cannot be written.',
    todo: 'Run git refs verify (or git fsck) at the destination, and look at its disk and at who owns its files.',
  },
  {
    id: 'lost-race',
    only: 'ref',
    next: 'again',
    general: true,
    says: /failed to update ref|incorrect old value|(^|reference )already exists|reference does not exist|invalid old id|remote ref has changed|cannot lock ref|unable to create .{1,600}\.lock|failed to lock|lock failure|data is locked|data concurrently modified|expected symref|fetch first|stale info|TF401028/i,
    meaning: 'The ref could not be locked or moved meanwhile: something else writes to the destination.',
    todo: 'Run again, and let one mirror at a time write there (concurrency in a workflow).',
  },
  {
    id: 'hook-declined',
    next: 'apart',
    general: true,
    says: /hook declined/i,
    meaning: 'A hook at the destination declined it; what the hook wrote says why.',
    todo: 'Read the lines of the destination in the log, and change its rules or leave the ref out of refs.',
  },
  {
    id: 'not-allowed',
    next: 'apart',
    only: 'ref',
    general: true,
    says: /\bdeclin|\bdenied\b|\bnot (allowed|permitted)\b|\bprohibited\b|\bforbidden\b|\bprotected\b|\bpolicy\b|\bGH0\d\d\b/i,
    meaning: 'A rule of the destination forbids this change; its words say which.',
    todo: 'Change that rule for the account of the mirror, or leave the ref out of refs.',
  },
  {
    id: 'unpack-failed',
    next: 'plainer',
    general: true,
    says: /unpacker error|unpack failed|index-pack (abnormal exit|failed)|unpack-objects abnormal exit|error processing packfiles/i,
    meaning: 'The destination could not store the objects, so no ref of this push moved.',
    todo: 'Read the lines of the destination in the log: a full disk, a limit or a damaged repository are the usual causes.',
  },
  {
    id: 'server-fault',
    next: 'plainer',
    general: true,
    says: /internal (server )?error|fatal error in commit_refs|^failure$|^failed$/i,
    meaning: 'The server failed by itself.',
    todo: 'Run again later, and ask the host if it stays so.',
  },
]
