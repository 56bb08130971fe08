import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { MirrorRecord, RunRecord, RunStatus } from '../../src/fleet/state/records.ts'

const NAMES = [
  'compiler',
  'kernel',
  'website',
  'docs',
  'api',
  'mobile',
  'infra',
  'charts',
  'sdk-go',
  'sdk-python',
  'design',
  'blog',
]
const HOUR_MS = 3_600_000

/** A server that takes every request and answers none: what reads from it runs until it is stopped. */
export async function startSilentServer(): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(() => undefined)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

/** Writes a config of `count` mirrors and a state file with a history of each, as if it had run for a while. */
export function writeFleet(
  folder: string,
  count: number,
  silent: string,
  failures: 'some' | 'all' = 'some',
): string {
  const mirrors: string[] = []
  const records: Record<string, MirrorRecord> = {}
  for (let index = 0; index < count; index++) {
    const name = `acme/${NAMES[index % NAMES.length]}${index < NAMES.length ? '' : `-${index}`}`
    const source = index === 4 ? `${silent}/acme/api.git` : `https://github.com/${name}.git`
    mirrors.push(
      `  - { name: ${name}, source: '${source}', destination: 'https://gitlab.com/acme-mirror/${name.slice(5)}.git', schedule: every 4h, labels: [acme]${index === 7 ? ', paused: true' : ''} }\n`,
    )
    records[name] = recordOf(index, failures === 'all')
  }
  writeFileSync(join(folder, 'state.json'), JSON.stringify({ version: 1, mirrors: records }))
  const config = join(folder, 'mirrors.yml')
  const list =
    count === 0
      ? `  - { name: none, discover: { list: '${silent}/list' }, destination: 'https://gitlab.com/{path}' }\n`
      : mirrors.join('')
  const server =
    'server: { token: { env: SERVE_TOKEN }, state: state.json, stop-grace: 0s, sync-on-start: false }\n'
  writeFileSync(config, `version: 1\n${server}mirrors:\n${list}`)
  return config
}

const ERRORS = [
  {
    message: 'gitlab.com refused the key: Permission denied (publickey).',
    hint: 'Add the public key as a deploy key with write access, or give another ssh-key.',
  },
  {
    message: 'refs/heads/main was rejected: protected branch hook declined',
    hint: 'Allow force pushes to this branch at the destination, or leave it out with refs.',
  },
] as const

function recordOf(index: number, haveAllFailed: boolean): MirrorRecord {
  const now = Date.now()
  const isFailed = haveAllFailed || index === 2 || index % 97 === 96
  const isRejected = index === 9
  const runs = Array.from({ length: 20 }, (_, run): RunRecord => {
    const isLast = run >= 18
    const status: RunStatus =
      isLast && isFailed
        ? 'failed'
        : isLast && isRejected
          ? 'rejected'
          : run % 3 === 0
            ? 'mirrored'
            : 'unchanged'
    const wave = 1 + Math.abs(Math.sin(index * 7 + run * 2.3)) * 4
    const bytes = status === 'mirrored' ? Math.round(wave ** 4 * 9000) : 0
    return {
      ended: now - (20 - run) * 4 * HOUR_MS + index * 60_000,
      status,
      seconds: wave / 3,
      bytes,
      changed: bytes > 0 ? 3 : 0,
    }
  })
  const last = runs.at(-1)!
  const good = runs.findLast(({ status }) => status === 'mirrored' || status === 'unchanged')
  const error = isFailed ? ERRORS[0] : isRejected ? ERRORS[1] : undefined
  return {
    lastSuccess: good?.ended,
    lastRun: last.ended,
    status: last.status,
    error,
    fingerprint: `sha256:${'3f9a'.repeat(16)}`,
    pushed: undefined,
    runs,
  }
}
