import { HOOK, type RowCase } from '../advice-cases.ts'

const OID = 'a'.repeat(40)

export const GIT_CASES: readonly RowCase[] = [
  {
    id: 'checked-out-branch',
    is: [
      'branch is currently checked out',
      { reason: 'failed', lines: ['error: refusing to update checked out branch: refs/heads/main'] },
    ],
    isNot: ['deletion of the current branch prohibited'],
  },
  {
    id: 'reference-transaction',
    is: [
      { code: 'server', text: 'no x\nfatal: ref updates aborted by hook' },
      'ref updates aborted by the reference-transaction hook',
    ],
    isNot: [HOOK, 'reference already exists'],
  },
  {
    id: 'non-fast-forward',
    is: [
      'non-fast-forward',
      { lines: ['error: denying non-fast-forward refs/heads/main (you should pull first)'] },
    ],
    isNot: [
      HOOK,
      { lines: ['error: denying non-fast-forward refs/heads/other (you should pull first)'] },
      'no non-fast-forward today',
    ],
  },
  {
    id: 'deletion-prohibited',
    is: [
      { reason: 'failed', lines: ['error: denying ref deletion for refs/heads/main'], action: 'delete' },
      { reason: 'deletion prohibited', action: 'delete' },
    ],
    isNot: [
      { reason: 'deletion of the current branch prohibited', action: 'delete' },
      { reason: 'tag deletion prohibited', action: 'delete' },
    ],
  },
  { id: 'funny-refname', is: ['funny refname'], isNot: ['bad ref'] },
  {
    id: 'shallow-update',
    is: ['shallow update not allowed'],
    isNot: ['missing necessary objects', { code: 'shallow', message: 'the source is a shallow clone' }],
  },
  {
    id: 'missing-objects',
    is: [
      { code: 'unpack', text: `fatal: did not receive expected object ${OID}` },
      { reason: "Invalid pack upload; one or more objects weren't sent" },
      'missing necessary objects',
      `error Missing unknown ${OID}`,
      {
        code: 'unpack',
        lines: [
          `fatal: did not receive expected object ${OID}`,
          'error: remote did not send all necessary objects',
        ],
      },
    ],
    isNot: [
      'shallow update not allowed',
      'LFS objects are missing',
      { lines: ['Missing commit description'] },
    ],
  },
  {
    id: 'fsck',
    is: [
      {
        reason: 'unpacker error',
        lines: [`error: object ${OID}: missingEmail: invalid author/committer line - missing email`],
      },
      {
        code: 'unpack',
        text: 'index-pack abnormal exit',
        lines: ['fatal: fsck error in packed object'],
      },
    ],
    isNot: [
      { reason: 'unpacker error', lines: [`fatal: object ${OID}: not found`] },
      { reason: 'unpacker error', lines: [`error: object ${OID}: unreadable: try again`] },
      { reason: 'unpacker error', lines: [`see object ${OID}: missingEmail: is no matter`] },
      'unpacker error',
    ],
  },
  {
    id: 'unresolved-deltas',
    is: [
      { code: 'unpack', text: `error Missing delta base ${OID}` },
      { reason: 'unpacker error', lines: ['fatal: unresolved deltas left after unpacking'] },
      { code: 'unpack', lines: ['fatal: pack has 3 unresolved deltas'] },
      { code: 'unpack', lines: ['fatal: pack has 1 unresolved delta'] },
    ],
    isNot: [{ reason: 'unpacker error', lines: ['remote: Resolving deltas: 100% (3/3), done.'] }],
  },
  {
    id: 'non-commit-branch',
    is: [
      { reason: 'invalid new value provided' },
      {
        reason: 'failed to update ref',
        lines: [
          `error: cannot update ref 'refs/heads/main': trying to write non-commit object ${OID} to branch 'refs/heads/main'`,
        ],
      },
    ],
    isNot: ['failed to update ref', 'an invalid new value provided'],
  },
  { id: 'aliased-update', is: ['inconsistent aliased update'], isNot: ['failed to update ref'] },
  {
    id: 'folder-conflict',
    is: [
      {
        reason: 'failed to update ref',
        ref: 'refs/heads/a/b',
        lines: [
          "error: cannot lock ref 'refs/heads/a/b': 'refs/heads/a' exists; cannot create 'refs/heads/a/b'",
        ],
      },
      'refname conflict',
    ],
    isNot: [
      {
        reason: 'failed to update ref',
        lines: ["error: cannot lock ref 'refs/heads/main': is at b but expected a"],
      },
    ],
  },
  {
    id: 'case-conflict',
    is: ['reference conflict due to case-insensitive filesystem'],
    isNot: ['refname conflict'],
  },
  {
    id: 'stale-lock',
    is: [
      {
        reason: 'failed to update ref',
        lines: [
          "error: cannot lock ref 'refs/heads/main': Unable to create '/srv/git/r.git/./refs/heads/main.lock': File exists.",
        ],
      },
      'Cannot lock /srv/git/r.git/refs/heads/main. Ensure that no other process has an open file handle on the lock file /srv/git/r.git/refs/heads/main.lock, then you may delete the lock file and retry.',
    ],
    isNot: [
      'failed to update ref',
      {
        reason: 'failed to update ref',
        lines: ["error: cannot lock ref 'refs/heads/main': is at b but expected a"],
      },
    ],
  },
  {
    id: 'reftable-fault',
    is: [
      { reason: 'failed to update ref', lines: ['error: reftable: transaction failure: I/O error'] },
      { reason: 'failed', lines: ['fatal: corrupt reftable file'] },
    ],
    isNot: [
      { reason: 'failed to update ref', lines: ['error: reftable: transaction prepare: data is locked'] },
    ],
  },
  {
    id: 'lost-race',
    is: [
      'reference does not exist',
      'lock failure',
      'failed to lock',
      'expected symref but found regular ref',
      'stale info',
      { reason: 'TF401028: The reference has already been updated by another client.' },
      { reason: 'cannot lock ref' },
      'unable to create directory for /r/refs/heads/main.lock',
      'reftable: transaction prepare: data is locked',
      'data concurrently modified',
      'failed to update ref',
      'incorrect old value provided',
      'reference already exists',
      'already exists',
      'invalid old id sent',
      'remote ref has changed',
      'fetch first',
    ],
    isNot: ['inconsistent aliased update', 'failed', 'the release already exists'],
  },
  {
    id: 'hook-declined',
    is: [
      HOOK,
      'hook declined',
      'update hook declined',
      { lines: ['remote: our policy: no pushes on Friday'] },
      { lines: ['remote: see the docs on protected branches'] },
    ],
    isNot: ['protected branch hook declined', 'declined'],
  },
  {
    id: 'not-allowed',
    is: [
      'denied by our rules',
      'you are not permitted to do that',
      'forbidden',
      'branch is protected',
      'declined',
      'prohibited by policy',
      'prohibited here',
      'against the policy of this host',
      'update not allowed',
      'GH017: something new',
    ],
    isNot: [HOOK, 'the moon is full', { code: 'server', text: 'access denied' }],
  },
  {
    id: 'unpack-failed',
    is: [
      { code: 'unpack', text: 'unpack failed: index-pack failed' },
      { code: 'unpack', text: 'unpack failed' },
      'unpacker error',
      'error processing packfiles: index-pack failed',
      { code: 'unpack', text: 'unpack-objects abnormal exit' },
    ],
    isNot: [
      HOOK,
      { reason: 'unpacker error', lines: ['fatal: pack exceeds maximum allowed size (2.00 GiB)'] },
    ],
  },
  {
    id: 'server-fault',
    is: ['fatal error in commit_refs', 'failed', 'Internal Server Error', 'failure', 'internal error'],
    isNot: ['hook failure of mine', HOOK, 'failure of mine', 'a failure', 'failed by mistake', 'it failed'],
  },
]
