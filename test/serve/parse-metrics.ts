/** One line with a value. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Family {
  readonly type: string
  readonly help: string
  readonly samples: readonly Sample[]
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const TYPES = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped'])
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
}

/**
 * Reads the text format 0.0.4 of Prometheus, and takes nothing that another reader might not: each family in one piece,
 * with its help and its type first, each series once, counters that end in `_total`, histograms that add up.
 * @throws Error with the line that is wrong
 */
export function parseMetrics(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const families = new Map<string, { type: string; help: string; samples: Sample[] }>()
  const series = new Set<string>()
  let help: { readonly name: string; readonly text: string } | undefined
  let current = ''
  for (const line of text.slice(0, -1).split('\n')) {
    const fail = (why: string): never => {
      throw new Error(`${why}: ${line}`)
    }
    if (line === '') continue
    if (line.startsWith('# HELP ')) {
      const [, name = '', words = ''] = /^# HELP (\S+) (.*)$/.exec(line) ?? fail('a help without a name')
      if (!NAME.test(name) || families.has(name)) fail('a family twice, or no name')
      help = { name, text: words }
    } else if (line.startsWith('# TYPE ')) {
      const [, name = '', type = ''] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? fail('a type without a name')
      if (help?.name !== name || families.has(name) || !TYPES.has(type)) fail('a type out of place')
      if (type === 'counter' && !name.endsWith('_total')) fail('a counter whose name does not say so')
      families.set(name, { type, help: help!.text, samples: [] })
      current = name
    } else if (line.startsWith('#')) fail('a remark')
    else {
      const family = families.get(current) ?? fail('a value without a family')
      const sample = parseSample(line, fail)
      const names = (SUFFIXES[family.type] ?? ['']).map((suffix) => current + suffix)
      if (!names.includes(sample.name)) fail('a value outside of its family')
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).toSorted()])
      if (series.has(key)) fail('a series twice')
      series.add(key)
      if (family.type === 'counter' && !(sample.value >= 0)) fail('a counter below nothing')
      family.samples.push(sample)
    }
  }
  for (const [name, family] of families) if (family.type === 'histogram') checkHistogram(name, family.samples)
  return families
}

function parseSample(line: string, fail: (why: string) => never): Sample {
  const [, name = '', rest = ''] = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(.*)$/.exec(line) ?? fail('no name')
  const labels: Record<string, string> = {}
  let at = 0
  if (rest.startsWith('{')) {
    at = 1
    while (rest[at] !== '}') {
      const part = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|(?=\}))/.exec(rest.slice(at))
      if (part === null) return fail('labels')
      const [whole, label = '', value = ''] = part
      if (label in labels) fail('a label twice')
      labels[label] = value.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
      at += whole.length
    }
    at++
  }
  const value = /^ (NaN|[+-]?Inf|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(rest.slice(at))?.[1]
  if (value === undefined) return fail('no value')
  return { name, labels, value: Number(value.replace('Inf', 'Infinity')) }
}

function checkHistogram(name: string, samples: readonly Sample[]): void {
  const groups = Map.groupBy(samples, ({ labels }) =>
    JSON.stringify(Object.entries(labels).filter(([label]) => label !== 'le')),
  )
  for (const group of groups.values()) {
    const buckets = group.filter((sample) => sample.name === `${name}_bucket`)
    const count = group.find((sample) => sample.name === `${name}_count`)?.value
    const bounds = buckets.map(({ labels }) => Number(labels['le']?.replace('Inf', 'Infinity')))
    const isRising = buckets.every(
      ({ value }, index) =>
        index === 0 || (value >= buckets[index - 1]!.value && bounds[index]! > bounds[index - 1]!),
    )
    const hasSum = group.some((sample) => sample.name === `${name}_sum`)
    if (!isRising || bounds.at(-1) !== Infinity || buckets.at(-1)?.value !== count || !hasSum)
      throw new Error(`${name}: the buckets do not add up`)
  }
}
