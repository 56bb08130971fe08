import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startHttpBackend } from '../../support/http-backend.ts'
import { makeTempFolder } from '../../support/temp.ts'
import { ENV, HOOK_SECRET, type Serving, startServing, TOKEN } from '../serving.ts'
import { makePair, type Pair } from './repositories.ts'
import { startSwitchedHost, type SwitchedHost } from './switched-host.ts'

/** Git repositories behind two hosts that can be dead, and a server that mirrors from one to the other. */
export interface World extends AsyncDisposable {
  readonly pairs: readonly Pair[]
  readonly hosts: Readonly<Record<'source' | 'destination', SwitchedHost>>
  /** The server that runs now. */
  readonly serving: Serving
  readonly config: string
  /** Ends the server by a signal, and starts another one. @returns its exit status; null: it was killed */
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
  /** What all servers have logged, those that ended included. */
  logs(): string
  /** Writes a config that is right, or one that is not. */
  writeConfig(isRight: boolean): Promise<void>
  /** Sends a webhook about a pair. @returns the status of the answer */
  hook(pair: Pair, more?: HookManner): Promise<number>
}

export interface HookManner {
  readonly secret?: string
  readonly delivery?: string
  readonly body?: string
}

export async function makeWorld(count: number): Promise<World> {
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await makeTempFolder())
    const root = join(folder.path, 'repositories')
    const names = Array.from({ length: count }, (_, index) => `team/m${index}`)
    const pairs = await Promise.all(names.map((name) => makePair(root, name)))
    const backend = stack.use(await startHttpBackend({ root }))
    const source = stack.use(await startSwitchedHost(backend.port))
    const destination = stack.use(await startSwitchedHost(backend.port))
    const config = join(folder.path, 'mirrors.yml')
    const urlOf = (pair: Pair): string => `http://127.0.0.1:${source.port}/${pair.name}.git`
    const writeConfig = async (isRight: boolean): Promise<void> => {
      // Two names of this machine: two hosts to whoever counts by host. Every other mirror has hooks alone.
      const mirrors = pairs.map(
        (pair, index) =>
          `  - { name: ${pair.name}, source: '${urlOf(pair)}', destination: 'http://localhost:${destination.port}/${pair.name}-copy.git'${index % 2 === 0 ? ', schedule: every 1m' : ''} }\n`,
      )
      await writeFile(
        config,
        `version: 1
server:
  token: { env: SERVE_TOKEN }
  hooks: { github: { secret: { env: HOOK_SECRET } } }
  state: state.json
  stop-grace: 2s
defaults: { retries: 1, idle-timeout: 20, ${isRight ? '' : 'idle-timeuot: 7, '}time-limit: 2m, allow-unrelated: true }
mirrors:
${mirrors.join('')}`,
      )
    }
    await writeConfig(true)
    let serving = await startServing(config, ENV, ['--verbose'])
    stack.defer(async () => await serving[Symbol.asyncDispose]())
    const ended: string[] = []
    const owned = stack.move()
    return {
      pairs,
      hosts: { source, destination },
      config,
      get serving() {
        return serving
      },
      async restart(signal) {
        serving.kill(signal)
        const { code, stdout, stderr } = await serving.result
        ended.push(stdout + stderr)
        serving = await startServing(config, ENV, ['--verbose'])
        return code
      },
      logs: () => [...ended, serving.log()].join(''),
      writeConfig,
      async hook(pair, { secret = HOOK_SECRET, delivery, body } = {}) {
        const text =
          body ?? JSON.stringify({ ref: 'refs/heads/main', repository: { clone_url: urlOf(pair) } })
        const signature = createHmac('sha256', secret).update(text).digest('hex')
        const { status } = await serving.call('POST', '/hooks/github', {
          token: null,
          body: text,
          headers: {
            'x-hub-signature-256': `sha256=${signature}`,
            'x-github-event': 'push',
            ...(delivery === undefined ? {} : { 'x-github-delivery': delivery }),
          },
        })
        return status
      },
      [Symbol.asyncDispose]: async () => await owned.disposeAsync(),
    }
  } catch (thrown) {
    await stack.disposeAsync()
    throw thrown
  }
}

/** Bytes that a process has in memory; undefined where the system does not tell. */
export function residentBytes(pid: number): number | undefined {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined
  }
}

/** What must never stand in a log. */
export const SECRETS: readonly string[] = [TOKEN, HOOK_SECRET]
