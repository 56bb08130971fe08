import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { LfsStore } from '../../../src/lfs/api/store.ts'
import { TransferChannel } from '../../../src/lfs/stores/transfer-channel.ts'
import { openTransferStore } from '../../../src/lfs/stores/transfer-store.ts'
import type { Connection } from '../../../src/transport/connection/connection.ts'
import { connectDuplex } from '../../../src/transport/connection/duplex.ts'
import { readChunks } from '../../../src/transport/connection/stream-chunks.ts'

const OBJECT = { oid: 'cd'.repeat(32), size: 5 * 2 ** 30 }

interface Talk {
  readonly connection: Connection
  /** All that came so far, as text. */
  readonly said: () => string
}

function packet(text: string): string {
  return `${(text.length + 4).toString(16).padStart(4, '0')}${text}`
}

/** A program that says `words` at once, whatever it is asked. */
function startTalk(words: string): Talk {
  const [input, output] = [new PassThrough(), new PassThrough()]
  let said = ''
  input.on('data', (bytes: Buffer) => (said += bytes.toString()))
  output.write(words)
  return {
    said: () => said,
    connection: connectDuplex({
      readable: readChunks(output),
      writable: input,
      ended: new Promise((resolve) => input.once('finish', () => resolve({ exitCode: 0 }))),
      text: () => '',
      leave: () => undefined,
      kill: () => output.destroy(),
      signal: new AbortController().signal,
    }),
  }
}

const GREETING = `${packet('version=1\n')}${packet('locking\n')}0000`
const OK = `${packet('status 200\n')}0000`

async function openGreeted({ connection }: Talk): Promise<LfsStore> {
  return openTransferStore({
    label: 'a server',
    side: 'source',
    ref: 'refs/heads/main',
    connect: () => Promise.reject(new Error('another one was started')),
    greeted: { operation: 'download', channel: await TransferChannel.open(connection, 'source') },
  })
}

describe('git-lfs-transfer', () => {
  it('is believed when it greets: version 1 is asked for with the first request, on the same channel', async () => {
    const answer = `${packet('status 200\n')}0001${packet(`${OBJECT.oid} ${OBJECT.size} download\n`)}0000`
    const talk = startTalk(`${GREETING}${OK}${answer}`)
    const store = await openGreeted(talk)
    expect(talk.said()).toBe('')
    expect(await store.find([OBJECT])).toEqual([{ kind: 'there', object: OBJECT }])
    expect(talk.said().startsWith(`${packet('version 1\n')}0000${packet('batch\n')}`)).toBe(true)
    expect(talk.said()).toContain(packet(`${OBJECT.oid} 5368709120\n`))
    expect(talk.said().match(/version 1/g)).toHaveLength(1)
  })

  it('has what it calls noop, and nothing that its answer leaves out or calls otherwise', async () => {
    const objects = ['ab', 'bc', 'cd', 'de'].map((byte) => ({ oid: byte.repeat(32), size: 5 }))
    const lines = [
      `${objects[0]!.oid} 5 noop\n`,
      `${objects[1]!.oid} 5 upload\n`,
      `${objects[2]!.oid} 5 hm\n`,
    ]
    const talk = startTalk(`${GREETING}${OK}${packet('status 200\n')}0001${lines.map(packet).join('')}0000`)
    const store = openTransferStore({
      label: 'a server',
      side: 'destination',
      ref: undefined,
      connect: () => Promise.resolve(talk.connection),
    })
    const standings = await store.prepare(objects)
    expect(standings.map(({ kind }) => kind)).toEqual(['there', 'missing', 'refused', 'refused'])
    expect(standings[3]).toMatchObject({ code: 404, message: expect.stringContaining('leaves it out') })
  })

  it('that refuses version 1 after all is an error that says so', async () => {
    const store = await openGreeted(
      startTalk(`${GREETING}${packet('status 400\n')}0001${packet('no\n')}0000`),
    )
    await expect(store.find([OBJECT])).rejects.toMatchObject({
      code: 'protocol',
      side: 'source',
      message: expect.stringContaining('answers version 1 with 400'),
    })
  })

  it('that is not needed is left, and its end is not waited for', async () => {
    const talk = startTalk(GREETING)
    const store = await openGreeted(talk)
    await store.dispose()
    await expect.poll(() => talk.said()).toBe(`${packet('quit\n')}0000`)
  })

  it('is told the size of an object of more than four gibibytes', async () => {
    const talk = startTalk(`${GREETING}${OK}${OK}${OK}`)
    const store = openTransferStore({
      label: 'a server',
      side: 'destination',
      ref: undefined,
      connect: () => Promise.resolve(talk.connection),
    })
    await store.write(
      OBJECT,
      (async function* () {
        yield Buffer.from('bytes')
      })(),
    )
    expect(talk.said()).toContain(`${packet(`put-object ${OBJECT.oid}\n`)}${packet('size=5368709120\n')}`)
  })
})
