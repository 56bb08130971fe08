import { describe, expect, it } from 'vitest'
import { hostLimits } from '../../src/hosts/limits.ts'

const GIB = 1024 ** 3

describe('hostLimits', () => {
  it.each([
    ['github.com', 2 * GIB],
    ['GitHub.com', 2 * GIB],
    ['github.com.', 2 * GIB],
    ['ssh.github.com', 2 * GIB],
    ['octocorp.ghe.com', 2 * GIB],
    ['bitbucket.org', 3_500_000_000],
    ['altssh.bitbucket.org', 3_500_000_000],
    ['dev.azure.com', 5_000_000_000],
    ['ssh.dev.azure.com', 5_000_000_000],
    ['vs-ssh.visualstudio.com', 5_000_000_000],
    ['org.visualstudio.com', 5_000_000_000],
  ])('%s takes packs of %d bytes', (host, bytes) => {
    expect(hostLimits(host)).toEqual({ maxPackSize: bytes, maxRefsPerPush: 5000 })
  })

  it('takes all refs at once to a repository of this machine', () => {
    expect(hostLimits(undefined)).toEqual({ maxPackSize: undefined, maxRefsPerPush: 500_000 })
  })

  it.each([
    '',
    'gitlab.com',
    'notgithub.com',
    'github.com.example.org',
    'github.company.example',
    'ghe.com',
    'bitbucket.org.example.org',
    'localhost',
    '127.0.0.1',
  ])('knows no limit of packs for %s', (host) => {
    expect(hostLimits(host)).toEqual({ maxPackSize: undefined, maxRefsPerPush: 5000 })
  })

  it.each([
    ['git-codecommit.us-east-1.amazonaws.com', 4000],
    ['git-codecommit-fips.us-gov-west-1.amazonaws.com', 4000],
    ['git-codecommit.cn-north-1.amazonaws.com.cn', 4000],
    ['s3.us-east-1.amazonaws.com', 5000],
    ['git-codecommit.us-east-1.amazonaws.com.example.org', 5000],
  ])('[K3] %s takes %d refs in one push', (host, refs) => {
    expect(hostLimits(host).maxRefsPerPush).toBe(refs)
  })
})
