import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPeer } from '../../bench/peers.ts'

describe('readPeer', () => {
  it('takes a path for a program that is called as Kalandra is', () => {
    const path = join(import.meta.dirname, 'bench-peers.test.ts')
    expect(readPeer(`before=${path}`)).toEqual({ name: 'before', call: { path } })
  })

  it('takes a command, with the words between quotation marks as one', () => {
    expect(
      readPeer(`other=node 'a folder/b c.js' --from={source} "--to={destination}" -i '{key}' {known-hosts}`),
    ).toEqual({
      name: 'other',
      call: {
        words: [
          'node',
          'a folder/b c.js',
          '--from={source}',
          '--to={destination}',
          '-i',
          '{key}',
          '{known-hosts}',
        ],
      },
    })
  })

  it.each([
    ['before', 'NAME=PATH'],
    ['before=', 'NAME=PATH'],
    ['=node {source} {destination}', 'a name has'],
    ['../up=node {source} {destination}', 'a name has'],
    ['git=node {source} {destination}', 'git is a program of the bench already'],
    ['kalandra=node {source} {destination}', 'kalandra is a program of the bench already'],
    ['before=no/such/file.js', 'there is no '],
    ['before=node {source}', 'no {destination}'],
    ['before=node {destination}', 'no {source}'],
    ['before=node {source} {target}', 'no {target} among {source}, {destination}'],
    [`before=node {source} '{destination}`, 'quotation mark'],
    ['before=no-such-mirror {source} {destination}', 'there is no program no-such-mirror'],
  ])('refuses %s', (text, words) => {
    expect(() => readPeer(text)).toThrow(`--peer ${text}: `)
    expect(() => readPeer(text)).toThrow(words)
  })
})
