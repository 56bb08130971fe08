import { setTimeout as sleep } from 'node:timers/promises'
import { ByteReader } from '../../../src/base/bytes.ts'
import { emptyPack } from '../../../src/protocol/pack.ts'
import type { Connection, Remote, TurnBody } from '../../../src/transport/connection/connection.ts'
import { cutPackets, joinPackets, lineOf, type Packet } from '../../support/hosts/packets.ts'

export interface Watched {
  readonly remote: Remote
  /** In order: `open`, the lines of each question, `flush`, `abort`, `close`. */
  readonly log: string[]
  /** The most connections that were open at one time. */
  readonly mostOpen: () => number
}

/** The lines of a question without what is the same in each. */
function linesOf(body: TurnBody): readonly string[] {
  if (!(body instanceof Uint8Array)) throw new Error('a question is sent at once')
  return cutPackets(Buffer.from(body))
    .packets.map((packet) => lineOf(packet).replace(/^(want \w+) .*/, '$1'))
    .filter((line) => line !== '' && !/^(command=|agent=|object-format=|no-progress)/.test(line))
}

/**
 * The same remote, with a log of what is asked of it. `onQuestion` may throw what a transport does when a connection
 * breaks off there.
 */
export function watch(real: Remote, onQuestion?: (lines: readonly string[]) => void): Watched {
  const log: string[] = []
  let open = 0
  let mostOpen = 0
  const remote: Remote = {
    ...real,
    async open(options) {
      log.push('open')
      mostOpen = Math.max(mostOpen, ++open)
      const connection = await real.open(options)
      let isOpen = true
      const end = (): void => {
        if (isOpen) open--
        isOpen = false
      }
      return {
        ...connection,
        async turn(body, how) {
          const lines = linesOf(body)
          log.push(lines.length === 0 ? 'flush' : lines.join(', '))
          onQuestion?.(lines)
          return await connection.turn(body, how)
        },
        close() {
          end()
          log.push('close')
          return connection.close()
        },
        abort(reason) {
          end()
          log.push('abort')
          connection.abort(reason)
        },
      } satisfies Connection
    },
  }
  return { remote, log, mostOpen: () => mostOpen }
}

/** What was asked, without what became of the connections. */
export function questionsIn(log: readonly string[]): readonly string[] {
  return log.filter((line) => !['open', 'flush', 'abort', 'close'].includes(line))
}

/** A log in which ids have names. */
export function withNames(
  log: readonly string[],
  names: Readonly<Record<string, string>>,
): readonly string[] {
  return log.map((line) =>
    Object.entries(names).reduce((text, [name, id]) => text.replaceAll(id, name), line),
  )
}

export interface Script {
  /** The connection is kept open. */
  readonly isKept?: boolean
  /** The bytes of the greeting. Default: version 2 with all that a fetch can have. */
  readonly greeting?: Buffer
  /** The bytes that answer a question. */
  readonly answer: (lines: readonly string[]) => Buffer
  /** Questions that were being answered at one time, at most. */
  readonly onBusy?: (count: number) => void
}

/** What a server of version 2 says first. */
export function greetingOf(...capabilities: readonly string[]): Buffer {
  return joinPackets(['version 2\n', ...capabilities.map((word) => `${word}\n`), 0])
}

/** A server that forgets, as over http, unless it is kept; it says what no real one can be made to say. */
export function scripted({ isKept = false, greeting, answer, onBusy }: Script): Remote {
  let busy = 0
  return {
    label: 'the script',
    async open() {
      return {
        forgets: !isKept,
        greeting: readerOf(greeting ?? greetingOf('fetch=shallow wait-for-done')),
        async turn(body) {
          onBusy?.(++busy)
          await sleep(1)
          busy--
          return readerOf(answer(linesOf(body)))
        },
        close: async () => ({ text: '' }),
        abort: () => undefined,
      }
    },
    dispose: async () => undefined,
  }
}

function readerOf(bytes: Buffer): ByteReader {
  return new ByteReader(
    (async function* () {
      if (bytes.length > 0) yield bytes
    })(),
  )
}

/** An answer of version 2: acknowledgments, where there are any, or commits where it ends and a pack without objects. */
export function answerOf(told: {
  readonly acks?: readonly string[]
  readonly ready?: boolean
  readonly shallow?: readonly string[]
  /** Objects by the header of the pack. */
  readonly objects?: number
}): Buffer {
  const { acks, ready = false, shallow, objects } = told
  const sections: (Packet | string)[][] = []
  if (acks !== undefined) {
    const lines = acks.length === 0 ? ['NAK\n'] : acks.map((id) => `ACK ${id}\n`)
    sections.push(['acknowledgments\n', ...lines, ...(ready ? ['ready\n'] : [])])
  }
  if (shallow !== undefined) sections.push(['shallow-info\n', ...shallow.map((id) => `shallow ${id}\n`)])
  if (acks === undefined || ready) sections.push(['packfile\n', packOf(objects ?? 0)])
  return joinPackets([...sections.flatMap((lines, at) => (at === 0 ? lines : [1 as const, ...lines])), 0])
}

function packOf(objects: number): Buffer {
  const pack = Buffer.from(emptyPack('sha1'))
  pack.writeUInt32BE(objects, 8)
  return Buffer.concat([Buffer.from([1]), pack])
}
