import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { guessEndpoint } from '../../../src/lfs/api/endpoint.ts'
import { openHttpStore } from '../../../src/lfs/api/http-store.ts'
import type { LfsObject, LfsStore } from '../../../src/lfs/api/store.ts'
import { relayObjects, type Relayed } from '../../../src/lfs/relay/relay-objects.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'
import { HttpClient } from '../../../src/transport/http-client/http-client.ts'
import { ACTION_TOKEN, type LfsServer, startLfsServer } from '../../support/lfs/lfs-server.ts'

const LOGIN = 'Basic bG9naW46c2VjcmV0'

interface Made {
  readonly store: LfsStore
  readonly renewals: boolean[]
}

function openStore(server: LfsServer, side: 'source' | 'destination', idleTimeout = 5000): Made {
  const renewals: boolean[] = []
  const endpoint = guessEndpoint(parseRemoteUrl(server.url, side))!
  const store = openHttpStore({
    http: {
      client: new HttpClient({ env: {}, limit: 5000 }),
      userAgent: 'git/kalandra-test',
      side,
      signal: new AbortController().signal,
      idleTimeout,
    },
    label: server.url,
    access: async (_, renew) => {
      renewals.push(renew)
      return { endpoint, header: { authorization: LOGIN }, publicOnly: false }
    },
    ref: 'refs/heads/main',
  })
  return { store, renewals }
}

interface Pair extends AsyncDisposable {
  readonly from: LfsServer
  readonly to: LfsServer
  readonly source: LfsStore
  readonly destination: LfsStore
}

async function startPair(): Promise<Pair> {
  const from = await startLfsServer({ authorization: LOGIN })
  const to = await startLfsServer({ authorization: LOGIN })
  const { store: source } = openStore(from, 'source')
  const { store: destination } = openStore(to, 'destination', 1500)
  return {
    from,
    to,
    source,
    destination,
    async [Symbol.asyncDispose]() {
      await Promise.all([source.dispose(), destination.dispose()])
      await Promise.all([from[Symbol.asyncDispose](), to[Symbol.asyncDispose]()])
    },
  }
}

/** What a run does: who lacks what, who has it, and the relay. */
async function relay(pair: Pair, objects: readonly LfsObject[], retries = 2): Promise<Relayed> {
  const missing = (await pair.destination.prepare(objects)).filter(({ kind }) => kind === 'missing')
  const found = (await pair.source.find(missing.map(({ object }) => object))).filter(
    ({ kind }) => kind === 'there',
  )
  const [relayed] = await relayObjects({
    source: pair.source,
    targets: [{ store: pair.destination, objects: found.map(({ object }) => object) }],
    atOnce: 8,
    retries,
    signal: new AbortController().signal,
    onBytes: () => undefined,
    onSent: () => undefined,
    onRetry: () => undefined,
    wait: () => Promise.resolve(),
  })
  return relayed!
}

function bytes(size: number, seed = 1): Buffer {
  return Buffer.alloc(size, `object ${seed} of ${size} bytes, `)
}

describe('objects between two servers', () => {
  it('arrive, over more than one batch, and go once', async () => {
    await using pair = await startPair()
    const objects = Array.from({ length: 230 }, (_, index) => pair.from.add(bytes(1 + index * 97, index)))
    expect((await relay(pair, objects)).sent.length).toBe(230)
    for (const { oid } of objects) expect(pair.to.objects.get(oid)).toEqual(pair.from.objects.get(oid))
    const batches = pair.to.log.flatMap(({ batch }) => batch?.objects.length ?? [])
    expect(Math.max(...batches)).toBe(100)
    expect(pair.to.log.filter(({ method }) => method === 'PUT').length).toBe(230)
    expect((await relay(pair, objects)).sent).toEqual([])
    expect(pair.to.log.filter(({ method }) => method === 'PUT').length).toBe(230)
  })

  it('are sent with the headers of their actions and never with the login', async () => {
    await using pair = await startPair()
    await relay(pair, [pair.from.add(bytes(1000))])
    for (const { method, path, headers } of [...pair.from.log, ...pair.to.log]) {
      expect(headers.authorization, `${method} ${path}`).toBe(path.endsWith('/batch') ? LOGIN : ACTION_TOKEN)
    }
    const put = pair.to.log.find(({ method }) => method === 'PUT')!
    expect(put.headers).toMatchObject({
      'content-length': '1000',
      'content-type': 'application/octet-stream',
    })
    expect(pair.from.log.find(({ method }) => method === 'GET')!.headers['accept-encoding']).toBe('identity')
  })

  it('are not sent again to a server that always offers an upload', async () => {
    await using pair = await startPair()
    pair.to.faults.alwaysOffers = true
    const objects = [pair.from.add(bytes(10)), pair.from.add(bytes(20))]
    pair.to.add(bytes(20))
    expect((await relay(pair, objects)).sent).toEqual([objects[0]])
  })

  it('go chunked where the server’s header map says so', async () => {
    await using pair = await startPair()
    pair.to.faults.chunked = true
    const object = pair.from.add(bytes(300_000))
    expect((await relay(pair, [object])).sent).toEqual([object])
    expect(pair.to.objects.get(object.oid)?.length).toBe(300_000)
  })

  it('are verified where the server wants that, and an object that it does not find fails by name', async () => {
    await using pair = await startPair()
    pair.to.faults.verifies = true
    const [good, lost] = [pair.from.add(bytes(10)), pair.from.add(bytes(20))]
    pair.to.faults.put = (oid) => (oid === lost.oid ? 'lose' : undefined)
    const { sent, failed } = await relay(pair, [good, lost])
    expect(sent).toEqual([good])
    expect(failed.map(({ object, error }) => [object, error.message])).toEqual([
      [lost, expect.stringContaining(`verifying ${lost.oid}`)],
    ])
  })

  it.each([
    ['wrong bytes', (stored: Buffer) => Buffer.from(stored.map((byte, at) => (at === 5 ? byte ^ 1 : byte)))],
    ['a wrong last byte', (stored: Buffer) => Buffer.concat([stored.subarray(0, -1), Buffer.from('!')])],
    ['too few bytes', (stored: Buffer) => stored.subarray(0, -1)],
    ['too many bytes', (stored: Buffer) => Buffer.concat([stored, Buffer.from('!')])],
    ['nothing', () => Buffer.alloc(0)],
  ])('never arrive as %s', async (_, damage) => {
    await using pair = await startPair()
    const objects = [pair.from.add(bytes(100)), pair.from.add(bytes(1_000_000))]
    const stored = new Map(pair.from.objects)
    pair.from.faults.get = (oid) => ({ bytes: damage(stored.get(oid)!) })
    const { sent, failed } = await relay(pair, objects, 0)
    expect(sent).toEqual([])
    expect(failed.length).toBe(2)
    for (const { error } of failed) expect(error.side).toBe('source')
    expect([...pair.to.objects.keys()]).toEqual([])
  })

  it.each([
    [
      'the source breaks off',
      { from: { get: (_: string, count: number) => (count < 3 ? { cut: 50_000 } : undefined) } },
    ],
    [
      'the source answers 503',
      { from: { get: (_: string, count: number) => (count < 3 ? { status: 503 } : undefined) } },
    ],
    [
      'the destination breaks off',
      { to: { put: (_: string, count: number) => (count < 3 ? ('cut' as const) : undefined) } },
    ],
    [
      'the destination answers 429',
      {
        to: {
          put: (_: string, count: number) =>
            count < 3 ? { status: 429, headers: { 'retry-after': '0' } } : undefined,
        },
      },
    ],
    [
      'the offered address has expired',
      { to: { put: (_: string, count: number) => (count < 2 ? { status: 403 } : undefined) } },
    ],
    [
      'the address to read from has expired',
      { from: { get: (_: string, count: number) => (count < 2 ? { status: 403 } : undefined) } },
    ],
  ])(
    'arrive after all when %s at first',
    async (_, faults: { from?: LfsServer['faults']; to?: LfsServer['faults'] }) => {
      await using pair = await startPair()
      Object.assign(pair.from.faults, faults.from)
      Object.assign(pair.to.faults, faults.to)
      const object = pair.from.add(bytes(400_000))
      const { sent, failed } = await relay(pair, [object])
      expect({ sent, failed }).toEqual({ sent: [object], failed: [] })
      expect(pair.to.objects.get(object.oid)).toEqual(pair.from.objects.get(object.oid))
    },
  )

  it('are asked for anew when their addresses expire before they are used', async () => {
    await using pair = await startPair()
    pair.from.faults.entry = (entry) => {
      const actions = entry['actions'] as Record<string, Record<string, unknown>> | undefined
      if (actions?.['download'] !== undefined && pair.from.log.length < 2)
        actions['download']['expires_in'] = 1
      return entry
    }
    const object = pair.from.add(bytes(10))
    expect((await relay(pair, [object])).sent).toEqual([object])
    expect(pair.from.log.filter(({ batch }) => batch !== undefined).length).toBe(2)
  })

  it.each([
    [507, 'has no room left', 1],
    [413, 'takes nothing of this size', 3],
    [422, 'cannot use it', 3],
    [415, 'refused it', 3],
  ])('that are refused with %i are named, in words', async (status, words, puts) => {
    await using pair = await startPair()
    pair.to.faults.put = () => ({ status, body: '{"message":"no \\u001b[31mway"}' })
    const objects = [1, 2, 3].map((seed) => pair.from.add(bytes(10, seed)))
    const missing = await pair.destination.prepare(objects)
    expect(missing.length).toBe(3)
    await pair.source.find(objects)
    const [relayed] = await relayObjects({
      source: pair.source,
      targets: [{ store: pair.destination, objects }],
      atOnce: 1,
      retries: 2,
      signal: new AbortController().signal,
      onBytes: () => undefined,
      onSent: () => undefined,
      onRetry: () => undefined,
      wait: () => Promise.resolve(),
    })
    expect(relayed!.failed.length).toBe(3)
    for (const { error } of relayed!.failed) {
      expect(error.message).toContain(words)
      expect(error.message).toContain('way')
      expect(error.message).not.toContain('\u001b')
      expect(error.message).not.toContain('secret-signature')
    }
    expect(pair.to.log.filter(({ method }) => method === 'PUT').length).toBe(puts)
  })

  it('time out by name when the destination falls silent', { timeout: 20_000 }, async () => {
    await using pair = await startPair()
    pair.to.faults.put = () => undefined
    const object = pair.from.add(bytes(10))
    const [standing] = await pair.destination.prepare([object])
    expect(standing!.kind).toBe('missing')
    const hanging = (async function* () {
      yield bytes(5)
      await new Promise(() => undefined)
    })()
    await expect(pair.destination.write(object, hanging)).rejects.toMatchObject({
      code: 'timeout',
      side: 'destination',
    })
  })
})

describe('a batch', () => {
  it('is halved where the server finds it too large', async () => {
    await using server = await startLfsServer()
    server.faults.batch = ({ objects }) => (objects.length > 30 ? { status: 413 } : undefined)
    const objects = Array.from({ length: 100 }, (_, index) => server.add(bytes(1 + index)))
    const { store } = openStore(server, 'source')
    const found = await store.find(objects)
    expect(found.every(({ kind }) => kind === 'there')).toBe(true)
    expect(Math.min(...server.log.map(({ batch }) => batch!.objects.length))).toBe(25)
    await store.dispose()
  })

  it('is tried once more with a new login after a 401', async () => {
    await using server = await startLfsServer()
    server.faults.batch = (_, count) => (count === 1 ? { status: 401 } : undefined)
    const { store, renewals } = openStore(server, 'source')
    expect((await store.find([server.add(bytes(10))]))[0]!.kind).toBe('there')
    expect(renewals.slice(0, 2)).toEqual([false, true])
    await store.dispose()
  })

  it('that is 404 because nothing of it is there says so of each object', async () => {
    await using server = await startLfsServer()
    server.faults.batch = ({ operation }) => (operation === 'download' ? { status: 404 } : undefined)
    const { store } = openStore(server, 'source')
    expect((await store.find([{ oid: 'a'.repeat(64), size: 5 }]))[0]!.kind).toBe('missing')
    await store.dispose()
  })

  it.each([
    [404, 'Not Found', 'has no LFS at this repository', 'not-found'],
    [
      403,
      '{"message":"Access forbidden. Check your access level."}',
      'Access forbidden. Check your access level.',
      'auth',
    ],
    [501, '{"message":"Git LFS is not enabled on this GitLab server"}', 'has LFS switched off', 'http'],
    [200, '<html>Sign in</html>', 'no JSON', 'protocol'],
    [401, '', 'asks for a login', 'auth'],
  ])('of a server without LFS (%i %s) is an error that says so', async (status, body, words, code) => {
    await using server = await startLfsServer()
    server.faults.batch = () => ({ status, body })
    const { store } = openStore(server, 'destination')
    const error: unknown = await store
      .prepare([{ oid: 'a'.repeat(64), size: 5 }])
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(MirrorError)
    expect(error).toMatchObject({ code, side: 'destination', message: expect.stringContaining(words) })
    await store.dispose()
  })

  it('with an error for one object refuses that one alone', async () => {
    await using server = await startLfsServer()
    const objects = [server.add(bytes(10)), { oid: 'b'.repeat(64), size: 9 }]
    server.faults.entry = (entry) =>
      entry['oid'] === objects[1]!.oid
        ? { ...entry, actions: null, error: { code: 422, message: 'bad size' } }
        : entry
    const { store } = openStore(server, 'source')
    expect(await store.find(objects)).toEqual([
      { kind: 'there', object: objects[0] },
      { kind: 'refused', object: objects[1], code: 422, message: 'bad size' },
    ])
    await store.dispose()
  })
})

describe('an address that a server names', () => {
  it.each([
    ['ftp://127.0.0.1/x', 'begins with ftp:'],
    ['file:///etc/passwd', 'begins with file:'],
    ['not an address', 'no address'],
  ])('%s is not followed', async (href, words) => {
    await using pair = await startPair()
    pair.from.faults.entry = (entry) => ({ ...entry, actions: { download: { href } } })
    const { failed } = await relay(pair, [pair.from.add(bytes(10))], 0)
    expect(failed[0]!.error.message).toContain(words)
    expect(failed[0]!.error.message).not.toContain('passwd')
  })

  it('on another server never gets the login', async () => {
    await using pair = await startPair()
    await using other = await startLfsServer()
    const object = pair.from.add(bytes(10))
    pair.from.faults.entry = (entry) => ({
      ...entry,
      actions: { download: { href: `http://127.0.0.1:${other.port}/objects/${object.oid}` } },
    })
    await relay(pair, [object], 0)
    expect(other.log.length).toBeGreaterThan(0)
    for (const { headers } of other.log) expect(headers.authorization).toBeUndefined()
  })

  it('that redirects to another server loses the headers of its action on the way', async () => {
    await using pair = await startPair()
    await using other = await startLfsServer()
    const object = pair.from.add(bytes(10))
    pair.from.faults.entry = (entry) => {
      const { download } = entry['actions'] as Record<string, { readonly header: object }>
      const header = { ...download!.header, 'X-Storage-Token': 'hidden', 'Private-Token': 'hidden' }
      return { ...entry, actions: { download: { ...download, header } } }
    }
    pair.from.faults.get = () => ({
      status: 307,
      headers: { location: `http://127.0.0.1:${other.port}/objects/${object.oid}` },
    })
    await relay(pair, [object], 0)
    expect(pair.from.log.find(({ method }) => method === 'GET')!.headers['private-token']).toBe('hidden')
    expect(other.log.length).toBeGreaterThan(0)
    for (const { headers } of other.log) {
      expect(headers.authorization).toBeUndefined()
      expect(JSON.stringify(headers)).not.toContain('hidden')
    }
  })
})
