import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostForm, matchesHost, parseKnownHosts } from '../../../src/transport/ssh-keys/known-hosts.ts'
import { makeKey } from '../../support/sshd-keys.ts'
import { makeTempFolder, type TempFolder } from '../../support/temp.ts'

const run = promisify(execFile)
const STRICT = { name: 'ssh-known-hosts', strict: true }
let folder: TempFolder
let key: string
beforeAll(async () => {
  folder = await makeTempFolder()
  key = (await makeKey(folder.path, 'host')).publicKey
})
afterAll(() => folder[Symbol.asyncDispose]())

it('reads lines, markers, comments and blank lines', () => {
  const text = [
    '# github.com:22 SSH-2.0-babeld',
    '',
    `a.example,b.example ${key} a comment`,
    `\t@revoked * ${key}`,
    `@cert-authority *.example ${key}`,
  ].join('\r\n')
  const [type] = key.split(' ')
  expect(parseKnownHosts(text, STRICT)).toEqual([
    expect.objectContaining({ marker: undefined, hosts: 'a.example,b.example', type, line: 3 }),
    expect.objectContaining({ marker: 'revoked', hosts: '*', line: 4 }),
    expect.objectContaining({
      marker: 'cert-authority',
      hosts: '*.example',
      line: 5,
      source: 'ssh-known-hosts',
    }),
  ])
})

it('reads lines that a secret has put in one', () => {
  expect(parseKnownHosts(`a ${key}\\nb ${key}`, STRICT).map(({ hosts }) => hosts)).toEqual(['a', 'b'])
  expect(parseKnownHosts(`a ${key}\rb ${key}\r`, STRICT).map(({ hosts }) => hosts)).toEqual(['a', 'b'])
})

it.each([
  ['example.com', 'it is not "host type key"'],
  ['KEY', 'it begins with the key: the host name is missing before it'],
  ['@wrong example.com KEY', 'its marker is neither @cert-authority nor @revoked'],
  ['example.com ssh-ed25519 AAAA', 'its third field is not a key of the type in the second'],
  ['example.com ssh-rsa BASE64', 'its third field is not a key of the type in the second'],
  ['example.com 1024 65537 1234', 'its third field is not a key of the type in the second'],
])('refuses %j with its number', (line, what) => {
  const text = `example.com ${key}\n${line.replace('KEY', key).replace('BASE64', key.split(' ')[1]!)}\n`
  expect(() => parseKnownHosts(text, STRICT)).toThrow(
    expect.objectContaining({
      code: 'usage',
      message: `ssh-known-hosts, line 2, cannot be used: ${what}`,
    }),
  )
  expect(parseKnownHosts(text, { ...STRICT, strict: false })).toHaveLength(1)
})

it('writes the host as known_hosts does', () => {
  expect(hostForm('Example.COM', 22)).toBe('example.com')
  expect(hostForm('example.com', 2222)).toBe('[example.com]:2222')
  expect(hostForm('::1', 22)).toBe('::1')
  expect(hostForm('::1', 2222)).toBe('[::1]:2222')
})

it.each([
  ['example.com', 'example.com', true],
  ['EXAMPLE.com', 'example.com', true],
  ['example.com', 'example.com.evil', false],
  ['example.com', 'xexample.com', false],
  ['a,b,c', 'c', true],
  ['*', 'anything', true],
  ['*', '', true],
  ['*.example.com', 'a.b.example.com', true],
  ['*.example.com', 'example.com', false],
  ['?.example.com', 'a.example.com', true],
  ['?.example.com', 'ab.example.com', false],
  ['a*b*c', 'aXXbYYc', true],
  ['a*b*c', 'aXXcYYb', false],
  ['*a', 'aab', false],
  ['[*.example.com]:2222', '[a.example.com]:2222', true],
  ['[*.example.com]:*', '[a.example.com]:2222', true],
  ['*.example.com,!bad.example.com', 'good.example.com', true],
  ['*.example.com,!bad.example.com', 'bad.example.com', false],
  ['!bad.example.com,*.example.com', 'bad.example.com', false],
  ['!bad.example.com', 'good.example.com', false],
  ['example.(com)', 'example.(com)', true],
  ['exam.le', 'example', false],
])('matches %j against %j: %s', (hosts, name, matched) => {
  expect(matchesHost(hosts, name)).toBe(matched)
})

it('matches names that ssh-keygen has hashed', async () => {
  const path = join(folder.path, 'known_hosts')
  await writeFile(path, `example.com ${key}\n[example.com]:2222 ${key}\n`)
  await run('ssh-keygen', ['-q', '-H', '-f', path])
  const entries = parseKnownHosts(await readFile(path, 'utf8'), STRICT)
  expect(entries.map(({ hosts }) => hosts.slice(0, 3))).toEqual(['|1|', '|1|'])
  const matching = (name: string): number[] =>
    entries.filter(({ hosts }) => matchesHost(hosts, name)).map(({ line }) => line)
  expect(matching('example.com')).toEqual([1])
  expect(matching('[example.com]:2222')).toEqual([2])
  expect(matching('example.org')).toEqual([])
})

it('does not match hashes that are none', () => {
  for (const hosts of ['|1|', '|1||', '|2|c2FsdA==|aGFzaA==', '|1|c2FsdA==|aGFzaA==', '|']) {
    expect(matchesHost(hosts, 'example.com')).toBe(false)
  }
})

it('does not take long over a pattern of many stars', () => {
  expect(matchesHost(`${'*a'.repeat(2_000)}b`, 'a'.repeat(10_000))).toBe(false)
})
