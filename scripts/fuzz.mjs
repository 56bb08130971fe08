// Fuzzing by coverage: changes inputs of each parser, and keeps those that take a way that none has taken before.
// `npm run fuzz -- pkt-line url --cases 1000000 --seed 1`
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'

/** A case that takes longer hangs, in milliseconds. */
const HANG_MS = 30_000
/** Megabytes of heap; inputs have at most 4 KiB. */
const MOST_HEAP_MB = 1024
const MOST_INPUT_BYTES = 4096

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    /** The folder for the fewest inputs that take all ways that were found. */
    keep: { type: 'string' },
    faults: { type: 'string', default: '20' },
  },
})

/** @returns {Promise<{ name: string, cases: number, ways: number, kept: string[], faults: { why: string, input: string }[] }>} */
function runTarget(name) {
  return new Promise((resolve, reject) => {
    const shared = new SharedArrayBuffer(8 + MOST_INPUT_BYTES)
    const [head, input] = [new Int32Array(shared, 0, 2), new Uint8Array(shared, 8)]
    const worker = new Worker(new URL('fuzz/worker.mjs', import.meta.url), {
      workerData: {
        name,
        shared,
        cases: Number(values.cases),
        seed: values.seed,
        mostFaults: Number(values.faults),
        keeps: values.keep !== undefined,
      },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    })
    let last = -1
    const watch = setInterval(() => {
      const now = Atomics.load(head, 0)
      if (now === last) {
        void worker.terminate()
        reject(new Error(`${name}: case ${now} hangs: ${printInput(input.slice(0, head[1]))}`))
      }
      last = now
    }, HANG_MS)
    worker.on('message', (message) => {
      if (message.done) resolve({ name, ...message.done })
      else console.log(`${name}: ${message.said}`)
    })
    worker.on('error', (error) => {
      const text = printInput(input.slice(0, head[1]))
      reject(new Error(`${name}: case ${head[0]} ends the worker with ${text}`, { cause: error }))
    })
    worker.on('exit', () => clearInterval(watch))
  })
}

function printInput(bytes) {
  return JSON.stringify(Buffer.from(bytes).toString('latin1'))
}

async function listTargets() {
  const { TARGETS } = await import('../test/fuzz/targets/all.ts')
  return TARGETS.map(({ name }) => name)
}

const names = positionals.length > 0 ? positionals : await listTargets()
let hasFaults = false
for (const name of names) {
  const begun = performance.now()
  try {
    const { cases, ways, found, inputs, kept, faults } = await runTarget(name)
    const seconds = Math.round((performance.now() - begun) / 1000)
    console.log(
      `${name}: ${cases} cases in ${seconds} s, ${found} of ${ways} ways, ${inputs} inputs, ${faults.length} faults`,
    )
    for (const { why, input } of faults) console.log(`  ${why}\n    ${input}`)
    hasFaults ||= faults.length > 0
    if (values.keep) writeFileSync(join(values.keep, `${name}.txt`), kept.map((line) => `${line}\n`).join(''))
  } catch (error) {
    hasFaults = true
    console.log(String(error.message), error.cause ?? '')
  }
}
process.exitCode = hasFaults ? 1 : 0
