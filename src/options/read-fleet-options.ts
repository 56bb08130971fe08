import { MirrorError } from '../base/errors.ts'
import type { OptionValue } from './values.ts'
import { readValue, type ValueReader } from './values.ts'

/** What to do: `auto` is decided by what is given. */
export type FleetCommand = Exclude<OptionValue<'command'>, 'auto'>

/** What says which mirrors of a file are meant, and where their report goes. */
export interface FleetOptions {
  readonly command: FleetCommand
  /** A path or the text itself; empty: none. */
  readonly config: string
  readonly only: readonly string[]
  /** `I/N` or `auto`; empty: all of it. */
  readonly shard: string
  /** Jobs of a matrix; undefined: as many as fit. */
  readonly shards: number | undefined
  readonly reportFiles: readonly string[]
  /** Empty: nothing is kept. */
  readonly stateFile: string
}

/** @throws MirrorError `usage` for options that do not go together */
export function readFleetOptions(reader: ValueReader): FleetOptions {
  const config = readValue(reader, 'config')
  const given = readValue(reader, 'command')
  const command = given !== 'auto' ? given : config === '' ? 'mirror' : 'round'
  const options: FleetOptions = {
    command,
    config,
    only: readValue(reader, 'only'),
    shard: readValue(reader, 'shard'),
    shards: readValue(reader, 'shards'),
    reportFiles: readValue(reader, 'report-file'),
    stateFile: readValue(reader, 'state-file'),
  }
  const needsConfig = command === 'check' || command === 'plan' || command === 'round'
  if (needsConfig && config === '') {
    throw new MirrorError(`${reader.label('config')}: is empty, and ${command} needs a file of mirrors`, {
      code: 'usage',
      hint: 'Give its path, or its text.',
    })
  }
  if (command === 'report' && options.reportFiles.length === 0) {
    throw new MirrorError(`${reader.label('report-file')}: is empty, and report joins such files`, {
      code: 'usage',
      hint: 'Give the files that rounds wrote, one per line.',
    })
  }
  if (command === 'mirror' || (command === 'doctor' && config === '')) refuseFleetOptions(reader, options)
  if (command === 'doctor') refuseRoundOptions(reader, options)
  return options
}

/** What is only looked at is written to no report and to no matrix. */
function refuseRoundOptions(reader: ValueReader, { shards, reportFiles }: FleetOptions): void {
  const name = shards !== undefined ? 'shards' : reportFiles.length > 0 ? 'report-file' : undefined
  if (name === undefined) return
  throw new MirrorError(`${reader.label(name)}: means nothing to doctor`, {
    code: 'usage',
    hint: 'It goes with plan or round.',
  })
}

/** A pair is a pair: what chooses among many would be passed over in silence. */
function refuseFleetOptions(reader: ValueReader, options: FleetOptions): void {
  const { only, shard, shards, reportFiles, stateFile, config } = options
  const found = (
    [
      ['config', config !== ''],
      ['only', only.length > 0],
      ['shard', shard !== ''],
      ['shards', shards !== undefined],
      ['report-file', reportFiles.length > 0],
      ['state-file', stateFile !== ''],
    ] as const
  ).find(([, isGiven]) => isGiven)
  if (found === undefined) return
  throw new MirrorError(`${reader.label(found[0])}: means nothing to a single pair`, {
    code: 'usage',
    hint: 'It goes with a file of many mirrors.',
  })
}
