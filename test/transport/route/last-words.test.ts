import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { HttpClient } from '../../../src/transport/http-client/http-client.ts'
import { makeCertificate } from '../../support/certificate.ts'

/** Answers 413 after 1 MB and resets. A process of its own: beside the client it would never win the race. */
const SERVER = `
const { readFileSync } = require('node:fs')
const onSocket = (socket) => {
  let length = 0
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    if (length > 1e6) return
    length += chunk.length
    if (length <= 1e6) return
    const answer = 'HTTP/1.1 413 Too Large\\r\\nContent-Length: 7\\r\\nConnection: close\\r\\n\\r\\ntoo big'
    socket.write(answer, () => socket.destroy())
  })
}
const folder = process.argv[1]
const read = (name) => readFileSync(folder + '/' + name)
const server = folder
  ? require('node:tls').createServer({ key: read('key.pem'), cert: read('cert.pem') }, onSocket)
  : require('node:net').createServer(onSocket)
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.on('end', () => process.exit()).resume()
`

it.each(['http', 'https'])('[F6] prefers an answer to the reset that follows it (%s)', async (scheme) => {
  await using certificate = await makeCertificate()
  const folder = scheme === 'https' ? [dirname(certificate.path)] : []
  const child = spawn(process.execPath, ['-e', SERVER, ...folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const client = new HttpClient({ env: { GIT_SSL_CAINFO: certificate.path }, limit: 20_000 })
  try {
    const [port] = (await once(child.stdout, 'data')) as [Buffer]
    const url = new URL(`${scheme}://localhost:${Number(port.toString())}/`)
    const slice = new Uint8Array(65_515)
    for (let round = 0; round < 25; round++) {
      let returned = false
      async function* body(): AsyncGenerator<Uint8Array> {
        try {
          for (;;) yield slice
        } finally {
          returned = true
        }
      }
      const { signal } = new AbortController()
      const answer = await client.request({
        method: 'POST',
        url,
        headers: {},
        body: body(),
        fresh: true,
        signal,
      })
      expect(answer.status).toBe(413)
      expect(toText(await answer.bytes.readAll(100))).toBe('too big')
      expect(returned).toBe(true)
    }
  } finally {
    await client.dispose()
    child.stdin.end()
    if (child.exitCode === null) await once(child, 'exit')
  }
})
