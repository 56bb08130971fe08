import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import {
  parseRemoteUrl,
  printUrl,
  type RemoteUrl,
  sameRepository,
} from '../../../src/transport/address/remote-url.ts'

function parse(text: string, platform: NodeJS.Platform = 'linux'): RemoteUrl {
  return parseRemoteUrl(text, 'destination', platform)
}

function refusal(text: string, platform: NodeJS.Platform = 'linux'): MirrorError {
  try {
    parseRemoteUrl(text, 'destination', platform)
  } catch (error) {
    if (error instanceof MirrorError) return error
    throw error
  }
  throw new Error(`taken: ${text}`)
}

describe('https and http', () => {
  it('keeps path and query as they are given', () => {
    const url = parse(' https://Git.Example.COM/a/b.git/?token=1 ')
    expect(url).toMatchObject({ scheme: 'https', host: 'git.example.com', port: undefined })
    expect(url).toHaveProperty('url.href', 'https://git.example.com/a/b.git/?token=1')
    expect(parse('http://[2001:db8::1]:8080/x')).toMatchObject({ host: '2001:db8::1', port: 8080 })
  })

  it('[F17] takes user and password out of the address, decoded', () => {
    const url = parse('https://us%40er:p%C3%A4ss%3A%2F@example.com/x.git')
    expect(url).toMatchObject({ username: 'us@er', password: 'päss:/' })
    expect(url).toHaveProperty('url.href', 'https://example.com/x.git')
    expect(printUrl(url)).toBe('https://example.com/x.git')
    expect(parse('https://example.com/x.git')).not.toHaveProperty('username')
  })

  it('takes an @ in a path for one, where no password can be meant', () => {
    for (const text of [
      'https://host/@scope/x',
      'https://me@host/a@b/x',
      'https://host:8443/a%40b/x',
      'https://me:pw@host/a%40b/x',
      'https://[::1]:8443/@scope/x',
      'ssh://git@host:2222/a@b/x',
    ]) {
      expect(decodeURIComponent(printUrl(parse(text))), text).toMatch(/\/(@scope|a@b)\/x$/)
    }
  })

  it('prints no query, for it may hold a secret', () => {
    expect(printUrl(parse('https://example.com:8443/x?private_token=secret'))).toBe(
      'https://example.com:8443/x?…',
    )
  })
})

describe('ssh', () => {
  it.each([
    ['git@host:path/x.git', 'git', 'host', 22, 'path/x.git'],
    ['host:x', 'git', 'host', 22, 'x'],
    ['me@Host.Example:/abs/x', 'me', 'host.example', 22, '/abs/x'],
    ['me@corp.example@host:x', 'me@corp.example', 'host', 22, 'x'],
    ['host:~/x', 'git', 'host', 22, '~/x'],
    ['host:/~user/x', 'git', 'host', 22, '~user/x'],
    ['host:a%20b', 'git', 'host', 22, 'a%20b'],
    ['[::1]:x', 'git', '::1', 22, 'x'],
    ['me@[fe80::1%eth0]:x', 'me', 'fe80::1%eth0', 22, 'x'],
    ['[me@host:2222]:x', 'me', 'host', 2222, 'x'],
    ['git@ssh.dev.azure.com:v3/org/a project/x', 'git', 'ssh.dev.azure.com', 22, 'v3/org/a project/x'],
    ['host:@scope/x', 'git', 'host', 22, '@scope/x'],
  ])('[J7] reads the short form %s', (text, user, host, port, path) => {
    expect(parse(text)).toEqual({ scheme: 'ssh', user, host, port, path })
  })

  it.each([
    ['ssh://host/x', 'git', 'host', 22, '/x'],
    ['ssh://me@host:2222/srv/x.git', 'me', 'host', 2222, '/srv/x.git'],
    ['ssh://me@[::1]:2222/x', 'me', '::1', 2222, '/x'],
    ['ssh://host/~user/x', 'git', 'host', 22, '~user/x'],
    ['ssh://host/~/x', 'git', 'host', 22, '~/x'],
    ["git+ssh://host/it's%20here", 'git', 'host', 22, "/it's here"],
    ['SSH://Me@host:/x', 'Me', 'host', 22, '/x'],
  ])('[J7] reads %s, with the slash and without the one before a tilde', (text, user, host, port, path) => {
    expect(parse(text)).toEqual({ scheme: 'ssh', user, host, port, path })
  })
})

describe('git, file and paths', () => {
  it('reads git://', () => {
    expect(parse('git://host/a%20b')).toEqual({ scheme: 'git', host: 'host', port: 9418, path: '/a b' })
    expect(parse('git://[::1]:99/~u/x')).toEqual({ scheme: 'git', host: '::1', port: 99, path: '~u/x' })
  })

  it.each([
    ['/srv/x', 'linux', '/srv/x'],
    ['/srv/a:b', 'linux', '/srv/a:b'],
    ['file:///srv/a%20b%25', 'linux', '/srv/a b%'],
    ['file://localhost/x', 'darwin', '/x'],
    ['C:\\Git\\x', 'win32', 'C:\\Git\\x'],
    ['c:/Git/x', 'win32', 'c:/Git/x'],
    ['\\\\server\\share\\x', 'win32', '\\\\server\\share\\x'],
    ['file:///C:/Git/x', 'win32', 'C:/Git/x'],
    ['file://server/share/x', 'win32', '\\\\server\\share\\x'],
  ] as const)('takes %s on %s', (text, platform, path) => {
    expect(parse(text, platform)).toEqual({ scheme: 'file', path })
  })
})

describe('what is refused', () => {
  it.each([
    ['', 'is empty'],
    ['  ', 'is empty'],
    ['ext::sh -c id', 'remote helper (ext::)'],
    ['fd::7', 'remote helper'],
    ['-oProxyCommand=id', "begins with '-'"],
    ['-oProxyCommand=id:x', "begins with '-'"],
    ['ssh://-oProxyCommand=id/x', "host name that begins with '-'"],
    ['ssh://%2DoProxyCommand=id/x', "host name that begins with '-'"],
    ['ssh://-oProxyCommand=id@host/x', "user name that begins with '-'"],
    ['host:-x', "path that begins with '-'"],
    ['[-oProxyCommand=id]:x', "host name that begins with '-'"],
    ['git://-host/x', "host name that begins with '-'"],
    ['https://-host/x', "host name that begins with '-'"],
    ['ssh://host/a%0Ab', 'line break'],
    ['host:a\nb', 'line break'],
    ['/a\0b', 'control character'],
    ['git://host/a%00b', 'control character'],
    ['file:///a%1bb', 'control character'],
    ['https://u%0a:p@host/x', 'line break'],
    ['https://host/a\ud800', 'half a character'],
    ['ssh://\udc00@host/x', 'half a character'],
    ['[@[host]:x', 'user name with a bracket'],
    ['ssh://%5Bme@host/x', 'user name with a bracket'],
    ['ssh://host/%zz', "'%' that begins no percent-encoding"],
    ['ssh://host', 'no path'],
    ['ssh://host/', 'no path'],
    ['host:', 'no path'],
    ['/', 'no path'],
    ['ssh:///x', 'no host name'],
    ['https:///host/x', 'no host name'],
    ['https://', 'not a readable https address'],
    ['ssh://ho st/x', 'host name that cannot be read'],
    ['ssh://host:0/x', 'port'],
    ['ssh://host:99999/x', 'port'],
    ['git://host:x/y', 'port'],
    ['git://me@host/x', 'git:// knows none'],
    ['ssh://me:secret@host/x', 'use a key'],
    ['me:secret@host/x', 'write https:// before it'],
    ['me:sec/secret@host/x', 'write https:// before it'],
    ['me:12/secret@host/x', 'write https:// before it'],
    ['https:/me:secret@host/x', 'write https:// before it'],
    ['https:me:secret@host/x', 'write https:// before it'],
    ['//me:secret@host/x', 'no scheme: write https:// before it'],
    ['//secret@host/x', 'no scheme: write https:// before it'],
    ['//me:12/secret@host/x', 'no scheme: write https:// before it'],
    ['https://me:12/secret@host/x', 'write %2F'],
    ['https://me:/secret@host/x', 'write %2F'],
    ['https://me:12\\secret@host/x', 'write %2F'],
    ['https://me:12?secret@host/x', 'write %2F'],
    ['https://me:a@12/secret@host/x', 'write %2F'],
    ['ssh://me:12/secret@host/x', 'write %2F'],
    ['git://me:12/secret@host/x', 'write %2F'],
    ['htps://me:secret@host/x', 'htps://, which is not spoken here'],
    ['ftp://host/x', 'ftp://'],
    ['https://host/x#readme', 'fragment'],
    ['https://me:sec/ret@host/x', 'not a readable https address'],
    ['owner/name', 'https://github.com/owner/name'],
    ['./x', 'relative path'],
    ['../x', 'relative path'],
    ['~/x', 'relative path'],
    ['C:\\x', 'Windows'],
    ['file://server/x', 'names a host'],
    ['x', 'no address'],
  ])('[J7] refuses %j and says why', (text, why) => {
    const error = refusal(text)
    expect(error).toMatchObject({ code: 'usage', retryable: false })
    expect(error.message).toMatch(/^destination /)
    expect(error.message).toContain(why)
    expect(error.message + error.hint).not.toContain('secret')
    for (const form of ['https://', 'ssh://', 'user@host:path', 'git://', 'file:///']) {
      expect(error.hint).toContain(form)
    }
  })
})

describe('printUrl', () => {
  it.each([
    'https://example.com/x.git',
    'http://[::1]:8080/a%20b',
    'git@host:a b/x',
    'git@[::1]:x',
    '[me@host:2222]:x',
    'git@host:~/x',
    'ssh://git@host/srv/x',
    'ssh://git@[::1]:2222/~user/x',
    'git://host:99/x',
    'git://host:99/a%40b',
    '/srv/it is/x',
    'git@[fe80::1%eth0]:x',
    'ssh://git@[fe80::1%25eth0]/srv/x',
    'git://[fe80::1%25eth0]:99/x',
  ])('prints %s as it was', (text) => {
    expect(printUrl(parse(text))).toBe(text)
  })

  it('prints what is read as the same address again', () => {
    const name = fc.stringMatching(/^[\w~.@ '%ü#?"!$&+]{1,8}$/)
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'))
    const host = fc.constantFrom('host', 'a.example', '::1')
    const port = fc.constantFrom(22, 2222)
    fc.assert(
      fc.property(fc.constantFrom('/', ''), path, host, port, (slash, rest, name, number) => {
        const before = name === '::1' ? `[${name}]` : number === 22 ? name : `[${name}:${number}]`
        let url: RemoteUrl
        try {
          url = parse(`me@${before}:${slash}${rest}`.trim())
        } catch {
          return
        }
        expect(parse(printUrl(url))).toEqual(url)
      }),
    )
  })
})

describe('sameRepository', () => {
  it.each([
    ['https://Example.com/a/x.git', 'https://example.com:443/a/x/', true],
    ['https://a:b@example.com/x', 'https://example.com/x.git', true],
    ['https://example.com/x?a=1', 'https://example.com/x?a=2', false],
    ['https://example.com/X', 'https://example.com/x', false],
    ['http://example.com/x', 'https://example.com/x', false],
    ['git@Host:a/x.git', 'ssh://git@host:22/a/x', true],
    ['git@host:a/x', 'me@host:a/x', false],
    ['ssh://host:23/a', 'ssh://host/a', false],
    ['git://host/x', 'git://host:9418/x.git', true],
    ['/srv/x', 'file:///srv/x/', true],
    ['/srv/x/.git', '/srv/x', true],
    ['/srv/x', '/srv/y', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(sameRepository(parse(a), parse(b))).toBe(same)
    expect(sameRepository(parse(b), parse(a))).toBe(same)
  })
})

describe('what is nearly an address', () => {
  it.each([
    ['ssh://::1/x', 'write [::1]'],
    ['ssh://git@::1/x', 'write [::1]'],
    ['ssh://git@2001:db8::1:2/x', 'write [2001:db8::1:2]'],
    ['git://::1/x', 'write [::1]'],
    ['http://::1/x', 'write [::1]'],
    ['https://me:secret@fe80::1/x', 'write [fe80::1]'],
  ])('%s', (text, remedy) => {
    const { message } = refusal(text)
    expect(message).toContain('an IPv6 address without brackets')
    expect(message).toContain(remedy)
    expect(message).not.toContain('secret')
  })

  it('tells an empty password from none', () => {
    expect(parse('https://TOKEN:@example.com/x')).toMatchObject({ username: 'TOKEN', password: '' })
    expect(parse('https://TOKEN@example.com/x')).not.toHaveProperty('password')
    expect(printUrl(parse('https://TOKEN:@example.com/x'))).toBe('https://example.com/x')
  })
})
