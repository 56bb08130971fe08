import { spawn } from 'node:child_process'
import { ByteReader } from '../../src/base/bytes.ts'
import { PacketReader } from '../../src/protocol/pkt-line.ts'
import { GIT_ENV } from '../support/git.ts'

/** A real git at the other end of a pipe. */
export interface Served extends AsyncDisposable {
  readonly bytes: ByteReader
  readonly packets: PacketReader
  send(...parts: readonly (Uint8Array | string)[]): void
  /** Closes our side and gives the exit status. */
  end(): Promise<number | null>
}

/** Runs `git upload-pack` or `git receive-pack` on `dir`; it is killed with the test. */
export function serve(
  service: 'upload-pack' | 'receive-pack',
  dir: string,
  options: { readonly version?: 0 | 1 | 2; readonly args?: readonly string[] } = {},
): Served {
  const { version = 0, args = [] } = options
  const env = version === 0 ? GIT_ENV : { ...GIT_ENV, GIT_PROTOCOL: `version=${version}` }
  const child = spawn('git', [service, ...args, dir], { env, stdio: ['pipe', 'pipe', 'ignore'] })
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (status) => resolve(status))
  })
  child.stdin.on('error', () => {})
  const bytes = new ByteReader(child.stdout)
  return {
    bytes,
    packets: new PacketReader(bytes),
    send(...parts) {
      for (const part of parts) child.stdin.write(part)
    },
    async end() {
      child.stdin.end()
      return await exited
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
