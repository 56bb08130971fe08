import { DEFAULT_IDLE_SECONDS, DEFAULT_MAX_DELETIONS, DEFAULT_REFSPECS, DEFAULT_RETRIES } from './options.ts'

/**
 * Every input with the value that an empty text stands for. `source` and the tokens have none here: the
 * workflow's own repository and token are known to the runner only.
 */
export const OPTION_DEFAULTS = {
  source: '',
  destination: '',
  'source-ssh-key': '',
  'destination-ssh-key': '',
  'source-ssh-passphrase': '',
  'destination-ssh-passphrase': '',
  'ssh-known-hosts': '',
  'source-token': '',
  'destination-token': '',
  'source-username': 'x-access-token',
  'destination-username': 'x-access-token',
  refs: DEFAULT_REFSPECS.join('\n'),
  prune: 'true',
  'max-deletions': String(DEFAULT_MAX_DELETIONS),
  force: 'true',
  atomic: 'false',
  'dry-run': 'false',
  'allow-unrelated': 'false',
  retries: String(DEFAULT_RETRIES),
  'idle-timeout': String(DEFAULT_IDLE_SECONDS),
  'max-pack-size': '',
  'max-refs-per-push': '',
  transfer: 'auto',
  'workflow-token': '',
} as const

export type OptionName = keyof typeof OPTION_DEFAULTS

export const OPTION_NAMES = Object.keys(OPTION_DEFAULTS) as readonly OptionName[]

/** Inputs whose whole value is a secret. */
export const SECRET_OPTIONS: readonly OptionName[] = [
  'source-ssh-key',
  'destination-ssh-key',
  'source-ssh-passphrase',
  'destination-ssh-passphrase',
  'source-token',
  'destination-token',
  'workflow-token',
]

/** Texts by input name; an absent or empty one stands for the default. */
export type OptionValues = Readonly<Partial<Record<OptionName, string>>>
