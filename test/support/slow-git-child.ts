import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { SlowGitOptions } from './slow-git.ts'

interface Orders extends SlowGitOptions {
  readonly git: string
  readonly path: string
  readonly log: string
}

const orders = JSON.parse(readFileSync(process.env['KALANDRA_SLOW_GIT']!, 'utf8')) as Orders
const args = process.argv.slice(2)
const env = { ...process.env, PATH: orders.path, KALANDRA_SLOW_GIT: undefined, NODE_COMPILE_CACHE: undefined }
appendFileSync(orders.log, `${args.join(' ')}\n`)
const isPush = args[0] === 'receive-pack'
const child = spawn(orders.git, args, { stdio: [isPush ? 'pipe' : 'inherit', 'inherit', 'inherit'], env })
child.on('close', (code) => process.exit(code ?? 1))
if (child.stdin) pump(child.stdin)

function pump(to: NodeJS.WritableStream): void {
  const { patience, rate, dieAfter = Infinity, once = false, stall, log } = orders
  const died = `${log}.died`
  const isMortal = !once || !existsSync(died)
  let timer: NodeJS.Timeout | undefined
  let received = 0
  const isWaiting = watchPack()
  const hangUp = (): void => {
    child.kill('SIGKILL')
    process.exit(1)
  }
  to.on('error', () => undefined)
  process.stdin.on('data', (chunk: Buffer) => {
    clearTimeout(timer)
    received += chunk.length
    if (received > dieAfter && isMortal) {
      writeFileSync(died, '')
      hangUp()
    }
    if (patience !== undefined && isWaiting(chunk)) timer = setTimeout(hangUp, patience)
    to.write(chunk)
    const isStalling = stall !== undefined && received > stall.after && received - chunk.length <= stall.after
    const wait = isStalling ? stall.for : rate === undefined ? 0 : (chunk.length / rate) * 1000
    if (wait === 0) return
    process.stdin.pause()
    setTimeout(() => process.stdin.resume(), wait)
  })
  process.stdin.on('end', () => {
    clearTimeout(timer)
    to.end()
  })
}

/** Whether a pack has begun and is not whole: its last bytes are not the hash of those before. */
function watchPack(): (chunk: Buffer) => boolean {
  const hash = createHash('sha1')
  let held = Buffer.alloc(0)
  let begun = false
  return (chunk) => {
    held = Buffer.concat([held, chunk])
    if (!begun) {
      const at = held.indexOf('0000PACK')
      if (at < 0) return false
      held = held.subarray(at + 4)
      begun = true
    }
    const known = Math.max(0, held.length - 20)
    hash.update(held.subarray(0, known))
    held = held.subarray(known)
    return !hash.copy().digest().equals(held)
  }
}
