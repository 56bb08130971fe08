/** Rows of the table of options that choose among many mirrors; `OPTION_TABLE` holds them to its type. */
export const FLEET_ROWS = [
  {
    name: 'command',
    kind: 'choice',
    choices: ['auto', 'mirror', 'doctor', 'check', 'plan', 'round', 'report'],
    group: 'fleet',
    places: ['run'],
    default: 'auto',
    about:
      '`mirror`: one source to its destinations. `doctor`: says what can be known of that, or of every mirror of `config`, without writing. `round`: every mirror of `config`. `check`: reads `config` and says what is ' +
      'wrong. `plan`: lists its mirrors, and writes the output `matrix`. `report`: joins the reports of all shards. ' +
      '`auto`: `round` with a `config`, else `mirror`.',
    help: 'what to do',
    commandLine: 'never',
  },
  {
    name: 'config',
    kind: 'text',
    group: 'fleet',
    places: ['run'],
    default: '',
    about:
      'A file of many mirrors: a path in the workspace or in the repository of the workflow, or the text itself. ' +
      'See `docs/fleet.md`.',
    help: 'a file of many mirrors',
    commandLine: 'never',
  },
  {
    name: 'only',
    kind: 'lines',
    group: 'fleet',
    places: ['run'],
    default: '',
    about: 'Mirrors of `config` to run: names, labels, or globs such as `acme/*`, one per line.',
    help: 'mirrors of a config to run, by name, label or glob; may be repeated',
    value: 'NAME',
  },
  {
    name: 'shard',
    kind: 'text',
    group: 'fleet',
    places: ['run'],
    default: '',
    about:
      'The part of `config` to run: `3/20` for the third of twenty, or `auto` by the variables of Kubernetes, GitLab CI, ' +
      'AWS Batch and Nomad.',
    help: 'the part of a config to run: 3/20, or auto',
    value: 'I/N',
  },
  {
    name: 'shards',
    kind: 'number',
    min: 1,
    max: 256,
    group: 'fleet',
    places: ['run'],
    default: '',
    about: 'Jobs of the output `matrix`. By default one for each 50 mirrors, and at most 64.',
    help: 'jobs of a matrix; by default one for each 50 mirrors, and at most 64',
    value: 'N',
  },
  {
    name: 'report-file',
    kind: 'lines',
    group: 'fleet',
    places: ['run'],
    default: '',
    about:
      'Where a round writes a line of JSON for each mirror. For `report`: the files to join, one per line; `*` stands for ' +
      'any part of a name.',
    help: 'where a round writes a line of JSON for each mirror; - is stdout',
    value: 'PATH',
  },
  {
    name: 'state-file',
    kind: 'text',
    group: 'fleet',
    places: ['run'],
    default: '',
    about:
      'Where a round keeps what the next one should know: what failed runs first then, and `skip-unpushed` of the file counts.',
    help: 'where a round keeps what the next one should know: what failed runs first then',
    value: 'PATH',
  },
] as const
