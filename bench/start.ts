import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { Step } from './measure.ts'

export interface StartTimes {
  /** Seconds from the start of the process to its first byte on the wire, one a run. */
  readonly http: readonly number[]
  readonly ssh: readonly number[]
  /** Seconds of `node -e 0`, from start to exit. */
  readonly bare: readonly number[]
}

export interface StartOptions {
  readonly runs: number
  /** What starts Kalandra with these addresses. */
  readonly step: (source: string, destination: string) => Step
}

/** Starts the program against a server that takes its first byte and never answers; then the program is killed. */
export async function measureStart({ runs, step }: StartOptions): Promise<StartTimes> {
  const times = { http: [] as number[], ssh: [] as number[], bare: [] as number[] }
  let onByte: (() => void) | undefined
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => onByte?.())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = `127.0.0.1:${(server.address() as AddressInfo).port}`
  for (let run = 0; run <= runs; run++) {
    // The first one warms up.
    const keep = run > 0
    for (const kind of ['bare', 'http', 'ssh'] as const) {
      const { program, args, env } = step(`${kind}://git@${at}/a`, `${kind}://git@${at}/b`)
      const first = new Promise<void>((resolve) => {
        onByte = resolve
      })
      const start = performance.now()
      const child = spawn(program, kind === 'bare' ? ['-e', '0'] : args, { env, stdio: 'ignore' })
      const exit = once(child, 'exit')
      const ended = await Promise.race([kind === 'bare' ? exit : first, exit])
      const seconds = (performance.now() - start) / 1000
      if (kind !== 'bare' && Array.isArray(ended))
        throw new Error(`the program ended before its first byte (${kind})`)
      child.kill('SIGKILL')
      await exit
      if (keep) times[kind].push(seconds)
    }
  }
  server.close()
  return times
}
