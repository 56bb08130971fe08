import { expect, it } from 'vitest'
import { findLinks } from '../../src/hosts/web-links.ts'

it.each([
  ['https://github.com/me/project', 'https://github.com/me/project/commit/abc'],
  ['git@github.com:me/project.git', 'https://github.com/me/project/commit/abc'],
  ['ssh://git@github.com/me/project.git/', 'https://github.com/me/project/commit/abc'],
  ['git@gitlab.com:group/sub/project.git', 'https://gitlab.com/group/sub/project/-/commit/abc'],
  ['https://bitbucket.org/me/project.git', 'https://bitbucket.org/me/project/commits/abc'],
  ['https://codeberg.org/me/project', 'https://codeberg.org/me/project/commit/abc'],
])('links commits of %s', (address, link) => {
  expect(findLinks(address, {})?.commit('abc')).toBe(link)
})

it("links commits of the workflow's own server", () => {
  const env = { GITHUB_SERVER_URL: 'https://git.corp.example:8443' }
  expect(findLinks('https://git.corp.example:8443/a/b.git', env)?.commit('abc')).toBe(
    'https://git.corp.example:8443/a/b/commit/abc',
  )
})

it.each([
  'https://git.example.org/a/b',
  '/srv/mirror.git',
  'git://github.com/a/b',
  'nonsense',
  'https://github.com/a)b',
])('has no links for %s', (address) => {
  expect(findLinks(address, {})).toBeUndefined()
})
