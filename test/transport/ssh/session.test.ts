import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBytes, toText } from '../../../src/base/bytes.ts'
import { MirrorError } from '../../../src/base/errors.ts'
import { sshOptions, sshRemote, uploadPack, waitUntil } from '../../support/sshd-remote.ts'
import { type Fault, type FaultKind, startFaultProxy } from '../../support/sshd-proxy.ts'
import { freezeProcess } from '../../support/processes.ts'
import { type Sshd, sshdMissing, startSshd } from '../../support/sshd.ts'

/** Bytes that a session says at once, and after it was asked. */
const GREETING = 'greeting '.repeat(200)
const ANSWER = 'answer '.repeat(2_000)
const PROGRAM = `sh -c 'printf "greeting %.0s" $(seq 200); read line; printf "answer %.0s" $(seq 2000)'`

/** Milliseconds; what stalls is given up after these. */
const LIMITS = { connect: 5_000, handshake: 1_500, idle: 1_000 }
/** Longer than any limit: who has not settled by then never will. */
const HANG = 20_000

describe.skipIf(sshdMissing())('a connection that breaks', () => {
  let sshd: Sshd
  let total: { readonly client: number; readonly server: number }
  beforeAll(async () => {
    sshd = await startSshd({ forceCommand: PROGRAM })
    const clean = await talk(undefined, { connect: HANG, handshake: HANG, idle: HANG })
    expect(clean.outcome).toBe('complete')
    total = clean.passed
  })
  afterAll(() => sshd[Symbol.asyncDispose]())

  /** Opens, reads, writes and closes. The outcome: the error, or that everything came. */
  async function talk(fault: Fault | undefined, limits = LIMITS) {
    await using proxy = await startFaultProxy(sshd.port)
    proxy.fault = fault
    const remote = sshRemote(sshd, { ...sshOptions(sshd, proxy.port), port: proxy.port, limits })
    const conversation = async (): Promise<string> => {
      const connection = await remote.open(uploadPack())
      try {
        const greeting = await connection.greeting.read(GREETING.length)
        const answer = await connection.turn(toBytes('go\n'))
        const text = toText(await answer.readAll(1_000_000))
        return toText(greeting!) + text === GREETING + ANSWER ? 'complete' : 'changed'
      } finally {
        await connection.close()
      }
    }
    let timer: NodeJS.Timeout | undefined
    const hang = new Promise((resolve) => (timer = setTimeout(() => resolve('hangs'), HANG)))
    const outcome = await Promise.race([conversation().catch((error: unknown) => error), hang])
    clearTimeout(timer)
    await remote.dispose()
    await waitUntil(() => proxy.open() === 0)
    return { outcome, passed: proxy.passed }
  }

  function spread(kind: FaultKind, from: Fault['from'], count: number): readonly Fault[] {
    return Array.from({ length: count }, (_, index) => ({
      kind,
      from,
      after: Math.floor((total[from] * (index + 0.13)) / count),
    }))
  }

  for (const kind of ['cut', 'half-close', 'reset', 'corrupt'] as const) {
    for (const from of ['server', 'client'] as const) {
      it(`settles wherever the ${from}'s bytes meet: ${kind}`, async () => {
        for (const fault of spread(kind, from, 12)) {
          const { outcome } = await talk(fault)
          if (outcome === 'complete') {
            // The last bytes carry only goodbyes, and no checksum covers the padding of the key exchange.
            if (kind !== 'corrupt') expect(fault.after).toBeGreaterThan(total[from] * 0.85)
          } else expect(outcome, JSON.stringify(fault)).toBeInstanceOf(MirrorError)
        }
      })
    }
  }

  it.each(['server', 'client'] as const)(
    'settles within the limits wherever the %s falls silent',
    async (from) => {
      const faults = spread('stall', from, 6)
      const results = await Promise.all(faults.map((fault) => talk(fault)))
      for (const [index, { outcome }] of results.entries()) {
        expect(outcome, JSON.stringify(faults[index])).toMatchObject({ code: 'timeout', retryable: true })
      }
    },
  )

  it('[K4] gives every byte that came before the server went away without a word', async () => {
    await using abrupt = await startSshd({
      forceCommand: `exec sh -c 'echo complete; sleep 0.3; kill -9 $PPID'`,
    })
    const remote = sshRemote(abrupt)
    const connection = await remote.open(uploadPack())
    expect(toText((await connection.greeting.read(9))!)).toBe('complete\n')
    await expect(connection.greeting.readSome()).rejects.toMatchObject({ code: 'cut', retryable: true })
    expect(await connection.close()).toEqual({ text: '' })
    await remote.dispose()
  })

  it('gives what came before a cut to a reader that was busy elsewhere', async () => {
    const script = `sh -c 'head -c 3000000 /dev/zero; echo sent >&2; sleep 60'`
    await using server = await startSshd({ forceCommand: script })
    let said = ''
    const remote = sshRemote(server)
    const connection = await remote.open(uploadPack({ onText: (text) => (said += text) }))
    await waitUntil(() => said === 'sent\n')
    await server.kill()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await connection.greeting.read(3_000_000))!.length).toBe(3_000_000)
    await expect(connection.greeting.readSome()).rejects.toMatchObject({ code: 'cut' })
    expect(await connection.close()).toMatchObject({ text: 'sent\n' })
    await remote.dispose()
  })

  it('stops a body when the connection breaks under it', async () => {
    await using server = await startSshd({ forceCommand: 'sleep 60' })
    const remote = sshRemote(server)
    const connection = await remote.open(uploadPack())
    let returned = false
    const body = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(65_515)
      } finally {
        returned = true
      }
    }
    await connection.turn(body())
    await server.kill()
    await waitUntil(() => returned)
    await expect(connection.greeting.readSome()).rejects.toMatchObject({ code: 'cut' })
    await connection.close()
    await remote.dispose()
  })
})

describe.skipIf(sshdMissing())('a program that says nothing for long', () => {
  it('shows no life by the answers to keepalives, and stays connected by them', async () => {
    await using sshd = await startSshd({ forceCommand: `sh -c 'read line; echo done'` })
    const remote = sshRemote(sshd, { limits: { ...LIMITS, handshake: 20_000, idle: 400 } })
    let activity = 0
    const connection = await remote.open(uploadPack({ onActivity: () => activity++ }))
    const opened = activity
    // As long as some twenty keepalives, five times the limit after which a dead line is given up.
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    expect(activity).toBe(opened)
    const answer = await connection.turn(toBytes('go\n'))
    expect(toText(await answer.readAll(100))).toBe('done\n')
    expect(activity).toBeGreaterThan(opened)
    expect(await connection.close()).toEqual({ exitCode: 0, text: '' })
    await remote.dispose()
  })

  it('shows life by stderr, and by room for more of its input', async () => {
    // Reads slowly, far less than a write of ours at a time.
    const script = `sh -c 'for n in 1 2 3 4 5; do echo alive >&2; sleep 0.2; done; while [ $(head -c 100000 | wc -c) -gt 0 ]; do sleep 0.1; done'`
    await using sshd = await startSshd({ forceCommand: script })
    const remote = sshRemote(sshd, { limits: { ...LIMITS, handshake: 20_000 } })
    const told: number[] = []
    const abort = new AbortController()
    const connection = await remote.open(
      uploadPack({ signal: abort.signal, onActivity: (bytes) => told.push(bytes) }),
    )
    await waitUntil(() => told.filter((bytes) => bytes >= 6).length >= 4)
    await connection.turn(new Uint8Array(40_000_000))
    const before = told.length
    await waitUntil(() => told.slice(before).filter((bytes) => bytes === 0).length >= 3)
    abort.abort(new Error('seen enough'))
    await connection.close()
    await remote.dispose()
  })

  it('is given up when its server is frozen', async () => {
    await using sshd = await startSshd({ forceCommand: 'sleep 60' })
    const remote = sshRemote(sshd, { limits: { ...LIMITS, handshake: 20_000 } })
    const connection = await remote.open(uploadPack())
    for (const pid of await sshd.pids()) freezeProcess(pid)
    await expect(connection.greeting.readSome()).rejects.toMatchObject({
      code: 'timeout',
      retryable: true,
      message: expect.stringContaining('did not answer within 1 seconds'),
    })
    expect(await connection.close()).toEqual({ text: '' })
    await remote.dispose()
  })
})
