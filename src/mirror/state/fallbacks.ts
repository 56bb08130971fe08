import { diagnose, type NextTry, type Refusal } from '../../advice/advise.ts'
import { MirrorError } from '../../base/errors.ts'

/** How this destination is pushed to. It starts as the best way and becomes plainer as the server refuses. */
export interface PushMode {
  readonly thin: boolean
  /** Send an `agent` capability. */
  readonly agent: boolean
  /** Collect the pack first and send it with Content-Length. */
  readonly spool: boolean
  readonly maxRefs: number
  /** Push branches, tags and other refs apart. */
  readonly byKind: boolean
  /** Each push brings the objects of its own refs alone: one that is refused takes no others down with it. */
  readonly ownObjects: boolean
  /** Bytes of one push; above it the history is cut into pieces. */
  readonly maxBytes: number | undefined
  /** Cut the history: it does not fit one push. */
  readonly pieces: boolean
  /** Open the connection of the next push during the one before. */
  readonly greetAhead: boolean
}

/** What a server said of one push that failed or that it refused. Raw, and nothing of another push. */
export interface PushWords {
  readonly error: MirrorError | undefined
  /** The report's `unpack` words, where they are not ok. */
  readonly unpack: string | undefined
  /** The refs of pushes of which every ref was refused. */
  readonly refused: readonly Refusal[]
  /** What the server wrote beside its report: progress, hooks, stderr. */
  readonly words: readonly string[]
  readonly host: string | undefined
}

/** A push that did not do what it should. */
export interface PushFailure extends PushWords {
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

export interface Fallback {
  readonly mode: PushMode
  /** For the log: what is tried now. */
  readonly notice: string
}

const SMALLEST_PIECE_BYTES = 16 * 1024
/** For a refusal that came before the bytes: what gateways allow when nobody has set it is 1 MB. */
const FIRST_GUESS_BYTES = 1_000_000
/** A push that breaks off after this many bytes has met a limit rather than a fault. */
const LIMIT_LIKELY_BYTES = 16 * 1024 * 1024
/** Part of a limit that is used: of one that was told, and of one that was met. */
const TOLD_LIMIT_PART = 0.95
const MET_LIMIT_PART = 0.8

/** Milliseconds of waiting for the source after which a closed push counts as a timeout of the destination. */
const STARVED_MS = 1000
/** Of gateways too: what they say when the program behind them is gone. */
const GAVE_UP_STATUSES: ReadonlySet<number> = new Set([400, 408, 499, 500, 502, 503, 504])

/** Refs that were declined together are not tried apart when there are more. */
const MOST_REFS_APART = 500

/** What the table of advice says may be tried after a push; undefined where no row fits. */
export function chooseTry(push: PushWords): NextTry | undefined {
  const { words, host, unpack } = push
  if (push.error !== undefined || unpack !== undefined) {
    const error =
      push.error ??
      new MirrorError('the pack was not taken', { code: 'unpack', side: 'destination', serverText: unpack })
    return diagnose({ phase: 'transfer', words, host, error })?.next
  }
  const tries = push.refused
    .slice(0, MOST_REFS_APART)
    .map((refusal) => diagnose({ phase: 'transfer', words, host, refusal })?.next)
  const ofPush =
    tries.find((next) => next?.kind === 'fewer') ?? tries.find((next) => next?.kind === 'smaller')
  if (ofPush !== undefined) return ofPush
  return tries.length > 0 && tries.every((next) => next?.kind === 'apart') ? { kind: 'apart' } : undefined
}

/**
 * Whether a refusal may have struck the ref only because it was pushed together with others: a hook that sees a push
 * as a whole declines all of it for one ref, or for its size.
 */
export function mayPassApart(push: Pick<PushWords, 'words' | 'host'>, refusal: Refusal): boolean {
  const next = diagnose({ phase: 'transfer', words: push.words, host: push.host, refusal })?.next
  return next?.kind === 'apart' || next?.kind === 'fewer' || next?.kind === 'smaller'
}

/** The destination ended the push while it waited for a byte of the source. */
export function hasStarved({ error, unpack, starved }: PushFailure): boolean {
  if (starved < STARVED_MS) return false
  if (error === undefined) return unpack !== undefined
  if (error.side === 'source') return false
  return error.status === undefined
    ? error.code === 'cut' || error.code === 'server'
    : GAVE_UP_STATUSES.has(error.status)
}

/** The plainer way to try next, or undefined when nothing is left to try (A3, D8, F5, G7, K3, K6). */
export function fallBack(mode: PushMode, failure: PushFailure): Fallback | undefined {
  if (failure.overOurLimit) return cutAtOurLimit(mode)
  const next = chooseTry(failure)
  if (next?.kind === 'nothing' || next?.kind === 'again') return undefined
  return (
    stopGreetingAhead(mode, failure) ??
    collectForImpatient(mode, failure) ??
    cutSmaller(mode, failure, next) ??
    collectForLength(mode, failure, next) ??
    sendFewerRefs(mode, failure, next) ??
    sendApart(mode, failure, next) ??
    sendPlainer(mode, failure, next)
  )
}

function cutAtOurLimit(mode: PushMode): Fallback | undefined {
  if (mode.maxBytes === undefined) return undefined
  return {
    mode: { ...mode, pieces: true },
    notice: `the pack is larger than ${mode.maxBytes} bytes: sending the history in pieces`,
  }
}

function stopGreetingAhead(mode: PushMode, { greetedAhead, error }: PushFailure): Fallback | undefined {
  if (!greetedAhead || !mode.greetAhead || (error?.code !== 'cut' && error?.code !== 'server'))
    return undefined
  return {
    mode: { ...mode, greetAhead: false },
    notice:
      'the destination ended a connection that was opened before it was needed: opening one push after the other',
  }
}

function collectForImpatient(mode: PushMode, failure: PushFailure): Fallback | undefined {
  if (mode.spool || !failure.transferAllowed.spool || !hasStarved(failure)) return undefined
  const seconds = (failure.starved / 1000).toFixed(1)
  return {
    mode: { ...mode, spool: true },
    notice: `the destination gave up after waiting ${seconds} s for the source: collecting the pack first, to send it at once`,
  }
}

function cutSmaller(mode: PushMode, failure: PushFailure, next: NextTry | undefined): Fallback | undefined {
  const { error, bytes } = failure
  const isTold = next?.kind === 'smaller' || error?.code === 'too-large'
  const hungUp =
    (next === undefined || next.kind === 'collected') &&
    (error?.status === 408 || error?.status === 504 || error?.code === 'cut') &&
    bytes > LIMIT_LIKELY_BYTES
  if (!isTold && !hungUp) return undefined
  const limit = next?.kind === 'smaller' ? next.limit : undefined
  const told = Math.floor((limit ?? Infinity) * TOLD_LIMIT_PART)
  const isNews = told < (mode.maxBytes ?? Infinity)
  const reached = bytes < SMALLEST_PIECE_BYTES ? FIRST_GUESS_BYTES : bytes
  const met = Math.floor(Math.min(reached, mode.maxBytes ?? Infinity) * MET_LIMIT_PART)
  const maxBytes = isNews ? told : met
  if (maxBytes < SMALLEST_PIECE_BYTES) return undefined
  const why = isNews
    ? `the destination takes at most ${limit} bytes in one push`
    : `the destination gave up after ${bytes} bytes of one pack`
  return {
    mode: { ...mode, maxBytes, pieces: true },
    notice: `${why}: sending pieces of at most ${maxBytes} bytes`,
  }
}

function collectForLength(
  mode: PushMode,
  failure: PushFailure,
  next: NextTry | undefined,
): Fallback | undefined {
  const status = failure.error?.status
  if (mode.spool || !failure.transferAllowed.spool) return undefined
  if (next?.kind !== 'collected' && (status !== 400 || mode.thin)) return undefined
  return {
    mode: { ...mode, spool: true },
    notice: `the destination answered ${status} to a streamed pack: collecting the pack first, to send it with its length`,
  }
}

function sendFewerRefs(
  mode: PushMode,
  failure: PushFailure,
  next: NextTry | undefined,
): Fallback | undefined {
  const { commands, error } = failure
  if (commands < 2 || (next?.kind !== 'fewer' && error?.status !== 500)) return undefined
  const told = next?.kind === 'fewer' ? (next.limit ?? 0) : 0
  const half = commands > 100 ? Math.ceil(commands / 2) : 1
  const maxRefs = told > 0 && told < commands ? told : half
  return {
    mode: { ...mode, maxRefs },
    notice: `the destination refused a push of ${commands} refs: trying at most ${maxRefs} at once`,
  }
}

function sendApart(mode: PushMode, failure: PushFailure, next: NextTry | undefined): Fallback | undefined {
  const { commands, refused } = failure
  if (next?.kind !== 'apart' || commands < 2 || Math.max(commands, refused.length) > MOST_REFS_APART)
    return undefined
  if (refused.length === 0) {
    const maxRefs = fewerRefs(commands)
    return {
      mode: { ...mode, maxRefs, ownObjects: true },
      notice: `the destination refused a push of ${commands} refs as a whole: trying at most ${maxRefs} at once, with their own objects`,
    }
  }
  if (!mode.byKind && new Set(refused.map(({ ref }) => kindOf(ref))).size > 1) {
    return {
      mode: { ...mode, byKind: true },
      notice: 'the destination declined every ref of the push: trying branches, tags and others apart',
    }
  }
  if (mode.maxRefs === 1) return undefined
  const maxRefs = fewerRefs(commands)
  return {
    mode: { ...mode, maxRefs },
    notice: `the destination declined every ref of the push: trying at most ${maxRefs} at once`,
  }
}

/** `refs/heads/`, `refs/tags/`, or what else stands there. */
function kindOf(ref: string): string {
  return /^refs\/[^/]+\//.exec(ref)?.[0] ?? ''
}

function fewerRefs(commands: number): number {
  return commands > 64 ? Math.ceil(commands / 8) : 1
}

function sendPlainer(mode: PushMode, failure: PushFailure, next: NextTry | undefined): Fallback | undefined {
  if (next !== undefined && next.kind !== 'plainer' && next.kind !== 'collected') return undefined
  const status = failure.error?.status
  const isRefused =
    failure.unpack !== undefined ||
    status === 400 ||
    status === 422 ||
    (status ?? 0) >= 500 ||
    (failure.error?.code === 'cut' && failure.error.side === 'destination')
  if (!isRefused) return undefined
  if (mode.thin) {
    return {
      mode: { ...mode, thin: false },
      notice:
        failure.unpack === undefined
          ? 'the destination broke the push off: trying once more with a pack that stands alone (not thin)'
          : 'the destination refused the pack: trying once more with a pack that stands alone (not thin)',
    }
  }
  return failure.unpack === undefined ? askLess(mode, failure) : undefined
}

/** A server that breaks off without a report may dislike any of these; the most expensive to give up comes last. */
function askLess(mode: PushMode, failure: PushFailure): Fallback | undefined {
  if (mode.agent) {
    return {
      mode: { ...mode, agent: false },
      notice: 'the destination broke the push off: trying once more without the agent capability',
    }
  }
  if (!mode.spool && failure.transferAllowed.spool && failure.bytes > 0) {
    return {
      mode: { ...mode, spool: true },
      notice: 'the destination broke the push off: collecting the pack first, to send it with its length',
    }
  }
  if (failure.commands < 2 || mode.maxRefs === 1) return undefined
  const maxRefs = fewerRefs(failure.commands)
  return {
    mode: { ...mode, maxRefs },
    notice: `the destination broke off a push of ${failure.commands} refs: trying at most ${maxRefs} at once`,
  }
}
