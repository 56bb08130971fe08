import { HOOK, type RowCase } from '../advice-cases.ts'

export const HOST_CASES: readonly RowCase[] = [
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
    id: 'default-branch-delete',
    is: [
      { reason: 'deletion of the current branch prohibited', action: 'delete' },
      { reason: 'refusing to delete the current branch: refs/heads/main', action: 'delete' },
      { lines: ['GitLab: The default branch of a project cannot be deleted.'], action: 'delete' },
      { lines: ['remote: the default branch main cannot be deleted'], action: 'delete' },
      {
        lines: ['remote: Gitea: branch main is the default branch and cannot be deleted'],
        action: 'delete',
      },
    ],
    isNot: [
      { reason: 'deletion prohibited', action: 'delete' },
      { lines: ['GitLab: The default branch of a project cannot be deleted.'], action: 'update' },
    ],
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
    id: 'gitolite-fallthru',
    is: [
      {
        code: 'auth',
        advice: 'no-write-permission',
        text: 'FATAL: W any nowhere reader DENIED by fallthru\n(or you mis-spelled the reponame)',
        side: 'destination',
      },
      { code: 'auth', text: 'FATAL: R any nowhere reader DENIED by fallthru', side: 'source' },
      { code: 'auth', text: 'RW+C any nowhere reader DENIED by fallthru' },
    ],
    isNot: [
      { lines: ['FATAL: W refs/heads/main guarded writer DENIED by fallthru'] },
      { code: 'auth', text: 'access denied by fallthru' },
      { code: 'auth', text: 'seen FATAL: R any nowhere reader DENIED by fallthru' },
    ],
  },
  {
    id: 'gitolite-rule',
    is: [
      { lines: ['remote: FATAL: W refs/heads/main guarded writer DENIED by refs/heads/main'] },
      { lines: ['FATAL: + refs/heads/main guarded writer DENIED by fallthru'], action: 'force' },
      { lines: ['FATAL: WM refs/heads/main guarded writer DENIED by fallthru'] },
      {
        lines: ['FATAL: D refs/tags/v1 guarded writer DENIED by fallthru'],
        ref: 'refs/tags/v1',
        action: 'delete',
      },
    ],
    isNot: [
      { lines: ['FATAL: W refs/heads/other guarded writer DENIED by refs/heads/other'] },
      { lines: ['NEW refs/heads/main guarded writer DENIED by mistake'] },
    ],
  },
  {
    id: 'commit-policy',
    is: [
      '5bdd0d0c: Committer is not authenticated: A pushes on behalf of B',
      'Commit is not signed',
      'GPG public key not provided',
      'Signature verification failed',
    ],
    isNot: ['commit 1096557: invalid committer'],
  },
  {
    id: 'mirror-read-only',
    is: [
      {
        code: 'auth',
        advice: 'no-write-permission',
        status: 403,
        text: 'mirror repository is read-only',
        side: 'destination',
      },
      { code: 'auth', text: 'Gitea: Mirror Repository org/r is read-only', side: 'destination' },
    ],
    isNot: [
      { code: 'auth', text: 'Gitea: Mirror Repository org/r is read-only', side: 'source' },
      { code: 'auth', text: 'read-only' },
    ],
  },
  {
    id: 'archived',
    is: [
      { code: 'auth', text: 'ERROR: This repository was archived so it is read-only.', side: 'destination' },
      { lines: ['GitLab: This project is archived'] },
      { code: 'auth', text: 'Gitea: Repo: org/r is archived.', side: 'destination' },
      {
        code: 'auth',
        advice: 'no-write-permission',
        text: 'This repo is archived. You can view files and clone it, but cannot push or open issues/pull-requests.',
        side: 'destination',
      },
    ],
    isNot: [
      { code: 'auth', text: 'ERROR: This repository was archived so it is read-only.', side: 'source' },
    ],
  },
  {
    id: 'server-read-only',
    is: [
      { lines: ['remote: repository is in read-only mode'], reason: HOOK },
      {
        code: 'auth',
        text: 'remote: The repository is temporarily read-only. Please try again later.',
        side: 'destination',
      },
      {
        code: 'server',
        text: 'Gitea: Repository cannot be accessed, you could retry it later',
        side: 'destination',
      },
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
]
