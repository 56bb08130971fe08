// Mutation testing: makes small wrong changes in the code of a room, one at a time, and looks whether a test of the same
// room fails. What no test notices is listed. `npm run mutate -- plan protocol/pack.ts`
import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

export const ROOMS = [
  'plan',
  'protocol',
  'report',
  'options',
  'advice',
  'mirror/state',
  'mirror/history',
  'mirror/push',
]
/** A process that says nothing for twice as long hangs in a mutant. */
const SILENCE_MS = 30_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Tests that take longer without a mutant are left out: milliseconds. */
    slow: { type: 'string', default: '2000' },
    /** So many mutants of a room at most, chosen by `seed`; all by default. */
    sample: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '1' },
    /** Where the results go as JSON. */
    json: { type: 'string' },
    /** Results of an earlier run: what was killed there is not tried again. */
    after: { type: 'string' },
    quiet: { type: 'boolean', default: false },
  },
})
const folder = join(import.meta.dirname, 'mutate')
const equivalents = JSON.parse(readFileSync(join(folder, 'equivalent.json'), 'utf8'))

const killedBefore = new Map(
  (values.after ? JSON.parse(readFileSync(values.after, 'utf8')) : [])
    .filter(({ by }) => by !== undefined)
    .map((mutant) => [keyOf(mutant), mutant]),
)

function keyOf({ file, start, end, text }) {
  return `${file} ${start} ${end} ${text}`
}

/** Runs one process until it ends or hangs. @returns whether it came to the end of its queue. */
function runWorker(task, onMessage) {
  return new Promise((resolve, reject) => {
    const worker = fork(join(folder, 'worker.mjs'), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    let begun
    let timer
    const watch = () => {
      clearTimeout(timer)
      // Twice, since a process that was halted meanwhile finds its timers expired.
      timer = setTimeout(() => (timer = setTimeout(() => worker.kill('SIGKILL'), SILENCE_MS)), SILENCE_MS)
    }
    watch()
    worker.on('message', (message) => {
      watch()
      if (message.failed) reject(new Error(message.failed))
      if (message.begun) begun = message.begun
      if (message.id) begun = undefined
      onMessage(message)
    })
    worker.on('exit', () => {
      clearTimeout(timer)
      if (begun !== undefined) onMessage({ id: begun, by: '(the process)', why: 'took too long' })
      resolve()
    })
    worker.send(task)
  })
}

async function mutateRoom(room, files) {
  const base = { room, tests: `test/${room}/**/*.test.ts`, slowMs: Number(values.slow) }
  let mutants
  let reached
  const results = new Map()
  const onMessage = (message) => {
    if (message.mutants) ({ mutants, reached } = message)
    if (message.id) {
      results.set(message.id, message)
      if (process.stderr.isTTY) process.stderr.write(`\r${room}: ${results.size}`)
    }
  }
  const wanted = ({ file }) => files.length === 0 || files.some((name) => file.startsWith(`src/${name}`))
  await runWorker({ ...base, ids: [] }, onMessage)
  if (mutants === undefined) throw new Error(`the tests of ${room} could not be loaded`)
  for (const { name, failure } of reached) {
    if (failure) process.stderr.write(`left out, it fails without a mutant: ${name}: ${failure}\n`)
  }
  for (const mutant of mutants) {
    const before = killedBefore.get(keyOf(mutant))
    if (before !== undefined) results.set(mutant.id, { id: mutant.id, by: before.by, why: before.why })
  }
  const chosen = takeSample(mutants.filter(wanted))
  const queue = chosen.map(({ id }) => id)
  for (;;) {
    const ids = queue.filter((id) => !results.has(id))
    if (ids.length === 0) break
    const before = results.size
    await runWorker({ ...base, reached, ids }, onMessage)
    if (results.size === before) throw new Error(`${room}: no mutant could be tried`)
  }
  return judge(chosen, results)
}

/** The same ones for the same seed, as long as the code is the same. */
function takeSample(mutants) {
  if (values.sample === 'all') return mutants
  const rank = (mutant) =>
    createHash('sha1')
      .update(`${values.seed} ${keyOf(mutant)}`)
      .digest('hex')
  const ranked = mutants.map((mutant) => [rank(mutant), mutant]).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return ranked.slice(0, Number(values.sample)).map(([, mutant]) => mutant)
}

function judge(mutants, results) {
  const texts = new Map()
  return mutants.map((mutant) => {
    if (!texts.has(mutant.file))
      texts.set(mutant.file, readFileSync(join(folder, '../..', mutant.file), 'utf8'))
    const text = texts.get(mutant.file)
    const { by, why } = results.get(mutant.id)
    const line = text.slice(0, mutant.start).split('\n').length
    const was = text.slice(mutant.start, mutant.end)
    const at = text.split('\n')[line - 1].trim()
    const one = { ...mutant, line, was, at, by, why }
    const equivalent = by === undefined ? equivalents.find((it) => isSame(it, one)) : undefined
    return { ...one, equivalent: equivalent?.why }
  })
}

/** Of what an entry names (the text of the line, what stood there, what replaces it), all has to fit. */
function isSame(named, mutant) {
  return (
    named.file === mutant.file &&
    (named.line === undefined || named.line === mutant.at) &&
    (named.was === undefined || named.was === mutant.was) &&
    (named.becomes === undefined || named.becomes === mutant.text)
  )
}

/**
 * Entries that say nothing true of the files that were counted: no change survives that they name. Of a sample nobody can
 * tell, nor of a test that came late: the machine may have been slow.
 */
function findStale(judged) {
  if (values.sample !== 'all') return []
  const survived = judged.filter(({ by, why }) => by === undefined || why === 'took too long')
  return equivalents.filter(
    (it) =>
      chosen.some((name) => it.file.startsWith(`src/${name}`)) && !survived.some((one) => isSame(it, one)),
  )
}

function short(text) {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 110 ? `${line.slice(0, 107)}...` : line
}

function count(room, judged) {
  const killed = judged.filter(({ by }) => by !== undefined).length
  const equivalent = judged.filter((it) => it.equivalent !== undefined).length
  const score = (100 * killed) / Math.max(1, judged.length - equivalent)
  return {
    room,
    mutants: judged.length,
    killed,
    equivalent,
    survived: judged.length - killed - equivalent,
    score,
  }
}

const chosen = positionals.length > 0 ? positionals : ROOMS
const rows = []
const everything = []
for (const room of ROOMS) {
  const files = chosen.filter((name) => name === room || name.startsWith(`${room}/`))
  if (files.length === 0) continue
  const begun = performance.now()
  const judged = await mutateRoom(room, files.includes(room) ? [] : files)
  everything.push(...judged)
  for (const { file, line, kind, was, text, by, equivalent } of values.quiet ? [] : judged) {
    if (by !== undefined || equivalent !== undefined) continue
    console.log(`${file}:${line} ${kind}\n    ${short(was)}\n  = ${short(text)}`)
  }
  rows.push({ ...count(room, judged), seconds: Math.round((performance.now() - begun) / 1000) })
}
for (const { file, line, was, becomes } of findStale(everything)) {
  const change = [line, was, becomes].filter((text) => text !== undefined).map(short)
  console.log(
    `${file}: named as equivalent, but a test notices it or nothing is there: ${change.join('\n  = ') || 'all of it'}`,
  )
}
if (values.json) writeFileSync(values.json, JSON.stringify(everything))
console.log(
  '| room | mutants | killed | equivalent | survived | score |\n| --- | ---: | ---: | ---: | ---: | ---: |',
)
for (const { room, mutants, killed, equivalent, survived, score, seconds } of rows) {
  console.log(
    `| ${room} | ${mutants} | ${killed} | ${equivalent} | ${survived} | ${score.toFixed(1)} % | ${seconds} s`,
  )
}
