type Result = IteratorResult<Uint8Array, undefined>

interface Waiting {
  readonly reader: symbol
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/**
 * The same slices for `count` readers, at the pace of the slowest: the next slice is asked for when every reader
 * that is left has taken the one before. A reader that ends early leaves the others alone; with the last one the
 * source is given up.
 */
export function fanOut(
  slices: AsyncIterable<Uint8Array>,
  count: number,
): readonly AsyncIterableIterator<Uint8Array, undefined>[] {
  const source = slices[Symbol.asyncIterator]()
  let left = count
  let waiting: Waiting[] = []
  const pullWhenAll = (): void => {
    if (left === 0 || waiting.length < left) return
    const readers = waiting
    waiting = []
    source.next().then(
      ({ done, value }) => {
        const result: Result = done === true ? { done: true, value: undefined } : { done: false, value }
        for (const reader of readers) reader.resolve(result)
      },
      (error: unknown) => {
        for (const reader of readers) reader.reject(error)
      },
    )
  }
  const makeReader = (): AsyncIterableIterator<Uint8Array, undefined> => {
    const reader = Symbol()
    let gone = false
    return {
      [Symbol.asyncIterator]() {
        return this
      },
      next: () =>
        gone
          ? Promise.resolve({ done: true, value: undefined })
          : new Promise<Result>((resolve, reject) => {
              waiting.push({ reader, resolve, reject })
              pullWhenAll()
            }),
      async return() {
        if (!gone) {
          gone = true
          left--
          // One that was given up while it waited must not count for those that have not asked yet.
          for (const one of waiting) if (one.reader === reader) one.resolve({ done: true, value: undefined })
          waiting = waiting.filter((one) => one.reader !== reader)
          if (left === 0) await source.return?.()
          else pullWhenAll()
        }
        return { done: true, value: undefined }
      },
    }
  }
  return Array.from({ length: count }, makeReader)
}
