import { expect, it } from 'vitest'
import { maskSecrets } from '../../src/action/mask.ts'
import type { OptionValues } from '../../src/options/names.ts'
import { collectSecrets } from '../../src/options/secrets.ts'

function mask(values: OptionValues): {
  readonly masks: readonly string[]
  readonly warnings: readonly string[]
} {
  const masks: string[] = []
  const warnings = maskSecrets(collectSecrets(values), { setSecret: (text) => void masks.push(text) })
  return { masks, warnings }
}

it('has the runner hide every form of every secret', () => {
  const { masks, warnings } = mask({
    'destination-token': 'tok/en',
    destination: 'https://me:pass%20word@h.example/x',
    'source-ssh-key': '-----BEGIN X-----\nQUJDREVGR0hJSktMTU5PUFFS\n-----END X-----',
  })
  expect(warnings).toEqual([])
  expect(masks).toContain('tok/en')
  expect(masks).toContain('tok%2Fen')
  expect(masks).toContain('pass word')
  expect(masks).toContain('pass%20word')
  expect(masks).toContain(Buffer.from('x-access-token:tok/en').toString('base64'))
  expect(masks).toContain('-----BEGIN X-----\nQUJDREVGR0hJSktMTU5PUFFS\n-----END X-----')
})

it('hides a key with a short last line without hiding that line everywhere', () => {
  const { masks } = mask({
    'source-ssh-key': '-----BEGIN X-----\nQUJDREVGR0hJSktMTU5PUFFS\nQ=\n-----END X-----',
  })
  expect(masks).toContain('QUJDREVGR0hJSktMTU5PUFFS')
  expect(masks.some((one) => one.split('\n').includes('Q='))).toBe(false)
})

it('warns of what is too short to hide, without showing it', () => {
  const { masks, warnings } = mask({ 'destination-token': 'abc' })
  expect(warnings).toEqual(["destination-token is shorter than 4 characters: the log can't hide it."])
  expect(masks).not.toContain('abc')
})
