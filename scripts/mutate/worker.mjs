// One warm process: loads the tests of a room, notes which test reaches which mutant, then tries mutant after mutant.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { Collector } from './collected.mjs'
import { Modules, ROOT } from '../instrument/modules.mjs'
import { findMutants } from './find-mutants.mjs'
import { instrument } from './instrument.mjs'
import { MutantSwitch } from './switch.mjs'

/** A test that hangs under a mutant is given this much, in milliseconds, beside ten times what it takes without. */
const SPARE_MS = 3_000
/** A test that takes longer without a mutant is left out, in milliseconds. */
const LONGEST_MS = 60_000
/** Modules that were loaded again stay in memory: so many mutants that show while loading to a process. */
const RELOADS = 150

const HARNESS = new URL('harness.mjs', import.meta.url).href

const mutants = (globalThis.$mutants = new MutantSwitch())
const collector = (globalThis.$harness = new Collector())
let stray
process.on('unhandledRejection', (error) => (stray = error))
process.on('uncaughtException', (error) => (stray = error))

class Bench {
  #modules
  /** By id; the first has the id 1. */
  #mutants = [undefined]
  #tests = []
  #reloads = 0
  #loaded = new Set()

  constructor({ room, tests, slowMs }) {
    const translate = (file, text) => this.#translate(file, text, file.startsWith(`src/${room}/`))
    this.#modules = new Modules(translate, { vitest: HARNESS })
    this.files = globSync(tests, { cwd: ROOT }).toSorted()
    this.sources = globSync(`src/${room}/**/*.ts`, { cwd: ROOT }).toSorted()
    this.slowMs = slowMs
  }

  #translate(file, text, isMutated) {
    this.#loaded.add(file)
    const { mutants, ...places } = findMutants(file, text)
    const kept = isMutated ? mutants.map((mutant) => ({ ...mutant, id: 0, file })) : []
    for (const mutant of kept) mutant.id = this.#mutants.push(mutant) - 1
    return instrument(text, { ...places, mutants: kept })
  }

  async load() {
    await this.#modules.load('test/support/fast-check.ts')
    fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true })
    mutants.seen = new Set()
    for (const file of this.files) this.#tests.push(...(await this.#collect(file)))
    this.loading = mutants.seen
    mutants.seen = undefined
    // What no test of the room loads counts too: none of its mutants is noticed.
    for (const file of this.sources) {
      if (!this.#loaded.has(file)) this.#translate(file, readFileSync(join(ROOT, file), 'utf8'), true)
    }
  }

  async #collect(file) {
    collector.begin(file)
    await this.#modules.load(file)
    return collector.tests.map((test) => ({ ...test, file }))
  }

  /** Runs each test without a mutant. @returns what the next process needs to know. */
  async measure() {
    const reached = []
    for (const test of this.#tests) {
      process.send({ measures: test.name })
      mutants.seen = new Set()
      mutants.steps = 0
      const begun = performance.now()
      const failure = await outcome(test, LONGEST_MS)
      const ms = performance.now() - begun
      reached.push({ name: test.name, ms, failure, steps: mutants.steps, seen: [...mutants.seen] })
    }
    mutants.seen = undefined
    return reached
  }

  get mutants() {
    return this.#mutants.slice(1).map((mutant) => ({ ...mutant, loading: this.loading.has(mutant.id) }))
  }

  /** Takes what `measure` gave, of this process or of one before it. */
  know(reached) {
    this.known = new Map(reached.map((one) => [one.name, one]))
    this.quick = this.#tests
      .filter(({ name }) => {
        const { ms, failure } = this.known.get(name)
        return failure === undefined && ms <= this.slowMs
      })
      .toSorted((a, b) => this.known.get(a.name).ms - this.known.get(b.name).ms)
    this.reachedBy = new Map()
    for (const test of this.quick) {
      for (const id of this.known.get(test.name).seen) {
        this.reachedBy.set(id, [...(this.reachedBy.get(id) ?? []), test])
      }
    }
  }

  /** @returns {{ by?: string, why?: string }} the test that fails with the mutant, if one does. */
  async try(id, favourite) {
    if (this.loading.has(id)) return this.#tryLoading(id, favourite)
    return this.#run(id, this.reachedBy.get(id) ?? [], favourite)
  }

  async #run(id, tests, favourite) {
    mutants.active = id
    const first = tests.filter(({ name }) => name === favourite)
    try {
      for (const test of [...first, ...tests]) {
        const { ms, steps } = this.known.get(test.name)
        mutants.begin(steps)
        const why = await outcome(test, SPARE_MS + 10 * ms)
        if (why !== undefined) return { by: test.name, why }
      }
      return {}
    } finally {
      mutants.active = 0
      mutants.mostSteps = Infinity
    }
  }

  async #tryLoading(id, favourite) {
    this.#reloads += 1
    const { file } = this.#mutants[id]
    const again = this.#modules.loadAgain(file, `mutant=${id}`)
    mutants.active = id
    mutants.begin(SPARE_MS)
    const tests = []
    const quick = new Set(this.quick.map(({ name }) => name))
    for (const testFile of this.files.filter((name) => again.has(name))) {
      try {
        const found = await this.#collect(testFile)
        if (found.length === 0) return { by: testFile, why: 'no tests are left' }
        tests.push(...found.filter(({ name }) => quick.has(name)))
      } catch (error) {
        return { by: testFile, why: String(error) }
      } finally {
        mutants.active = 0
      }
      mutants.active = id
    }
    const ms = ({ name }) => this.known.get(name).ms
    return this.#run(
      id,
      tests.toSorted((a, b) => ms(a) - ms(b)),
      favourite,
    )
  }

  get tired() {
    return this.#reloads >= RELOADS
  }
}

/** @returns why the test failed. */
async function outcome(test, limitMs) {
  stray = undefined
  let timer
  const late = new Promise((resolve) => {
    // Twice, since a process that was halted meanwhile finds its timers expired.
    timer = setTimeout(() => (timer = setTimeout(resolve, limitMs / 2, 'took too long')), limitMs / 2)
  })
  try {
    const why = await Promise.race([test.run().then(() => undefined), late])
    return why ?? (stray === undefined ? undefined : String(stray))
  } catch (error) {
    return String(error).slice(0, 300)
  } finally {
    clearTimeout(timer)
  }
}

async function work({ room, tests, slowMs, reached, ids }) {
  const bench = new Bench({ room, tests, slowMs })
  await bench.load()
  const known = reached ?? (await bench.measure())
  if (reached === undefined) process.send({ mutants: bench.mutants, reached: known })
  bench.know(known)
  const queue = ids ?? bench.mutants.map(({ id }) => id)
  let favourite
  for (const id of queue) {
    process.send({ begun: id })
    const { by, why } = await bench.try(id, favourite)
    favourite = by ?? favourite
    process.send({ id, by, why })
    // What a test left behind must not meet the next mutant.
    if (bench.tired || why === 'took too long') break
  }
  process.send({ ended: true }, () => process.exit(0))
}

process.on('message', (task) => {
  work(task).catch((error) => {
    process.send({ failed: error.stack ?? String(error) }, () => process.exit(1))
  })
})
