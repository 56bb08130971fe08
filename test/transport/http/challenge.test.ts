import { describe, expect, it } from 'vitest'
import { otherLoginError, readSchemes } from '../../../src/transport/http/challenge.ts'
import { startHttpBackend } from '../../support/http-backend.ts'
import { useHttpRemote } from '../../support/http-remote.ts'

describe('readSchemes', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['Negotiate', ['negotiate']],
    ['Negotiate, NTLM', ['negotiate', 'ntlm']],
    ['Basic realm="a, NTLM"', ['basic']],
    [
      'Bearer authorization_uri=https://login.example/, Basic realm="x", TFS-Federated',
      ['bearer', 'basic', 'tfs-federated'],
    ],
    ['Bearer realm="https://x/token",service="x",scope="y"', ['bearer']],
    ['Digest realm="x", nonce="y", algorithm=MD5, qop="auth"', ['digest']],
    ['NTLM TlRMTVNTUAACAAAA', ['ntlm']],
    ['Basic realm="with \\" quote, Negotiate"', ['basic']],
  ])('of %s', (header, schemes) => {
    expect(readSchemes(header)).toEqual(schemes)
  })
})

describe('a server without Basic', () => {
  it.each([
    ['Negotiate', 'Negotiate (Kerberos) only', 'Turn Basic on'],
    ['NTLM, Negotiate', 'NTLM and Negotiate (Kerberos) only', 'Turn Basic on'],
    ['Bearer realm="https://x/token"', 'Bearer only', 'address of an API'],
  ])('is told what it offers, with a credential and without: %s', async (header, offers, hint) => {
    const answer = { status: 401, headers: { 'www-authenticate': header }, body: 'no' }
    await using backend = await startHttpBackend({ root: '/', answer: () => answer })
    for (const token of ['secret', '']) {
      await using source = useHttpRemote(`${backend.url}/x.git`, { token })
      await expect(source.source()).rejects.toMatchObject({
        code: 'auth',
        status: 401,
        retryable: false,
        message: expect.stringContaining(`it offers ${offers}`),
        hint: expect.stringContaining(hint),
      })
    }
    expect(backend.requests).toHaveLength(2)
  })

  it('is none where Basic is among them, or nothing is said', () => {
    expect(otherLoginError('x', ['negotiate', 'basic'])).toBeUndefined()
    expect(otherLoginError('x', [])).toBeUndefined()
  })
})
