import { expect, it } from 'vitest'
import { Inbox } from '../../../src/transport/connection/chunk-queue.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text)

async function readAll(inbox: Inbox): Promise<string> {
  let text = ''
  for await (const chunk of inbox) text += Buffer.from(chunk).toString()
  return text
}

it('gives chunks in their order, and counts what waits', async () => {
  let taken = 0
  const inbox = new Inbox(() => taken++)
  for (let index = 0; index < 1_000; index++) inbox.put(bytes(`${index % 10}`))
  expect(inbox.waiting).toBe(1_000)
  inbox.end()
  expect(await readAll(inbox)).toBe('0123456789'.repeat(100))
  expect(inbox.waiting).toBe(0)
  expect(taken).toBe(1_000)
})

it('hands a chunk to the read that waits longest', async () => {
  const inbox = new Inbox(() => {})
  const reads = [inbox.next(), inbox.next(), inbox.next()]
  inbox.put(bytes('a'))
  inbox.put(bytes('b'))
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
  const inbox = new Inbox(() => {})
  inbox.put(bytes('before'))
  inbox.end(new Error('cut'))
  inbox.end()
  inbox.put(bytes('after'))
  expect(await inbox.next()).toMatchObject({ done: false })
  await expect(inbox.next()).rejects.toThrow('cut')
  await expect(inbox.next()).rejects.toThrow('cut')
})

it('fails reads that wait already', async () => {
  const inbox = new Inbox(() => {})
  const reads = [inbox.next(), inbox.next()]
  inbox.end(new Error('cut'))
  for (const read of reads) await expect(read).rejects.toThrow('cut')
})

it('drops what nobody wants any more, and says that it is gone', async () => {
  let taken = 0
  const inbox = new Inbox(() => taken++)
  inbox.put(bytes('one'))
  await inbox.return()
  expect(inbox.waiting).toBe(0)
  inbox.put(bytes('two'))
  expect(inbox.waiting).toBe(0)
  expect(taken).toBe(2)
  inbox.end(new Error('cut'))
  expect(await inbox.next()).toEqual({ done: true, value: undefined })
})
