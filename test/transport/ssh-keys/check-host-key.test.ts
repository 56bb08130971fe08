import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgeHostKey, orderHostKeyAlgorithms } from '../../../src/transport/ssh-keys/check-host-key.ts'
import { type KnownHost, parseKnownHosts } from '../../../src/transport/ssh-keys/known-hosts.ts'
import { type KeyType, makeKey } from '../../support/sshd-keys.ts'
import { makeTempFolder, type TempFolder } from '../../support/temp.ts'

let folder: TempFolder
const keys = {} as Record<KeyType | 'other', string>
beforeAll(async () => {
  folder = await makeTempFolder()
  for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
    keys[type] = (await makeKey(folder.path, type, { type })).publicKey
  }
  keys.other = (await makeKey(folder.path, 'other')).publicKey
})
afterAll(() => folder[Symbol.asyncDispose]())

const HOST = { host: 'git.example', port: 22 }
const PORT = { host: 'git.example', port: 2222 }
const lines = (text: string, name = 'ssh-known-hosts'): readonly KnownHost[] =>
  parseKnownHosts(text, { name, strict: true })
const blob = (key: string): Buffer => Buffer.from(key.split(' ')[1]!, 'base64')
const judge = (text: string, key = keys.ed25519, at = HOST): string =>
  judgeHostKey(lines(text), at, blob(key)).kind

describe('judgeHostKey', () => {
  it('knows a key that a line names', () => {
    expect(judge(`git.example ${keys.ed25519}`)).toBe('known')
    expect(judge(`git.example ${keys.other}\n*.example ${keys.ed25519}`)).toBe('known')
  })

  it('does not know a host that no line names', () => {
    expect(judge('')).toBe('unknown')
    expect(judge(`other.example ${keys.ed25519}`)).toBe('unknown')
    expect(judge(`*,!git.example ${keys.ed25519}`)).toBe('unknown')
  })

  it('says that a key has changed, with the lines that say otherwise', () => {
    const verdict = judgeHostKey(
      lines(`git.example ${keys.rsa}\ngit.example ${keys.other}`),
      HOST,
      blob(keys.ed25519),
    )
    expect(verdict).toMatchObject({ kind: 'changed', known: [{ line: 2 }] })
  })

  it('tells a key of another type from a changed one', () => {
    expect(judge(`git.example ${keys.rsa}`)).toBe('other-type')
  })

  it('lets nothing lift a revocation', () => {
    expect(judge(`git.example ${keys.ed25519}\n@revoked * ${keys.ed25519}`)).toBe('revoked')
    expect(
      judge(`@revoked git.example ${keys.ed25519}\n[git.example]:2222 ${keys.ed25519}`, keys.ed25519, PORT),
    ).toBe('revoked')
    expect(judge(`git.example ${keys.ed25519}\n@revoked * ${keys.other}`)).toBe('known')
  })

  it('does not take the key of an authority for the key of a host', () => {
    expect(judge(`@cert-authority *.example ${keys.ed25519}`)).toBe('authority')
    expect(judge(`@cert-authority *.example ${keys.other}\ngit.example ${keys.ed25519}`)).toBe('known')
  })

  it('looks for the port first, and for the name alone after', () => {
    expect(judge(`[git.example]:2222 ${keys.ed25519}`, keys.ed25519, PORT)).toBe('known')
    expect(judge(`[git.example]:2222 ${keys.ed25519}`)).toBe('unknown')
    expect(judge(`git.example ${keys.ed25519}`, keys.ed25519, PORT)).toBe('known')
    expect(judge(`git.example ${keys.other}`, keys.ed25519, PORT)).toBe('unknown')
    expect(judge(`git.example ${keys.ed25519}\n[git.example]:2222 ${keys.other}`, keys.ed25519, PORT)).toBe(
      'changed',
    )
  })
})

function order(entries: readonly KnownHost[], at = HOST): readonly string[] {
  return orderHostKeyAlgorithms(entries, at)
}

describe('orderHostKeyAlgorithms', () => {
  const REST = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521']
  // Never `ssh-rsa`, which signs with SHA-1.
  const RSA = ['rsa-sha2-512', 'rsa-sha2-256']

  it('offers everything in OpenSSH’s order where nothing is known', () => {
    expect(order([])).toEqual([...REST, ...RSA])
    expect(order(lines(`@cert-authority * ${keys.rsa}\n@revoked * ${keys.ecdsa}`))).toEqual([...REST, ...RSA])
  })

  it('puts the types of known keys first', () => {
    expect(order(lines(`git.example ${keys.rsa}`))).toEqual([...RSA, ...REST])
    expect(order(lines(`git.example ${keys.rsa}\ngit.example ${keys.ecdsa}`)).slice(0, 3)).toEqual([
      'ecdsa-sha2-nistp256',
      ...RSA,
    ])
    expect(order(lines(`git.example ${keys.rsa}`), PORT).slice(0, 2)).toEqual(RSA)
    expect(order(lines(`[git.example]:2222 ${keys.ecdsa}\ngit.example ${keys.rsa}`), PORT)[0]).toBe(
      'ecdsa-sha2-nistp256',
    )
  })

  it('puts the types of the first source before those of the next', () => {
    const entries = [
      ...lines(`git.example ${keys.rsa}`),
      ...lines(`git.example ${keys.ed25519}`, 'the built-in keys'),
    ]
    expect(order(entries).slice(0, 3)).toEqual([...RSA, 'ssh-ed25519'])
  })
})
