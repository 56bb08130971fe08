import { describe, expect, it } from 'vitest'
import { type Arguments, labelOf, parseArguments } from '../../../src/cli/terminal/arguments.ts'
import { readAddresses } from '../../../src/cli/mirror.ts'
import { MirrorError } from '../../../src/base/errors.ts'

function parse(args: readonly string[], env: NodeJS.ProcessEnv = {}): Arguments {
  const given = parseArguments(args, env)
  return { ...given, values: { ...readAddresses(given.positionals), ...given.values } }
}

function usageOf(args: readonly string[]): string {
  try {
    parse(args)
  } catch (error) {
    if (error instanceof MirrorError && error.code === 'usage') return `${error.message} ${error.hint}`
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('parseArguments', () => {
  it('takes one source and any number of destinations', () => {
    const { values } = parse(['src', 'd1', '--dry-run', 'd2'])
    expect(values).toEqual({ source: 'src', destination: 'd1\nd2', 'dry-run': 'true' })
  })

  it('names its options like the inputs', () => {
    const args = [
      's',
      'd',
      '--refs',
      'refs/heads/*',
      '--refs=^refs/heads/x',
      '--no-prune',
      '--no-force',
      '--atomic',
    ]
    const more = [
      '--max-deletions',
      'unlimited',
      '--retries=0',
      '--idle-timeout',
      '5',
      '--transfer',
      'spool',
      '--time-limit=90m',
    ]
    expect(parse([...args, ...more, '--allow-unrelated', '--max-pack-size', '1G']).values).toEqual({
      source: 's',
      destination: 'd',
      refs: 'refs/heads/*\n^refs/heads/x',
      prune: 'false',
      force: 'false',
      atomic: 'true',
      'allow-unrelated': 'true',
      'max-deletions': 'unlimited',
      retries: '0',
      'idle-timeout': '5',
      'time-limit': '90m',
      transfer: 'spool',
      'max-pack-size': '1G',
    })
  })

  it('takes secrets from the environment and from files', () => {
    const env = { KALANDRA_SOURCE_TOKEN: 'from-env', KALANDRA_DESTINATION_TOKEN: 'passed-over' }
    const command = parse(['s', 'd', '--destination-token-file', '/run/token'], env)
    expect(command.values['source-token']).toBe('from-env')
    expect(command.values['destination-token']).toBeUndefined()
    expect([...command.files]).toEqual([['destination-token', '/run/token']])
  })

  it.each([
    ['--destination-token', 'hunter22'],
    ['--source-ssh-key=hunter22'],
    ['--source-ssh-passphrase', 'hunter22'],
    ['--destination-tokne=hunter22'],
    ['--token=hunter22'],
  ])('refuses %s as an argument and does not repeat it', (...args) => {
    const text = usageOf(['s', 'd', ...args])
    expect(text).not.toContain('hunter22')
    expect(text).toContain(args[0]!.split('=')[0])
  })

  it('says where a secret belongs', () => {
    const text = usageOf(['s', 'd', '--destination-token=x'])
    expect(text).toContain('KALANDRA_DESTINATION_TOKEN')
    expect(text).toContain('--destination-token-file')
  })

  it.each([[[]], [['s']], [['s', 'd', '--nope']], [['s', 'd', '--retries']], [['s', 'd', '--prune=no']]])(
    'refuses %j and points to the help',
    (args) => {
      expect(usageOf(args)).toContain('--help')
    },
  )

  it('takes any number of known_hosts files', () => {
    const { knownHostsFiles } = parse([
      's',
      'd',
      '--ssh-known-hosts-file',
      'a',
      '--ssh-known-hosts-file',
      'b',
    ])
    expect(knownHostsFiles).toEqual(['a', 'b'])
  })

  it('knows help and version before it asks for more', () => {
    expect([...parseArguments(['--help'], {}).flags]).toEqual(['help'])
    expect([...parseArguments(['-h', 's', '--source-token=x'], {}).flags]).toEqual(['help'])
    expect([...parseArguments(['--version'], {}).flags]).toEqual(['version'])
  })
})

it('calls inputs by what the command line knows', () => {
  expect([
    labelOf('source'),
    labelOf('retries'),
    labelOf('source-token'),
    labelOf('ssh-known-hosts'),
  ]).toEqual(['SOURCE', '--retries', 'KALANDRA_SOURCE_TOKEN', '--ssh-known-hosts-file'])
})
