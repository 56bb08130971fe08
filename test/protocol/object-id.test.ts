import { describe, expect, it } from 'vitest'
import { hexLength, isNullId, isObjectId, nullId } from '../../src/protocol/object-id.ts'

const SHA1 = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3'
const SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

describe('object ids', () => {
  it('[I3] have 40 digits for SHA-1, 64 for SHA-256, and a null id of the same length', () => {
    expect([hexLength('sha1'), hexLength('sha256')]).toEqual([40, 64])
    expect(nullId('sha1')).toMatch(/^0{40}$/)
    expect(nullId('sha256')).toMatch(/^0{64}$/)
    expect(isNullId(nullId('sha1'))).toBe(true)
    expect(isNullId(nullId('sha256'))).toBe(true)
    expect(isNullId('0'.repeat(41))).toBe(false)
    expect(isNullId(SHA1)).toBe(false)
  })

  it('are known by length and digits', () => {
    expect(isObjectId(SHA1)).toBe(true)
    expect(isObjectId(SHA256)).toBe(true)
    expect(isObjectId(SHA1, 'sha1')).toBe(true)
    expect(isObjectId(SHA1, 'sha256')).toBe(false)
    expect(isObjectId(SHA256, 'sha1')).toBe(false)
  })

  it.each([
    ['upper case', SHA1.toUpperCase()],
    ['a digit less', SHA1.slice(1)],
    ['a digit more', `${SHA1}0`],
    ['no digit', SHA1.replace('a', 'g')],
    ['a line break after it', `${SHA1}\n`],
    ['nothing', ''],
  ])('refuse %s', (_, text) => {
    expect(isObjectId(text)).toBe(false)
  })
})
