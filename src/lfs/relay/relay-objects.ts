import { type MirrorError, toMirrorError } from '../../base/errors.ts'
import type { LfsObject, LfsStore } from '../api/store.ts'
import { checkBody } from './checked-body.ts'
import { fanOut } from './fan-out.ts'

/** Who lacks what. */
export interface Target {
  readonly store: LfsStore
  readonly objects: readonly LfsObject[]
}

export interface Relayed {
  readonly sent: readonly LfsObject[]
  readonly failed: readonly { readonly object: LfsObject; readonly error: MirrorError }[]
}

export interface RelayOptions {
  readonly source: LfsStore
  readonly targets: readonly Target[]
  /** Objects on their way at the same time. */
  readonly atOnce: number
  /** Attempts after a passing failure of one object. */
  readonly retries: number
  readonly signal: AbortSignal
  /** Bytes that were handed to a destination. */
  readonly onBytes: (store: LfsStore, bytes: number) => void
  readonly onSent: (store: LfsStore, object: LfsObject) => void
  /** An object will be sent once more to `stores`. */
  readonly onRetry: (stores: readonly LfsStore[], object: LfsObject, error: MirrorError) => void
  /** Waits before attempt `attempt`, which is 1 or more. @throws the signal's reason. */
  readonly wait: (attempt: number, error: MirrorError) => Promise<void>
}

interface Draft {
  readonly sent: LfsObject[]
  readonly failed: { object: LfsObject; error: MirrorError }[]
  /** It takes nothing any more: full, over its quota, or its credential was refused. */
  broken: MirrorError | undefined
}

/**
 * Streams objects from the source to every target that lacks them, each object read once for all of them. What fails
 * is named; the others go on.
 * @returns one result for each target, in their order
 * @throws the signal's reason.
 */
export async function relayObjects(options: RelayOptions): Promise<readonly Relayed[]> {
  const drafts: readonly Draft[] = options.targets.map(() => ({ sent: [], failed: [], broken: undefined }))
  const jobs = makeJobs(options.targets)
  let next = 0
  const work = async (): Promise<void> => {
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) await relayOne(options, drafts, job)
  }
  const workers = Array.from({ length: Math.min(options.atOnce, jobs.length) }, work)
  // All of them have ended before an error leaves: nothing is written behind the back of whoever reads it.
  const ends = await Promise.allSettled(workers)
  options.signal.throwIfAborted()
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return drafts
}

interface Job {
  readonly object: LfsObject
  /** Indexes of the targets. */
  readonly to: readonly number[]
}

function makeJobs(targets: readonly Target[]): readonly Job[] {
  const jobs = new Map<string, { object: LfsObject; to: number[] }>()
  for (const [index, { objects }] of targets.entries()) {
    for (const object of objects) {
      const key = `${object.oid} ${object.size}`
      const job = jobs.get(key)
      if (job === undefined) jobs.set(key, { object, to: [index] })
      else if (!job.to.includes(index)) job.to.push(index)
    }
  }
  return [...jobs.values()]
}

async function relayOne(options: RelayOptions, drafts: readonly Draft[], { object, to }: Job): Promise<void> {
  let open = to
  for (let attempt = 0; ; attempt++) {
    for (const index of open) {
      const { broken, failed } = drafts[index]!
      if (broken !== undefined) failed.push({ object, error: broken })
    }
    open = open.filter((index) => drafts[index]!.broken === undefined)
    if (open.length === 0) return
    options.signal.throwIfAborted()
    const again = await sendOnce(options, drafts, { object, to: open }, attempt < options.retries)
    if (again === undefined) return
    open = again.to
    const stores = open.map((index) => options.targets[index]!.store)
    options.onRetry(stores, object, again.error)
    await options.wait(attempt + 1, again.error)
  }
}

/** @returns the targets that are worth another attempt, and why */
async function sendOnce(
  options: RelayOptions,
  drafts: readonly Draft[],
  { object, to }: Job,
  mayRetry: boolean,
): Promise<{ readonly to: readonly number[]; readonly error: MirrorError } | undefined> {
  const bodies = fanOut(checkBody(object, options.source.read(object)), to.length)
  const ends = await Promise.allSettled(
    to.map(async (index, at) => {
      const { store } = options.targets[index]!
      const body = bodies[at]!
      try {
        await store.write(
          object,
          count(body, (bytes) => options.onBytes(store, bytes)),
        )
      } finally {
        // A store that answers early must not stop the others.
        await body.return?.()
      }
    }),
  )
  const again: number[] = []
  let reason: MirrorError | undefined
  for (const [at, end] of ends.entries()) {
    const index = to[at]!
    const draft = drafts[index]!
    const { store } = options.targets[index]!
    if (end.status === 'fulfilled') {
      draft.sent.push(object)
      options.onSent(store, object)
      continue
    }
    options.signal.throwIfAborted()
    const error = toMirrorError(end.reason, { code: 'cut', side: 'destination', retryable: true })
    if (mayRetry && error.retryable) {
      again.push(index)
      reason = error
      continue
    }
    if (isFinalForAll(error)) draft.broken = error
    draft.failed.push({ object, error })
  }
  return reason && { to: again, error: reason }
}

/** What one object was refused for, every other one would be. */
function isFinalForAll({ side, code, status }: MirrorError): boolean {
  return side === 'destination' && (code === 'auth' || status === 507 || status === 509 || code === 'connect')
}

async function* count(
  body: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void> {
  for await (const slice of body) {
    yield slice
    onBytes(slice.length)
  }
}
