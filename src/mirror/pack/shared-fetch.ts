import { loadCrypto } from '../../base/crypto.ts'
import { teeFetching } from './tee-pack.ts'
import type { Fetching, FetchQuestion } from '../sessions/fetching.ts'

/** A destination that has not asked by then is not waited for. */
const LONGEST_WAIT = 3000

interface Waiting {
  readonly question: FetchQuestion
  readonly key: string
  readonly resolve: (fetching: Fetching) => void
  readonly reject: (error: unknown) => void
}

/** One destination's part in the shared fetching of a run. */
export interface Participant {
  /**
   * Asks the source; until it has got a pack, its questions may be answered together with others'.
   * @throws what the fetch throws.
   */
  fetch(question: FetchQuestion): Promise<Fetching>
  /** It does not ask now: the others need not wait for its question. */
  pass(): void
  /** The destination is done: it asks no more, and reads no more of what it asked for. */
  leave(): void
}

export interface SharedFetch {
  join(): Participant
}

/**
 * Lets the destinations of one run that ask the source the very same question share one answer, and its pack. All
 * join before the first asks; a question waits until every other destination that has no pack yet has asked or
 * passed, or for three seconds.
 */
export function createSharedFetch(options: {
  readonly fetch: (question: FetchQuestion) => Promise<Fetching>
  readonly onShared: (count: number) => void
}): SharedFetch {
  let expected = 0
  let waiting: Waiting[] = []
  let timer: NodeJS.Timeout | undefined

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    const groups = new Map<string, Waiting[]>()
    for (const one of waiting) groups.set(one.key, [...(groups.get(one.key) ?? []), one])
    waiting = []
    for (const group of groups.values()) void serve(group)
  }
  const flushWhenAll = (): void => {
    if (waiting.length === 0) return
    if (waiting.length >= expected) flush()
    else timer ??= setTimeout(flush, LONGEST_WAIT)
  }
  const serve = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const fetching = await options.fetch(group[0]!.question)
      if (group.length === 1 || fetching.answer.pack === undefined) {
        for (const one of group) one.resolve(fetching)
        return
      }
      options.onShared(group.length)
      for (const [index, view] of teeFetching(fetching, group.length).entries()) group[index]!.resolve(view)
    } catch (error) {
      for (const one of group) one.reject(error)
    }
  }

  return {
    join() {
      expected++
      let counted = true
      let left = false
      /** Of a shared pack that is not read to its end, the others would see no more than a buffer's length. */
      let given: Fetching | undefined
      const pass = (): void => {
        if (counted) expected--
        counted = false
        flushWhenAll()
      }
      const ask = async (question: FetchQuestion): Promise<Fetching> => {
        if (!counted || expected <= 1) return await options.fetch(question)
        return await new Promise<Fetching>((resolve, reject) => {
          waiting.push({ question, key: keyOf(question), resolve, reject })
          flushWhenAll()
        })
      }
      return {
        fetch: async (question) => {
          given = await ask(question)
          if (left) given.cancel()
          if (given.answer.pack !== undefined) pass()
          return given
        },
        pass,
        leave: () => {
          left = true
          given?.cancel()
          pass()
        },
      }
    },
  }
}

function keyOf(question: FetchQuestion): string {
  const { wants, haves, ...rest } = question
  const hash = loadCrypto().createHash('sha256')
  hash.update(JSON.stringify(rest))
  for (const want of wants) hash.update(`w${want}`)
  for (const have of haves.toSorted()) hash.update(`h${have}`)
  return hash.digest('hex')
}
