import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import type { OptionValues } from '../../src/options/names.ts'
import { readFleetOptions } from '../../src/options/read-fleet-options.ts'

function read(values: OptionValues) {
  return readFleetOptions({ values, label: (name) => `--${name}` })
}

function refusal(values: OptionValues): Pick<MirrorError, 'message' | 'hint'> {
  try {
    read(values)
  } catch (error) {
    if (error instanceof MirrorError && error.code === 'usage')
      return { message: error.message, hint: error.hint }
    throw error
  }
  throw new Error('nothing was refused')
}

const EVERYTHING = {
  only: 'acme/*\nother',
  shard: '1/2',
  shards: '3',
  'report-file': 'one.jsonl\ntwo.jsonl',
  'state-file': 'state.json',
} as const

describe('options of many mirrors', () => {
  it('are none for a single pair', () => {
    expect(read({})).toEqual({
      command: 'mirror',
      config: '',
      only: [],
      shard: '',
      shards: undefined,
      reportFiles: [],
      stateFile: '',
    })
  })

  it('mean a round of a file, unless they say what else', () => {
    expect(read({ config: 'mirrors.yml' }).command).toBe('round')
    for (const command of ['check', 'plan', 'round'] as const) {
      expect(read({ command, config: 'mirrors.yml', ...EVERYTHING })).toEqual({
        command,
        config: 'mirrors.yml',
        only: ['acme/*', 'other'],
        shard: '1/2',
        shards: 3,
        reportFiles: ['one.jsonl', 'two.jsonl'],
        stateFile: 'state.json',
      })
    }
    const chosen = { only: 'a', shard: '1/2', 'state-file': 's' }
    expect(read({ command: 'doctor', config: 'mirrors.yml', ...chosen })).toMatchObject({ command: 'doctor' })
    expect(read({ command: 'doctor' })).toMatchObject({ command: 'doctor', config: '' })
    expect(read({ command: 'report', 'report-file': 'one.jsonl' })).toMatchObject({
      command: 'report',
      reportFiles: ['one.jsonl'],
    })
  })

  it.each(['check', 'plan', 'round'])('need a file of mirrors: %s', (command) => {
    expect(refusal({ command })).toEqual({
      message: `--config: is empty, and ${command} needs a file of mirrors`,
      hint: 'Give its path, or its text.',
    })
  })

  it('need reports to join', () => {
    expect(refusal({ command: 'report', config: 'mirrors.yml' })).toEqual({
      message: '--report-file: is empty, and report joins such files',
      hint: 'Give the files that rounds wrote, one per line.',
    })
  })

  it.each(['only', 'shard', 'shards', 'report-file', 'state-file'] as const)(
    'are refused for a single pair: %s',
    (name) => {
      const refused = {
        message: `--${name}: means nothing to a single pair`,
        hint: 'It goes with a file of many mirrors.',
      }
      for (const command of ['auto', 'mirror', 'doctor'])
        expect(refusal({ command, [name]: EVERYTHING[name] })).toEqual(refused)
    },
  )

  it('are refused for a single pair that was asked for beside a file', () => {
    expect(refusal({ command: 'mirror', config: 'mirrors.yml' }).message).toBe(
      '--config: means nothing to a single pair',
    )
  })

  it.each([
    [{ shards: '3' }, 'shards'],
    [{ 'report-file': 'one.jsonl' }, 'report-file'],
    [EVERYTHING, 'shards'],
  ])('are refused for what only looks: %j', (values, name) => {
    expect(refusal({ command: 'doctor', config: 'mirrors.yml', ...values })).toEqual({
      message: `--${name}: means nothing to doctor`,
      hint: 'It goes with plan or round.',
    })
  })
})
