import { describe, expect, it } from 'vitest'
import { STEP_ITEMS, type Steps } from '../../src/base/steps.ts'
import { runInTurns } from '../../src/base/turns.ts'
import { orderHaves } from '../../src/mirror/history/order-haves.ts'
import { makeBatches } from '../../src/mirror/push/batches.ts'
import { chooseNextStep } from '../../src/mirror/push/next-step.ts'
import { recordChanges } from '../../src/mirror/push/record-changes.ts'
import type { StepFacts } from '../../src/mirror/push/step.ts'
import { createRaceTest } from '../../src/mirror/push/race-test.ts'
import { judgePushes, type Verdict } from '../../src/mirror/push/verdict.ts'
import { startLearned } from '../../src/mirror/state/learned.ts'
import { Ledger } from '../../src/mirror/state/ledger.ts'
import { planInSteps } from '../../src/plan/plan.ts'
import type { RefUpdate } from '../../src/plan/plan-types.ts'
import { makeRefTable } from '../../src/plan/ref-table.ts'
import { parseRefspecs } from '../../src/plan/refspec.ts'
import { mayMeetSymref } from '../../src/plan/symrefs.ts'
import { parseCapabilities } from '../../src/protocol/capabilities.ts'
import { encodeFetchV0, encodeFetchV2 } from '../../src/protocol/fetch-request.ts'
import { encodeCommands } from '../../src/protocol/push-request.ts'
import { NONE, outcomeOf, pushOf } from './push/pushes.ts'

const REFS = 10 * STEP_ITEMS

/** Stops that work on so many items has at least: one for each `STEP_ITEMS`, but for what is left at the end. */
const STOPS = REFS / STEP_ITEMS - 1

const idAt = (at: number, fill: string): string => String(at).padStart(8, '0').padEnd(40, fill)
const nameAt = (at: number): string => `refs/heads/b${String(at).padStart(8, '0')}`
const listOf = (fill: string): { name: string; id: string }[] =>
  Array.from({ length: REFS }, (_, at) => ({ name: nameAt(at), id: idAt(at, fill) }))

const SOURCE = listOf('a')
const OTHER = listOf('b')
const IDS = SOURCE.map(({ id }) => id)
const UPDATES: readonly RefUpdate[] = SOURCE.map(({ name, id }) => ({
  ref: name,
  sourceRef: name,
  action: 'create',
  old: NONE,
  new: id,
  reason: '',
}))
const MOVES = UPDATES.map((update, at) => ({ ...update, action: 'update' as const, old: OTHER[at]!.id }))
const REFUSED = { ok: false, reason: 'pre-receive hook declined' } as const
const PUSH = pushOf(UPDATES, {
  unpack: 'ok',
  refs: Object.fromEntries(UPDATES.map(({ ref }) => [ref, REFUSED])),
})
const refspecs = parseRefspecs(['refs/heads/*'], 'refs')

function planOf(from: typeof SOURCE, to: typeof SOURCE): Steps<unknown> {
  const source = { refs: from, head: undefined, format: 'sha1' } as const
  const destination = {
    refs: to,
    head: undefined,
    format: 'sha1',
    symrefs: new Map<string, string>(),
  } as const
  return planInSteps({ source, destination, refspecs, prune: true, force: true })
}

function verdictsOf(kind: 'changed' | 'refused'): readonly Verdict[] {
  return UPDATES.map((update) =>
    kind === 'changed' ? { kind, update } : { kind, update, reason: REFUSED.reason, push: PUSH },
  )
}

const LEARNED = startLearned(
  {
    thin: true,
    agent: true,
    spool: false,
    maxRefs: 5000,
    byKind: false,
    ownObjects: false,
    maxBytes: undefined,
    pieces: false,
    greetAhead: true,
  },
  2_000_000_000,
)

function chooseAfter(kind: 'changed' | 'refused'): Steps<unknown> {
  const facts: StepFacts = {
    options: { atomic: false, retries: 0, transfer: 'auto' },
    learned: LEARNED,
    outcome: outcomeOf([PUSH]),
    verdicts: verdictsOf(kind),
    failures: 0,
    host: undefined,
    defaultBranch: undefined,
  }
  return chooseNextStep(facts)
}

const ledger = (): Ledger => new Ledger({ label: 'd', isDryRun: false, reporter: () => undefined })
const fetching = {
  capabilities: parseCapabilities(['fetch=shallow', 'agent=git/2', 'multi_ack_detailed']),
  format: 'sha1',
  agent: 'git/2',
  thin: true,
  ofsDelta: true,
  progress: false,
} as const

const WORK: Readonly<Record<string, () => Steps<unknown>>> = {
  'plans refs that are all new': () => planOf(SOURCE, []),
  'plans refs that all moved': () => planOf(SOURCE, OTHER),
  'plans refs that are all gone': () => planOf([], SOURCE),
  'plans refs that stand as they should': () => planOf(SOURCE, SOURCE),
  'makes ready to find a name in a sorted list': () => makeRefTable(SOURCE).prepareFor('refs/heads/x'),
  'makes ready to find a name in a list without order': () =>
    makeRefTable([SOURCE[1]!, SOURCE[0]!, ...SOURCE.slice(2)]).prepareFor('refs/heads/x'),
  'looks for symbolic refs': () => mayMeetSymref(MOVES, { refs: OTHER, haves: [] }),
  'cuts pushes': () => makeBatches(UPDATES, { maxRefs: 5000, byKind: true, atomic: false }),
  'orders what the destination has': () =>
    orderHaves({ destination: IDS, sourceIds: new Set(), oldValues: [], max: REFS }),
  'writes the wants of a fetch': () => encodeFetchV2({ ...fetching, wants: IDS, haves: [] }),
  'writes the haves of a fetch in v0': () => encodeFetchV0({ ...fetching, wants: [NONE], haves: IDS }),
  'writes the commands of a push': () =>
    encodeCommands({
      commands: MOVES.map(({ ref, old, new: id }) => ({ kind: 'update', ref, old, new: id })),
      capabilities: fetching.capabilities,
      format: 'sha1',
      agent: '',
      atomic: false,
    }),
  'judges a push': () =>
    judgePushes(
      { updates: UPDATES, pushes: [PUSH] },
      { refs: SOURCE, format: 'sha1' },
      createRaceTest(undefined),
    ),
  'writes down what changed': () => recordChanges(ledger(), verdictsOf('changed'), undefined),
  'chooses what comes after a push that went well': () => chooseAfter('changed'),
  'chooses what comes after a push that was refused': () => chooseAfter('refused'),
}

describe('work on very many refs', () => {
  it.each(Object.entries(WORK))('%s with stops', (_, begin) => {
    let stops = 0
    const steps = begin()
    while (steps.next().done !== true) stops++
    expect(stops).toBeGreaterThanOrEqual(STOPS)
  })

  it('ends at the first stop after the run was cancelled', async () => {
    const controller = new AbortController()
    let done = 0
    function* work(): Steps<void> {
      for (; ; done++) {
        const until = performance.now() + 1
        while (performance.now() < until);
        yield
      }
    }
    const running = runInTurns(work(), controller.signal)
    setImmediate(() => controller.abort(new Error('cancelled')))
    await expect(running).rejects.toThrow('cancelled')
    const before = done
    await new Promise((resolve) => setImmediate(resolve))
    expect(done).toBe(before)
  })
})
