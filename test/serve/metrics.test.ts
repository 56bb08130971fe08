import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeSetting, startServing } from './serving.ts'
import { type Family, parseMetrics } from './parse-metrics.ts'

/** Of each family, its type and its labels. */
const FAMILIES: Readonly<Record<string, readonly [type: string, ...labels: string[]]>> = {
  kalandra_build_info: ['gauge', 'version'],
  kalandra_mirrors: ['gauge'],
  kalandra_mirror_last_success_timestamp_seconds: ['gauge', 'mirror'],
  kalandra_mirror_last_run_success: ['gauge', 'mirror'],
  kalandra_mirror_runs_total: ['counter', 'mirror', 'status'],
  kalandra_mirror_run_duration_seconds: ['summary', 'mirror'],
  kalandra_run_duration_seconds: ['histogram', 'status'],
  kalandra_pack_bytes_total: ['counter', 'mirror'],
  kalandra_refs_changed_total: ['counter', 'action'],
  kalandra_runs_in_flight: ['gauge'],
  kalandra_queue_length: ['gauge', 'lane'],
  kalandra_host_limit: ['gauge', 'host'],
  kalandra_host_throttled_total: ['counter', 'host'],
  kalandra_webhooks_total: ['counter', 'kind', 'result'],
  kalandra_config_last_reload_successful: ['gauge'],
  kalandra_config_last_reload_timestamp_seconds: ['gauge'],
  process_cpu_seconds_total: ['counter'],
  process_resident_memory_bytes: ['gauge'],
  process_start_time_seconds: ['gauge'],
}

function valueOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>>,
) {
  const family = families.get(name.replace(/_(?:sum|count|bucket)$/, '')) ?? families.get(name)
  return family?.samples.find(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )?.value
}

describe('S14: the figures', () => {
  it('are text that a strict parser takes, with the names, types and labels that are promised', async () => {
    await using setting = await makeSetting(['a', 'b'])
    const server = '  hooks: { github: { secret: { env: HOOK_SECRET } } }\n  state: state.json\n'
    const config = await setting.configure({ server })
    await using serving = await startServing(config)
    const began = Date.now() / 1000
    const { json } = await serving.call('POST', '/sync/a')
    await serving.ended(json.round)
    await serving.call('POST', '/hooks/github', { body: '{}', token: null })
    const { text, headers } = await serving.call('GET', '/metrics')
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const families = parseMetrics(text)
    for (const [name, [type, ...labels]] of Object.entries(FAMILIES)) {
      const family = families.get(name)
      expect([name, family?.type]).toEqual([name, type])
      for (const sample of family!.samples) {
        const own = Object.keys(sample.labels).filter((label) => label !== 'le' && label !== 'quantile')
        expect([name, own]).toEqual([name, labels])
      }
    }
    expect(valueOf(families, 'kalandra_mirrors', {})).toBe(2)
    expect(valueOf(families, 'kalandra_mirror_runs_total', { mirror: 'a', status: 'mirrored' })).toBe(1)
    expect(valueOf(families, 'kalandra_mirror_run_duration_seconds_count', { mirror: 'a' })).toBe(1)
    expect(valueOf(families, 'kalandra_run_duration_seconds_count', { status: 'mirrored' })).toBe(1)
    expect(valueOf(families, 'kalandra_refs_changed_total', { action: 'create' })).toBe(1)
    expect(valueOf(families, 'kalandra_webhooks_total', { kind: 'github', result: 'refused' })).toBe(1)
    expect(valueOf(families, 'kalandra_pack_bytes_total', { mirror: 'a' })).toBeGreaterThan(100)
    const success = valueOf(families, 'kalandra_mirror_last_success_timestamp_seconds', { mirror: 'a' })
    expect(success).toBeGreaterThanOrEqual(began - 1)
    expect(text).not.toContain(setting.backend.url)
    expect(text).not.toContain('refs/')
    serving.kill('SIGTERM')
    await serving.result
    // Right after a restart, the last success is known, and nothing else is claimed.
    await using again = await startServing(config)
    const later = parseMetrics((await again.call('GET', '/metrics')).text)
    expect(valueOf(later, 'kalandra_mirror_last_success_timestamp_seconds', { mirror: 'a' })).toBe(success)
    expect(valueOf(later, 'kalandra_mirror_last_run_success', { mirror: 'a' })).toBe(1)
    expect(valueOf(later, 'kalandra_mirror_last_success_timestamp_seconds', { mirror: 'b' })).toBeUndefined()
    expect(valueOf(later, 'kalandra_runs_in_flight', {})).toBe(0)
  }, 60_000)

  it('of single mirrors can be left out', async () => {
    await using setting = await makeSetting(['a'])
    await using serving = await startServing(
      await setting.configure({ server: '  metrics-by-mirror: false\n' }),
    )
    const { json } = await serving.call('POST', '/sync/a')
    await serving.ended(json.round)
    const families = parseMetrics((await serving.call('GET', '/metrics')).text)
    const labelled = [...families.values()].flatMap(({ samples }) =>
      samples.filter(({ labels }) => 'mirror' in labels),
    )
    expect(labelled).toEqual([])
    expect(valueOf(families, 'kalandra_run_duration_seconds_count', { status: 'mirrored' })).toBe(1)
  })
})

it('the parser itself is strict', () => {
  const head = '# HELP a_total A.\n# TYPE a_total counter\n'
  expect(parseMetrics(`${head}a_total{x="1 \\" \\\\ \\n"} 1\n`).get('a_total')!.samples[0]!.labels).toEqual({
    x: '1 " \\ \n',
  })
  for (const text of [
    `${head}a_total 1`,
    `${head}a_total{x="1} 1\n`,
    `${head}a_total{x="\\q"} 1\n`,
    `${head}a_total 1\na_total 2\n`,
    `${head}a_total one\n`,
    `${head}a_total -1\n`,
    `${head}b 1\n`,
    `${head}# TYPE a_total counter\na_total 1\n`,
    '# TYPE a counter\na 1\n',
    '# HELP h H.\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
    '# HELP h H.\n# TYPE h histogram\nh_bucket{le="1"} 1\nh_sum 1\nh_count 1\n',
  ])
    expect(() => parseMetrics(text), text).toThrow()
})

it('the dashboard asks for figures that there are, by labels that they have', () => {
  const dashboard = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../docs/grafana.json'), 'utf8'),
  ) as {
    readonly panels: readonly {
      readonly title: string
      readonly targets: readonly { readonly expr: string }[]
    }[]
  }
  expect(dashboard.panels.length).toBeGreaterThan(5)
  for (const { title, targets } of dashboard.panels) {
    for (const { expr } of targets) {
      const names = [...expr.matchAll(/\b(?:kalandra|process)_[a-z_]+/g)].map(([name]) => name)
      expect(names.length, title).toBeGreaterThan(0)
      const labels = names.flatMap((name) => {
        const family = name in FAMILIES ? name : name.replace(/_(?:sum|count|bucket)$/, '')
        expect(FAMILIES, `${title}: ${name}`).toHaveProperty(family)
        return FAMILIES[family]!.slice(1)
      })
      for (const [, list = ''] of expr.matchAll(/\bby ?\(([^)]*)\)/g))
        for (const label of list.split(', ').filter((one) => one !== 'le'))
          expect(labels, title).toContain(label)
    }
  }
})
