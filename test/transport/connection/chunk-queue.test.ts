import { describe, expect, it } from 'vitest'
import { ChunkQueue } from '../../../src/transport/connection/chunk-queue.ts'

function make(): { readonly chunks: ChunkQueue; readonly calls: string[] } {
  const calls: string[] = []
  const chunks = new ChunkQueue({
    pause: () => calls.push('pause'),
    resume: () => calls.push('resume'),
    cancel: () => calls.push('cancel'),
  })
  return { chunks, calls }
}

const A = Uint8Array.of(1)
const B = Uint8Array.of(2)

describe('ChunkQueue', () => {
  it('hands out the very chunks, in order, before and after they were asked for', async () => {
    const { chunks } = make()
    const waiting = [chunks.next(), chunks.next()]
    chunks.push(A)
    chunks.push(B)
    chunks.push(A)
    expect((await waiting[0]!).value).toBe(A)
    expect((await waiting[1]!).value).toBe(B)
    expect((await chunks.next()).value).toBe(A)
    const last = chunks.next()
    chunks.end()
    expect(await last).toEqual({ done: true, value: undefined })
    expect(await chunks.next()).toEqual({ done: true, value: undefined })
  })

  it('pauses at half a megabyte and resumes when most was read', async () => {
    const { chunks, calls } = make()
    const chunk = new Uint8Array(64 * 1024)
    for (let index = 0; index < 7; index++) chunks.push(chunk)
    expect(calls).toEqual([])
    chunks.push(chunk)
    chunks.push(chunk)
    expect(calls).toEqual(['pause'])
    for (let index = 0; index < 6; index++) await chunks.next()
    expect(calls).toEqual(['pause'])
    await chunks.next()
    expect(calls).toEqual(['pause', 'resume'])
  })

  it('gives the next chunk at once, if one is here, and resumes the server for it too', () => {
    const { chunks, calls } = make()
    expect(chunks.takeNow()).toBeUndefined()
    chunks.push(A)
    chunks.push(B)
    expect([chunks.takeNow(), chunks.takeNow(), chunks.takeNow()]).toEqual([A, B, undefined])
    chunks.push(new Uint8Array(512 * 1024))
    expect(calls).toEqual(['pause'])
    expect(chunks.takeNow()?.length).toBe(512 * 1024)
    expect(calls).toEqual(['pause', 'resume'])
    chunks.push(A)
    chunks.fail('gone')
    expect(chunks.takeNow()).toBe(A)
    expect(chunks.takeNow()).toBeUndefined()
  })

  it('gives what came before a failure, then the first failure each time', async () => {
    const { chunks } = make()
    chunks.push(A)
    chunks.fail('first')
    chunks.fail('second')
    chunks.push(B)
    expect((await chunks.next()).value).toBe(A)
    await expect(chunks.next()).rejects.toBe('first')
    await expect(chunks.next()).rejects.toBe('first')
  })

  it('fails everybody who waits', async () => {
    const { chunks } = make()
    const waiting = [chunks.next(), chunks.next()].map((next) => next.catch((reason: unknown) => reason))
    chunks.fail('gone')
    expect(await Promise.all(waiting)).toEqual(['gone', 'gone'])
  })

  it('tells the server when the reader wants no more, once and not after the end', async () => {
    const { chunks, calls } = make()
    chunks.push(A)
    const waiting = make()
    const next = waiting.chunks.next()
    await waiting.chunks.return()
    expect((await next).done).toBe(true)
    await chunks.return()
    await chunks.return()
    expect(calls).toEqual(['cancel'])
    expect((await chunks.next()).done).toBe(true)
    const ended = make()
    ended.chunks.end()
    await ended.chunks.return()
    expect(ended.calls).toEqual([])
  })
})
