import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the folder says: `KALANDRA_FAULT_FOLDER/fault.json`. */
export interface ChildFault {
  readonly git: string
  readonly path: string
  readonly fault?:
    | {
        readonly role: string
        /** Which start of a git program for that role. */
        readonly call: number
        readonly kind: string
        readonly from: 'client' | 'server'
        readonly after: number
        /** Later starts fail. */
        readonly dead: boolean
        /** Of `slow`, in milliseconds. */
        readonly hold: number
      }
    | undefined
}

/** What the real git has nothing to do with. */
const HIDDEN = {
  KALANDRA_FAULT_FOLDER: undefined,
  KALANDRA_FAULT_START: undefined,
  NODE_COMPILE_CACHE: undefined,
}

const folder = process.env['KALANDRA_FAULT_FOLDER']!
const { git, path, fault } = JSON.parse(readFileSync(join(folder, 'fault.json'), 'utf8')) as ChildFault
const args = process.argv.slice(2)
/** Role and number. */
const start = process.env['KALANDRA_FAULT_START']!
const mine = fault !== undefined && start === `${fault.role}-${fault.call}` ? fault : undefined

const child = spawn(git, args, {
  stdio: ['pipe', 'pipe', 'inherit'],
  env: { ...process.env, ...HIDDEN, PATH: path },
})
/** So long the end of a stalled input does not come through. */
const HANG_MS = 5_000
const bytes = { client: 0, server: 0 }
let stalled = false
for (const stream of [process.stdin, process.stdout, child.stdin, child.stdout])
  stream.on('error', () => undefined)
process.on('SIGTERM', () => {
  child.kill('SIGTERM')
  if (stalled) process.exit(143)
})
process.stdout.once('close', () => child.stdout.destroy())
const relays = [relay('client', process.stdin, child.stdin), relay('server', child.stdout, process.stdout)]
child.once('exit', (code, signal) => {
  void relays[1]!.then(async () => {
    writeFileSync(join(folder, `${start}.bytes`), JSON.stringify(bytes))
    // A program that hangs still ends with its input.
    if (stalled) await relays[0]
    if (signal) process.kill(process.pid, signal)
    else process.exit(code ?? 1)
  })
})

async function relay(from: 'client' | 'server', source: Readable, sink: Writable): Promise<void> {
  let manner: 'well' | 'slow' | 'gone' = 'well'
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      const at = (mine?.after ?? 0) - bytes[from]
      bytes[from] += chunk.length
      if (manner === 'well' && mine?.from === from && at >= 0 && at < chunk.length) {
        manner = await strike(mine, chunk, { at, sink })
      } else if (manner !== 'gone') await write(sink, chunk)
      if (manner === 'slow') await sleep(30)
    }
  } catch {
    // Ended by the other side.
  }
  if (stalled && from === 'server') return
  // A stalled input does not even end, until a signal or a while later.
  if (stalled && mine?.from === 'client') await sleep(HANG_MS)
  sink.end()
}

async function strike(
  { kind, hold }: NonNullable<ChildFault['fault']>,
  chunk: Buffer,
  { at, sink }: { readonly at: number; readonly sink: Writable },
): Promise<'well' | 'slow' | 'gone'> {
  writeFileSync(join(folder, 'struck'), '')
  if (kind === 'corrupt') {
    chunk[at]! ^= 0x55
    await write(sink, chunk)
    return 'well'
  }
  await write(sink, chunk.subarray(0, at))
  if (kind === 'slow') {
    await sleep(hold)
    await write(sink, chunk.subarray(at))
    return 'slow'
  }
  if (kind === 'stall') stalled = true
  if (kind === 'half-close') sink.end()
  if (kind === 'cut') {
    child.kill('SIGKILL')
    sink.end()
  }
  return 'gone'
}

async function write(sink: Writable, chunk: Uint8Array): Promise<void> {
  if (sink.destroyed || sink.writableEnded || chunk.length === 0) return
  await new Promise<void>((resolve) => {
    sink.write(chunk, () => resolve())
    if (sink.destroyed) resolve()
  })
}
