import { describe, expect, it } from 'vitest'
import { quoteFirstLine } from '../../../src/transport/http/error-page.ts'
import { startHttpBackend } from '../../support/http-backend.ts'
import { useHttpRemote } from '../../support/http-remote.ts'

async function serverTextOf(type: string, body: string | Buffer): Promise<string> {
  const answer = { status: 500, headers: { 'content-type': type }, body }
  await using backend = await startHttpBackend({ root: '/', answer: () => answer })
  await using source = useHttpRemote(`${backend.url}/x`)
  const error = await source.source().catch((thrown: unknown) => thrown)
  return (error as { readonly serverText: string }).serverText
}

describe('readPage', () => {
  it('keeps plain text as it is', async () => {
    expect(await serverTextOf('text/plain', 'a <b>\n\u001b[31mred')).toBe('a <b>\n\u001b[31mred')
  })

  it('keeps the text of a page for people', async () => {
    const page = `<!DOCTYPE html><html><head><style>p { color: red }</style><title>502 Bad Gateway</title></head>
      <body><script>alert("<p>no</p>")</script><!-- <p>nor this</p> --><h1>Sorry &amp; good bye</h1><p>Try <b>later</b>.`
    expect(await serverTextOf('text/html', page)).toBe('502 Bad Gateway\nSorry & good bye\nTry later .')
  })

  it('reads no more than 16 KiB', async () => {
    expect((await serverTextOf('text/plain', Buffer.alloc(1024 * 1024, 'x'))).length).toBe(16 * 1024)
  })
})

describe('quoteFirstLine', () => {
  it.each([
    ['\n\n  first \nsecond', 'first'],
    ['', undefined],
    [' \r\n\t', undefined],
    ['001f# service=git-receive-pack\n0000000cTF40102', 'TF40102'],
    ['000cERR nono', 'ERR nono'],
    ['\u001b[31mred\u202e', 'red'],
  ])('of %j: %j', (page, line) => {
    expect(quoteFirstLine(page)).toBe(line)
  })

  it('cuts a long line', () => {
    expect(quoteFirstLine('x'.repeat(500))).toBe(`${'x'.repeat(199)}…`)
  })
})
