import { expect, it } from 'vitest'
import { makeCertificate } from '../../support/certificate.ts'
import { useHttpRemote } from '../../support/http-remote.ts'
import { startHttpBackend } from '../../support/http-backend.ts'
import { startRawServer } from '../../support/raw-server.ts'

async function freePort(): Promise<number> {
  const server = await startRawServer(() => undefined)
  await server[Symbol.asyncDispose]()
  return server.port
}

it.each([
  ['http', 'http_proxy'],
  ['https', 'HTTPS_PROXY'],
  ['https', 'all_proxy'],
])('a proxy for %s that is down is called a proxy, with %s', async (scheme, variable) => {
  const port = await freePort()
  await using source = useHttpRemote(`${scheme}://git.example/x.git`, {
    env: { [variable]: `http://me:s3cret@127.0.0.1:${port}` },
  })
  const error = await source.source().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'connect',
    retryable: true,
    message: expect.stringMatching(`^the proxy 127.0.0.1:${port} cannot be used: .*ECONNREFUSED`),
    hint: expect.stringContaining(variable),
  })
  expect(JSON.stringify(error) + String(error)).not.toContain('s3cret')
})

it('a proxy whose name nobody knows is called one', async () => {
  await using source = useHttpRemote('https://git.example/x.git', {
    env: { https_proxy: 'http://proxy.invalid:3128' },
  })
  await expect(source.source()).rejects.toMatchObject({
    code: 'connect',
    message: 'the proxy proxy.invalid:3128 cannot be used: there is no host named proxy.invalid',
    hint: expect.stringContaining('https_proxy'),
  })
})

it.each(['http', 'https'])(
  'a proxy for %s with a certificate that is not trusted is named',
  async (scheme) => {
    await using certificate = await makeCertificate()
    await using backend = await startHttpBackend({ root: '/', tls: certificate })
    await using source = useHttpRemote(`${scheme}://git.example/x.git`, { env: { all_proxy: backend.url } })
    await expect(source.source()).rejects.toMatchObject({
      code: 'connect',
      message: expect.stringMatching(/^the proxy localhost:\d+ cannot be used: the certificate/),
      hint: expect.stringContaining('all_proxy'),
    })
  },
)

it('a proxy that is silent is named, too', async () => {
  await using server = await startRawServer((socket) => void socket.resume())
  await using source = useHttpRemote('https://git.example/x.git', {
    env: { https_proxy: `http://127.0.0.1:${server.port}` },
    limits: { connect: 300 },
  })
  await expect(source.source()).rejects.toMatchObject({
    code: 'timeout',
    message: expect.stringContaining(`git.example through the proxy 127.0.0.1:${server.port}`),
    hint: expect.stringContaining('https_proxy'),
  })
})
