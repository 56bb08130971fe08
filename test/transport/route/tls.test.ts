import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeCertificate } from '../../support/certificate.ts'
import { startHttpBackend } from '../../support/http-backend.ts'
import { useHttpRemote } from '../../support/http-remote.ts'
import { startRawServer } from '../../support/raw-server.ts'
import { makeTempFolder } from '../../support/temp.ts'

const ADVERTISEMENT = {
  status: 200,
  headers: { 'content-type': 'application/x-git-upload-pack-advertisement' },
  body: '000eversion 2\n0000',
}

describe('TLS', () => {
  it('names the way to trust a certificate that nobody has signed', async () => {
    await using certificate = await makeCertificate()
    await using backend = await startHttpBackend({ root: '/', tls: certificate })
    await using source = useHttpRemote(`${backend.url}/x`)
    await expect(source.source()).rejects.toMatchObject({
      code: 'connect',
      retryable: false,
      message: `the certificate of localhost, port ${backend.port} is signed by an authority that is not trusted here`,
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    })
    expect(backend.requests).toEqual([])
  })

  it.each(['GIT_SSL_CAINFO', 'SSL_CERT_FILE'])('trusts the authorities that %s names', async (variable) => {
    await using certificate = await makeCertificate()
    await using backend = await startHttpBackend({ root: '/', tls: certificate, answer: () => ADVERTISEMENT })
    await using source = useHttpRemote(`${backend.url}/x`, { env: { [variable]: certificate.path } })
    await source.source()
    expect(backend.requests).toHaveLength(1)
  })

  it('takes an address by number', async () => {
    await using certificate = await makeCertificate()
    await using backend = await startHttpBackend({ root: '/', tls: certificate, answer: () => ADVERTISEMENT })
    const env = { GIT_SSL_CAINFO: certificate.path }
    await using source = useHttpRemote(`https://127.0.0.1:${backend.port}/x`, { env })
    await source.source()
    expect(backend.requests).toHaveLength(1)
  })

  it('refuses a certificate for another name', async () => {
    await using certificate = await makeCertificate(['DNS:git.example'])
    await using backend = await startHttpBackend({ root: '/', tls: certificate })
    await using source = useHttpRemote(`${backend.url}/x`, { env: { GIT_SSL_CAINFO: certificate.path } })
    await expect(source.source()).rejects.toMatchObject({
      code: 'connect',
      message: expect.stringContaining('is for another name'),
    })
  })

  it('says that a server speaks no TLS', async () => {
    await using backend = await startHttpBackend({ root: '/' })
    await using source = useHttpRemote(`https://localhost:${backend.port}/x`)
    await expect(source.source()).rejects.toMatchObject({
      code: 'connect',
      message: `localhost, port ${backend.port} does not speak TLS`,
      hint: expect.stringContaining('http://'),
    })
  })

  it('says that the connection was closed', async () => {
    await using server = await startRawServer((socket) => socket.end())
    await using source = useHttpRemote(`https://localhost:${server.port}/x`)
    await expect(source.source()).rejects.toMatchObject({
      code: 'connect',
      retryable: true,
      message: expect.stringContaining(`no TLS connection to localhost, port ${server.port}`),
    })
  })

  it('says which variable names certificates that cannot be read', async () => {
    await using folder = await makeTempFolder()
    const path = join(folder.path, 'none.pem')
    await using backend = await startHttpBackend({ root: '/' })
    await using source = useHttpRemote(`https://localhost:${backend.port}/x`, {
      env: { GIT_SSL_CAINFO: path },
    })
    await expect(source.source()).rejects.toMatchObject({
      code: 'local',
      message: expect.stringContaining('GIT_SSL_CAINFO'),
    })
    await writeFile(path, 'no certificate at all')
    await using again = useHttpRemote(`https://localhost:${backend.port}/x`, { env: { SSL_CERT_FILE: path } })
    await expect(again.source()).rejects.toMatchObject({
      code: 'local',
      message: expect.stringContaining('SSL_CERT_FILE'),
    })
  })
})

describe('a check of certificates that was turned off', () => {
  const off = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }

  it('is refused by its name, before a login goes out', async () => {
    await using certificate = await makeCertificate()
    await using backend = await startHttpBackend({ root: '/', tls: certificate, answer: () => ADVERTISEMENT })
    await using source = useHttpRemote(`${backend.url}/x`, { env: off, token: 'secret' })
    await expect(source.source()).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED=0'),
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    })
    expect(backend.requests).toEqual([])
  })

  it('is of no interest where none does', async () => {
    await using certificate = await makeCertificate()
    await using backend = await startHttpBackend({ root: '/', tls: certificate, answer: () => ADVERTISEMENT })
    const env = { ...off, GIT_SSL_CAINFO: certificate.path }
    await using source = useHttpRemote(`${backend.url}/x`, { env })
    await source.source()
    await using plain = await startHttpBackend({ root: '/', answer: () => ADVERTISEMENT })
    await using other = useHttpRemote(`${plain.url}/x`, { env: off, token: 'secret' })
    await other.source()
    expect([backend.requests.length, plain.requests.length]).toEqual([1, 1])
  })
})
