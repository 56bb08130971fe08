import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { Duplex, PassThrough, Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { MirrorError } from '../../../src/base/errors.ts'
import {
  connectDuplex,
  type DuplexOptions,
  type ProgramEnd,
} from '../../../src/transport/connection/duplex.ts'
import type { Connection, Slices } from '../../../src/transport/connection/connection.ts'

interface Program {
  readonly connection: Connection
  readonly child: ChildProcess
  readonly ended: Promise<ProgramEnd>
}

/** A connection to a Node program that lives for one test. */
function connectProgram(script: string, options: Partial<DuplexOptions> = {}): Program {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise<ProgramEnd>((resolve) => {
    child.once('close', (code, signal) =>
      resolve({ exitCode: code ?? undefined, exitSignal: signal ?? undefined }),
    )
  })
  const connection = connectDuplex({
    readable: child.stdout,
    writable: child.stdin,
    ended,
    text: () => 'said at the end',
    kill: () => void child.kill('SIGKILL'),
    signal: new AbortController().signal,
    ...options,
  })
  return { connection, child, ended }
}

const ECHO = 'process.stdin.pipe(process.stdout)'

async function* repeat(slice: Uint8Array, count: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index += 1) yield slice
}

async function* failAfter(slice: Uint8Array): AsyncGenerator<Uint8Array> {
  yield slice
  throw new Error('the source died')
}

it('[G5] reads the answer while a long body is still on its way', async () => {
  const { connection } = connectProgram(ECHO)
  const slice = Buffer.alloc(65_515, 'pack')
  const count = 300
  const sent = createHash('sha256')
  for (let index = 0; index < count; index += 1) sent.update(slice)

  const answer = await connection.turn(repeat(slice, count))
  const received = createHash('sha256')
  for (let left = slice.length * count; left > 0;) {
    const part = await answer.readSome(left)
    received.update(part!)
    left -= part!.length
  }
  expect(received.digest('hex')).toBe(sent.digest('hex'))
  expect(await connection.close()).toMatchObject({ exitCode: 0 })
})

it('takes one turn after the other, buffers and streams, in their order', async () => {
  const { connection } = connectProgram(ECHO)
  const large = Buffer.alloc(1_000_000, 'L')
  await connection.turn(repeat(Buffer.from('a'), 3))
  await connection.turn(Buffer.from('b'))
  await connection.turn(large)
  const answer = await connection.turn(Buffer.from('c'))
  expect(answer).toBe(connection.greeting)
  expect(toText((await answer.read(4))!)).toBe('aaab')
  expect(large.equals((await answer.read(large.length))!)).toBe(true)
  expect(toText((await answer.read(1))!)).toBe('c')
  await connection.close()
  expect(await answer.readSome()).toBeUndefined()
})

it('[G1] ends the input when the body fails, and the last words can still be read', async () => {
  const { connection } = connectProgram(
    `let n = 0; process.stdin.on('data', (d) => { n += d.length }).on('end', () => process.stdout.write('got ' + n))`,
  )
  const answer = await connection.turn(failAfter(Buffer.from('12345')))
  expect(toText((await answer.readAll(100))!)).toBe('got 5')
  expect(await connection.close()).toEqual({ exitCode: 0, exitSignal: undefined, text: 'said at the end' })
})

it('[G4] stops the body of a server that stops reading, and its report can be read', async () => {
  const { connection } = connectProgram(
    `process.stdin.once('data', () => { process.stdin.destroy(); setTimeout(() => process.stdout.write('too large'), 100) })`,
  )
  let stopped = false
  async function* endless(): AsyncGenerator<Uint8Array> {
    const slice = Buffer.alloc(65_536)
    try {
      for (;;) yield slice
    } finally {
      stopped = true
    }
  }
  const answer = await connection.turn(endless())
  expect(toText(await answer.readAll(100))).toBe('too large')
  await expect.poll(() => stopped).toBe(true)
  const late = endless()
  await connection.turn(late)
  expect(await late.next()).toEqual({ done: true, value: undefined })
})

it('stops a body that waits for its own source when the server is gone', async () => {
  const { connection, ended } = connectProgram(`setTimeout(() => process.exit(3), 50)`)
  const body = {
    stopped: false,
    next: () => new Promise<never>(() => {}),
    async return() {
      this.stopped = true
      return { done: true as const, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
  const answer = await connection.turn(body)
  expect(await answer.readSome()).toBeUndefined()
  await ended
  expect(await connection.close()).toMatchObject({ exitCode: 3 })
  expect(body.stopped).toBe(true)
})

it('ends everything at once by abort: who waits gets the reason, and the program is gone', async () => {
  const { connection, ended } = connectProgram('setInterval(() => {}, 1000)')
  const reason = new MirrorError('the other side failed', { code: 'cut' })
  const waiting = connection.greeting.readSome()
  connection.abort(reason)
  await expect(waiting).rejects.toBe(reason)
  await expect(connection.turn(Buffer.from('x'))).rejects.toBe(reason)
  await expect(connection.greeting.readSome()).rejects.toBe(reason)
  expect(await ended).toMatchObject({ exitSignal: 'SIGKILL' })
  connection.abort(new Error('a later reason'))
  await expect(connection.greeting.readSome()).rejects.toBe(reason)
  expect(await connection.close()).toMatchObject({ exitSignal: 'SIGKILL' })
})

it.each([{ when: 'before' }, { when: 'after' }])(
  'ends with the signal that fires $when it opens',
  async ({ when }) => {
    const controller = new AbortController()
    const reason = new MirrorError('stopped by the user', { code: 'cancelled' })
    if (when === 'before') controller.abort(reason)
    const { connection, ended } = connectProgram(ECHO, { signal: controller.signal })
    const waiting = connection.greeting.readSome()
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(await ended).toMatchObject({ exitSignal: 'SIGKILL' })
  },
)

it('drains what still comes before it waits for the end', async () => {
  const { connection } = connectProgram(
    `process.stdin.resume().on('end', () => process.stdout.write(Buffer.alloc(5e6), () => process.exit(7)))`,
  )
  const [first, second] = await Promise.all([connection.close(), connection.close()])
  expect(first).toEqual({ exitCode: 7, exitSignal: undefined, text: 'said at the end' })
  expect(second).toBe(first)
})

it('kills a program that does not end', async () => {
  const { connection } = connectProgram('setInterval(() => {}, 1000)', { closeLimit: 300 })
  expect(await connection.close()).toMatchObject({ exitSignal: 'SIGKILL' })
})

it('gives the reader what the way of ending means, in place of a clean end', async () => {
  const { connection } = connectProgram(`process.stdout.write('half'); process.exitCode = 128`, {
    describeEnd: ({ exitCode, text }) => new MirrorError(`${text}: ${exitCode}`, { code: 'not-found' }),
  })
  expect(toText((await connection.greeting.read(4))!)).toBe('half')
  await expect(connection.greeting.readSome()).rejects.toMatchObject({
    code: 'not-found',
    message: 'said at the end: 128',
  })
})

it('makes an error of the stream a cut that can be tried again', async () => {
  const readable = new PassThrough()
  const { connection } = connectProgram(ECHO, { readable })
  readable.destroy(new Error('read ECONNRESET'))
  await expect(connection.greeting.readSome()).rejects.toMatchObject({
    code: 'cut',
    retryable: true,
    message: 'the connection broke off: read ECONNRESET',
  })
  connection.abort()
})

/** A server in this process: it keeps every buffer it was given, and takes the next when told. */
function connectSink(
  take: (chunk: Buffer, done: () => void) => void,
  takeAll?: (chunks: readonly Buffer[], done: () => void) => void,
): {
  connection: Connection
  activity: number[]
} {
  const activity: number[] = []
  const writable = new Writable({
    highWaterMark: 64 * 1024,
    write: (chunk, _, done) => take(chunk, done),
    ...(takeAll && {
      writev: (chunks, done) =>
        takeAll(
          chunks.map(({ chunk }) => chunk as Buffer),
          done,
        ),
    }),
  })
  const connection = connectDuplex({
    readable: Duplex.from(async function* () {
      await new Promise((resolve) => writable.once('close', resolve))
      yield Buffer.from('end')
    }),
    writable,
    ended: new Promise((resolve) => writable.once('close', () => resolve({}))),
    text: () => '',
    kill: () => writable.destroy(),
    signal: new AbortController().signal,
    onActivity: () => activity.push(1),
  })
  return { connection, activity }
}

it('writes slices that are here together at once, and none of them as a copy', async () => {
  const calls: (readonly Buffer[])[] = []
  const { connection, activity } = connectSink(
    (chunk, done) => {
      calls.push([chunk])
      done()
    },
    (chunks, done) => {
      calls.push(chunks)
      done()
    },
  )
  const large = Buffer.alloc(65_515, 'x')
  const small = Array.from({ length: 100 }, (_, index) => Buffer.from(`${index} `))
  async function* body(): AsyncGenerator<Slices> {
    yield large
    yield small
    yield []
    yield [large]
  }
  await connection.turn(body())
  await expect.poll(() => calls.length).toBe(3)
  const size = small.reduce((sum, { length }) => sum + length, 0)
  expect(calls.map((chunks) => chunks.reduce((sum, { length }) => sum + length, 0))).toEqual([
    large.length,
    size,
    large.length,
  ])
  expect(calls[0]![0]!.buffer).toBe(large.buffer)
  expect(toText(Buffer.concat(calls[1]!))).toBe(small.join(''))
  expect(activity.length).toBe(small.length + 2)
  await connection.close()
})

it('tells a body that all it gave is written, and never before that', async () => {
  const waiting: (() => void)[] = []
  const { connection } = connectSink((_, done) => waiting.push(done))
  const told: [unknown, number][] = []
  async function* body(): AsyncGenerator<Uint8Array, void, unknown> {
    // Little, which is pulled on while it waits, and more than the stream takes at once.
    for (const size of [10, 10, 256 * 1024]) told.push([yield Buffer.alloc(size), waiting.length])
  }
  await connection.turn(body())
  await expect.poll(() => told.length).toBe(2)
  expect(told).toEqual([
    [false, 1],
    [false, 1],
  ])
  for (let count = 0; count < 3; count++) {
    await expect.poll(() => waiting.length).toBe(1)
    expect(told.length).toBe(2)
    waiting.pop()!()
  }
  await expect.poll(() => told.length).toBe(3)
  expect(told[2]).toEqual([true, 0])
  connection.abort()
})

it('[J5] pulls a body no faster than the server takes it', async () => {
  const waiting: (() => void)[] = []
  const { connection } = connectSink((_, done) => waiting.push(done))
  let pulled = 0
  async function* body(): AsyncGenerator<Uint8Array> {
    for (;;) {
      pulled += 1
      yield Buffer.alloc(64 * 1024)
    }
  }
  await connection.turn(body())
  for (let round = 1; round <= 5; round += 1) {
    await expect.poll(() => waiting.length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(pulled).toBeLessThanOrEqual(round + 1)
    waiting.pop()!()
  }
  connection.abort()
})

it.each([
  ['in one piece', () => Buffer.from('pack')],
  ['as a stream', () => repeat(Buffer.from('pack'), 1)],
])('ends our input behind the last turn, sent %s, and reads the answer', async (_, body) => {
  const answersAtEnd = `
    const parts = []
    process.stdin.on('data', (part) => parts.push(part))
    process.stdin.on('end', () => process.stdout.write('got ' + Buffer.concat(parts)))`
  const { connection } = connectProgram(answersAtEnd)
  const answer = await connection.turn(body(), { last: true })
  expect(toText((await answer.read(8))!)).toBe('got pack')
  expect((await connection.close()).exitCode).toBe(0)
})
