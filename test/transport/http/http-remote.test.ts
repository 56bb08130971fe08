import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { forEachRef, makeBareRepository } from '../../support/git.ts'
import { startHttpBackend } from '../../support/http-backend.ts'
import { lsRefs, packet, until, useHttpRemote } from '../../support/http-remote.ts'
import { addCommits } from '../../support/repositories.ts'
import { makeTempFolder } from '../../support/temp.ts'

const REPORT = 'application/x-git-receive-pack-result'

describe('createHttpRemote', () => {
  it('lists and fetches on one connection', async () => {
    await using folder = await makeTempFolder()
    const { path } = await makeBareRepository({ parent: folder.path, name: 'x.git' })
    const [tip] = await addCommits(path, 1, { size: 300_000 })
    await using backend = await startHttpBackend({ root: folder.path })
    await using source = useHttpRemote(`${backend.url}/x.git`)
    const connection = await source.source()
    expect(toText(await connection.greeting.readAll(10_000))).toMatch(/^000eversion 2\n/)
    const refs = await connection.turn(lsRefs('refs/heads/'))
    expect(toText(await refs.readAll(10_000))).toBe(`${packet(`${tip} refs/heads/main\n`)}0000`)
    const want = `${packet('command=fetch')}0001${packet(`want ${tip}\n`)}${packet('done\n')}0000`
    const pack = await (await connection.turn(Buffer.from(want))).readAll(1_000_000)
    expect(toText(pack.subarray(0, 13))).toBe(packet('packfile\n'))
    expect(pack.length).toBeGreaterThan(300_000)
    expect(await connection.close()).toEqual({ text: '' })
    expect(new Set(backend.requests.map((request) => request.connection)).size).toBe(1)
  })

  it('deletes a ref with a push that has no pack', async () => {
    await using folder = await makeTempFolder()
    const { path } = await makeBareRepository({ parent: folder.path, name: 'x.git' })
    const [tip] = await addCommits(path, 1, { ref: 'refs/heads/old' })
    await using backend = await startHttpBackend({ root: folder.path })
    await using destination = useHttpRemote(`${backend.url}/x.git`)
    const connection = await destination.destination()
    const command = `${tip} ${'0'.repeat(40)} refs/heads/old\0 report-status object-format=sha1`
    const answer = await connection.turn(Buffer.from(`${packet(command)}0000`))
    expect(toText(await answer.readAll(1000))).toBe(
      `${packet('unpack ok\n')}${packet('ok refs/heads/old\n')}0000`,
    )
    expect(await forEachRef(path)).toEqual(new Map())
  })

  it('reads what is left when it is closed, and keeps the connection', async () => {
    await using folder = await makeTempFolder()
    await makeBareRepository({ parent: folder.path, name: 'x.git' })
    await using backend = await startHttpBackend({ root: folder.path })
    await using source = useHttpRemote(`${backend.url}/x.git`)
    for (let index = 0; index < 2; index++) await (await source.source()).close()
    expect(new Set(backend.requests.map((request) => request.connection)).size).toBe(1)
  })

  it('gives up an answer that does not end when it is closed', async () => {
    await using folder = await makeTempFolder()
    await makeBareRepository({ parent: folder.path, name: 'x.git' })
    const cut = { status: 200, headers: { 'content-type': REPORT, 'content-length': '10' }, body: 'abc' }
    await using backend = await startHttpBackend({
      root: folder.path,
      answer: ({ method }) => (method === 'POST' ? cut : undefined),
    })
    await using destination = useHttpRemote(`${backend.url}/x.git`)
    const connection = await destination.destination()
    const answer = await connection.turn(Buffer.from('0000'))
    expect(backend.open()).toBe(2)
    expect(await connection.close()).toEqual({ text: '' })
    expect(await answer.readSome()).toBeUndefined()
    await until(() => backend.open() === 1)
  })

  it('throws the reason of abort from whatever waits', async () => {
    await using folder = await makeTempFolder()
    await makeBareRepository({ parent: folder.path, name: 'x.git' })
    await using backend = await startHttpBackend({
      root: folder.path,
      answer: ({ method }) => (method === 'POST' ? { status: 200, silent: true } : undefined),
    })
    await using destination = useHttpRemote(`${backend.url}/x.git`)
    const connection = await destination.destination()
    let returned = false
    async function* body(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield new Uint8Array(100_000)
      } finally {
        returned = true
      }
    }
    const turn = connection.turn(body()).catch((error: unknown) => error)
    await until(() => backend.requests.length === 2)
    connection.abort()
    connection.abort()
    expect(await turn).toMatchObject({ code: 'cancelled' })
    await until(() => returned)
    await expect(connection.turn(new Uint8Array(4))).rejects.toMatchObject({ code: 'cancelled' })
    let stopped = false
    const unread = {
      next: () => Promise.reject(new Error('nobody should ask')),
      return: () => {
        stopped = true
        return Promise.resolve({ done: true as const, value: undefined })
      },
    }
    const late = connection.turn({ [Symbol.asyncIterator]: () => unread })
    await expect(late).rejects.toMatchObject({ code: 'cancelled' })
    expect(stopped).toBe(true)
    expect(await connection.close()).toEqual({ text: '' })
  })

  it('opens nothing once its signal has fired', async () => {
    await using backend = await startHttpBackend({ root: '/' })
    await using source = useHttpRemote(`${backend.url}/x.git`)
    const reason = new Error('enough')
    await expect(source.source({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(backend.open()).toBe(0)
  })

  it('says nothing of itself in the label but the address', () => {
    const source = useHttpRemote('https://me:secret@Git.Example:443/a%20b/x.git/?private_token=secret', {
      token: 'secret',
    })
    expect(source.remote.label).toBe('https://git.example/a%20b/x.git/')
  })
})

it('lets the process end when it is disposed of', async () => {
  await using folder = await makeTempFolder()
  await makeBareRepository({ parent: folder.path, name: 'x.git' })
  await using backend = await startHttpBackend({ root: folder.path })
  const script = `
    const { createHttpRemote } = await import(${JSON.stringify(new URL('../../../src/transport/http/http-remote.ts', import.meta.url).href)})
    const url = new URL(${JSON.stringify(`${backend.url}/x.git`)})
    const remote = createHttpRemote(
      { scheme: 'http', host: url.hostname, port: Number(url.port), url },
      { credentials: {}, env: {}, userAgent: 'git/test', limits: { connect: 20000 } },
    )
    await remote.open({ service: 'git-receive-pack', signal: new AbortController().signal })
    await remote.dispose()
    process.on('exit', () => console.log(process.getActiveResourcesInfo().filter((name) => /TCP|TLS/.test(name)).length))
  `
  const node = new URL('../../../node_modules/node/bin/node', import.meta.url).pathname
  const child = spawn(node, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  expect({ code, text }).toEqual({ code: 0, text: '0\n' })
})
