import { describe, expect, it } from 'vitest'
import { createSharedFetch, type Participant } from '../../../src/mirror/pack/shared-fetch.ts'
import type { Fetching, FetchQuestion } from '../../../src/mirror/sessions/fetching.ts'

const MEGABYTE = 1024 * 1024
/** Nearly as long as one participant waits for the others. */
const PATIENCE_MS = 2900

function question(given: Partial<FetchQuestion> = {}): FetchQuestion {
  return { wants: ['a'.repeat(40)], haves: [], thin: true, ofsDelta: true, ...given }
}

/** A source whose packs have 20 slices of one megabyte; to a question without `done` it says that it knows nothing. */
function makeSource(): {
  readonly asked: FetchQuestion[]
  readonly shared: number[]
  join: () => Participant
} {
  const asked: FetchQuestion[] = []
  const shared: number[] = []
  const fetch = async (one: FetchQuestion): Promise<Fetching> => {
    asked.push(one)
    let left = one.done === false ? 0 : 20
    const next = async (): Promise<Uint8Array | undefined> =>
      left-- > 0 ? new Uint8Array(MEGABYTE) : undefined
    const pack = one.done === false ? undefined : ({} as NonNullable<Fetching['answer']['pack']>)
    const answer = { acks: [], ready: false, shallow: [], unshallow: [], pack }
    const idle = { cancel: () => (left = 0), pause: () => undefined, resume: () => undefined }
    return { answer, next, ...idle } as unknown as Fetching
  }
  const { signal } = new AbortController()
  const { join } = createSharedFetch({ fetch, onShared: (count) => shared.push(count), signal })
  return { asked, shared, join }
}

async function readAll(fetching: Fetching): Promise<number> {
  let bytes = 0
  for (let slice = await fetching.next(); slice; slice = await fetching.next()) bytes += slice.length
  return bytes
}

describe('createSharedFetch', () => {
  it('asks once for all that ask the same, whatever the order of their haves', async () => {
    const source = makeSource()
    const all = [source.join(), source.join(), source.join()]
    const haves = [
      ['1', '2'],
      ['2', '1'],
      ['1', '2'],
    ]
    const packs = await Promise.all(all.map((one, at) => one.fetch(question({ haves: haves[at]! }))))
    expect(source.asked).toHaveLength(1)
    expect(source.shared).toEqual([3])
    expect(packs.map((pack) => pack.shared)).toEqual([true, true, true])
    expect(await Promise.all(packs.map(readAll))).toEqual([20, 20, 20].map((size) => size * MEGABYTE))
  })

  it.each([
    ['haves', { haves: ['b'.repeat(40)] }],
    ['wants', { wants: ['b'.repeat(40)] }],
    ['thin packs', { thin: false }],
    ['deltas', { ofsDelta: false }],
    ['shallow lines', { shallow: ['b'.repeat(40)] }],
  ])('does not merge questions that differ in their %s', async (_, other) => {
    const source = makeSource()
    const [one, two] = [source.join(), source.join()]
    await Promise.all([one.fetch(question()), two.fetch(question(other))])
    expect(source.asked).toHaveLength(2)
    expect(source.shared).toEqual([])
  })

  it('shares a question without done, and the one after it', async () => {
    const source = makeSource()
    const askTwice = async (one: Participant): Promise<Fetching> => {
      const first = await one.fetch(question({ done: false }))
      expect(first.answer.pack).toBeUndefined()
      return await one.fetch(question({ done: true }))
    }
    const packs = await Promise.all([source.join(), source.join()].map(askTwice))
    expect(source.asked).toHaveLength(2)
    expect(await Promise.all(packs.map(readAll))).toEqual([20 * MEGABYTE, 20 * MEGABYTE])
  })

  it('does not wait for one that passes or leaves, and gives a later question its own pack', async () => {
    const source = makeSource()
    const [one, two, three] = [source.join(), source.join(), source.join()]
    const started = performance.now()
    const first = one.fetch(question())
    two.pass()
    three.leave()
    expect((await first).shared).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(PATIENCE_MS)
    expect((await two.fetch(question())).shared).toBeUndefined()
    expect(source.asked).toHaveLength(2)
  })

  it('waits three seconds for the others and no longer', async () => {
    const source = makeSource()
    const one = source.join()
    source.join()
    const started = performance.now()
    await one.fetch(question())
    expect(performance.now() - started).toBeGreaterThan(PATIENCE_MS)
  })

  it('lets the others read on when one leaves without reading its pack', async () => {
    const source = makeSource()
    const [one, two, late] = [source.join(), source.join(), source.join()]
    const [pack, , unread] = await Promise.all([
      one.fetch(question()),
      two.fetch(question()).then((given) => two.leave() ?? given),
      late.fetch(question()),
    ])
    const reading = readAll(pack)
    await new Promise((resolve) => setTimeout(resolve, 50))
    late.leave()
    expect(await reading).toBe(20 * MEGABYTE)
    expect(await unread.next()).toBeUndefined()
  })
})
