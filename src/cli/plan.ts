import { prepareFleet } from '../fleet/prepare.ts'
import { describeLoad } from '../fleet/round/load.ts'
import { makeMatrix } from '../fleet/shard/matrix.ts'
import { defaultShardCount, MOST_SHARDS, shardOf } from '../fleet/shard/shard.ts'
import { describeSkipped } from '../fleet/discover/filter.ts'
import { readValue } from '../options/values.ts'
import { describeMessage, formatPlural } from '../report/wording.ts'
import { type Arguments, labelOf } from './terminal/arguments.ts'
import { type CommandRun, EXIT_FAILED, EXIT_OK, type Terminal } from './terminal/command.ts'
import { createFleetRun, readPrepareInput } from './fleet-verb.ts'

/** `plan CONFIG [--shards N] [--matrix]`: what a round would run, a line of JSON each. Needs no credential but those of discovery. */
export function createPlanRun(given: Arguments, terminal: Terminal): CommandRun {
  return createFleetRun(terminal, async (signal, voice) => {
    const wanted = readValue({ values: given.values, label: labelOf }, 'shards')
    const input = readPrepareInput(given, terminal, { signal, voice, depth: 'names', discovers: true })
    const fleet = await prepareFleet(input)
    const { mirrors, discovered, shardKeys, notices } = fleet
    const count = Math.min(MOST_SHARDS, wanted ?? Math.max(1, defaultShardCount(shardKeys.length)))
    for (const { name, labels, paused, shardKey } of mirrors) {
      terminal.stdout.write(`${JSON.stringify({ name, shard: shardOf(shardKey, count), labels, paused })}\n`)
    }
    for (const { name, drafts, skipped, error, refused } of discovered) {
      const left = describeSkipped(skipped)
      if (error !== undefined) voice.printer().line(`discover ${name}: failed: ${describeMessage(error)}`)
      else
        voice
          .printer()
          .line(`discover ${name}: ${formatPlural(drafts.length, 'mirror')}${left === '' ? '' : `; ${left}`}`)
      for (const reason of refused) voice.printer().line(`discover ${name}: ${reason}`)
    }
    for (const { text } of notices) voice.printer().line(text)
    if (given.flags.has('matrix')) {
      const matrix = makeMatrix(shardKeys, count)
      const load = describeLoad(fleet, matrix?.include.length ?? 0)
      for (const line of load) voice.printer().line(line)
      terminal.stdout.write(`${matrix === undefined ? '' : JSON.stringify(matrix)}\n`)
    }
    return discovered.every(({ error, refused }) => error === undefined && refused.length === 0)
      ? EXIT_OK
      : EXIT_FAILED
  })
}
