import { expect, it } from 'vitest'
import { MissingPrograms } from '../../../src/transport/ssh/missing-programs.ts'

it('keeps each name for ten minutes after it was found to be missing', () => {
  let now = 5000
  const missing = new MissingPrograms(() => now)
  expect(missing.has('git-lfs-transfer')).toBe(false)
  missing.add('git-lfs-transfer')
  now += 300_000
  missing.add('git-lfs-authenticate')
  now += 299_999
  expect(missing.has('git-lfs-transfer')).toBe(true)
  now += 1
  expect(missing.has('git-lfs-transfer')).toBe(false)
  expect(missing.has('git-lfs-authenticate')).toBe(true)
  missing.add('git-lfs-transfer')
  expect(missing.has('git-lfs-transfer')).toBe(true)
})
