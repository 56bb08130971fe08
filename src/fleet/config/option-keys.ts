import { type NamedSpec, OPTION_SPECS } from '../../options/names.ts'

/** Where in the file an option may stand: `mirror` is also `defaults`, `endpoint` a destination. */
export type KeyPlace = 'mirror' | 'host' | 'endpoint'

/** Options that have shorter names in the file, where each end is a mapping of its own. */
const OF_ENDS = /^(?:source|destination|ssh|app)(?:-|$)/

const KEYS: Readonly<Record<KeyPlace, readonly NamedSpec[]>> = {
  mirror: listKeys('mirror'),
  host: listKeys('host'),
  endpoint: listKeys('endpoint'),
}

/** The options that may stand at a place, by the table of all options. */
export function keysAt(place: KeyPlace): readonly NamedSpec[] {
  return KEYS[place]
}

function listKeys(place: KeyPlace): readonly NamedSpec[] {
  return OPTION_SPECS.filter(({ name, places }) => places.includes(place) && !OF_ENDS.test(name))
}
