import { loadCrypto } from '../builtins.ts'
import { teeFetching } from './tee.ts'
import type { Fetching, FetchQuestion } from './upload-pack.ts'

/** A destination that has not asked by then is not waited for. */
const LONGEST_WAIT = 3000

interface Waiting {
  readonly question: FetchQuestion
  readonly key: string
  readonly leave: () => void
  readonly resolve: (fetching: Fetching) => void
  readonly reject: (error: unknown) => void
}

/** One destination's part in the shared fetching of a run. */
export interface Participant {
  /** Asks the source; the first question may be answered together with others'. @throws what the fetch throws. */
  fetch(question: FetchQuestion): Promise<Fetching>
  /** The destination will not ask any more. */
  leave(): void
}

export interface SharedFetch {
  join(): Participant
}

/**
 * Lets the destinations of one run that ask the source for the very same pack share one fetch. All join
 * before the first asks; a first question waits until every other destination has asked or left, or for
 * three seconds.
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
    for (const one of waiting) {
      one.leave()
      groups.set(one.key, [...(groups.get(one.key) ?? []), one])
    }
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
      const leave = (): void => {
        if (counted) expected--
        counted = false
      }
      return {
        fetch: async (question) => {
          if (!counted || expected <= 1) return await options.fetch(question)
          return await new Promise<Fetching>((resolve, reject) => {
            waiting.push({ question, key: keyOf(question), leave, resolve, reject })
            flushWhenAll()
          })
        },
        leave: () => {
          leave()
          flushWhenAll()
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
