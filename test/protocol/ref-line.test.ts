import { describe, expect, it } from 'vitest'
import { checkName, cutIn, parseId, takeId, unexpectedLine } from '../../src/protocol/ref-line.ts'

const ID = 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3'

describe('parts of a line about a ref', () => {
  it('takes an id of the format that is asked for', () => {
    expect(parseId(ID, 'sha1', `${ID} refs/heads/main`)).toBe(ID)
    expect(() => parseId(ID, 'sha256', `${ID} refs/heads/main`)).toThrow(
      expect.objectContaining({ code: 'protocol', serverText: `${ID} refs/heads/main` }),
    )
  })

  it('takes the id that a line in the middle of a text begins with, and no more than the line has', () => {
    const text = `${ID} refs/heads/a${ID.slice(0, 39)}`
    expect(takeId(text, 0, 53, 'sha1')).toBe(ID)
    expect(() => takeId(text, 53, text.length, 'sha1')).toThrow(
      expect.objectContaining({ code: 'protocol', serverText: ID.slice(0, 39) }),
    )
    expect(() => takeId(`${ID} x`, 0, 40, 'sha1')).toThrow(expect.objectContaining({ code: 'protocol' }))
    expect(() => takeId(`${ID.toUpperCase()} x`, 0, 42, 'sha1')).toThrow(
      expect.objectContaining({ code: 'protocol' }),
    )
  })

  it('takes any name, but none that is empty or too long', () => {
    expect(checkName('refs/heads/\x1b[2J..', ID)).toBe('refs/heads/\x1b[2J..')
    expect(() => checkName('', ID)).toThrow(expect.objectContaining({ code: 'protocol' }))
    expect(checkName('x'.repeat(4096), ID)).toHaveLength(4096)
    expect(() => checkName('x'.repeat(4097), ID)).toThrow(expect.objectContaining({ code: 'limit' }))
  })

  it('shows the beginning of a line that was not expected, escaped', () => {
    const error = unexpectedLine(`\x1b[31m${'x'.repeat(5000)}`, 'a ref')
    expect(error.message).toMatch(/^expected a ref, found "\\u001b\[31mx+"$/)
    expect(error.message.length).toBeLessThan(250)
    expect(error.serverText).toHaveLength(200)
  })

  it('says where a stream ended, and that another try may help', () => {
    const error = cutIn('its greeting')
    expect([error.code, error.retryable]).toEqual(['cut', true])
    expect(error.message).toContain('its greeting')
  })
})
