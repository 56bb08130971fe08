import type { MirrorError } from '../../base/errors.ts'
import type { MirrorResult } from '../../report/result.ts'

/**
 * What a mirror's end says of the host of one of its ends: `well` it answered, `slower` it asks for fewer requests,
 * `refused` it does not take the credential, `unreachable` there was no answer at all, `unknown` nothing.
 */
export type HostVerdict =
  | { readonly kind: 'well' | 'refused' | 'unreachable' | 'unknown' }
  | { readonly kind: 'slower'; readonly wait: number | undefined }

/** The verdicts on a pair's hosts: of the source, and of each destination in order. */
export interface PairVerdicts {
  readonly source: HostVerdict
  readonly destinations: readonly HostVerdict[]
}

const WELL: HostVerdict = { kind: 'well' }
const UNKNOWN: HostVerdict = { kind: 'unknown' }

/** Reads them from the result of a pair. */
export function judgeHosts(result: MirrorResult): PairVerdicts {
  const errors = [result.error, ...result.destinations.map(({ error }) => error)]
  const ofSource = errors.find((error) => error?.side === 'source')
  return {
    source: ofSource === undefined ? (result.sourceRefs > 0 ? WELL : UNKNOWN) : judgeError(ofSource),
    destinations: result.destinations.map(({ error, status }) => {
      if (error === undefined) return status === 'failed' ? UNKNOWN : WELL
      return error.side === 'source' ? UNKNOWN : judgeError(error)
    }),
  }
}

function judgeError(error: MirrorError): HostVerdict {
  if (asksToSlowDown(error)) return { kind: 'slower', wait: error.retryAfter }
  switch (error.code) {
    case 'auth':
    case 'host-key':
      return { kind: 'refused' }
    case 'connect':
      return { kind: 'unreachable' }
    case 'timeout':
      return { kind: 'unreachable' }
    case 'cut':
    case 'cancelled':
    case 'local':
    case 'usage':
      return UNKNOWN
    default:
      return WELL
  }
}

/** In a status, or in words: ssh has no other way, and a server may hang up before it says any. */
function asksToSlowDown(error: MirrorError): boolean {
  if (error.status === 429 || error.advice === 'rate-limit' || error.advice === 'ssh-turned-away') return true
  if ((error.status === 503 || error.status === 403) && error.retryAfter !== undefined) return true
  const words = `${error.message}\n${error.serverText ?? ''}`
  return /rate.?limit|too many (?:requests|connections|concurrent)|MaxStartups/i.test(words)
}
