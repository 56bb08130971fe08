import { describe, expect, it } from 'vitest'
import { encodeBatch, messageOf, parseBatch } from '../../../src/lfs/api/batch-messages.ts'
import { batchUrl, guessEndpoint } from '../../../src/lfs/api/endpoint.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'

const ONE = { oid: 'a'.repeat(64), size: 10 }
const TWO = { oid: 'b'.repeat(64), size: 20 }
const SENT_AT = 1_700_000_000_000

function parse(answer: unknown, asked = [ONE]): ReturnType<typeof parseBatch> {
  return parseBatch(JSON.stringify(answer), { asked, sentAt: SENT_AT })
}

describe('the LFS server of an address', () => {
  it.each([
    ['https://git.example/o/r.git', 'https://git.example/o/r.git/info/lfs'],
    ['https://git.example/o/r', 'https://git.example/o/r.git/info/lfs'],
    ['https://git.example/o/r/', 'https://git.example/o/r.git/info/lfs'],
    ['https://git.example:8443/o/r.git/', 'https://git.example:8443/o/r.git/info/lfs'],
    ['http://user:secret@git.example/r', 'http://git.example/r.git/info/lfs'],
    ['git@git.example:o/r.git', 'https://git.example/o/r.git/info/lfs'],
    ['ssh://git@git.example:2222/o/r', 'https://git.example/o/r.git/info/lfs'],
    ['ssh://git@[2001:db8::1]:2222/o/r', 'https://[2001:db8::1]/o/r.git/info/lfs'],
    ['git://git.example/o/r.git', 'https://git.example/o/r.git/info/lfs'],
  ])('%s is %s', (address, endpoint) => {
    const found = guessEndpoint(parseRemoteUrl(address, 'source'))
    expect(found?.href).toBe(endpoint)
    expect(batchUrl(found!).href).toBe(`${endpoint}/objects/batch`)
  })

  it('is none for a path', () => {
    expect(guessEndpoint(parseRemoteUrl('/srv/r.git', 'source'))).toBeUndefined()
  })
})

describe('a batch request', () => {
  it('says what git-lfs says, with the one transfer that is spoken here', () => {
    expect(JSON.parse(encodeBatch({ operation: 'upload', objects: [ONE], ref: 'refs/heads/main' }))).toEqual({
      operation: 'upload',
      transfers: ['basic'],
      ref: { name: 'refs/heads/main' },
      objects: [ONE],
      hash_algo: 'sha256',
    })
  })
})

describe('a batch answer', () => {
  it('is matched by oid, whatever the order, and what it leaves out is an error of that object', () => {
    const entries = parse({ objects: [{ ...TWO, actions: { upload: { href: 'https://x/2' } } }] }, [ONE, TWO])
    expect(entries.map(({ object, upload, error }) => [object, upload?.href, error?.code])).toEqual([
      [ONE, undefined, 404],
      [TWO, 'https://x/2', undefined],
    ])
  })

  it.each([
    ['no actions', {}],
    ['null actions', { actions: null }],
    ['empty actions', { actions: {} }],
  ])('with %s offers nothing', (_, entry) => {
    expect(parse({ objects: [{ ...ONE, ...entry }] })).toEqual([
      {
        object: ONE,
        authenticated: false,
        download: undefined,
        upload: undefined,
        verify: undefined,
        error: undefined,
      },
    ])
  })

  it('of an old server may say _links', () => {
    const [entry] = parse({ objects: [{ ...ONE, _links: { download: { href: 'https://x/1' } } }] })
    expect(entry!.download).toEqual({ href: 'https://x/1', header: {}, expires: undefined })
  })

  it.each([
    ['expires_in from the time of the request', { expires_in: 900 }, SENT_AT + 900_000],
    [
      'expires_in before expires_at',
      { expires_in: 60, expires_at: '2030-01-01T00:00:00Z' },
      SENT_AT + 60_000,
    ],
    ['expires_at', { expires_at: '2030-01-01T00:00:00Z' }, Date.parse('2030-01-01T00:00:00Z')],
    ['Go’s zero time as none', { expires_at: '0001-01-01T00:00:00Z' }, undefined],
    ['nanoseconds as none', { expires_in: 300_000_000_000 }, undefined],
    ['a negative time as none', { expires_in: -5 }, undefined],
    ['no date as none', { expires_at: 'soon' }, undefined],
  ])('reads %s', (_, given, expires) => {
    const [entry] = parse({ objects: [{ ...ONE, actions: { upload: { href: 'https://x/1', ...given } } }] })
    expect(entry!.upload!.expires).toBe(expires)
  })

  it('takes headers as they are, and none that would begin another', () => {
    const header = {
      Authorization: 'RemoteAuth x',
      'X-Two': 'a\r\nEvil: b',
      'bad name': 'x',
      'X-Number': 5,
      'X-Ok': 'ü',
    }
    const [entry] = parse({ objects: [{ ...ONE, actions: { upload: { href: 'https://x/1', header } } }] })
    expect(entry!.upload!.header).toEqual({ authorization: 'RemoteAuth x', 'x-ok': 'ü' })
  })

  it.each([
    ['no JSON', '<html>', 'no JSON'],
    ['no object', '[]', 'no JSON object'],
    ['no objects', '{}', 'names no objects'],
    ['another transfer', '{"transfer":"tus","objects":[]}', 'the transfer tus'],
    ['another hash', '{"hash_algo":"sha512","objects":[]}', 'the hash sha512'],
  ])('that is %s is an error that says so', (_, body, words) => {
    expect(() => parseBatch(body, { asked: [ONE], sentAt: SENT_AT })).toThrow(words)
  })

  it('may hold anything where a word should stand', () => {
    const odd = { toString: null, valueOf: null }
    expect(() => parse({ transfer: odd, objects: [] })).toThrow(
      'the LFS server cannot be used: it answers with the transfer {"toString":null,"valueOf":null}',
    )
    expect(() => parse({ hash_algo: ['sha1'], objects: [] })).toThrow('it answers with the hash ["sha1"]')
    expect(() => parse({ transfer: 'tus'.repeat(40), objects: [] })).toThrow(/the transfer (tus){13}t$/)
    const [entry] = parse({ objects: [{ oid: odd }, { oid: ONE.oid, error: { code: odd, message: odd } }] })
    expect(entry?.error).toEqual({ code: 500, message: '' })
    const [text] = parse({ objects: [{ oid: ONE.oid, error: { code: '404', message: 'gone' } }] })
    expect(text?.error).toEqual({ code: 404, message: 'gone' })
  })

  it('may refuse an object in words', () => {
    const [entry] = parse({ objects: [{ ...ONE, error: { code: 422, message: 'x'.repeat(9000) } }] })
    expect(entry!.error).toEqual({ code: 422, message: 'x'.repeat(500) })
  })

  it('that gives an object another size does not have it, unless it takes it anew', () => {
    const actions = { download: { href: 'https://x/1' } }
    const [cut] = parse({ objects: [{ oid: ONE.oid, size: 3, actions }] })
    expect(cut).toMatchObject({
      download: undefined,
      error: { code: 422, message: 'the server has it with 3 bytes' },
    })
    const [kept] = parse({ objects: [{ oid: ONE.oid, size: 0 }] })
    expect(kept!.error).toEqual({ code: 422, message: 'the server has it with 0 bytes' })
    const [taken] = parse({
      objects: [{ oid: ONE.oid, size: 3, actions: { upload: { href: 'https://x/1' } } }],
    })
    expect(taken).toMatchObject({ upload: { href: 'https://x/1' }, error: undefined })
    const both = [ONE, { ...ONE, size: 11 }]
    const entries = parse({ objects: both.map((object) => ({ ...object, actions })) }, both)
    expect(entries.map(({ error }) => error)).toEqual([undefined, undefined])
  })

  it('that failed has a message, where it is JSON', () => {
    expect(messageOf('{"message":"over quota"}')).toBe('over quota')
    expect(messageOf('Not Found')).toBeUndefined()
    expect(messageOf('{"message":7}')).toBeUndefined()
  })
})
