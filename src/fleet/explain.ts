import { printableLine } from '../base/printable.ts'
import { type NamedSpec, OPTION_SPECS } from '../options/names.ts'
import type { Endpoint } from '../options/options.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import { namePlace } from './config/config-error.ts'
import type { FleetFile } from './config/fleet-file.ts'
import { keysAt } from './config/option-keys.ts'
import { type ExplainedPair, FLEET_TIME_LIMIT } from './config/resolve-mirror.ts'
import type { FleetMirror } from './prepare.ts'

const MOST_VALUE_LENGTH = 1000

/**
 * The options that a mirror has in the end, in lines, each with the place that it comes from: the question that every
 * file with defaults raises. Needs a fleet that was prepared with `everything`.
 */
export function explainMirror(mirror: FleetMirror, file: Pick<FleetFile, 'place'>): readonly string[] {
  const { name, labels, paused, schedule, place, pairs, shardKey } = mirror
  return [
    `${name} (${namePlace(place)})`,
    ...(paused ? ['  paused: true'] : []),
    ...(labels.length === 0 ? [] : [`  labels: ${labels.join(', ')}`]),
    ...(schedule === undefined ? [] : [`  schedule: ${schedule}`]),
    ...(shardKey === name ? [] : [`  runs after and in the shard of: ${shardKey}`]),
    ...pairs.slice(0, 1).map(({ source }) => `  source: ${describeEnd(source)}`),
    ...pairs.flatMap((pair) => explainPair(pair, file)),
  ].map((line) => line.replaceAll(/[^ \S]/g, ' '))
}

/** What may stand with a mirror or a destination, in the order of the table. */
function listKeys(): readonly NamedSpec[] {
  const known = new Set([...keysAt('mirror'), ...keysAt('endpoint')].map(({ name }) => name))
  return OPTION_SPECS.filter(({ name }) => known.has(name))
}

function explainPair(
  { destination, settings }: ExplainedPair,
  file: Pick<FleetFile, 'place'>,
): readonly string[] {
  const lines = listKeys().map((spec) => {
    const given = settings.values[spec.name]
    const origin = settings.origins.get(spec.name)
    const from = origin === undefined ? 'by default' : namePlace(file.place(origin))
    const usual = spec.name === 'time-limit' ? FLEET_TIME_LIMIT : spec.default
    const value = spec.kind === 'secret' ? (given === undefined ? '' : 'given') : (given ?? usual)
    return `    ${spec.name}: ${printableLine(value.replaceAll('\n', ' '), MOST_VALUE_LENGTH) || 'none'} (${from})`
  })
  return [`  destination: ${describeEnd(destination)}`, ...lines]
}

/** With what it is opened, and never with which. */
function describeEnd({ url, credentials }: Endpoint): string {
  const { token, sshKey, username } = credentials
  const login =
    token !== undefined
      ? `with a token, as ${printableLine(username ?? 'x-access-token', 100)}`
      : sshKey !== undefined
        ? 'with an ssh key'
        : 'without credentials'
  return `${printUrl(url)}, ${login}`
}
