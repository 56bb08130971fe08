import type { MirrorError } from '../../base/errors.ts'

/** How this destination is pushed to. It starts as the best way and becomes plainer as the server refuses. */
export interface Manner {
  readonly thin: boolean
  /** Send an `agent` capability. */
  readonly agent: boolean
  /** Collect the pack first and send it with Content-Length. */
  readonly spool: boolean
  readonly maxRefs: number
  /** Push branches, tags and other refs apart. */
  readonly byKind: boolean
  /** Bytes of one push; above it the history is cut into pieces. */
  readonly maxBytes: number | undefined
  /** Cut the history: it does not fit one push. */
  readonly pieces: boolean
  /** Open the connection of the next push during the one before. */
  readonly greetAhead: boolean
}

/** A push that did not do what it should. */
export interface PushFailure {
  readonly error: MirrorError | undefined
  /** The report's `unpack` words, where they are not ok. */
  readonly unpack: string | undefined
  /** Every ref of the push was refused with words of a hook or a policy. */
  readonly allDeclined: boolean
  /** The server's words: progress, hooks, stderr, error page. */
  readonly text: string
  readonly commands: number
  /** Bytes of the pack that were sent. */
  readonly bytes: number
  /** It was ended here, at `maxBytes`. */
  readonly overOurLimit: boolean
  /** Milliseconds that it had been waiting for the source when it ended. */
  readonly starved: number
  /** Its connection was opened during the push before. */
  readonly greetedAhead: boolean
  readonly transferAllowed: { readonly spool: boolean }
}

export interface Lesson {
  readonly manner: Manner
  /** For the log: what is tried now. */
  readonly notice: string
}

const REF_LIMIT = /maximum ref updates exceeded|more than (\d+) (branches|refs|tags)|too many ref/i
const SIZE_LIMIT = /maximum allowed size|too large|exceeds .*size|entity too large|payload/i
const CONTENT = /fsck|missingEmail|zeroPadded|badTree|has null sha1|GH00[18]/i
const SMALLEST_PIECE = 16 * 1024
/** For a refusal that came before the bytes: what gateways allow when nobody has set it is 1 MB. */
const FIRST_GUESS = 1_000_000
/** A push that breaks off after this many bytes has met a limit rather than a fault. */
const MUCH = 16 * 1024 * 1024

/** Words of a server that takes fewer refs in one push. */
export function isTooMany(text: string): boolean {
  return REF_LIMIT.test(text)
}

/** A destination that ends a push after waiting for so long, in milliseconds, most likely has had enough of it. */
const HUNGRY = 1000
/** Of gateways too: what they say when the program behind them is gone. */
const GAVE_UP = new Set([400, 408, 499, 500, 502, 503, 504])

/** The destination ended the push while it waited for a byte of the source. */
export function hasStarved({ error, unpack, starved }: PushFailure): boolean {
  if (starved < HUNGRY) return false
  if (error === undefined) return unpack !== undefined
  if (error.side === 'source') return false
  return error.status === undefined
    ? error.code === 'cut' || error.code === 'server'
    : GAVE_UP.has(error.status)
}

/** The plainer way to try next, or undefined when nothing is left to try (A3, D8, F5, G7, K3, K6). */
export function learn(manner: Manner, failure: PushFailure): Lesson | undefined {
  return (
    learnAhead(manner, failure) ??
    learnPatience(manner, failure) ??
    learnSize(manner, failure) ??
    learnLength(manner, failure) ??
    learnRefs(manner, failure) ??
    learnThin(manner, failure)
  )
}

function learnAhead(manner: Manner, { greetedAhead, error }: PushFailure): Lesson | undefined {
  if (!greetedAhead || !manner.greetAhead || (error?.code !== 'cut' && error?.code !== 'server'))
    return undefined
  return {
    manner: { ...manner, greetAhead: false },
    notice:
      'the destination ended a connection that was opened before it was needed: opening one push after the other',
  }
}

function learnPatience(manner: Manner, failure: PushFailure): Lesson | undefined {
  if (manner.spool || !failure.transferAllowed.spool || !hasStarved(failure)) return undefined
  const seconds = (failure.starved / 1000).toFixed(1)
  return {
    manner: { ...manner, spool: true },
    notice: `the destination gave up after waiting ${seconds} s for the source: collecting the pack first, to send it at once`,
  }
}

function learnSize(manner: Manner, failure: PushFailure): Lesson | undefined {
  const status = failure.error?.status
  if (failure.overOurLimit) {
    if (manner.maxBytes === undefined) return undefined
    return {
      manner: { ...manner, pieces: true },
      notice: `the pack is larger than ${manner.maxBytes} bytes: sending the history in pieces`,
    }
  }
  const told = failure.error?.code === 'too-large' || status === 413 || SIZE_LIMIT.test(failure.text)
  const hungUp = (status === 408 || status === 504 || failure.error?.code === 'cut') && failure.bytes > MUCH
  if (!told && !hungUp) return undefined
  const reached = failure.bytes < SMALLEST_PIECE ? FIRST_GUESS : failure.bytes
  const maxBytes = Math.floor(Math.min(reached, manner.maxBytes ?? Infinity) * 0.8)
  if (maxBytes < SMALLEST_PIECE) return undefined
  return {
    manner: { ...manner, maxBytes, pieces: true },
    notice: `the destination gave up after ${failure.bytes} bytes of one pack: sending pieces of at most ${maxBytes} bytes`,
  }
}

function learnLength(manner: Manner, failure: PushFailure): Lesson | undefined {
  const status = failure.error?.status
  if (manner.spool || !failure.transferAllowed.spool) return undefined
  const wants = status === 411 || (status === 400 && !manner.thin) || status === 408 || status === 504
  if (!wants) return undefined
  return {
    manner: { ...manner, spool: true },
    notice: `the destination answered ${status} to a streamed pack: collecting the pack first, to send it with its length`,
  }
}

function learnRefs(manner: Manner, failure: PushFailure): Lesson | undefined {
  if (failure.commands < 2) return undefined
  const limit = REF_LIMIT.exec(failure.text)
  if (limit !== null || failure.error?.status === 500) {
    const told = Number(limit?.[1] ?? 0)
    const half = failure.commands > 100 ? Math.ceil(failure.commands / 2) : 1
    const maxRefs = told > 0 && told < failure.commands ? told : half
    return {
      manner: { ...manner, maxRefs },
      notice: `the destination refused a push of ${failure.commands} refs: trying at most ${maxRefs} at once`,
    }
  }
  if (!failure.allDeclined) return undefined
  if (!manner.byKind) {
    return {
      manner: { ...manner, byKind: true },
      notice: 'the destination declined every ref of the push: trying branches, tags and others apart',
    }
  }
  if (manner.maxRefs === 1) return undefined
  const maxRefs = failure.commands > 64 ? Math.ceil(failure.commands / 8) : 1
  return {
    manner: { ...manner, maxRefs },
    notice: `the destination declined every ref of the push: trying at most ${maxRefs} at once`,
  }
}

function learnThin(manner: Manner, failure: PushFailure): Lesson | undefined {
  if (CONTENT.test(failure.text)) return undefined
  const status = failure.error?.status
  const refused =
    failure.unpack !== undefined ||
    (status !== undefined && (status === 400 || status === 422 || status >= 500)) ||
    (failure.error?.code === 'cut' && failure.error.side === 'destination')
  if (!refused) return undefined
  if (manner.thin) {
    return {
      manner: { ...manner, thin: false },
      notice:
        failure.unpack === undefined
          ? 'the destination broke the push off: trying once more with a pack that stands alone (not thin)'
          : 'the destination refused the pack: trying once more with a pack that stands alone (not thin)',
    }
  }
  return failure.unpack === undefined ? learnSilent(manner, failure) : undefined
}

/** A server that breaks off without a report may dislike any of these; the dearest to give up comes last. */
function learnSilent(manner: Manner, failure: PushFailure): Lesson | undefined {
  if (manner.agent) {
    return {
      manner: { ...manner, agent: false },
      notice: 'the destination broke the push off: trying once more without the agent capability',
    }
  }
  if (!manner.spool && failure.transferAllowed.spool && failure.bytes > 0) {
    return {
      manner: { ...manner, spool: true },
      notice: 'the destination broke the push off: collecting the pack first, to send it with its length',
    }
  }
  if (failure.commands < 2 || manner.maxRefs === 1) return undefined
  const maxRefs = failure.commands > 64 ? Math.ceil(failure.commands / 8) : 1
  return {
    manner: { ...manner, maxRefs },
    notice: `the destination broke off a push of ${failure.commands} refs: trying at most ${maxRefs} at once`,
  }
}
