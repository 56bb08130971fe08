import { describe, expect, it } from 'vitest'
import { parseCapabilities } from '../../src/protocol/capabilities.ts'
import { encodeCommandHead, featuresOf, notOffered } from '../../src/protocol/v2-command.ts'

const agent = 'git/kalandra-1'

function head(words: readonly string[], format: 'sha1' | 'sha256' = 'sha1'): string {
  const capabilities = parseCapabilities(words)
  return Buffer.from(encodeCommandHead('fetch', { capabilities, format, agent })).toString()
}

describe('encodeCommandHead', () => {
  it('[B8] names agent and object-format only where the server did', () => {
    expect(head(['fetch'])).toBe('0012command=fetch\n0001')
    expect(head(['fetch', 'agent=x'])).toBe('0012command=fetch\n0019agent=git/kalandra-1\n0001')
    expect(head(['fetch', 'object-format=sha1'])).toBe('0012command=fetch\n0017object-format=sha1\n0001')
  })

  it('[I3] names SHA-256 in every request', () => {
    expect(head(['fetch', 'object-format=sha256'], 'sha256')).toContain('object-format=sha256\n')
  })

  it('[B21] asks for nothing else that a server may offer', () => {
    const words = [
      'session-id=1',
      'server-option',
      'object-info',
      'bundle-uri',
      'promisor-remote=x',
      'sideband-all',
    ]
    expect(head(['fetch', ...words])).toBe('0012command=fetch\n0001')
  })

  it('[B8] refuses a command that is not offered', () => {
    expect(() => head(['ls-refs'])).toThrow(expect.objectContaining({ code: 'protocol' }))
  })
})

describe('featuresOf', () => {
  it('[B10] are whole words of the value', () => {
    const capabilities = parseCapabilities(['fetch=shallow wait-for-done', 'ls-refs'])
    expect([...featuresOf('fetch', capabilities)]).toEqual(['shallow', 'wait-for-done'])
    expect([...featuresOf('ls-refs', capabilities)]).toEqual([])
    expect(featuresOf('fetch', capabilities).has('wait')).toBe(false)
  })
})

describe('notOffered', () => {
  it('says what is missing', () => {
    expect(notOffered('wait-for-done').message).toBe('the server does not offer wait-for-done')
  })
})
