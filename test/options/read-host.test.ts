import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import type { OptionValues } from '../../src/options/names.ts'
import { readApp, readHost, usesHost } from '../../src/options/read-host.ts'
import type { ValueReader } from '../../src/options/values.ts'

function readerOf(values: OptionValues): ValueReader {
  return { values, label: (name) => `--${name}` }
}

function refusal(read: () => unknown): Pick<MirrorError, 'message' | 'hint'> {
  try {
    read()
  } catch (error) {
    if (error instanceof MirrorError && error.code === 'usage')
      return { message: error.message, hint: error.hint }
    throw error
  }
  throw new Error('nothing was refused')
}

describe('what is to be done at a host', () => {
  it('is nothing by default, and then its API is never asked', () => {
    const host = readHost(readerOf({}))
    expect(host).toEqual({
      create: undefined,
      defaultBranch: { kind: 'keep' },
      allowForce: false,
      kind: undefined,
      api: undefined,
    })
    expect(usesHost(host)).toBe(false)
    expect(usesHost(readHost(readerOf({ 'host-kind': 'gitea', 'host-api': 'https://h/api' })))).toBe(false)
  })

  it('is what the options ask for, each by itself', () => {
    const cases: readonly (readonly [OptionValues, object])[] = [
      [{ create: 'private' }, { create: 'private' }],
      [{ 'default-branch': 'source' }, { defaultBranch: { kind: 'source' } }],
      [{ 'default-branch': 'stable' }, { defaultBranch: { kind: 'name', name: 'stable' } }],
      [{ 'default-branch': 'refs/heads/a/b' }, { defaultBranch: { kind: 'name', name: 'a/b' } }],
      [{ 'default-branch': 'x/refs/heads/b' }, { defaultBranch: { kind: 'name', name: 'x/refs/heads/b' } }],
      [{ protected: 'allow-force' }, { allowForce: true }],
    ]
    for (const [values, expected] of cases) {
      const host = readHost(readerOf(values))
      expect(host).toMatchObject(expected)
      expect(usesHost(host)).toBe(true)
    }
    expect(readHost(readerOf({ 'host-kind': 'gitea' })).kind).toBe('gitea')
    const implied = { kind: 'source', isImplied: true } as const
    expect(usesHost({ ...readHost(readerOf({})), defaultBranch: implied })).toBe(false)
  })

  it.each(['feature/*', 'a:b', '+x', '^x', '!x', 'a b', 'refs/heads/', 'x..y'])(
    'is no default branch: %s',
    (text) => {
      expect(refusal(() => readHost(readerOf({ 'default-branch': text })))).toEqual({
        message: `--default-branch: "${text}" is no name of a branch`,
        hint: 'Write keep, source, or a branch such as main.',
      })
    },
  )
})

describe('the address of an API', () => {
  it.each(['https://git.example.org/api/v4', 'http://localhost:3000/api/v1'])(
    'is taken as it is: %s',
    (api) => {
      expect(readHost(readerOf({ 'host-api': api })).api).toBe(api)
    },
  )

  it.each([
    'git.example.org/api',
    'ssh://git@h/x',
    'ftp://h/x',
    'https://me@h/api',
    'https://:word@h/api',
    'https://h/api?token=x',
    'https://h/api#x',
    'nothing',
  ])('is refused, and not quoted: %s', (text) => {
    expect(refusal(() => readHost(readerOf({ 'host-api': text })))).toEqual({
      message: '--host-api: is no https address, or holds a login, a query or a fragment',
      hint: 'Write the base address of the API alone, such as https://git.example.org/api/v4.',
    })
  })
})

describe('a GitHub App', () => {
  const ID_HINT = 'Write the client id (Iv23…) or the App id, as the settings of the App show it.'

  it('is its id and its key, or none', () => {
    expect(readApp(readerOf({}))).toBeUndefined()
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    for (const id of ['123456', 'Iv23.li-x_y', 'x'.repeat(100)]) {
      const app = readApp(readerOf({ 'app-id': id, 'app-private-key': privateKey }))
      expect({ ...app, privateKey: app?.privateKey.trim() }).toEqual({ id, privateKey: privateKey.trim() })
    }
  })

  it('needs both', () => {
    expect(refusal(() => readApp(readerOf({ 'app-private-key': 'key' })))).toEqual({
      message: '--app-id: is empty, and there is a key of an App',
      hint: ID_HINT,
    })
    expect(refusal(() => readApp(readerOf({ 'app-id': '1', 'app-private-key': 'key' })))).toEqual({
      message: '--app-private-key: is no private key of a GitHub App',
      hint: 'Paste the whole .pem file, from -----BEGIN RSA PRIVATE KEY----- on.',
    })
    expect(refusal(() => readApp(readerOf({ 'app-id': '1' })))).toEqual({
      message: '--app-private-key: is empty, and there is an App',
      hint: 'Give the private key that the settings of the App make, as text.',
    })
  })

  it.each(['a b', '-----BEGIN!', 'x y', '!x', 'x!', 'x'.repeat(101)])('has no such id: %s', (id) => {
    const { message, hint } = refusal(() => readApp(readerOf({ 'app-id': id, 'app-private-key': 'key' })))
    expect(message).toMatch(/^--app-id: ".+" is no id of an App$/)
    expect(hint).toBe(ID_HINT)
  })
})
