import { expect, it } from 'vitest'
import { builtinKnownHosts } from '../../../src/transport/ssh-keys/builtin-hosts.ts'
import { judgeHostKey } from '../../../src/transport/ssh-keys/check-host-key.ts'
import { matchesHost } from '../../../src/transport/ssh-keys/known-hosts.ts'
import { fingerprint } from '../../../src/transport/ssh-keys/wire.ts'

/** What each host publishes, and where. */
const PUBLISHED: Readonly<
  Record<string, { readonly page: string; readonly fingerprints: Readonly<Record<string, string>> }>
> = {
  'github.com': {
    page: 'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints',
    fingerprints: {
      'ssh-ed25519': 'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU',
      'ecdsa-sha2-nistp256': 'SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM',
      'ssh-rsa': 'SHA256:uNiVztksCsDhcc0u9e8BujQXVUpKZIDTMczCvj3tD2s',
    },
  },
  'gitlab.com': {
    page: 'https://docs.gitlab.com/user/gitlab_com/#ssh-host-keys-fingerprints',
    fingerprints: {
      'ssh-ed25519': 'SHA256:eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8',
      'ecdsa-sha2-nistp256': 'SHA256:HbW3g8zUjNSksFbqTiUWPWg2Bq1x8xdGUrliXFzSnUw',
      'ssh-rsa': 'SHA256:ROQFvPThGrW4RuWLoL9tq9I9zJ42fK4XywyRtbOz/EQ',
    },
  },
  'bitbucket.org': {
    page: 'https://support.atlassian.com/bitbucket-cloud/docs/configure-ssh-and-two-step-verification/',
    fingerprints: {
      'ssh-ed25519': 'SHA256:ybgmFkzwOSotHTHLJgHO0QN8L0xErw6vd0VhFA9m3SM',
      'ecdsa-sha2-nistp256': 'SHA256:FC73VB6C4OQLSCrjEayhMp9UMxS97caD/Yyi2bhW/J0',
      'ssh-rsa': 'SHA256:46OSHA1Rmj8E8ERTC6xkNcmGOw9oFxYr0WF6zWW8l1E',
    },
  },
  'codeberg.org': {
    page: 'https://docs.codeberg.org/security/ssh-fingerprint/',
    fingerprints: {
      'ssh-ed25519': 'SHA256:mIlxA9k46MmM6qdJOdMnAQpzGxF4WIVVL+fj+wZbw0g',
      'ecdsa-sha2-nistp256': 'SHA256:T9FYDEHELhVkulEKKwge5aVhVTbqCW0MIRwAfpARs/E',
      'ssh-rsa': 'SHA256:6QQmYi4ppFS4/+zSZ5S4IU+4sa6rwvQ4PbhCtPEBekQ',
    },
  },
  'ssh.dev.azure.com': {
    // Shown to who is logged in: User settings, SSH public keys. Compared with copies that agree, such as
    // https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/
    page: 'https://learn.microsoft.com/azure/devops/repos/git/use-ssh-keys-to-authenticate',
    fingerprints: { 'ssh-rsa': 'SHA256:ohD8VZEXGWo6Ez8GSEJQ9WpafgLFsOfLOtGGQCQo6Og' },
  },
  'git.sr.ht': {
    page: 'https://man.sr.ht/git.sr.ht/#ssh-host-keys',
    fingerprints: {
      'ssh-ed25519': 'SHA256:WXXNZu0YyoE3KBl5qh4GsnF1vR0NeEPYJAiPME+P09g',
      'ecdsa-sha2-nistp256': 'SHA256:1nUUjsHH0qwfjI3dYFWlXTjPUP/Un1oo6wfu9YL8tCQ',
      'ssh-rsa': 'SHA256:rvz/I0S1T/9If9+/CU0HDTF8AV4MPu5Gkkxsb7vUTH4',
    },
  },
}

it.each(Object.entries(PUBLISHED))(
  'holds the keys that %s publishes, and no other',
  (host, { page, fingerprints }) => {
    expect(page).toMatch(/^https:/)
    const entries = builtinKnownHosts().filter(({ hosts }) => matchesHost(hosts, host))
    expect(Object.fromEntries(entries.map(({ type, key }) => [type, fingerprint(key)]))).toEqual(fingerprints)
    for (const { key } of entries) {
      expect(judgeHostKey(builtinKnownHosts(), { host, port: 22 }, key).kind).toBe('known')
    }
  },
)

it('holds keys of these hosts only', () => {
  const hosts = new Set(builtinKnownHosts().map((entry) => entry.hosts.split(',')[0]!))
  expect([...hosts]).toEqual(Object.keys(PUBLISHED))
})

it('knows the doors beside port 22', () => {
  const key = builtinKnownHosts().find(({ hosts }) => matchesHost(hosts, 'github.com'))!.key
  expect(judgeHostKey(builtinKnownHosts(), { host: 'ssh.github.com', port: 443 }, key).kind).toBe('known')
})

it('does not vouch for a host that looks like one of them', () => {
  const key = builtinKnownHosts()[0]!.key
  for (const host of ['github.com.example', 'xgithub.com', 'gist.github.com', 'example.com']) {
    expect(judgeHostKey(builtinKnownHosts(), { host, port: 22 }, key).kind).toBe('unknown')
  }
})
