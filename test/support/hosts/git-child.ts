import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { Writable } from 'node:stream'
import { GIT_ENV } from '../git.ts'
import { type Dialect, rewriteGreeting, type Service } from './dialect.ts'

export interface GitCall {
  readonly dialect: Dialect
  readonly service: Service
  readonly repository: string
  /** Value of GIT_PROTOCOL as the client sent it. */
  readonly protocol: string | undefined
}

/** The version that this server speaks with a client that asks like that. */
export function versionOf({ dialect, service, protocol }: GitCall): 0 | 2 {
  if (service === 'git-receive-pack' || dialect.version === 0) return 0
  return protocol?.split(':').includes('version=2') ? 2 : 0
}

/** Starts `git upload-pack` or `git receive-pack`; it is taken out of `children` when it ends. */
export function spawnGit(
  call: GitCall,
  args: readonly string[],
  children: Set<ChildProcess>,
): ChildProcessWithoutNullStreams {
  const { dialect, service, repository } = call
  const config = Object.entries(dialect.config ?? {}).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const child = spawn('git', [...config, service.slice('git-'.length), ...args, repository], {
    env: { ...GIT_ENV, ...(versionOf(call) === 2 ? { GIT_PROTOCOL: 'version=2' } : {}) },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  children.add(child)
  child.once('close', () => children.delete(child))
  child.stdin.on('error', () => undefined)
  child.on('error', () => undefined)
  return child
}

/** The advertisement that a stateless client gets. */
export async function greetStateless(
  call: GitCall,
  children: Set<ChildProcess>,
): Promise<{ readonly bytes: Buffer; readonly offered: readonly string[] }> {
  const child = spawnGit(call, ['--stateless-rpc', '--advertise-refs'], children)
  child.stdin.end()
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) chunks.push(chunk)
  return rewriteGreeting(call.dialect, call.service, Buffer.concat(chunks))
}

/** Resolves when the stream takes more, or is gone. */
export function waitForRoom(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off('drain', settle)
      stream.off('close', settle)
      resolve()
    }
    stream.on('drain', settle)
    stream.on('close', settle)
  })
}
