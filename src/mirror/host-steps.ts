import { MirrorError, toMirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'
import type { Allowance, Host, HostedRepository } from '../hosts/api/host.ts'
import { openHost } from '../hosts/api/open-host.ts'
import { warnOfExpiry } from '../hosts/api/token-expiry.ts'
import { mapToDestination } from '../plan/refspec-match.ts'
import type { Endpoint } from '../options/options.ts'
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

/** Milliseconds in which a rule is put back: those that are left when the run was cancelled, and otherwise. */
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
  const allowances: Allowance[] = []
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
      const branch = wantedBranch(context, planned, ledger)
      if (branch === undefined) return false
      if (!names.has(`${HEADS}${branch}`)) {
        ledger.warn(`default-branch: the destination has no branch ${printableLine(branch, 200)}`)
        return false
      }
      if ((await lookAfterPush(host, signal))?.defaultBranch === branch) return false
      await setDefaultBranch(host, branch, signal)
      ledger.note(`the default branch is now ${printableLine(branch, 200)}`)
      return true
    },
    async liftRules(step, forced) {
      if (!options.host.allowForce || host.allowForce === undefined || step.kind !== 'again') return step
      const lifted = new Set<StepRecord>()
      for (const record of step.records) {
        if (record.kind !== 'refusal' || !isForceRefused(record, forced)) continue
        const { ref } = record.update
        if (tried.has(ref)) continue
        tried.add(ref)
        const allows = await host.allowForce(
          ref.slice(HEADS.length),
          (allowance) => void allowances.push(allowance),
        )
        if (!allows) continue
        lifted.add(record)
        ledger.note(`${ref} is protected: a forced push is allowed until this run ends`)
      }
      return lifted.size === 0
        ? step
        : { ...step, records: step.records.filter((record) => !lifted.has(record)) }
    },
    async end() {
      const limit = signal.aborted ? LAST_MOMENT_MS : PUT_BACK_LIMIT_MS
      for (const { rule, putBack } of allowances.toReversed()) {
        try {
          await putBack(AbortSignal.timeout(limit))
          ledger.note(`forced pushes to ${printableLine(rule, 200)} are forbidden again`)
        } catch (thrown) {
          const { message } = toMirrorError(thrown, { code: 'cut' })
          ledger.warn(
            `the rule of ${printableLine(rule, 200)} could not be put back (${message}): forbid forced pushes there again by hand`,
          )
        }
      }
      await host.dispose()
    },
  }
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
  ledger: Ledger,
): string | undefined {
  const wanted = options.host.defaultBranch
  if (wanted.kind === 'name') return wanted.name
  if (source.head === undefined) {
    ledger.warn('default-branch: the source does not tell its default branch')
    return undefined
  }
  const ref = mapToDestination(options.refspecs, source.head)
  if (ref?.startsWith(HEADS) === true) return ref.slice(HEADS.length)
  ledger.warn(
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
