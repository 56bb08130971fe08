import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, renderConfigError } from '../../src/fleet/config/config-error.ts'
import type { ConfigSource } from '../../src/fleet/config/fleet-file.ts'
import type { Fleet } from '../../src/fleet/prepare.ts'
import { isInline, readConfigFiles } from '../../src/fleet/source/load-config.ts'
import { makeTempFolder } from '../support/temp.ts'
import { fleetOf, type FleetInput } from './fleet-of.ts'

const config = (texts: Readonly<Record<string, string>>): readonly ConfigSource[] =>
  Object.entries(texts).map(([name, text]) => ({ name, text: `version: 1\n${text}`, folder: `/at/${name}` }))

async function fleetOfAll(texts: Readonly<Record<string, string>>, more: FleetInput = {}): Promise<Fleet> {
  return await fleetOf('', { config: config(texts), ...more })
}

async function refusalOfAll(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  try {
    await fleetOfAll(texts)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return renderConfigError(error)
  }
}

const mirrorOf = (name: string, more = ''): string =>
  `mirrors: [{ name: ${name}, source: /s/${name}, destination: /d/${name}${more} }]\n`

describe('several files', () => {
  it('are one fleet, whose hosts count together', async () => {
    const { mirrors } = await fleetOfAll(
      {
        'hosts.yml': 'hosts: { h.example: { token: "${TOKEN}", mirrors-at-once: 2 } }\n',
        'a.yml': mirrorOf('a'),
        'b.yml': 'mirrors: [{ name: b, source: "https://h.example/b", destination: /d/b }]\n',
      },
      { env: { TOKEN: 'token-of-h' } },
    )
    expect(mirrors.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(mirrors[1]?.groups[0]?.source.credentials.token).toBe('token-of-h')
  })

  it('have defaults of their own, and those of a file without mirrors below them', async () => {
    const { mirrors } = await fleetOfAll({
      'all.yml': 'defaults: { prune: false, retries: 9, labels: all }\n',
      'a.yml': `defaults: { retries: 1, labels: [team-a] }\n${mirrorOf('a')}`,
      'b.yml': mirrorOf('b', ', retries: 2'),
    })
    expect(mirrors.map(({ labels, groups }) => [labels, groups[0]?.prune, groups[0]?.retries])).toEqual([
      [['team-a'], false, 1],
      [['all'], false, 2],
    ])
  })

  it('begin relative paths at their own folders', async () => {
    await using folder = await makeTempFolder()
    for (const name of ['one', 'two']) {
      await mkdir(join(folder.path, name))
      await writeFile(join(folder.path, name, 'token'), `token-of-${name}`)
      await writeFile(
        join(folder.path, name, 'm.yml'),
        `version: 1\nhosts: { ${name}.example: { token: { file: token } } }\n` +
          `mirrors: [{ name: ${name}, source: 'https://${name}.example/x', destination: /d/${name} }]\n`,
      )
    }
    const { mirrors } = await fleetOf('', {
      config: readConfigFiles(['one/m.yml', 'two'], folder.path),
    })
    expect(mirrors.map(({ groups }) => groups[0]?.source.credentials.token)).toEqual([
      'token-of-one',
      'token-of-two',
    ])
  })

  it.each([
    [
      'one name twice',
      { 'a.yml': mirrorOf('x'), 'b.yml': 'mirrors:\n  - { name: x, source: /s, destination: /e }\n' },
      ['b.yml:3:13  the name "x" is taken by a.yml:2. Give each mirror its own name'],
    ],
    [
      'one destination twice',
      { 'a.yml': mirrorOf('x'), 'b.yml': 'mirrors: [{ name: y, source: /s/y, destination: /d/x }]\n' },
      ['b.yml:2:49  mirror "y": /d/x is written to by mirror "x" in a.yml:2, too, and their refs overlap.'],
    ],
    [
      'a ring',
      {
        'a.yml': 'mirrors: [{ name: x, source: /p, destination: /q }]\n',
        'b.yml': 'mirrors: [{ name: y, source: /q, destination: /p }]\n',
      },
      ['a.yml:2:11  a ring: /p → /q → /p (a.yml:2, b.yml:2)'],
    ],
    [
      'one host twice',
      {
        'a.yml': 'hosts: { h.example: { mirrors-at-once: 2 } }\n',
        'b.yml': `hosts: { H.example: { mirrors-at-once: 3 } }\n${mirrorOf('b')}`,
      },
      ['b.yml:2:21  a.yml:2 has the same host. Give the credentials of a host once'],
    ],
    [
      'two heartbeats',
      {
        'a.yml': `heartbeat: { url: '\${URL}' }\n${mirrorOf('a')}`,
        'b.yml': `heartbeat: { url: '\${URL}' }\n${mirrorOf('b')}`,
      },
      ['b.yml:2:12  heartbeat stands in a.yml:2, too. Keep one of them'],
    ],
    [
      'two defaults for all',
      {
        'a.yml': 'defaults: { prune: false }\n',
        'b.yml': 'defaults: { prune: true }\n',
        'c.yml': mirrorOf('c'),
      },
      ['b.yml:2:11  two files without mirrors have defaults: a.yml:2 has them, too.'],
    ],
    [
      'mistakes in several',
      { 'a.yml': 'mirors: []\n', 'b.yml': mirrorOf('b', ', prun: true'), 'c.yml': mirrorOf('c') },
      [
        'a.yml:2:1  unknown key "mirors". Did you mean "mirrors"?',
        'b.yml:2:55  mirror "b": unknown key "prun"',
      ],
    ],
    [
      'no mirror at all',
      { 'a.yml': 'hosts: { h.example: { mirrors-at-once: 2 } }\n' },
      ['a.yml:1:1  the key "mirrors" is missing'],
    ],
    [
      'a value of the second that its reader refuses',
      { 'a.yml': mirrorOf('a'), 'b.yml': `defaults: { refs: 'not:a:refspec' }\n${mirrorOf('b')}` },
      ['b.yml:2:19  refs'],
    ],
  ])('are refused for %s, with file and line', async (_, texts, says) => {
    const found = await refusalOfAll(texts as Readonly<Record<string, string>>)
    for (const words of says) expect(found.some((line) => line.startsWith(words)) || found).toBe(true)
  })
})

describe('a folder', () => {
  it('stands for its files that end in .yml or .yaml, by name', async () => {
    await using folder = await makeTempFolder()
    for (const name of ['b.yaml', 'a.yml', 'notes.txt', '.hidden.yml'])
      await writeFile(join(folder.path, name), `version: 1\n${mirrorOf(name.replace(/\W/g, ''))}`)
    await mkdir(join(folder.path, 'sub.d'))
    const found = readConfigFiles([folder.path])
    expect(found.map(({ name }) => name)).toEqual([join(folder.path, 'a.yml'), join(folder.path, 'b.yaml')])
  })

  it('without any is refused by its name', async () => {
    await using folder = await makeTempFolder()
    expect(() => readConfigFiles(['.'], folder.path)).toThrow(/^\.: this folder has no config file/)
  })
})

it.each([
  ['.github/mirrors.yml', false],
  ['a.yml\nfolder/\n  b.yaml\n', false],
  ['C:\\mirrors\\a.yml', false],
  ['version: 1\nmirrors: []\n', true],
  ['# a comment\nversion: 1', true],
  ['{ version: 1, mirrors: [] }', true],
  ['mirrors:\n- x', true],
])('takes %j for a text: %s', (text, expected) => {
  expect(isInline(text)).toBe(expected)
})
