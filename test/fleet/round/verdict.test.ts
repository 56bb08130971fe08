import { describe, expect, it } from 'vitest'
import { MirrorError, type MirrorErrorDetails } from '../../../src/base/errors.ts'
import { judgeHosts } from '../../../src/fleet/round/verdict.ts'
import type { MirrorResult } from '../../../src/report/result.ts'

function verdictOf(message: string, details: MirrorErrorDetails): unknown {
  const error = new MirrorError(message, { side: 'source', ...details })
  const result = { sourceRefs: 0, destinations: [], error } as unknown as MirrorResult
  return judgeHosts(result).source
}

describe('what an error says of its host', () => {
  it.each<[string, MirrorErrorDetails, unknown]>([
    ['x', { code: 'http', status: 429, retryAfter: 2000 }, { kind: 'slower', wait: 2000 }],
    ['x', { code: 'http', status: 503, retryAfter: 5000 }, { kind: 'slower', wait: 5000 }],
    ['x', { code: 'http', status: 503 }, { kind: 'well' }],
    ['x', { code: 'cut', advice: 'ssh-turned-away' }, { kind: 'slower', wait: undefined }],
    ['x', { code: 'cut' }, { kind: 'unknown' }],
    ['rate-limited due to too many requests', { code: 'server' }, { kind: 'slower', wait: undefined }],
    ['x', { code: 'auth' }, { kind: 'refused' }],
    ['x', { code: 'connect' }, { kind: 'unreachable' }],
    ['x', { code: 'timeout' }, { kind: 'unreachable' }],
    ['x', { code: 'not-found' }, { kind: 'well' }],
  ])('%s with %j', (message, details, expected) => {
    expect(verdictOf(message, details)).toEqual(expected)
  })
})
