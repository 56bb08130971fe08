import { describe, expect, it } from 'vitest'
import type { MirrorOptions } from '../../../src/options/options.ts'
import type { Job, JobEnding } from '../../../src/fleet/round/job.ts'
import type { AtOnce } from '../../../src/fleet/round/host-gate.ts'
import type { Clock } from '../../../src/fleet/round/schedule.ts'
import { schedule } from '../../../src/fleet/round/scheduler.ts'
import type { HostVerdict } from '../../../src/fleet/round/verdict.ts'

/** A clock that goes on when nothing else can: the next time is now. */
class FakeClock implements Clock {
  #now = 0
  readonly #tick: number
  readonly #timers = new Set<{ readonly time: number; readonly callback: () => void }>()

  /** `tick`: milliseconds by which time goes on whenever it is read; then timers come up to 1 ms early, as Node's do. */
  constructor(tick = 0) {
    this.#tick = tick
  }

  now(): number {
    this.#now += this.#tick
    return this.#now
  }

  at(time: number, callback: () => void): () => void {
    const timer = { time, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.at(this.#now + milliseconds, resolve))
  }

  /** Until nothing waits any more. */
  async run(work: Promise<unknown>): Promise<void> {
    const state = { isOver: false }
    void work.then(() => (state.isOver = true))
    for (let idle = 0; !state.isOver && idle < 100;) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
      const next = [...this.#timers].toSorted((a, b) => a.time - b.time)[0]
      if (next === undefined) {
        idle++
        continue
      }
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.time - (this.#tick > 0 ? 1 : 0))
      next.callback()
    }
    expect(state.isOver).toBe(true)
  }
}

interface Answer {
  readonly verdict?: HostVerdict
  readonly again?: boolean
  /** Milliseconds. */
  readonly takes?: number
  /** Something is to be sent. */
  readonly sends?: boolean
}

interface FakeJob {
  readonly name: string
  readonly source?: string
  readonly destination?: string
  readonly after?: readonly string[]
  readonly credential?: string
  /** By the run, from 1. */
  readonly answer?: (run: number) => Answer
}

interface Played {
  readonly starts: readonly string[]
  readonly ends: readonly string[]
  readonly skips: Readonly<Record<string, string>>
  readonly times: Readonly<Record<string, number>>
  readonly most: Readonly<Record<string, number>>
  readonly seconds: number
}

async function play(
  jobs: readonly FakeJob[],
  more: {
    readonly atOnce?: AtOnce
    readonly signal?: AbortSignal
    readonly retries?: number
    readonly tick?: number
  } = {},
): Promise<Played> {
  const clock = new FakeClock(more.tick)
  const starts: string[] = []
  const ends: string[] = []
  const skips: Record<string, string> = {}
  const times: Record<string, number> = {}
  const running: Record<string, number> = {}
  const most: Record<string, number> = {}
  const runs = new Map<string, number>()
  const count = (key: string, by: 1 | -1): void => {
    running[key] = (running[key] ?? 0) + by
    most[key] = Math.max(most[key] ?? 0, running[key])
  }
  const byName = new Map(jobs.map((job) => [job.name, job]))
  const run = async (job: Job, claim: () => boolean): Promise<JobEnding<string>> => {
    const fake = byName.get(job.name)!
    const number = (runs.get(job.name) ?? 0) + 1
    runs.set(job.name, number)
    starts.push(job.name)
    const {
      verdict = { kind: 'well' },
      again = false,
      takes = 100,
      sends = false,
    } = fake.answer?.(number) ?? {}
    const hosts = [fake.source ?? 'a', fake.destination ?? 'b']
    for (const host of hosts) count(host, 1)
    count('all', 1)
    await clock.sleep(sends ? 100 : takes)
    const isDeferred = sends && !claim()
    if (sends && !isDeferred) {
      count('transfer', 1)
      await clock.sleep(takes)
      count('transfer', -1)
    }
    for (const host of hosts) count(host, -1)
    count('all', -1)
    if (isDeferred) runs.set(job.name, number - 1)
    const kind = isDeferred ? 'deferred' : again ? 'again' : 'done'
    const well: HostVerdict = { kind: isDeferred ? 'unknown' : 'well' }
    return {
      kind,
      result: job.name,
      verdicts: [{ source: isDeferred ? well : verdict, destinations: [well] }],
    }
  }
  await clock.run(
    schedule<string>({
      jobs: jobs.map(({ name, source = 'a', destination = 'b', after = [], credential }) => ({
        name,
        after,
        pairs: [
          {
            options: {} as MirrorOptions,
            source: { host: source, credential: credential ?? source, repository: name },
            destinations: [{ host: destination, credential: destination, repository: name }],
          },
        ],
      })),
      clock,
      signal: more.signal ?? new AbortController().signal,
      lanes: { check: 16, transfer: 4 },
      limitOf: () => more.atOnce ?? { most: 4, besideThem: 1 },
      run,
      retriesOf: () => more.retries ?? 3,
      onEnd(job) {
        ends.push(job.name)
        times[job.name] = clock.now()
      },
      onSkip: (job, reason) => (skips[job.name] = reason),
    }),
  )
  return { starts, ends, skips, times, most, seconds: clock.now() / 1000 }
}

function many(
  count: number,
  make: (index: number) => Omit<FakeJob, 'name'> = () => ({}),
): readonly FakeJob[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `m${String(index).padStart(4, '0')}`,
    ...make(index),
  }))
}

describe('lanes', () => {
  it('run each job once, in order, at most four at once of a host', async () => {
    const { starts, ends, most } = await play(many(100))
    expect(starts).toEqual(many(100).map(({ name }) => name))
    expect(ends).toHaveLength(100)
    expect(most).toMatchObject({ a: 4, b: 4, all: 4 })
  })

  it('check at most sixteen at once, over many hosts', async () => {
    const { most } = await play(
      many(200, (index) => ({ source: `s${index % 20}`, destination: `d${index % 20}` })),
    )
    expect(most['all']).toBe(16)
  })

  it('let a slow host keep only its own waiting', async () => {
    const slow = many(20, () => ({ source: 'slow', destination: 'slow', answer: () => ({ takes: 60_000 }) }))
    const fast = many(50, (index) => ({ source: `s${index}`, destination: `d${index}` })).map((job) => ({
      ...job,
      name: `z${job.name}`,
    }))
    const { times } = await play([...slow, ...fast])
    expect(Math.max(...fast.map(({ name }) => times[name]!))).toBeLessThan(2000)
  })

  it('[F11] let no large transfer hold up what only looks', async () => {
    const large = many(10, (index) => ({
      source: `l${index}`,
      destination: `k${index}`,
      answer: () => ({ sends: true, takes: 600_000 }),
    }))
    const small = many(200, (index) => ({ source: `s${index % 8}`, destination: `d${index % 8}` })).map(
      (job) => ({ ...job, name: `z${job.name}` }),
    )
    const { times, most, ends } = await play([...large, ...small])
    expect(most['transfer']).toBe(4)
    expect(ends).toHaveLength(210)
    expect(Math.max(...small.map(({ name }) => times[name]!))).toBeLessThan(5000)
  })

  it('[F11] let the first large transfer of a host take no place of those that look', async () => {
    const large = many(3, () => ({ answer: () => ({ sends: true, takes: 600_000 }) }))
    const small = many(200).map((job) => ({ ...job, name: `z${job.name}` }))
    const lastOf = ({ times }: Played): number => Math.max(...small.map(({ name }) => times[name]!))
    const alone = lastOf(await play(small))
    expect(lastOf(await play([...large.slice(0, 1), ...small]))).toBeLessThan(alone * 1.1)
    const beside = await play([...large, ...small])
    expect(lastOf(beside)).toBeLessThan(alone * 2.2)
    expect(beside.most).toMatchObject({ a: 5, b: 5 })
    const strict = await play([...large, ...small], { atOnce: { most: 4, besideThem: 0 } })
    expect(strict.most).toMatchObject({ a: 4, b: 4 })
    expect(strict.ends).toHaveLength(203)
  })

  it('start a job after those that write what it reads, however they end', async () => {
    const jobs = [
      { name: 'a', after: ['b', 'c'] },
      { name: 'b', after: ['c'] },
      { name: 'c', answer: () => ({ again: true }) },
      { name: 'd', after: ['not chosen'] },
    ]
    const { ends } = await play(jobs, { retries: 1 })
    expect(ends).toEqual(['d', 'c', 'b', 'a'])
  })
})

describe('what failed and may succeed', () => {
  it('runs again when all others are through, as often as it may', async () => {
    const jobs = [
      { name: 'flaky', answer: (run: number) => ({ again: run < 3 }) },
      { name: 'bad', answer: () => ({ again: true }) },
      ...many(20),
    ]
    const { starts, ends } = await play(jobs, { retries: 3 })
    expect(starts.slice(0, 2)).toEqual(['flaky', 'bad'])
    expect(starts.slice(22)).toEqual(['flaky', 'bad', 'flaky', 'bad', 'bad'])
    expect(ends.slice(-2)).toEqual(['flaky', 'bad'])
  })
})

describe('[F12] a host that asks to slow down', () => {
  it('is asked by fewer, not before the time that it names, and all end well', async () => {
    let refused = 0
    let running = 0
    const jobs = many(100, () => ({
      source: 'host',
      destination: 'other',
      answer: (run) => {
        if (run === 1 && running++ % 10 === 3) {
          refused++
          return { verdict: { kind: 'slower', wait: 2000 }, again: true }
        }
        return {}
      },
    }))
    const { ends, skips, seconds } = await play(jobs)
    expect(refused).toBe(10)
    expect(ends).toHaveLength(100)
    expect(skips).toEqual({})
    expect(seconds).toBeGreaterThan(2)
  })

  it('is asked again whenever its time comes, even while what may start is looked for', async () => {
    for (const tick of [0.1, 0.3, 0.6, 0.9, 1]) {
      const jobs = many(6, (index) => ({
        answer: (run) =>
          index < 4 && run === 1 ? { verdict: { kind: 'slower', wait: 2000 }, again: true } : {},
      }))
      expect((await play(jobs, { tick })).ends).toHaveLength(6)
    }
  })

  it('is given up when it never lets anybody in, whatever it says', async () => {
    for (const wait of [1000, undefined]) {
      const jobs = many(100, () => ({ answer: () => ({ verdict: { kind: 'slower', wait }, again: true }) }))
      const { ends, starts, skips, seconds } = await play(jobs)
      expect(ends).toEqual([])
      expect(starts.length).toBeLessThanOrEqual(4 + 2 + 8)
      expect(new Set(Object.values(skips))).toEqual(new Set(['a asks to slow down, again and again']))
      expect(Object.keys(skips)).toHaveLength(100)
      expect(seconds).toBeLessThan(3600)
    }
  })

  it('is given up by a job that it never lets in, and by no other', async () => {
    const jobs: readonly FakeJob[] = [
      { name: 'a', answer: () => ({ verdict: { kind: 'slower', wait: 1000 }, again: true }) },
      ...many(300),
    ]
    const { ends, starts, skips } = await play(jobs)
    expect(Object.keys(skips)).toEqual(['a'])
    expect(ends).toHaveLength(300)
    expect(starts.filter((name) => name === 'a').length).toBeLessThanOrEqual(20)
  })
})

describe('[F13] a credential that is refused', () => {
  it('is not tried more than three times and what was under way', async () => {
    const jobs = many(200, () => ({ credential: 'key', answer: () => ({ verdict: { kind: 'refused' } }) }))
    const { starts, skips } = await play(jobs)
    expect(starts.length).toBeLessThanOrEqual(3 + 4)
    expect(Object.keys(skips)).toHaveLength(200 - starts.length)
    expect(Object.values(skips)[0]).toBe('the credential for a was refused 3 times')
  })

  it('goes on where it opens others, and others go on where it does not', async () => {
    const jobs = many(40, (index) => ({
      credential: index % 2 === 0 ? 'good' : 'bad',
      answer: () => ({ verdict: { kind: index % 2 === 0 ? 'well' : 'refused' } }),
    }))
    const { skips } = await play(jobs)
    expect(Object.keys(skips).every((name) => Number(name.slice(1)) % 2 === 1)).toBe(true)
    const mixed = many(40, (index) => ({
      answer: () => ({ verdict: { kind: index % 3 === 0 ? 'well' : 'refused' } }),
    }))
    expect((await play(mixed, { atOnce: { most: 1, besideThem: 0 } })).skips).toEqual({})
  })
})

describe('a host that cannot be reached', () => {
  it('is tried once more after half a minute, and then given up', async () => {
    const dead = many(100, () => ({ source: 'dead', answer: () => ({ verdict: { kind: 'unreachable' } }) }))
    const { starts, skips, seconds } = await play(dead)
    expect(starts.length).toBeLessThanOrEqual(5 + 4 + 1)
    expect(Object.keys(skips)).toHaveLength(100 - starts.length)
    expect(Object.values(skips)[0]).toBe('dead could not be reached, again and again')
    expect(seconds).toBeGreaterThan(30)
  })

  it('is tried by the next one when the one that tried it learned nothing', async () => {
    const jobs = many(12, (index) => ({
      source: 'silent',
      answer: () => ({ verdict: { kind: index < 5 ? 'unreachable' : index < 8 ? 'unknown' : 'well' } }),
    }))
    const { ends, skips } = await play(jobs, { atOnce: { most: 1, besideThem: 0 } })
    expect(ends).toHaveLength(12)
    expect(skips).toEqual({})
  })

  it('takes part again when it is back', async () => {
    let asked = 0
    const back = many(50, () => ({
      source: 'back',
      answer: () => ({ verdict: { kind: ++asked > 8 ? 'well' : 'unreachable' }, again: asked <= 8 }),
    }))
    const { ends, skips } = await play(back)
    expect(ends).toHaveLength(50)
    expect(skips).toEqual({})
  })
})

it('skips what waits when the round is cancelled', async () => {
  const controller = new AbortController()
  const jobs = many(50, (index) => ({
    answer: () => {
      if (index === 3) controller.abort()
      return {}
    },
  }))
  const { ends, skips } = await play(jobs, { signal: controller.signal })
  expect(ends).toHaveLength(4)
  expect(new Set(Object.values(skips))).toEqual(new Set(['the round was cancelled']))
})

it('ends at once where there is nothing to do', async () => {
  expect((await play([])).ends).toEqual([])
})

it('takes time in proportion to the jobs', async () => {
  const started = process.cpuUsage()
  const { ends } = await play(
    many(5000, (index) => ({ source: `s${index % 50}`, destination: `d${index % 50}` })),
  )
  expect(ends).toHaveLength(5000)
  // Processor time, in microseconds: the machine may have other things to do.
  expect(process.cpuUsage(started).user).toBeLessThan(20_000_000)
})
