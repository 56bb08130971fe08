import { expect, it } from 'vitest'
import { findApiRepository } from '../../src/hosts/github-api.ts'
import { parseRemoteUrl } from '../../src/transport/address/remote-url.ts'

const GHES = {
  GITHUB_SERVER_URL: 'https://git.corp.example',
  GITHUB_API_URL: 'https://git.corp.example/api/v3/',
}

it.each([
  ['https://github.com/me/project.git', {}, 'https://api.github.com'],
  ['https://github.com/me/project/', GHES, 'https://api.github.com'],
  ['https://git.corp.example/me/project', GHES, 'https://git.corp.example/api/v3'],
  ['https://acme.ghe.com/me/project', {}, 'https://api.acme.ghe.com'],
])('finds %s', (address, env, api) => {
  const found = findApiRepository(parseRemoteUrl(address, 'x'), env)
  expect(found).toEqual({ api, owner: 'me', name: 'project' })
})

it.each([
  'https://gitlab.com/me/project',
  'https://git.corp.example:8443/me/project',
  'http://github.com/me/project',
  'https://github.com:8443/me/project',
  'https://a.b.ghe.com/me/project',
  'https://ghe.com/me/project',
  'https://github.com/me',
  'https://github.com/me/project/more',
  'https://github.com/me/%2e%2e%2fproject',
  'git@github.com:me/project.git',
  '/srv/project.git',
])('asks nobody about %s', (address) => {
  expect(findApiRepository(parseRemoteUrl(address, 'x'), GHES)).toBeUndefined()
})
