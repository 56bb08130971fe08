import { expect, it } from 'vitest'
import { findRoute } from '../../../src/transport/route/route.ts'

const env = { all_proxy: 'https://proxy.example:3128' }
const proxy = { secure: true, host: 'proxy.example', port: 3128 }

it.each([
  ['http://git.example/', {}, { secure: false, host: 'git.example', port: 80 }, false],
  ['http://git.example/', env, proxy, false],
  ['https://git.example/', env, { secure: true, host: 'git.example', port: 443 }, true],
])('the way to %s with %j', (url, environment, target, tunnelled) => {
  const route = findRoute(new URL(url), environment)
  expect(route.target).toEqual(target)
  expect(route.tunnel !== undefined).toBe(tunnelled)
})

it('shares connections between paths, and not between servers, schemes or tunnels', () => {
  const keyOf = (url: string, environment = {}): string => findRoute(new URL(url), environment).key
  expect(keyOf('https://git.example/a')).toBe(keyOf('https://git.example:443/b?c'))
  expect(keyOf('http://git.example/a', env)).toBe(keyOf('http://other.example/a', env))
  const others = [
    keyOf('https://git.example/'),
    keyOf('http://git.example/'),
    keyOf('https://git.example:444/'),
    keyOf('https://other.example/'),
    keyOf('https://git.example/', env),
    keyOf('http://git.example/', env),
  ]
  expect(new Set(others).size).toBe(others.length)
})
