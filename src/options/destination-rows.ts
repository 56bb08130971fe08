const KEEP_LIMIT_DAYS = 100_000

/** Rows of the table of options about a destination and its host; `OPTION_TABLE` holds them to its type. */
export const DESTINATION_ROWS = [
  {
    name: 'backup',
    kind: 'text',
    group: 'what',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: 'false',
    about:
      '`true`: before a ref of the destination is overwritten or deleted, its old value is kept there below ' +
      '`refs/kalandra/backup/TIME/`, or below `refs/tags/kalandra-backup/TIME/` where the destination takes no such ' +
      'refs. Another namespace: its name, such as `refs/backup/`. `kalandra restore DESTINATION` brings it back.',
    help: 'true, or a namespace: keep the old values of refs that are overwritten or deleted',
    value: 'PREFIX',
  },
  {
    name: 'backup-keep',
    kind: 'number',
    min: 1,
    max: KEEP_LIMIT_DAYS,
    unlimited: true,
    group: 'what',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: '30',
    about: 'Days after which a later run removes what `backup` has kept. `unlimited`: never.',
    help: 'days after which a later run removes a backup; unlimited: never',
    value: 'DAYS',
  },
  {
    name: 'push-options',
    kind: 'lines',
    group: 'how',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: '',
    about:
      'Push options, one per line, for a destination that takes them: `ci.skip` starts no pipeline at GitLab. ' +
      'Where the server takes none, a warning says so.',
    help: 'a push option for the destination, such as ci.skip; may be repeated',
    value: 'OPTION',
  },
  {
    name: 'create',
    kind: 'choice',
    choices: ['off', 'private', 'internal', 'public'],
    group: 'how',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: 'off',
    about:
      '`private`, `internal` or `public`: a destination that does not exist is made, empty, at GitHub, GitLab, Gitea, Forgejo, ' +
      'Bitbucket or Azure DevOps. One that exists is left as it is. See `docs/hosts.md`.',
    help: 'private, internal or public: make a destination that does not exist',
    value: 'VISIBILITY',
  },
  {
    name: 'default-branch',
    kind: 'text',
    group: 'how',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: 'keep',
    about:
      "The default branch of the destination after the push: `source` for the source's, a name, or `keep`. An old default " +
      'branch that the source no longer has can then be deleted in the same run.',
    help: 'keep, source, or a name: the default branch of the destination',
    value: 'NAME',
  },
  {
    name: 'protected',
    kind: 'choice',
    choices: ['respect', 'allow-force'],
    group: 'how',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: 'respect',
    about:
      '`allow-force`: where a rule of GitLab, Gitea or Forgejo forbids a forced push to a branch, it is allowed for the ' +
      'push and put back afterwards, also when the run is cancelled. The rules of GitHub are never touched.',
    help: 'respect, or allow-force: lift the rule against forced pushes for the push',
    value: 'WAY',
  },
  {
    name: 'host-kind',
    kind: 'choice',
    choices: ['auto', 'github', 'gitlab', 'gitea', 'bitbucket', 'bitbucket-server', 'azure'],
    group: 'how',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: 'auto',
    about:
      'What the host of the destination is, for `create`, `default-branch` and `protected`. `auto`: by its name, or by asking it. ' +
      'Forgejo is `gitea`.',
    help: 'what the host of the destination is; auto asks it',
    value: 'KIND',
  },
  {
    name: 'host-api',
    kind: 'text',
    group: 'how',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: '',
    about:
      "Address of the API of the destination's host, such as `https://git.example.org/api/v1`, where it is not at the usual place.",
    help: "address of the API of the destination's host, where it is not at the usual place",
    value: 'URL',
  },
  {
    name: 'app-id',
    kind: 'text',
    group: 'access',
    places: ['run'],
    default: '',
    about:
      'A GitHub App, by its client id or App id: its installation gives the token for a source or destination on GitHub that has ' +
      'no token of its own, and new ones while a long run goes on.',
    help: 'client id or App id of a GitHub App that gives the tokens',
    value: 'ID',
  },
  {
    name: 'app-private-key',
    kind: 'secret',
    group: 'access',
    places: ['run'],
    default: '',
    about: 'Private key of the GitHub App, as text (PEM).',
    help: 'private key of the GitHub App',
  },
] as const
