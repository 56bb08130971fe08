import { describe, expect, it } from 'vitest'
import { findUnknownObject, meansUnknownObject } from '../../src/protocol/unknown-object.ts'

const A = 'a1'.repeat(20)
const B = 'b2'.repeat(20)
const LONG = 'c3'.repeat(32)
/** Of processor time, for a megabyte. */
const MOST_MICROSECONDS = 500_000

/** What servers write when they are asked for an object that they do not have, or that is no tip. */
const NAMING: readonly (readonly [string, (id: string) => string])[] = [
  ['git, as an ERR packet', (id) => `upload-pack: not our ref ${id}`],
  ['git, on stderr', (id) => `fatal: git upload-pack: not our ref ${id}`],
  ['git, as its client shows it', (id) => `fatal: remote error: upload-pack: not our ref ${id}`],
  ['JGit and Gerrit', (id) => `want ${id} not valid`],
  ['JGit, of what is behind a want', (id) => `Missing unknown ${id}`],
  ['JGit, by type', (id) => `error: Missing commit ${id}`],
  ['a server that writes it in other letters', (id) => `Not Our Ref ${id}`],
  ['dulwich', (id) => `Client wants invalid object ${id}`],
  ['dulwich with bytes', (id) => `dulwich.errors.GitProtocolError: Client wants invalid object b'${id}'`],
  ['Azure Repos', (id) => `TF401035: The object '${id}' does not exist.`],
]

const UNNAMED = [
  'object not found',
  'ERR: object not found',
  'upload-pack: not our ref',
  'want not valid',
  'Missing commit',
]

describe('meansUnknownObject', () => {
  it.each(NAMING)('knows it of %s', (_, say) => {
    for (const id of [A, LONG]) {
      expect(meansUnknownObject(say(id), id)).toBe(true)
      expect(
        meansUnknownObject(`warning: x\n${say(id)}\r\nfatal: the remote end hung up unexpectedly\n`, id),
      ).toBe(true)
      expect(findUnknownObject(`first\n${say(id)}\n`)).toBe(id)
    }
  })

  it.each(NAMING)('takes the words of %s for the object that they name', (_, say) => {
    expect(meansUnknownObject(say(B), A)).toBe(false)
    expect(meansUnknownObject(`${say(B)}\n${say(A)}`, A)).toBe(true)
  })

  it.each(UNNAMED)('takes %j for the object that was asked for', (words) => {
    expect(meansUnknownObject(words, A)).toBe(true)
    expect(findUnknownObject(words)).toBeUndefined()
  })

  it('takes a hang-up without a word for it', () => {
    const hangUp = 'The remote end hung up unexpectedly\n'
    for (const words of [undefined, '', ' \r\n', hangUp, `fatal: ${hangUp}`])
      expect(meansUnknownObject(words, A)).toBe(true)
  })

  it('does not take other words for it', () => {
    const words = [
      'Repository not found',
      'LFS object not found in the store',
      `access denied to ${A}`,
      `not our ref ${B}`,
      `unable to read ${A}`,
      `fatal: bad object ${A}`,
      'internal server error',
      'we want you not to be valid',
      `want ${A.slice(1)} not valid`,
      'no luck: the remote end hung up',
      `object not found\nnot our ref ${B}`,
      `${'x '.repeat(500)}not our ref ${A}`,
    ]
    for (const line of words) expect(meansUnknownObject(line, A), line).toBe(false)
  })

  it('names the first id, also behind words without one', () => {
    expect(findUnknownObject(`object not found\nnot our ref ${A}\nnot our ref ${B}`)).toBe(A)
  })

  it('names no id that is cut or longer than an id', () => {
    for (const words of ['not our ref main', `not our ref ${A}0`, `not our ref ${A.slice(1)}`])
      expect(findUnknownObject(words)).toBeUndefined()
  })

  it('reads megabytes of hostile text at once', () => {
    const floods = [
      'want ',
      'not our ref ',
      'Missing unknown ',
      'TF401035: The object ',
      'a',
      'object not found: ',
    ]
    for (const flood of floods) {
      const started = process.cpuUsage()
      expect(meansUnknownObject(flood.repeat(1_000_000 / flood.length) + '!', B)).toBe(
        flood.startsWith('not our'),
      )
      expect(process.cpuUsage(started).user).toBeLessThan(MOST_MICROSECONDS)
    }
  })
})
