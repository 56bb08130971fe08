import { expect, it, vi } from 'vitest'
import { makeCertificate } from '../../support/certificate.ts'
import { startHttpBackend } from '../../support/http-backend.ts'
import { useHttpRemote } from '../../support/http-remote.ts'

// As in Node before 22.15, which reads NODE_EXTRA_CA_CERTS and shows it to nobody.
vi.mock('node:tls', async (load) => ({ ...(await load<object>()), getCACertificates: undefined }))

it('counts NODE_EXTRA_CA_CERTS beside SSL_CERT_FILE where Node does not tell what it trusts', async () => {
  await using own = await makeCertificate()
  await using other = await makeCertificate(['DNS:other.example'])
  const body = '000eversion 2\n0000'
  const headers = { 'content-type': 'application/x-git-upload-pack-advertisement' }
  await using backend = await startHttpBackend({
    root: '/',
    tls: own,
    answer: () => ({ status: 200, headers, body }),
  })
  const env = { SSL_CERT_FILE: other.path, NODE_EXTRA_CA_CERTS: own.path }
  await using source = useHttpRemote(`${backend.url}/x`, { env })
  await source.source()
  await using without = useHttpRemote(`${backend.url}/x`, { env: { SSL_CERT_FILE: other.path } })
  await expect(without.source()).rejects.toMatchObject({ code: 'connect' })
  const missing = { SSL_CERT_FILE: own.path, NODE_EXTRA_CA_CERTS: '/nowhere' }
  await using passed = useHttpRemote(`${backend.url}/x`, { env: missing })
  await passed.source()
  expect(backend.requests).toHaveLength(2)
})
