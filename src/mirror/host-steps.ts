import { MirrorError, toMirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import { type Host, type HostedRepository, statusOf } from '../hosts/api/host.ts'
import { kindByName, openHost } from '../hosts/api/open-host.ts'
import { warnOfExpiry } from '../hosts/api/token-expiry.ts'
import { findLifted, type LiftedNote } from '../plan/ours/lifted.ts'
import { mapToDestination } from '../plan/refspec-match.ts'
import type { Endpoint } from '../options/options.ts'
import type { AdvertisedRef } from '../protocol/advertisement.ts'
import { removeNotes, writeNote } from './lifted-rules.ts'
import type { Planned } from './planned-round.ts'
import type { Step, StepRecord } from './push/step.ts'
import { ReceivePackSession } from './sessions/receive-pack-session.ts'
import { waitFor } from './sessions/retry.ts'
import type { DestinationContext } from './state/context.ts'
import type { Ledger } from './state/ledger.ts'

const HEADS = 'refs/heads/'

/** Hosts may not know a repository, or a branch, for so many tries after it was made. */
const MOST_TRIES = 10

const TRY_DELAY_MS = 1000

/** Milliseconds in which all rules are put back: those that are left when the run was cancelled, and otherwise. */
const LAST_MOMENT_MS = 3000

const PUT_BACK_LIMIT_MS = 60_000

/** What a run does at the host of one destination, beside the pushes. */
export interface HostSteps {
  /** Makes the repository where it is not there. @throws MirrorError */
  prepare(): Promise<void>
  /**
   * Sets the default branch, once, when all else is done.
   * @returns whether it changed: what is left may be possible now
   */
  settleDefaultBranch(planned: Planned, names: ReadonlySet<string>): Promise<boolean>
  /** Lets branches be forced that a rule of the host has kept. @returns the step without their refusals */
  liftRules(step: Step, forced: ReadonlyMap<string, boolean> | undefined): Promise<Step>
  /**
   * Puts back the rules that an earlier run was killed over.
   * @returns whether there were any: the destination is to be listed again
   */
  settleLeftovers(refs: readonly AdvertisedRef[]): Promise<boolean>
  /** Puts back every rule that was changed, and ends. Never throws. */
  end(): Promise<void>
}

/** @throws MirrorError `usage` where nobody knows the API of the host */
export async function openHostSteps(
  context: DestinationContext,
  endpoint: Endpoint,
  ledger: Ledger,
): Promise<HostSteps> {
  const { options, server, signal } = context
  const host = await openHost(endpoint, {
    env: options.env,
    signal,
    kind: options.host.kind,
    api: options.host.api,
    onNotice: (text) => ledger.note(text),
    onRequest: options.verbose ? (text) => ledger.note(text) : undefined,
  })
  const lifted: LiftedNote[] = []
  const tried = new Set<string>()
  let isDefaultSet = false
  await warnOfExpiry(host, (text) => ledger.warn(text))
  return {
    async prepare() {
      const visibility = options.host.create
      if (visibility === undefined || (await host.look()) !== undefined) return
      const { label } = server.remote
      if (options.dryRun) throw missing(label)
      const { format } = await context.source.listing()
      const isMade = await host.create({ visibility, format })
      ledger.note(
        isMade ? `made the repository ${label} (${visibility})` : `${label} was made by somebody else`,
      )
      await waitForRepository(context)
    },
    async settleDefaultBranch(planned, names) {
      if (isDefaultSet || options.host.defaultBranch.kind === 'keep' || options.dryRun) return false
      isDefaultSet = true
      const wanted = options.host.defaultBranch
      const isImplied = wanted.kind === 'source' && wanted.isImplied === true
      // What nobody has asked for is no reason for a warning.
      const warn = (text: string): void => (isImplied ? undefined : ledger.warn(text))
      const branch = wantedBranch(context, planned, warn)
      if (branch === undefined) return false
      if (!names.has(`${HEADS}${branch}`)) {
        warn(`default-branch: the destination has no branch ${printableLine(branch, 200)}`)
        return false
      }
      if ((await lookAfterPush(host, signal))?.defaultBranch === branch) return false
      await setDefaultBranch(host, branch, signal)
      ledger.note(`the default branch is now ${printableLine(branch, 200)}`)
      return true
    },
    async liftRules(step, forced) {
      if (!options.host.allowForce || host.allowForce === undefined || step.kind !== 'again') return step
      const forgiven = new Set<StepRecord>()
      for (const record of step.records) {
        if (record.kind !== 'refusal' || !isForceRefused(record, forced)) continue
        const { ref } = record.update
        if (tried.has(ref)) continue
        tried.add(ref)
        const allows = await host.allowForce(ref.slice(HEADS.length), async (rule) => {
          const note = await writeNote(server, { rule, id: record.update.old })
          if (note === undefined) {
            ledger.warn(
              `${printableLine(rule, 200)} stays protected: the destination takes no ref of ours, which a later run needs if this one is killed`,
            )
            return false
          }
          lifted.push(note)
          return true
        })
        if (!allows) continue
        forgiven.add(record)
        ledger.note(`${ref} is protected: a forced push is allowed until this run ends`)
      }
      return forgiven.size === 0
        ? step
        : { ...step, records: step.records.filter((record) => !forgiven.has(record)) }
    },
    async settleLeftovers(refs) {
      const notes = findLifted(refs)
      if (notes.length === 0 || options.dryRun || host.forbidForce === undefined) {
        for (const note of notes) ledger.warn(describeLeftover(note))
        return false
      }
      const limit = AbortSignal.any([signal, AbortSignal.timeout(PUT_BACK_LIMIT_MS)])
      await putBack(host, {
        notes,
        context,
        ledger,
        limit,
        after: ', where an earlier run was ended amid a push',
      })
      signal.throwIfAborted()
      return true
    },
    async end() {
      const limit = AbortSignal.timeout(signal.aborted ? LAST_MOMENT_MS : PUT_BACK_LIMIT_MS)
      await putBack(host, { notes: lifted, context, ledger, limit, after: '' })
      await host.dispose()
    },
  }
}

/**
 * Puts back the rules that an earlier run was killed over, where this one has nothing else to do at the host.
 * @returns whether the destination is to be listed again
 */
export async function settleLeftovers(
  context: DestinationContext,
  ledger: Ledger,
  refs: readonly AdvertisedRef[],
): Promise<boolean> {
  let steps: HostSteps | undefined
  try {
    steps = await openHostSteps(context, context.endpoint, ledger)
    return await steps.settleLeftovers(refs)
  } catch {
    // There is no token, or nobody knows the host.
    context.signal.throwIfAborted()
    for (const note of findLifted(refs)) ledger.warn(describeLeftover(note))
    return false
  } finally {
    await steps?.end()
  }
}

/**
 * Sets the default branch that nobody has asked for, where the host is known and there is a token for it. Never fails a
 * run but for its signal.
 * @returns as `HostSteps.settleDefaultBranch`
 */
export async function settleImpliedBranch(
  context: DestinationContext,
  ledger: Ledger,
  { planned, names }: { readonly planned: Planned; readonly names: ReadonlySet<string> },
): Promise<boolean> {
  const { options, endpoint, signal } = context
  const { token } = endpoint.api ?? endpoint.credentials
  if (!token || (options.host.kind ?? kindByName(endpoint.url, options.env)) === undefined) return false
  let steps: HostSteps | undefined
  try {
    steps = await openHostSteps(context, endpoint, ledger)
    return await steps.settleDefaultBranch(planned, names)
  } catch (thrown) {
    signal.throwIfAborted()
    const { message } = toMirrorError(thrown, { code: 'cut' })
    ledger.note(
      `the default branch stays as it is: ${message}. With default-branch: keep it is not looked at`,
    )
    return false
  } finally {
    await steps?.end()
  }
}

/** What there is to say of a rule that an earlier run has lifted, where this one cannot put it back. */
function describeLeftover({ rule }: LiftedNote): string {
  return (
    `an earlier run was ended while forced pushes to ${printableLine(rule, 200)} were allowed, and may not have ` +
    'forbidden them again: a run with a token for the API of the host does that'
  )
}

interface PutBack {
  readonly notes: readonly LiftedNote[]
  readonly context: DestinationContext
  readonly ledger: Ledger
  readonly limit: AbortSignal
  /** Words behind what is noted. */
  readonly after: string
}

/** Never throws: what could not be done is said, and its note stays for the next run. */
async function putBack(host: Host, { notes, context, ledger, limit, after }: PutBack): Promise<void> {
  const done: LiftedNote[] = []
  const one = async (note: LiftedNote): Promise<void> => {
    const rule = printableLine(note.rule, 200)
    try {
      await host.forbidForce!(note.rule, limit)
      ledger.note(`forced pushes to ${rule} are forbidden again${after}`)
      done.push(note)
    } catch (thrown) {
      // Somebody has removed the rule: there is nothing to put back.
      if (statusOf(thrown) === 404) return void done.push(note)
      const { message } = toMirrorError(thrown, { code: 'cut' })
      ledger.warn(
        `the rule of ${rule} could not be put back (${message}): the next run tries again; or forbid forced pushes there by hand`,
      )
    }
  }
  await Promise.all(notes.map(one))
  const left = await removeNotes(context, done, limit)
  if (left !== undefined) ledger.note(`the note of a rule that was lifted is left for the next run: ${left}`)
}

function missing(label: string): MirrorError {
  return new MirrorError(`${label} does not exist, or the token may not see it`, {
    code: 'not-found',
    side: 'destination',
    hint: 'A run without dry-run would make it.',
  })
}

/** A host may answer 404 for a moment after it has made a repository. @throws MirrorError */
async function waitForRepository({ server, signal }: DestinationContext): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      const session = await ReceivePackSession.open(server)
      return await session.close()
    } catch (thrown) {
      const error = toMirrorError(thrown, { code: 'cut', side: 'destination' })
      if (error.code !== 'not-found' || tries === MOST_TRIES) throw error
      await waitFor(TRY_DELAY_MS, signal)
    }
  }
}

function wantedBranch(
  { options }: DestinationContext,
  { source }: Planned,
  warn: (text: string) => void,
): string | undefined {
  const wanted = options.host.defaultBranch
  if (wanted.kind === 'name') return wanted.name
  if (source.head === undefined) {
    warn('default-branch: the source does not tell its default branch')
    return undefined
  }
  const ref = mapToDestination(options.refspecs, source.head)
  if (ref?.startsWith(HEADS) === true) return ref.slice(HEADS.length)
  warn(
    `default-branch: ${printableLine(source.head, 200)}, the default branch of the source, is not mirrored as a branch`,
  )
  return undefined
}

/**
 * Hosts keep a database beside the refs, which follows a push after a moment; with the first one it chooses a default
 * branch, whatever was set before.
 */
async function lookAfterPush(host: Host, signal: AbortSignal): Promise<HostedRepository | undefined> {
  for (let tries = 1; ; tries++) {
    const shown = await host.look()
    if (shown?.isEmpty !== true || tries === MOST_TRIES) return shown
    await waitFor(TRY_DELAY_MS, signal)
  }
}

/** A branch that was pushed a moment ago may be unknown yet. */
async function setDefaultBranch(host: Host, branch: string, signal: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await host.setDefaultBranch(branch)
    } catch (thrown) {
      const error = toMirrorError(thrown, { code: 'cut', side: 'destination' })
      const isUnknown = error.status === 404 || error.status === 422 || error.status === 400
      if (!isUnknown || tries === MOST_TRIES) throw error
      await waitFor(TRY_DELAY_MS, signal)
    }
  }
}

/** A branch that history shows to be forced, or whose refusal speaks of force. */
function isForceRefused(
  { update, reason, lines }: Extract<StepRecord, { kind: 'refusal' }>,
  forced: ReadonlyMap<string, boolean> | undefined,
): boolean {
  if (!update.ref.startsWith(HEADS) || update.action !== 'update') return false
  return forced?.get(update.ref) === false || /\bforce\b/i.test([reason, ...lines].join('\n'))
}
