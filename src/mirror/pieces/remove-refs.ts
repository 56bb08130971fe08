import { toMirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { AdvertisedRef } from '../../protocol/advertisement.ts'
import type { PushReport } from '../../protocol/report-status.ts'
import { ReceivePackSession } from '../sessions/receive-pack-session.ts'
import type { PiecesRun } from './pieces-run.ts'

export type RemovalRun = Pick<PiecesRun, 'server' | 'signal' | 'mode' | 'ledger'>

/** What became of refs that were to be removed. */
export interface Removal {
  /** Names that stay. */
  readonly left: readonly string[]
  /** Why; printable. */
  readonly words: string
}

/** Removes refs of ours, as far as the server lets. Never fails but for the run's signal. */
export async function removeRefs(
  run: RemovalRun,
  session: ReceivePackSession,
  refs: readonly Pick<AdvertisedRef, 'name' | 'id'>[],
): Promise<Removal> {
  let current = session
  const left = new Set(refs.map((ref) => ref.name))
  let words = ''
  try {
    for (let from = 0; from < refs.length; from += run.mode.maxRefs) {
      if (!current.usable) current = await ReceivePackSession.open(run.server)
      const part = refs.slice(from, from + run.mode.maxRefs)
      const report = await current.push({
        commands: part.map((ref) => ({ kind: 'delete', ref: ref.name, old: ref.id })),
        atomic: false,
        plain: !run.mode.agent,
        pack: undefined,
      })
      for (const { name } of part) {
        if (isRemoved(report, name)) left.delete(name)
        else words ||= reasonOf(report, name)
      }
      if (!current.forgets) await current.close()
    }
  } catch (error) {
    run.signal.throwIfAborted()
    words = toMirrorError(error, { code: 'cut' }).message
  }
  return { left: [...left], words }
}

function reasonOf(report: PushReport | undefined, name: string): string {
  const answer = report?.refs.get(name)
  return answer === undefined || answer.ok ? 'the server did not say why' : printableLine(answer.reason)
}

/** A server without report-status says nothing: its next listing does. */
function isRemoved(report: PushReport | undefined, name: string): boolean {
  return report === undefined || report.refs.get(name)?.ok === true
}
