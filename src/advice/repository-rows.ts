import type { AdviceRow } from './row.ts'

/** What stands at an address, or does not: repositories, programs, other servers. */
export const REPOSITORY_ROWS: readonly AdviceRow[] = [
  {
    id: 'github-not-found',
    next: 'nothing',
    codes: ['not-found'],
    any: true,
    hosts: /(^|\.)(github\.com|ghe\.com)$/,
    meaning:
      'GitHub shows no such repository to this token or key: the name is wrong, or the repository is private.',
    todo: 'Check the address, and give access to that repository; GITHUB_TOKEN and a deploy key reach one repository only.',
  },
  {
    id: 'not-found',
    next: 'nothing',
    codes: ['not-found'],
    any: true,
    meaning: 'The server shows no such repository: the address is wrong, or the token or key may not see it.',
    todo: 'Check the address, create the repository if there is none, and give the token or key access to it.',
  },
  {
    id: 'hidden-repository',
    next: 'nothing',
    codes: ['server', 'cut', 'auth', 'http', 'protocol'],
    says: /repository not found|project you were looking for could not be found|TF401019|does not appear to be a git repository|repository either does not exist|may not have access to this repository/i,
    meaning: 'The server shows no such repository: the address is wrong, or the token or key may not see it.',
    todo: 'Check the address, create the repository if there is none, and give the token or key access to it.',
  },
  {
    id: 'not-exported',
    next: 'nothing',
    says: /service not enabled|access denied or repository not exported/i,
    meaning: 'The server does not offer this repository, or not for this direction.',
    todo: 'Allow it there: git-daemon-export-ok and --enable=receive-pack for git daemon, http.receivepack for http-backend.',
  },
  {
    id: 'dumb-http',
    next: 'nothing',
    codes: ['protocol'],
    says: /^[0-9a-f]{40,64}\srefs\//,
    meaning:
      'The web server offers the repository as plain files (dumb HTTP), which cannot be mirrored from.',
    todo: "Use the repository's ssh or git address, or set up git http-backend there.",
  },
  {
    id: 'not-a-git-server',
    next: 'nothing',
    codes: ['protocol'],
    meaning: 'What stands at the address is a web page and no Git repository.',
    todo: 'Use the address that git clone takes; a login page, a bot wall or a portal may answer in its place.',
  },
  {
    id: 'partial-source',
    next: 'nothing',
    says: /from promisor remote/i,
    side: 'source',
    meaning:
      'The source is a partial clone, and what it left out cannot be fetched from where it was cloned.',
    todo: 'Mirror the original repository, or complete this one: git fetch --refetch --no-filter.',
  },
  {
    id: 'damaged-source',
    next: 'nothing',
    codes: ['server', 'cut', 'pack', 'protocol'],
    says: /bad (tree|blob|commit|tag)? ?object [0-9a-f]{40}|unable to read (tree |sha1 file of )?[(']?[0-9a-f]{40}|(loose|packed) object [0-9a-f]{40,64} \(stored in .{1,600}\) is corrupt|object file .{1,600} is empty|inflate: data stream error|object corrupt or missing|could not read [0-9a-f]{40}|packfile .{1,600} (cannot be accessed|is truncated)/i,
    side: 'source',
    meaning: 'The source lacks objects of its own history, or has damaged ones, and cannot make the pack.',
    todo: 'Run git fsck --full there, and bring the objects that it names from another clone or a backup (git fetch from it, or git index-pack of its packs).',
  },
  {
    id: 'shallow-source',
    next: 'nothing',
    codes: ['shallow'],
    any: true,
    meaning: 'The source is a shallow clone: it lacks the history behind its oldest commits.',
    todo: 'Mirror the original repository, or complete this one: git fetch --unshallow, or fetch-depth: 0 for actions/checkout.',
  },
  {
    id: 'dubious-ownership',
    next: 'nothing',
    says: /dubious ownership/i,
    meaning: 'The folder of the repository belongs to another user, so git refuses to touch it.',
    todo: "Run git config --global --add safe.directory with the repository's path as the user that runs this.",
  },
  {
    id: 'no-shell',
    next: 'nothing',
    codes: ['server', 'cut', 'protocol'],
    says: /account is currently not available|nologin|shell access|interactive git shell is not enabled/i,
    meaning: 'The ssh account may log in and not run git.',
    todo: 'Allow git-upload-pack and git-receive-pack for the account (git-shell), or check the user name in the address.',
  },
]
