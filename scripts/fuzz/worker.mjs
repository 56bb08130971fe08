// Runs the cases of one target.
import { parentPort, workerData } from 'node:worker_threads'
import { Modules } from '../instrument/modules.mjs'
import { markWays } from './cover.mjs'

const { name, shared, cases, seed, mostFaults, keeps } = workerData
const [head, current] = [new Int32Array(shared, 0, 2), new Uint8Array(shared, 8)]
const MOST_WAYS = 1 << 17
const counts = new Uint32Array(MOST_WAYS)
/** Ways that this case has taken. */
let taken = []
globalThis.$way = (way) => {
  if (counts[way]++ === 0) taken.push(way)
}

let ways = 0
const modules = new Modules((file, text) => {
  if (!file.startsWith('src/')) return undefined
  const { code, count } = markWays(file, text, ways)
  ways += count
  return code
})
const { TARGETS } = await modules.load('test/fuzz/targets/all.ts')
const { judge } = await modules.load('test/fuzz/judge.ts')
const { changeInput } = await modules.load('test/fuzz/change.ts')
const { makeRandom } = await modules.load('test/fuzz/random.ts')
const { readCorpus, corpusLine } = await modules.load('test/fuzz/corpus.ts')

const tell = (message) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker of Node, not a window
  parentPort.postMessage(message)
}

const target = TARGETS.find((one) => one.name === name)
if (target === undefined) throw new Error(`there is no target ${name}`)
/** Bits for how often a way was taken: 1, 2, 3, 4 to 7, 8 to 15, … */
const seen = new Uint32Array(MOST_WAYS)
const faults = new Map()
const pool = []
/** What took a new way, with all the ways that it took. */
const kept = []
let lastWays = []

function bucket(count) {
  return count < 4 ? count : Math.min(9, 3 + Math.floor(Math.log2(count / 4)) + 1)
}

function takeNew() {
  let isNew = false
  for (const way of taken) {
    const bit = 1 << bucket(counts[way])
    if ((seen[way] & bit) === 0) {
      isNew = true
      seen[way] |= bit
    }
    counts[way] = 0
  }
  lastWays = taken
  taken = []
  return isNew
}

function forgetTaken() {
  for (const way of taken) counts[way] = 0
  taken = []
}

/** What differs between two faults of one kind is left out. */
function kindOf(why) {
  return why.replace(/[0-9a-f]{8,}|\d+|".*/gs, '#').slice(0, 80)
}

/** Shows what is tried to whoever watches. */
function show(bytes) {
  head[1] = Math.min(bytes.length, current.length)
  current.set(bytes.subarray(0, current.length))
  Atomics.add(head, 0, 1)
}

/** Where the parser threw what it must not throw, if it did. */
async function stackOf(bytes) {
  Error.stackTraceLimit = 10
  try {
    await judge(target, bytes, makeRandom(name))
    return undefined
  } catch (error) {
    return error.cause?.stack
  } finally {
    Error.stackTraceLimit = 0
  }
}

async function run(bytes, random) {
  show(bytes)
  try {
    await judge(target, bytes, random)
  } catch (error) {
    if (error.name !== 'Fault') throw error
    const kind = kindOf(error.message)
    const known = faults.get(kind)
    if (known === undefined || known.bytes.length > bytes.length) {
      faults.set(kind, { why: error.message, bytes: Uint8Array.from(bytes), stack: await stackOf(bytes) })
    }
  }
  return takeNew()
}

// Most inputs are refused, and a stack for each error takes a fifth of the time.
Error.stackTraceLimit = 0
const random = makeRandom(`${name} ${seed}`)
takeNew()
const first = [...target.seeds, ...readCorpus(name)]
for (const [index, bytes] of first.entries()) {
  await run(bytes, random)
  pool.push(bytes)
  kept.push({ bytes, ways: lastWays, isSeed: index < target.seeds.length })
}
const begun = performance.now()
let said = begun
for (let count = 0; count < cases && faults.size < mostFaults; count++) {
  // The young ones have been changed least.
  const from = random.oneIn(2) ? Math.max(0, pool.length - 20) : 0
  const base = pool[from + random.below(pool.length - from)]
  const bytes = changeInput(target, base, pool, random)
  if (await run(bytes, random)) {
    const copy = Uint8Array.from(bytes)
    pool.push(copy)
    kept.push({ bytes: copy, ways: lastWays, isSeed: false })
  }
  if (performance.now() - said > 60_000) {
    said = performance.now()
    const { rss } = process.memoryUsage()
    tell({
      said: `${count} cases, ${pool.length} inputs, ${faults.size} faults, ${Math.round(rss / 1e6)} MB`,
    })
  }
}
/** The seeds, then short inputs first: those that take a way which none before them takes, as short as they can be for that. */
async function fewest() {
  const covered = new Set()
  const few = []
  const sorted = kept.toSorted((a, b) => b.isSeed - a.isSeed || a.bytes.length - b.bytes.length)
  for (const { bytes, ways, isSeed } of sorted) {
    const needed = ways.filter((way) => !covered.has(way))
    for (const way of needed) covered.add(way)
    if (isSeed || needed.length === 0) continue
    const short = await shorten(bytes, needed)
    for (const way of (await waysOf(short)) ?? []) covered.add(way)
    few.push(short)
  }
  return few
}

/** Takes parts away, large ones first, while the input still takes all of the ways. */
async function shorten(bytes, needed) {
  // How an input is cut into chunks may have decided, and cannot be said again.
  if (!(await takes(bytes, needed))) return bytes
  let short = bytes
  for (let size = short.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < short.length;) {
      const shorter = Buffer.concat([short.subarray(0, at), short.subarray(at + size)])
      if (await takes(shorter, needed)) short = shorter
      else at += size
    }
  }
  return short
}

async function takes(bytes, needed) {
  const taken = await waysOf(bytes)
  return taken !== undefined && needed.every((way) => taken.has(way))
}

/** Undefined: it goes wrong. */
async function waysOf(bytes) {
  show(bytes)
  try {
    await judge(target, bytes, makeRandom(name))
    return new Set(taken)
  } catch (error) {
    if (error.name !== 'Fault') throw error
    return undefined
  } finally {
    forgetTaken()
  }
}

const tried = head[0]
const found = seen.reduce((sum, bits) => sum + (bits === 0 ? 0 : 1), 0)
tell({
  done: {
    cases: tried,
    ways,
    found,
    kept: keeps ? (await fewest()).map(corpusLine) : [],
    inputs: pool.length,
    faults: [...faults.values()].map(({ why, bytes, stack }) => ({
      why: `${why}\n    ${stack ?? ''}`,
      input: corpusLine(bytes),
    })),
  },
})
