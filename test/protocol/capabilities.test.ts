import { describe, expect, it } from 'vitest'
import {
  agentValue,
  agentWord,
  encodeCommandHead,
  featuresOf,
  NO_CAPABILITIES,
  notOffered,
  parseCapabilities,
} from '../../src/protocol/capabilities.ts'

describe('parseCapabilities', () => {
  it('[B10] matches whole words', () => {
    const capabilities = parseCapabilities(['side-band-64k', 'multi_ack_detailed', 'report-status-v2'])
    expect(capabilities.has('side-band-64k')).toBe(true)
    for (const part of ['side-band', 'multi_ack', 'report-status', 'band', '']) {
      expect(capabilities.has(part)).toBe(false)
    }
  })

  it('[B10] keeps every value of a repeated name, and the first one as the value', () => {
    const capabilities = parseCapabilities([
      'symref=HEAD:refs/heads/main',
      'symref=refs/x:refs/y',
      'agent=git/2',
    ])
    expect(capabilities.values('symref')).toEqual(['HEAD:refs/heads/main', 'refs/x:refs/y'])
    expect(capabilities.value('symref')).toBe('HEAD:refs/heads/main')
    expect(capabilities.names).toEqual(['symref', 'agent'])
  })

  it('splits at the first equals sign and keeps spaces of v2 values', () => {
    const capabilities = parseCapabilities([
      'fetch=shallow wait-for-done',
      'odd=a=b',
      'empty=',
      'bare',
      '=value',
    ])
    expect(capabilities.value('fetch')).toBe('shallow wait-for-done')
    expect(capabilities.value('odd')).toBe('a=b')
    expect(capabilities.value('empty')).toBe('')
    expect(capabilities.value('')).toBe('value')
    expect(capabilities.value('bare')).toBeUndefined()
    expect(capabilities.has('bare')).toBe(true)
    expect(capabilities.values('nothing')).toEqual([])
  })

  it('[B3] takes a leading space for no capability', () => {
    expect(parseCapabilities(' multi_ack thin-pack'.split(' ')).names).toEqual(['multi_ack', 'thin-pack'])
  })

  it('has nothing where a server said nothing', () => {
    expect(NO_CAPABILITIES.names).toEqual([])
    expect(NO_CAPABILITIES.has('agent')).toBe(false)
  })
})

describe('agentValue', () => {
  it.each(['1.0.0', '1.0.0-rc.1+build 7', 'a=b c', 'ü\n\x07', ''])(
    '[B9] is printable ASCII without space and equals sign for the version %j',
    (version) => {
      expect(agentValue(version)).toMatch(/^git\/kalandra-[\x21-\x3c\x3e-\x7e]*$/)
    },
  )

  it('[F9] begins with git/', () => {
    expect(agentValue('1.2.3')).toBe('git/kalandra-1.2.3')
    expect(agentValue('1.0.0-rc.1+build 7=8')).toBe('git/kalandra-1.0.0-rc.1+build-7-8')
  })

  it('[B8] is sent only where the server named an agent too', () => {
    expect(agentWord(parseCapabilities(['agent=git/2.39.5']), 'git/kalandra-1')).toEqual([
      'agent=git/kalandra-1',
    ])
    expect(agentWord(NO_CAPABILITIES, 'git/kalandra-1')).toEqual([])
    expect(agentWord(parseCapabilities(['agent=git/2.39.5']), '')).toEqual([])
  })
})

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
