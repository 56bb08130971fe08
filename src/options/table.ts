import { DESTINATION_ROWS } from './destination-rows.ts'
import { FLEET_ROWS } from './fleet-rows.ts'

/** Where an option may be given: for a whole run, a mirror of many, a host with all its repositories, or one address. */
export type OptionPlace = 'run' | 'mirror' | 'host' | 'endpoint'

/** The heading below which the command line's help has an option. */
export type OptionGroup = 'what' | 'how' | 'access' | 'fleet'

interface AnySpec {
  readonly name: string
  readonly group: OptionGroup
  readonly places: readonly OptionPlace[]
  /** What an empty text stands for. */
  readonly default: string
  /** The action's default where only the runner knows it: an expression of GitHub's. */
  readonly runnerDefault?: string
  readonly required?: true
  /** For action.yml and the README, in Markdown. */
  readonly about: string
  /** For the command line, after the option: its value's name and a few words. The default is added to them. */
  readonly help: string
  readonly value?: string
  /** How the command line takes it, where the kind alone does not tell: by position, as the path of a file, or never. */
  readonly commandLine?: 'position' | 'file' | 'never'
}

/**
 * One option of a run, whoever gives it. The kind says what its text may be, and what is made of it:
 *
 * - `text`: itself, trimmed
 * - `secret`: a text that no argument, log or message may hold
 * - `lines`: its lines, trimmed, without empty ones
 * - `switch`: `true` or `false`
 * - `number`: a whole number from `min` to `max`; with `unlimited` that word, too, as infinity
 * - `size`: bytes, or a number with `k`, `M` or `G` (powers of 1024)
 * - `seconds`: a whole number of seconds, with `units` also one with `s`, `m` or `h`; read as milliseconds
 * - `choice`: one of `choices`
 */
export type OptionSpec = AnySpec &
  (
    | { readonly kind: 'text' | 'secret' | 'lines' | 'switch' | 'size' }
    | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly unlimited?: true }
    | { readonly kind: 'seconds'; readonly min: number; readonly max: number; readonly units?: true }
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
  )

const RETRIES_LIMIT = 100
const TIME_LIMIT_SECONDS = 1_000_000
const REFS_LIMIT = 1_000_000_000
const DELETIONS_LIMIT = 999_999_999

/**
 * Every option. From here come the inputs of the action, the options of the command line, its help, action.yml and
 * the README's table. A new option is a row here and a line of `readOptions` that says what it means.
 */
export const OPTION_TABLE = [
  {
    name: 'source',
    kind: 'text',
    group: 'what',
    places: ['run', 'mirror'],
    default: '',
    runnerDefault: '${{ github.server_url }}/${{ github.repository }}',
    about:
      'Where to read: `https://`, `http://`, `ssh://`, `git@host:path`, `git://`, `file://` or an absolute path. ' +
      "By default the workflow's own repository over https.",
    help: 'where to read',
    commandLine: 'position',
  },
  {
    name: 'destination',
    kind: 'lines',
    group: 'what',
    places: ['run', 'mirror'],
    default: '',
    about:
      'Where to write, same forms as `source`. Several destinations: one per line. Needed unless `config` is given.',
    help: 'where to write',
    commandLine: 'position',
  },
  {
    name: 'source-ssh-key',
    kind: 'secret',
    group: 'access',
    places: ['run', 'host', 'endpoint'],
    default: '',
    about: 'Private key for an ssh source, as text (OpenSSH, PKCS#1, PKCS#8 or SEC1).',
    help: 'private key for an ssh source',
  },
  {
    name: 'destination-ssh-key',
    kind: 'secret',
    group: 'access',
    places: ['run', 'host', 'endpoint'],
    default: '',
    about: 'Private key for ssh destinations, as text (OpenSSH, PKCS#1, PKCS#8 or SEC1).',
    help: 'private key for ssh destinations',
  },
  {
    name: 'source-ssh-passphrase',
    kind: 'secret',
    group: 'access',
    places: ['run', 'host', 'endpoint'],
    default: '',
    about: 'Passphrase of `source-ssh-key`.',
    help: 'passphrase of the key',
  },
  {
    name: 'destination-ssh-passphrase',
    kind: 'secret',
    group: 'access',
    places: ['run', 'host', 'endpoint'],
    default: '',
    about: 'Passphrase of `destination-ssh-key`.',
    help: 'passphrase of the key',
  },
  {
    name: 'ssh-known-hosts',
    kind: 'lines',
    group: 'access',
    places: ['run', 'host', 'endpoint'],
    default: '',
    about:
      'Lines of a known_hosts file, added to the built-in keys of the big hosts. `ssh-keyscan HOST` prints them.',
    help: 'a known_hosts file beside ~/.ssh/known_hosts; may be repeated',
    commandLine: 'file',
  },
  {
    name: 'source-token',
    kind: 'secret',
    group: 'access',
    places: ['run', 'host', 'endpoint'],
    default: '',
    runnerDefault: '${{ github.token }}',
    about:
      "Token or password for the source. The default token goes to the workflow's own server and to no other host.",
    help: 'token or password for the source',
  },
  {
    name: 'destination-token',
    kind: 'secret',
    group: 'access',
    places: ['run', 'host', 'endpoint'],
    default: '',
    about: 'Token or password for destinations over https.',
    help: 'token or password for destinations over https',
  },
  {
    name: 'source-username',
    kind: 'text',
    group: 'access',
    places: ['run', 'host', 'endpoint'],
    default: 'x-access-token',
    about: 'User name that goes with `source-token`.',
    help: 'user name that goes with the token',
    value: 'NAME',
  },
  {
    name: 'destination-username',
    kind: 'text',
    group: 'access',
    places: ['run', 'host', 'endpoint'],
    default: 'x-access-token',
    about: 'User name that goes with `destination-token`.',
    help: 'user name that goes with the token',
    value: 'NAME',
  },
  {
    name: 'refs',
    kind: 'lines',
    group: 'what',
    places: ['run', 'mirror', 'endpoint'],
    default: 'refs/heads/*\nrefs/tags/*',
    about:
      "What to mirror: refspecs in Git's own syntax, one per line. `refs/heads/main:refs/heads/stable` renames, " +
      '`^refs/heads/dependabot/*` leaves out.',
    help: 'what to mirror; may be repeated: refs/heads/main:refs/heads/stable renames, ^refs/heads/wip/* leaves out',
    value: 'REFSPEC',
  },
  {
    name: 'prune',
    kind: 'switch',
    group: 'what',
    places: ['run', 'mirror', 'endpoint'],
    default: 'true',
    about: 'Delete destination refs inside the scope of `refs` that the source no longer has.',
    help: 'keep destination refs that the source no longer has',
  },
  {
    name: 'max-deletions',
    kind: 'number',
    min: 0,
    max: DELETIONS_LIMIT,
    unlimited: true,
    group: 'what',
    places: ['run', 'mirror', 'endpoint'],
    default: '50',
    about:
      'Stop before anything is touched when more refs than this would be deleted at one destination. ' +
      '`unlimited` lifts it.',
    help: 'stop before anything is touched when more would be deleted; unlimited lifts it',
    value: 'N',
  },
  {
    name: 'force',
    kind: 'switch',
    group: 'what',
    places: ['run', 'mirror', 'endpoint'],
    default: 'true',
    about: '`false`: branches only fast-forward and tags never move; what diverged is reported as rejected.',
    help: 'branches only fast-forward, tags never move',
  },
  {
    name: 'atomic',
    kind: 'switch',
    group: 'what',
    places: ['run', 'mirror', 'endpoint'],
    default: 'false',
    about: 'All refs of a destination move, or none.',
    help: 'all refs of a destination or none',
  },
  {
    name: 'dry-run',
    kind: 'switch',
    group: 'what',
    places: ['run'],
    default: 'false',
    about: 'Plan and report, change nothing.',
    help: 'plan and report, change nothing',
  },
  {
    name: 'allow-unrelated',
    kind: 'switch',
    group: 'what',
    places: ['run', 'mirror', 'endpoint'],
    default: 'false',
    about:
      'Allow writing to a destination that has refs and shares no object with the source. ' +
      'Without it such a destination is taken for a wrong address.',
    help: 'allow a destination that shares nothing with the source',
  },
  ...DESTINATION_ROWS,
  {
    name: 'retries',
    kind: 'number',
    min: 0,
    max: RETRIES_LIMIT,
    group: 'how',
    places: ['run', 'mirror', 'host'],
    default: '3',
    about: 'Attempts after a passing failure.',
    help: 'attempts after a passing failure',
    value: 'N',
  },
  {
    name: 'idle-timeout',
    kind: 'seconds',
    min: 1,
    max: TIME_LIMIT_SECONDS,
    group: 'how',
    places: ['run', 'mirror', 'host'],
    default: '900',
    about: 'Seconds without a byte in either direction after which a run gives up.',
    help: 'give up after so long without a byte in either direction',
    value: 'SECONDS',
  },
  {
    name: 'time-limit',
    kind: 'seconds',
    min: 1,
    max: TIME_LIMIT_SECONDS,
    units: true,
    group: 'how',
    places: ['run', 'mirror'],
    default: '',
    about:
      'Seconds that a run may take as a whole, or a time such as `90m` or `6h`. ' +
      'What has not moved by then stays as it was, and the run fails. By default there is no limit.',
    help: 'longest time of the whole run, also as 90m or 6h; by default none',
    value: 'SECONDS',
  },
  {
    name: 'max-pack-size',
    kind: 'size',
    group: 'how',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: '',
    about:
      'Largest pack of one push: bytes, or a number with `k`, `M` or `G` (powers of 1024). ' +
      'Larger first mirrors go in several pushes. By default the known limit of the host.',
    help: 'largest pack of one push: 500M, 2G; by default the known limit of the host',
    value: 'SIZE',
  },
  {
    name: 'max-refs-per-push',
    kind: 'number',
    min: 1,
    max: REFS_LIMIT,
    group: 'how',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: '',
    about: 'Most refs of one push. By default 5,000, or the known limit of the host; 500,000 to a path.',
    help: 'most refs of one push; by default 5000, or the known limit of the host; 500,000 to a path',
    value: 'N',
  },
  {
    name: 'transfer',
    kind: 'choice',
    choices: ['auto', 'stream', 'spool'],
    group: 'how',
    places: ['run', 'mirror', 'host', 'endpoint'],
    default: 'auto',
    about:
      '`stream`: send while receiving. `spool`: collect the pack first, in memory up to 32 MiB and beyond that in a ' +
      'temporary file, for servers that want to know its length. `auto`: stream, and spool where a server asks for it ' +
      'or gives up while it waits for the source.',
    help: 'auto, stream or spool',
    value: 'WAY',
  },
  {
    name: 'lfs',
    kind: 'choice',
    choices: ['auto', 'true', 'false', 'full'],
    group: 'what',
    places: ['run', 'mirror', 'endpoint'],
    default: 'auto',
    about:
      'Git LFS objects. `auto`: carry those that the pushed commits point to, and warn where a server has no LFS. ' +
      '`true`: what cannot be carried is a failure. `full`: as `true`, for the whole history, whatever the destination ' +
      'has. `false`: never ask.',
    help: 'Git LFS objects: auto, true, false or full',
    value: 'WHICH',
  },
  {
    name: 'workflow-token',
    kind: 'secret',
    group: 'access',
    places: ['run'],
    default: '',
    runnerDefault: '${{ github.token }}',
    about:
      "The workflow's own token, so that it is recognised and never sent to another server. Leave it alone.",
    help: "the workflow's own token",
    commandLine: 'never',
  },
  ...FLEET_ROWS,
] as const satisfies readonly OptionSpec[]
