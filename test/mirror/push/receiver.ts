import { ByteReader } from '../../../src/base/bytes.ts'
import type { Fetching } from '../../../src/mirror/sessions/fetching.ts'
import type { Server } from '../../../src/mirror/sessions/server.ts'
import type { MirrorEvent } from '../../../src/report/events.ts'
import type {
  Connection,
  OpenOptions,
  Remote,
  TurnBody,
  TurnOptions,
} from '../../../src/transport/connection/connection.ts'
import { listSlices } from '../../../src/transport/connection/connection.ts'
import { band, report } from '../../support/fake-server.ts'
import { cutPackets, joinPackets, lineOf, type Packet } from '../../support/hosts/packets.ts'
import { NONE } from './pushes.ts'

/** What came in one push. */
export interface Received {
  readonly commands: readonly string[]
  /** Behind the first command. */
  readonly capabilities: readonly string[]
  readonly pack: Buffer
  /** Of the whole push, where it was told. */
  readonly length: number | undefined
  readonly bytes: number
}

export interface ReceiverScript {
  readonly capabilities?: string
  /** As over http. Default: the connection is kept open. */
  readonly forgets?: boolean
  /** Called before a connection is greeted, with how many were opened; may throw what a transport throws. */
  readonly onOpen?: (count: number, options: OpenOptions) => void | Promise<void>
  /** A connection is closed when this is. */
  readonly onClose?: () => Promise<void>
  /** The packets that answer a push; may throw what a transport throws. Default: all is taken. */
  readonly answer?: (push: Received, count: number) => readonly (Packet | string)[]
}

export interface Receiver {
  readonly server: Server
  readonly pushes: readonly Received[]
  /** In order: `open`, `push` with the names, `flush`, `abort`, `close`. */
  readonly log: readonly string[]
  readonly events: readonly MirrorEvent[]
}

/** The packets of a report: `ok`, or why not, for each name. */
export function reportOf(
  refs: Readonly<Record<string, string>>,
  { unpack = 'ok', words = '' }: { readonly unpack?: string; readonly words?: string } = {},
): readonly (Packet | string)[] {
  const lines = Object.entries(refs).map(([ref, said]) =>
    said === 'ok' ? `ok ${ref}\n` : `ng ${ref} ${said}\n`,
  )
  return [...(words === '' ? [] : band(2, words)), ...report([`unpack ${unpack}\n`, ...lines]), 0]
}

/** Takes each of the refs of a push. */
export function takeAll(push: Received): readonly (Packet | string)[] {
  return reportOf(Object.fromEntries(namesOf(push).map((name) => [name, 'ok'])))
}

export function namesOf({ commands }: Received): readonly string[] {
  return commands.map((command) => command.split(' ')[2]!)
}

/** A receive-pack that says what no real one can be made to say. */
export function makeReceiver(script: ReceiverScript = {}, given: Partial<Server> = {}): Receiver {
  const { answer = takeAll } = script
  const words = script.capabilities ?? 'report-status side-band-64k delete-refs atomic quiet agent=it/1'
  const log: string[] = []
  const pushes: Received[] = []
  const events: MirrorEvent[] = []
  let opened = 0
  async function open(options: OpenOptions): Promise<Connection> {
    log.push('open')
    await script.onOpen?.(++opened, options)
    const stream = makeStream()
    stream.add(joinPackets([`${NONE} capabilities^{}\0${words}\n`, 0]))
    const greeting = new ByteReader(stream.chunks)
    return {
      forgets: script.forgets === true,
      greeting,
      async turn(body, how) {
        const received = await receive(body, how)
        if (received === undefined) {
          log.push('flush')
          return greeting
        }
        log.push(`push ${namesOf(received).join(' ')}`)
        const bytes = joinPackets(answer(received, pushes.push(received)))
        const to = script.forgets === true ? makeStream() : stream
        to.add(bytes)
        to.end()
        return to === stream ? greeting : new ByteReader(to.chunks)
      },
      close: async () => {
        log.push('close')
        await script.onClose?.()
        stream.end()
        return { text: '' }
      },
      abort: () => {
        log.push('abort')
        stream.end()
      },
    }
  }
  const remote: Remote = { label: 'the receiver', open, dispose: async () => undefined }
  const server: Server = {
    remote,
    side: 'destination',
    host: undefined,
    reporter: (event) => events.push(event),
    signal: new AbortController().signal,
    agent: 'git/kalandra-test',
    idleTimeout: 60_000,
    pushOptions: [],
    verbose: false,
    ...given,
  }
  return { server, pushes, log, events }
}

/** Undefined for a flush alone. */
async function receive(body: TurnBody, how: TurnOptions | undefined): Promise<Received | undefined> {
  const parts: Uint8Array[] = []
  if (body instanceof Uint8Array) parts.push(body)
  else for await (const slices of body) parts.push(...listSlices(slices))
  const bytes = Buffer.concat(parts)
  const { packets, rest } = cutPackets(bytes, { toFlush: true })
  if (packets.length < 2) return undefined
  const commands = packets.map(lineOf).filter((line) => line !== '')
  const [first = '', capabilities = ''] = commands[0]!.split('\0')
  return {
    commands: [first, ...commands.slice(1)],
    capabilities: capabilities.trim().split(' '),
    pack: rest,
    length: how?.length,
    bytes: bytes.length,
  }
}

/** Chunks that are added while they are read. */
function makeStream() {
  const waiting: Buffer[] = []
  let ended = false
  let wake: () => void = () => undefined
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = waiting.shift()
      if (chunk !== undefined) yield chunk
      else if (ended) return
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  return {
    chunks: chunks(),
    add(chunk: Buffer): void {
      waiting.push(chunk)
      wake()
    },
    end(): void {
      ended = true
      wake()
    },
  }
}

export interface Given extends Fetching {
  readonly cancelled: () => boolean
}

/** A pack on its way: its slices, or what breaks it off. `onNext`: a slice is asked for. */
export function fetchingOf(
  slices: readonly (Uint8Array | Error)[],
  { shared = false, onNext }: { readonly shared?: boolean; readonly onNext?: (at: number) => unknown } = {},
): Given {
  let at = 0
  let cancelled = false
  return {
    answer: { acks: [], ready: false, shallow: [], pack: undefined },
    shared,
    cancelled: () => cancelled,
    async next() {
      await onNext?.(at)
      const slice = slices[at++]
      if (slice instanceof Error) throw slice
      return slice
    },
    nextNow: () => undefined,
    cancel: () => (cancelled = true),
    pause: () => undefined,
    resume: () => undefined,
  }
}

/** Sets the clock that `readClock` reads until the scope ends: milliseconds. */
export function setClock(start = 1_000_000) {
  const real = process.hrtime
  let now = start
  const hrtime = (): [number, number] => [Math.floor(now / 1000), (now % 1000) * 1_000_000]
  process.hrtime = Object.assign(hrtime, { bigint: real.bigint })
  return {
    get now() {
      return now
    },
    set now(value: number) {
      now = value
    },
    [Symbol.dispose]: () => void (process.hrtime = real),
  }
}
