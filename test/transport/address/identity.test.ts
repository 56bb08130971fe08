import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalHost, identity } from '../../../src/transport/address/identity.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'

function identify(text: string): string {
  return identity(parseRemoteUrl(text, 'source', 'linux'))
}

const SAME: readonly (readonly [one: string, other: string])[] = [
  ['https://github.com/acme/app', 'https://github.com/acme/app.git'],
  ['https://github.com/acme/app', 'https://github.com/acme/app/'],
  ['https://github.com/acme/app.git/', 'https://github.com//acme//app'],
  ['https://github.com/acme/app', 'http://github.com/acme/app'],
  ['https://github.com:443/acme/app', 'git@github.com:acme/app.git'],
  ['https://github.com/acme/app', 'ssh://git@github.com:22/acme/app.git'],
  ['https://github.com/acme/app', 'ssh://git@ssh.github.com:443/acme/app.git'],
  ['https://www.github.com/acme/app', 'git://github.com:9418/acme/app.git'],
  ['https://GitHub.com/Acme/App', 'git@github.com:acme/app'],
  ['https://me@github.com/acme/app', 'https://you:secret99@github.com/acme/app.git'],
  ['https://github.com/acme/app?token=abcdefgh', 'https://github.com/acme/app'],
  ['https://github.com/acme/%61pp', 'https://github.com/acme/app'],
  ['https://octo.ghe.com/Acme/app', 'git@octo.ghe.com:acme/APP.git'],
  ['https://gitlab.com/group/sub/app', 'ssh://git@altssh.gitlab.com:443/group/sub/app.git'],
  ['https://gitlab.com/Group/App.git', 'git@gitlab.com:group/app.git'],
  ['https://bitbucket.org/team/app', 'ssh://git@altssh.bitbucket.org:443/team/app.git'],
  ['https://codeberg.org/me/App', 'git@codeberg.org:me/app.git'],
  ['https://dev.azure.com/org/proj/_git/app', 'git@ssh.dev.azure.com:v3/org/proj/app'],
  ['https://org@dev.azure.com/org/proj/_git/app', 'https://org.visualstudio.com/proj/_git/app'],
  [
    'https://org.visualstudio.com/DefaultCollection/proj/_git/app',
    'org@vs-ssh.visualstudio.com:v3/org/proj/app',
  ],
  ['https://dev.azure.com/Org/My%20Proj/_git/App', 'git@ssh.dev.azure.com:v3/org/My Proj/app'],
  ['https://dev.azure.com/org/_git/app', 'https://dev.azure.com/org/app/_git/app'],
  ['https://git.example.org/team/app', 'ssh://git@git.example.org:2222/team/app.git'],
  ['https://git.example.org./team/app', 'git@GIT.example.org:/team/app.git'],
  ['https://bitbucket.example.org/scm/proj/app.git', 'ssh://git@bitbucket.example.org:7999/proj/app.git'],
  ['https://b\u00fccher.example/x/y', 'git@xn--bcher-kva.example:x/y.git'],
  ['https://[2001:DB8::1]/x/y', 'ssh://git@[2001:db8::1]/x/y'],
  ['file:///srv/git/app.git', '/srv/git/app.git/'],
  ['/srv/git/app/.git', '/srv/git/app'],
]

const OTHER: readonly (readonly [one: string, other: string])[] = [
  ['https://github.com/acme/app', 'https://github.com/acme/app2'],
  ['https://github.com/acme/app', 'https://gitlab.com/acme/app'],
  ['https://github.com/acme/app', 'https://github.com.evil.example/acme/app'],
  ['https://github.com/acme/app', 'https://evilgithub.com/acme/app'],
  ['https://gitlab.com/group/app', 'https://gitlab.com/group/sub/app'],
  ['https://git.example.org/team/App', 'https://git.example.org/team/app'],
  ['https://git.example.org/team/app', 'https://git.example.org:8443/team/app'],
  ['ssh://git@127.0.0.1:2222/x', 'ssh://git@127.0.0.1:2223/x'],
  ['ssh://git@localhost:2222/x', 'ssh://git@localhost/x'],
  ['http://[::1]:3000/x', 'http://[::1]:3001/x'],
  ['https://dev.azure.com/org/proj/_git/app', 'https://dev.azure.com/org/other/_git/app'],
  ['https://dev.azure.com/org/proj/_git/app', 'https://other.visualstudio.com/proj/_git/app'],
  ['https://github.com/acme/app.git.git', 'https://github.com/acme/app'],
  ['https://github.com/acme/app.wiki.git', 'https://github.com/acme/app.git'],
  ['/srv/git/app', '/srv/git/App'],
  ['/srv/git/app', 'https://srv/git/app'],
]

describe('identity', () => {
  it.each(SAME)('takes %s and %s for one repository', (one, other) => {
    expect(identify(one)).toBe(identify(other))
  })

  it.each(OTHER)('tells %s from %s', (one, other) => {
    expect(identify(one)).not.toBe(identify(other))
  })

  it('reads well and holds no login and no query', () => {
    expect(identify('https://me:hunter22@github.com/Acme/App.git?private_token=abcdefgh')).toBe(
      'github.com/acme/app',
    )
    expect(identify('ssh://git@127.0.0.1:2222/x')).toBe('127.0.0.1:2222/x')
    expect(identify('git@ssh.dev.azure.com:v3/Org/Proj/App')).toBe('dev.azure.com/org/proj/app')
  })

  it('never depends on the way to a repository', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/)
    fc.assert(
      fc.property(part, part, part, (host, owner, name) => {
        const server = `${host}.example.org`
        const forms = [
          `https://${server}/${owner}/${name}`,
          `https://${server.toUpperCase()}:443/${owner}/${name}.git`,
          `git@${server}:${owner}/${name}.git`,
          `ssh://git@${server}:2222/${owner}/${name}/`,
          `git://${server}/${owner}/${name}`,
        ]
        expect(new Set(forms.map(identify)).size).toBe(1)
      }),
    )
  })
})

describe('canonicalHost', () => {
  it('gives the doors of one service one name', () => {
    expect(canonicalHost('SSH.GitHub.com')).toBe('github.com')
    expect(canonicalHost('altssh.gitlab.com.')).toBe('gitlab.com')
    expect(canonicalHost('git.example.org')).toBe('git.example.org')
  })
})
