import type { MirrorView } from '../run/mirror-view.ts'
import type { Round } from '../jobs/rounds.ts'

/** A mirror as the API shows it. Times are ISO 8601. */
export function mirrorJson(view: MirrorView) {
  const { record, progress } = view
  const last = record.runs.at(-1)
  return {
    name: view.name,
    labels: view.labels,
    source: view.source === '' ? null : view.source,
    destinations: view.destinations,
    state: view.state,
    paused: view.paused ?? null,
    schedule: view.schedule ?? null,
    next: timeOf(view.next),
    lastSuccess: timeOf(record.lastSuccess),
    lastRun: timeOf(record.lastRun),
    status: record.status ?? null,
    error: record.error?.message ?? null,
    remedy: record.error?.hint ?? null,
    seconds: last?.seconds ?? null,
    bytes: last?.bytes ?? null,
    fingerprint: record.fingerprint ?? null,
    notice: view.notice === undefined ? null : { text: view.notice.text, at: timeOf(view.notice.at) },
    progress:
      progress === undefined
        ? null
        : {
            began: timeOf(progress.began),
            phase: progress.phase ?? null,
            bytes: progress.bytes,
            objects: progress.objects,
          },
  }
}

/** A round as the API shows it: with what is known of its mirrors by now. */
export function roundJson(round: Round) {
  const { results } = round
  return {
    round: round.id,
    state: round.state,
    created: timeOf(round.created),
    dryRun: round.dryRun,
    counts: {
      mirrors: round.keys.size,
      pending: round.isOpen ? round.pending.size : 0,
      ok: results.filter(({ ok }) => ok).length,
      failed: results.filter(({ ok }) => !ok).length,
    },
    results,
  }
}

function timeOf(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString()
}
