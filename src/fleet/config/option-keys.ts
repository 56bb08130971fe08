import type { OptionName } from '../../options/names.ts'

/** An option of a mirror, named as the input that it is for a single pair; the kinds are those of the inputs. */
export type OptionKey = {
  readonly name: OptionName
  readonly about: string
  readonly places: readonly ('mirror' | 'host' | 'endpoint')[]
} & (
  | { readonly kind: 'switch' | 'size' | 'lines' | 'text' }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly unlimited?: true }
  | { readonly kind: 'seconds'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
)

/** What `defaults` and mirrors take, hosts and destinations in part; read by the reader of the inputs. */
export const OPTION_KEYS: readonly OptionKey[] = [
  { name: 'refs', kind: 'lines', places: ['mirror', 'endpoint'], about: 'Refspecs.' },
  { name: 'prune', kind: 'switch', places: ['mirror', 'endpoint'], about: 'Delete refs.' },
  {
    name: 'max-deletions',
    kind: 'number',
    min: 0,
    max: 999_999_999,
    unlimited: true,
    places: ['mirror', 'endpoint'],
    about: 'Stop when more would be deleted.',
  },
  { name: 'force', kind: 'switch', places: ['mirror', 'endpoint'], about: 'false: fast-forwards only.' },
  { name: 'atomic', kind: 'switch', places: ['mirror', 'endpoint'], about: 'All refs or none.' },
  { name: 'allow-unrelated', kind: 'switch', places: ['mirror', 'endpoint'], about: 'Allow strangers.' },
  { name: 'retries', kind: 'number', min: 0, max: 100, places: ['mirror', 'host'], about: 'Attempts.' },
  {
    name: 'idle-timeout',
    kind: 'seconds',
    min: 1,
    max: 1_000_000,
    places: ['mirror', 'host'],
    about: 'Seconds.',
  },
  { name: 'max-pack-size', kind: 'size', places: ['mirror', 'host', 'endpoint'], about: 'Largest pack.' },
  {
    name: 'max-refs-per-push',
    kind: 'number',
    min: 1,
    max: 1_000_000_000,
    places: ['mirror', 'host', 'endpoint'],
    about: 'Most refs.',
  },
  {
    name: 'transfer',
    kind: 'choice',
    choices: ['auto', 'stream', 'spool'],
    places: ['mirror', 'host', 'endpoint'],
    about: 'Way.',
  },
]

/** The options that may stand at a place. */
export function keysAt(place: 'mirror' | 'host' | 'endpoint'): readonly OptionKey[] {
  return OPTION_KEYS.filter(({ places }) => places.includes(place))
}
