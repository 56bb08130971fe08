// Runs a command while other work keeps the processor busy: `node scripts/busy.mjs 8 -- npx vitest run test/serve`
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Worker } from 'node:worker_threads'

/** The loops end after so many minutes, whatever the command does. */
const MOST_MINUTES = 90
const MOST_LOOPS = 64

const [countText, separator, command, ...args] = process.argv.slice(2)
const count = Number(countText)
if (!(Number.isInteger(count) && count >= 1 && count <= MOST_LOOPS) || separator !== '--' || !command) {
  console.error(
    `usage: node scripts/busy.mjs COUNT -- COMMAND [ARGUMENT...], with 1 to ${MOST_LOOPS} busy loops`,
  )
  process.exit(2)
}

// Threads, not processes: they cannot outlive this one, however it ends.
const loops = Array.from({ length: count }, () => new Worker('for (;;);', { eval: true }))
let isCutShort = false
const limit = setTimeout(() => {
  isCutShort = true
  for (const loop of loops) void loop.terminate()
}, MOST_MINUTES * 60_000)

const child = spawn(command, args, { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.once('error', (error) => {
  console.error(`${command} could not be started: ${error.message}`)
  process.exit(2)
})
child.once('exit', (code, signal) => {
  clearTimeout(limit)
  if (isCutShort)
    console.error(`it took longer than the busy loops may, ${MOST_MINUTES} minutes: this says nothing`)
  process.exit(isCutShort ? 1 : (code ?? 128 + constants.signals[signal]))
})
