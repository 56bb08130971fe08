import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry, Summary } from 'prom-client'
import { VERSION } from '../base/version.ts'
import type { MirrorLine } from '../fleet/report/round-lines.ts'
import type { MetricsPort, WebhookResult } from './http/context.ts'
import type { Service } from './run/service.ts'
import { bytesOf, statusOf } from '../fleet/state/records.ts'

/** Seconds. */
const DURATION_BUCKETS = [0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200]

export interface Metrics extends MetricsPort {
  countRun(name: string, line: MirrorLine): void
}

/** Figures for Prometheus. No names of refs and no addresses: mirrors and hosts alone are labels. */
export function createMetrics(input: {
  readonly service: () => Service
  /** Whether single mirrors have figures of their own. */
  readonly isByMirror: () => boolean
}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const names = new Set<string>()

  function gauge(
    name: string,
    help: string,
    labelNames: readonly string[],
    collect: (gauge: Gauge) => void,
  ): void {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers: [],
        collect() {
          this.reset()
          collect(this)
        },
      }),
    )
  }

  const runs = new Counter({
    name: 'kalandra_mirror_runs_total',
    help: 'Runs of a mirror, by how they ended.',
    labelNames: ['mirror', 'status'],
    registers,
  })
  const durations = new Summary({
    name: 'kalandra_mirror_run_duration_seconds',
    help: 'Time that runs of a mirror took.',
    labelNames: ['mirror'],
    percentiles: [],
    registers,
  })
  const allDurations = new Histogram({
    name: 'kalandra_run_duration_seconds',
    help: 'Time that runs took, by how they ended.',
    labelNames: ['status'],
    buckets: DURATION_BUCKETS,
    registers,
  })
  const bytes = new Counter({
    name: 'kalandra_pack_bytes_total',
    help: 'Bytes of packs that were sent.',
    labelNames: ['mirror'],
    registers,
  })
  const refs = new Counter({
    name: 'kalandra_refs_changed_total',
    help: 'Refs that changed at destinations.',
    labelNames: ['action'],
    registers,
  })
  const webhooks = new Counter({
    name: 'kalandra_webhooks_total',
    help: 'Webhooks, by what became of them.',
    labelNames: ['kind', 'result'],
    registers,
  })

  gauge('kalandra_build_info', 'The version that runs.', ['version'], (one) =>
    one.set({ version: VERSION }, 1),
  )
  gauge('kalandra_mirrors', 'Mirrors that are configured.', [], (one) =>
    one.set(input.service().names.length),
  )
  gauge(
    'kalandra_mirror_last_success_timestamp_seconds',
    'When the mirror was last known to be like its source.',
    ['mirror'],
    (one) =>
      eachMirror((mirror, service) => {
        const { lastSuccess } = service.record(mirror)
        if (lastSuccess !== undefined) one.set({ mirror }, lastSuccess / 1000)
      }),
  )
  gauge('kalandra_mirror_last_run_success', 'Whether the last run went well.', ['mirror'], (one) =>
    eachMirror((mirror, service) => {
      const { status } = service.record(mirror)
      if (status !== undefined) one.set({ mirror }, status === 'mirrored' || status === 'unchanged' ? 1 : 0)
    }),
  )
  gauge('kalandra_runs_in_flight', 'Runs that go on.', [], (one) =>
    one.set(input.service().engine.runningKeys.length),
  )
  gauge('kalandra_queue_length', 'Mirrors that wait for a place.', ['lane'], (one) => {
    const { waiting } = input.service().engine.counts
    for (const [lane, count] of Object.entries(waiting)) one.set({ lane }, count)
  })
  gauge('kalandra_host_limit', 'Mirrors at once that a host is allowed.', ['host'], (one) => {
    for (const [host, { allowed }] of input.service().engine.hostLimits) one.set({ host }, allowed)
  })
  const throttled = new Counter({
    name: 'kalandra_host_throttled_total',
    help: 'Times that a host asked to slow down.',
    labelNames: ['host'],
    registers,
    collect() {
      this.reset()
      for (const [host, { slowdowns }] of input.service().engine.hostLimits) this.inc({ host }, slowdowns)
    },
  })
  void throttled
  gauge('kalandra_config_last_reload_successful', 'Whether the config was taken.', [], (one) =>
    one.set(input.service().lastReload.isGood ? 1 : 0),
  )
  gauge('kalandra_config_last_reload_timestamp_seconds', 'When the config was last read.', [], (one) =>
    one.set(input.service().lastReload.at / 1000),
  )
  collectDefaultMetrics({ register: registry })
  // Of the process, and not of Node: among those are some that are no number at first, which the text writes as `Nan`.
  for (const { name } of registry.getMetricsAsArray())
    if (name.startsWith('nodejs_')) registry.removeSingleMetric(name)

  function eachMirror(visit: (mirror: string, service: Service) => void): void {
    const service = input.service()
    if (input.isByMirror()) for (const name of service.names) visit(name, service)
  }

  /** Mirrors that left the file take their figures with them. */
  function dropStrangers(): void {
    const known = new Set(input.isByMirror() ? input.service().names : [])
    for (const mirror of names) {
      if (known.has(mirror)) continue
      names.delete(mirror)
      for (const status of ['mirrored', 'unchanged', 'rejected', 'failed', 'skipped'])
        runs.remove({ mirror, status })
      durations.remove({ mirror })
      bytes.remove({ mirror })
    }
  }

  return {
    contentType: registry.contentType,
    async render() {
      dropStrangers()
      return await registry.metrics()
    },
    countWebhook(kind: string, result: WebhookResult) {
      webhooks.inc({ kind, result })
    },
    countRun(mirror, line) {
      const status = statusOf(line)
      const seconds = line.result?.seconds ?? 0
      if (line.result !== null) allDurations.observe({ status }, seconds)
      for (const { changed } of line.result?.destinations ?? []) {
        for (const { action } of changed) refs.inc({ action })
      }
      if (!input.isByMirror()) return
      names.add(mirror)
      runs.inc({ mirror, status })
      if (line.result !== null) durations.observe({ mirror }, seconds)
      bytes.inc({ mirror }, bytesOf(line))
    },
  }
}
