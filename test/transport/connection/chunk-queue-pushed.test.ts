import { expect, it } from 'vitest'
import { ChunkQueue } from '../../../src/transport/connection/chunk-queue.ts'

/** Of a producer that cannot wait. */
function makeInbox(taken: () => void = () => {}): ChunkQueue {
  return new ChunkQueue({ pause: () => {}, resume: () => {}, taken })
}

const bytes = (text: string): Uint8Array => Buffer.from(text)

async function readAll(inbox: ChunkQueue): Promise<string> {
  let text = ''
  for await (const chunk of inbox) text += Buffer.from(chunk).toString()
  return text
}

it('gives chunks in their order, and counts what waits', async () => {
  let taken = 0
  const inbox = makeInbox(() => taken++)
  for (let index = 0; index < 1_000; index++) inbox.push(bytes(`${index % 10}`))
  expect(inbox.waiting).toBe(1_000)
  inbox.end()
  expect(await readAll(inbox)).toBe('0123456789'.repeat(100))
  expect(inbox.waiting).toBe(0)
  expect(taken).toBe(1_000)
})

it('hands a chunk to the read that waits longest', async () => {
  const inbox = makeInbox()
  const reads = [inbox.next(), inbox.next(), inbox.next()]
  inbox.push(bytes('a'))
  inbox.push(bytes('b'))
  inbox.end()
  const results = await Promise.all(reads)
  expect(results.map(({ done, value }) => (done ? 'end' : Buffer.from(value).toString()))).toEqual([
    'a',
    'b',
    'end',
  ])
  expect(inbox.waiting).toBe(0)
})

it('gives what came before the reason, then the reason, to every read', async () => {
  const inbox = makeInbox()
  inbox.push(bytes('before'))
  inbox.fail(new Error('cut'))
  inbox.end()
  inbox.push(bytes('after'))
  expect(await inbox.next()).toMatchObject({ done: false })
  await expect(inbox.next()).rejects.toThrow('cut')
  await expect(inbox.next()).rejects.toThrow('cut')
})

it('fails reads that wait already', async () => {
  const inbox = makeInbox()
  const reads = [inbox.next(), inbox.next()]
  inbox.fail(new Error('cut'))
  for (const read of reads) await expect(read).rejects.toThrow('cut')
})

it('drops what nobody wants any more, and says that it is gone', async () => {
  let taken = 0
  const inbox = makeInbox(() => taken++)
  inbox.push(bytes('one'))
  await inbox.return()
  expect(inbox.waiting).toBe(0)
  inbox.push(bytes('two'))
  expect(inbox.waiting).toBe(0)
  expect(taken).toBe(2)
  inbox.fail(new Error('cut'))
  expect(await inbox.next()).toEqual({ done: true, value: undefined })
})
