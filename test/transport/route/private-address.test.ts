import { expect, it } from 'vitest'
import { isPrivateAddress, lookupPublic } from '../../../src/transport/route/private-address.ts'

it.each([
  '127.0.0.1',
  '127.255.0.3',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '::',
  '::1',
  '[::1]',
  'fe80::1',
  'fe80::1%eth0',
  'fd00::1',
  'fec0::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:a9fe:a9fe',
  '::127.0.0.1',
  '64:ff9b::10.0.0.1',
  '2002:7f00:1::',
  '2002:c0a8:101::1',
])('%s is of this machine or a private network', (address) => {
  expect(isPrivateAddress(address)).toBe(true)
})

it.each([
  '1.1.1.1',
  '100.128.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '2606:4700::1111',
  '::ffff:1.1.1.1',
  '64:ff9b::808:808',
  '2002:808:808::1',
  'git.example.com',
  'localhost',
  '',
])('%s is not', (address) => {
  expect(isPrivateAddress(address)).toBe(false)
})

it.each([{ all: true }, { all: false }, { family: 4 }])(
  'finds no address of a private name: %o',
  async (options) => {
    const error = await new Promise((resolve) => lookupPublic('localhost', options, resolve))
    expect(error).toMatchObject({
      code: 'connect',
      message: expect.stringMatching(/^localhost is on this machine/),
    })
  },
)
