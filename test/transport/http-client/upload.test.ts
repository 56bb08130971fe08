import { describe, expect, it } from 'vitest'
import { toText } from '../../../src/base/bytes.ts'
import { gatherBody } from '../../../src/transport/http/gather-body.ts'
import { Upload } from '../../../src/transport/http-client/upload.ts'
import { listSlices, type Slices } from '../../../src/transport/connection/connection.ts'

const never = new AbortController().signal

/** Slices of text; `'…'` waits for ever. */
function bodyOf(...slices: readonly string[]): {
  readonly body: AsyncIterable<Uint8Array>
  readonly log: string[]
} {
  const log: string[] = []
  const left = [...slices]
  const iterator: AsyncIterator<Uint8Array> = {
    next() {
      const slice = left.shift()
      log.push(slice ?? 'end')
      if (slice === '…') return new Promise(() => undefined)
      return Promise.resolve(
        slice === undefined ? { done: true, value: undefined } : { done: false, value: Buffer.from(slice) },
      )
    },
    return() {
      log.push('return')
      return Promise.resolve({ done: true, value: undefined })
    },
  }
  return { body: { [Symbol.asyncIterator]: () => iterator }, log }
}

async function textOf(body: AsyncIterable<Slices>): Promise<string> {
  let text = ''
  for await (const slices of body) for (const slice of listSlices(slices)) text += toText(slice)
  return text
}

describe('Upload', () => {
  it('passes slices on', async () => {
    const { body, log } = bodyOf('a', 'b')
    const upload = new Upload(body)
    expect(await textOf(upload)).toBe('ab')
    upload.stop()
    expect(log).toEqual(['a', 'b', 'end'])
  })

  it('passes on that what came before is written, behind what was gathered, too', async () => {
    const told: unknown[] = []
    const makeBody = (): AsyncIterable<Uint8Array> => {
      async function* body(): AsyncGenerator<Uint8Array, void, unknown> {
        for (const text of ['a', 'b', 'c']) told.push(yield Buffer.from(text))
      }
      return body()
    }
    const upload = new Upload(makeBody())
    await upload.next()
    await upload.next(true)
    await upload.next()
    expect(told.splice(0)).toEqual([true, undefined])
    const { rest } = (await gatherBody(makeBody(), 1, never)) as { readonly rest: AsyncIterable<Slices> }
    const slices = rest[Symbol.asyncIterator]()
    for (let count = 0; count < 4; count++) await slices.next(true)
    expect(told).toEqual([undefined, true, true])
  })

  it('calls return while a slice is awaited, and never ends by itself', async () => {
    const { body, log } = bodyOf('…')
    const upload = new Upload(body)
    let settled = false
    const next = upload.next().finally(() => {
      settled = true
    })
    upload.stop()
    upload.stop()
    await new Promise(setImmediate)
    expect(log).toEqual(['…', 'return'])
    expect(settled).toBe(false)
    upload.fail('over')
    await expect(next).rejects.toBe('over')
  })

  it('throws what the body throws', async () => {
    const failure = new Error('gone')
    async function* body(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a')
      throw failure
    }
    const upload = new Upload(body())
    await upload.next()
    await expect(upload.next()).rejects.toBe(failure)
  })
})

describe('gatherBody', () => {
  it('gives a short body as one piece', async () => {
    expect(await gatherBody(bodyOf('ab', 'cd').body, 4, never)).toEqual({ whole: Buffer.from('abcd') })
    expect(await gatherBody(bodyOf().body, 4, never)).toEqual({ whole: Buffer.alloc(0) })
  })

  it('pulls no more of a long body than it takes to know', async () => {
    const { body, log } = bodyOf('ab', 'cd', 'e', 'f', 'g')
    const gathered = await gatherBody(body, 4, never)
    expect(log).toEqual(['ab', 'cd', 'e'])
    expect(await textOf((gathered as { readonly rest: AsyncIterable<Slices> }).rest)).toBe('abcdefg')
  })

  it('hands a return on to the body, even while that waits', async () => {
    const { body, log } = bodyOf('abcdef', '…')
    const { rest } = (await gatherBody(body, 4, never)) as { readonly rest: AsyncIterable<Slices> }
    const slices = rest[Symbol.asyncIterator]()
    await slices.next()
    void slices.next()
    await slices.return!()
    expect(log).toEqual(['abcdef', '…', 'return'])
  })

  it('throws the reason of the signal and stops the body', async () => {
    const { body, log } = bodyOf('a', '…')
    const controller = new AbortController()
    const gathered = gatherBody(body, 4, controller.signal).catch((reason: unknown) => reason)
    await new Promise(setImmediate)
    controller.abort('enough')
    expect(await gathered).toBe('enough')
    expect(log).toEqual(['a', '…', 'return'])
  })
})
