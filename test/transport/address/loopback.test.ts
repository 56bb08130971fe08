import { expect, it } from 'vitest'
import { isLoopback } from '../../../src/transport/address/loopback.ts'

it.each(['localhost', 'LOCALHOST.', 'git.localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])(
  '%s is this machine',
  (host) => expect(isLoopback(host)).toBe(true),
)

it.each(['localhost.example', 'notlocalhost', '128.0.0.1', '127.0.0.1.example', '::2', ''])(
  '%s is not',
  (host) => expect(isLoopback(host)).toBe(false),
)
