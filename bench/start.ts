import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { Step } from './measure.ts'

const MANNERS = ['action', 'command line'] as const
const KINDS = ['http', 'ssh'] as const
/** As a runner starts it, with its environment, or by hand. */
export type Manner = (typeof MANNERS)[number]

export interface StartTimes {
  /** Seconds from the start of the process to its first byte on the wire, one a run. */
  readonly times: readonly {
    readonly manner: Manner
    readonly over: (typeof KINDS)[number]
    readonly seconds: readonly number[]
  }[]
  /** Seconds of `node -e 0`, from start to exit. */
  readonly bare: readonly number[]
}

export interface StartOptions {
  readonly runs: number
  /** What starts Kalandra with these addresses. */
  readonly step: (manner: Manner, source: string, destination: string) => Step
}

/** Starts the program against a server that takes its first byte and never answers; then the program is killed. */
export async function measureStart({ runs, step }: StartOptions): Promise<StartTimes> {
  const times = MANNERS.flatMap((manner) => KINDS.map((over) => ({ manner, over, seconds: [] as number[] })))
  const bare: number[] = []
  let onByte: (() => void) | undefined
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => onByte?.())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`
  /** Seconds to its first byte, or to its end. */
  const measure = async ({ program, args, env }: Step, until: 'byte' | 'end'): Promise<number> => {
    const byte = new Promise<void>((resolve) => {
      onByte = resolve
    })
    const start = performance.now()
    const child = spawn(program, args, { env, stdio: 'ignore' })
    const exit = once(child, 'exit')
    const ended = await Promise.race([exit, ...(until === 'byte' ? [byte] : [])])
    const seconds = (performance.now() - start) / 1000
    if (until === 'byte' && Array.isArray(ended))
      throw new Error(`the program ended before its first byte: ${args.join(' ')}`)
    child.kill('SIGKILL')
    await exit
    return seconds
  }
  for (let run = 0; run <= runs; run++) {
    // The first one warms up.
    const isTimed = run > 0
    const least = await measure({ program: process.execPath, args: ['-e', '0'], env: process.env }, 'end')
    if (isTimed) bare.push(least)
    for (const { manner, over, seconds } of times) {
      const first = await measure(step(manner, `${over}://git@${at}/a`, `${over}://git@${at}/b`), 'byte')
      if (isTimed) seconds.push(first)
    }
  }
  server.close()
  return { times, bare }
}
