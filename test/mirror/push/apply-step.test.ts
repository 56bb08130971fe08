import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import { applyStep, type StepEffects } from '../../../src/mirror/push/apply-step.ts'
import type { Step, StepBase } from '../../../src/mirror/push/step.ts'
import { Ledger } from '../../../src/mirror/state/ledger.ts'
import type { MirrorEvent } from '../../../src/report/events.ts'
import { updateOf } from './pushes.ts'

const BASE: StepBase = {
  // What was learned is the owner's business: `applyStep` does not look at it.
  learned: undefined as unknown as StepBase['learned'],
  records: [],
  refreshSource: false,
}

/** Applies `step`, and tells what it did in order. */
async function apply(
  step: Step,
  given: Partial<StepEffects> = {},
): Promise<{ ledger: Ledger; done: string[] }> {
  const done: string[] = []
  const tell = (event: MirrorEvent): void => {
    if (event.kind === 'notice') done.push(`${event.level}: ${event.text}`)
    if (event.kind === 'rejected') done.push(`rejected: ${event.rejected.ref}`)
  }
  const ledger = new Ledger({ label: 'the destination', isDryRun: false, reporter: tell })
  await applyStep(step, {
    ledger,
    hosts: { source: 'gitlab.com', destination: 'github.com' },
    failures: 0,
    retries: 3,
    wait: async () => void done.push('waited'),
    refreshSource: async () => done.push('listed the source'),
    signal: new AbortController().signal,
    ...given,
  })
  return { ledger, done }
}

describe('applyStep', () => {
  it('writes everything down in order, then lists the source again', async () => {
    const update = updateOf('refs/heads/main')
    const { done } = await apply({
      ...BASE,
      kind: 'again',
      refreshSource: true,
      records: [
        { kind: 'note', text: 'one' },
        { kind: 'refusal', update, reason: 'declined', lines: [], isWarning: false },
        { kind: 'warning', text: 'two' },
      ],
    })
    expect(done).toEqual(['info: one', 'rejected: refs/heads/main', 'warning: two', 'listed the source'])
  })

  it('explains a refusal by the words of its own push', async () => {
    const refusal = (ref: string, lines: readonly string[]): Step['records'][number] => ({
      kind: 'refusal',
      update: updateOf(ref, 'update'),
      reason: 'pre-receive hook declined',
      lines,
      isWarning: false,
    })
    const large = ['error: GH001: Large files detected.']
    const { ledger } = await apply({
      ...BASE,
      kind: 'again',
      records: [refusal('refs/heads/large', large), refusal('refs/heads/other', [])],
    })
    const [first, second] = ledger.result().rejected
    expect(first?.advice).toMatch(/file/i)
    expect(second?.advice).not.toEqual(first?.advice)
  })

  it('writes a refusal down as it was, with the advice that fits, where there is any', async () => {
    const records = ['strange words', 'non-fast-forward'].map((reason, at) => ({
      kind: 'refusal' as const,
      update: updateOf(`refs/heads/${at}`, 'update'),
      reason,
      lines: [],
      isWarning: at === 1,
    }))
    const { ledger } = await apply({ ...BASE, kind: 'again', records })
    expect(ledger.result().rejected).toEqual([
      {
        ref: 'refs/heads/0',
        action: 'update',
        reason: 'strange words',
        advice: undefined,
        adviceId: undefined,
        warning: false,
      },
      {
        ref: 'refs/heads/1',
        action: 'update',
        reason: 'non-fast-forward',
        advice:
          'The history of the ref was rewritten, and the destination takes fast-forwards only. Set receive.denyNonFastForwards to false at the destination, or allow force pushes there.',
        adviceId: 'non-fast-forward',
        warning: true,
      },
    ])
  })

  it('makes words of a server harmless', async () => {
    const update = updateOf('refs/heads/main')
    const record = { kind: 'refusal', update, reason: 'a\u001B[2Jb', lines: [], isWarning: true } as const
    const { ledger } = await apply({ ...BASE, kind: 'again', records: [record] })
    expect(ledger.result().rejected[0]).toMatchObject({ warning: true })
    expect(ledger.result().rejected[0]?.reason).not.toContain('\u001B')
  })

  it('waits before it tries again, and counts', async () => {
    const error = new MirrorError('it broke', { code: 'cut', retryAfter: 1500 })
    const step: Step = { ...BASE, kind: 'retry', error, refreshSource: true }
    const waits: number[] = []
    const { ledger, done } = await apply(step, { failures: 1, wait: async (delay) => void waits.push(delay) })
    expect(done).toEqual(['info: trying again in 1.5 s (2 of 3): it broke', 'listed the source'])
    expect(waits).toEqual([1500])
    expect(ledger.result().error).toBeUndefined()
  })

  it('does not list the source when the run was ended during the wait', async () => {
    const step: Step = {
      ...BASE,
      kind: 'retry',
      error: new MirrorError('', { code: 'cut' }),
      refreshSource: true,
    }
    const ended = new Error('ended')
    const refreshSource = (): Promise<never> => Promise.reject(new Error('listed'))
    await expect(apply(step, { wait: () => Promise.reject(ended), refreshSource })).rejects.toBe(ended)
  })

  it('writes down what failed, with what the words of that push mean', async () => {
    const error = new MirrorError('the destination could not take the pack', {
      code: 'unpack',
      side: 'destination',
    })
    const lines = ['fatal: pack exceeds maximum allowed size (100.00 MiB)']
    const { ledger } = await apply({ ...BASE, kind: 'fail', error, lines })
    expect(ledger.result()).toMatchObject({ status: 'failed', error: { code: 'unpack' } })
    expect(ledger.result().error?.hint).toMatch(/size|large/i)
  })

  it('advises about a failure by the host of its side, the destination where it names none', async () => {
    const hintFor = async (side: 'source' | 'destination' | undefined, host: string) => {
      const error = new MirrorError('gone', { code: 'not-found', side })
      const others = { source: 'host.example', destination: 'host.example' }
      const hosts = { ...others, [side ?? 'destination']: host }
      const { ledger, done } = await apply({ ...BASE, kind: 'fail', error, lines: [] }, { hosts })
      expect(done).toEqual([])
      return ledger.result().error
    }
    for (const side of ['source', 'destination', undefined] as const) {
      expect((await hintFor(side, 'github.com'))?.advice).toBe('github-not-found')
      expect((await hintFor(side, 'host.example'))?.advice).not.toBe('github-not-found')
    }
  })

  it('lists no source after a failure, nor where the step does not ask for it', async () => {
    const error = new MirrorError('gone', { code: 'cut', side: 'destination' })
    expect((await apply({ ...BASE, kind: 'fail', error, lines: [], refreshSource: true })).done).toEqual([])
    expect((await apply({ ...BASE, kind: 'again' })).done).toEqual([])
    const { ledger, done } = await apply({
      ...BASE,
      kind: 'retry',
      error: new MirrorError('x', { code: 'cut' }),
    })
    expect(done).toEqual([expect.stringMatching(/^info: trying again in \d\.\d s \(1 of 3\): x$/), 'waited'])
    expect(ledger.error).toBeUndefined()
  })

  it('stops writing when the run is ended', async () => {
    const signal = AbortSignal.abort(new Error('ended'))
    const records = [{ kind: 'note', text: 'one' }] as const
    await expect(apply({ ...BASE, kind: 'again', records }, { signal })).rejects.toThrow('ended')
  })
})
