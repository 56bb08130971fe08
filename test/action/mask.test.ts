import { expect, it } from 'vitest'
import { maskSecrets } from '../../src/action/mask.ts'
import { collectSecrets } from '../../src/options/secrets.ts'
import { captureStdout } from '../support/captured.ts'

function masked(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.startsWith('::add-mask::'))
    .map((line) => line.slice('::add-mask::'.length).replaceAll('%0A', '\n').replaceAll('%25', '%'))
}

it('has the runner hide every form of every secret, and prints nothing else', () => {
  using out = captureStdout()
  const warnings = maskSecrets(
    collectSecrets({
      'destination-token': 'tok/en',
      destination: 'https://me:pass%20word@h.example/x',
      'source-ssh-key': '-----BEGIN X-----\nQUJDREVGR0hJSktMTU5PUFFS\n-----END X-----',
    }),
  )
  const masks = masked(out.text)
  expect(warnings).toEqual([])
  expect(masks).toContain('tok/en')
  expect(masks).toContain('tok%2Fen')
  expect(masks).toContain('pass word')
  expect(masks).toContain('pass%20word')
  expect(masks).toContain(Buffer.from('x-access-token:tok/en').toString('base64'))
  expect(masks).toContain('-----BEGIN X-----\nQUJDREVGR0hJSktMTU5PUFFS\n-----END X-----')
  expect(out.text.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('::add-mask::'))).toEqual(
    [],
  )
})

it('hides a key with a short last line without hiding that line everywhere', () => {
  using out = captureStdout()
  maskSecrets(
    collectSecrets({ 'source-ssh-key': '-----BEGIN X-----\nQUJDREVGR0hJSktMTU5PUFFS\nQ=\n-----END X-----' }),
  )
  const masks = masked(out.text)
  expect(masks).toContain('QUJDREVGR0hJSktMTU5PUFFS')
  expect(masks.some((mask) => mask.split('\n').includes('Q='))).toBe(false)
})

it('warns of what is too short to hide, without showing it', () => {
  using out = captureStdout()
  expect(maskSecrets(collectSecrets({ 'destination-token': 'abc' }))).toEqual([
    "destination-token is shorter than 4 characters: the log can't hide it.",
  ])
  expect(masked(out.text)).not.toContain('abc')
})
