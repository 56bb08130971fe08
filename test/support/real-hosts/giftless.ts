import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findFreePort, startProcess } from '../servers/process.ts'
import { makeTempFolder } from '../temp.ts'
import { findBuilt } from './cache.ts'

/** A real giftless that lets anybody read and write, and keeps objects as files. It speaks LFS, and no git. */
export interface Giftless extends AsyncDisposable {
  readonly port: number
  /** Names of the objects that it has of a repository `org/name`. */
  objects(repository: string): Promise<readonly string[]>
  /** What the server has written. */
  output(): string
}

export async function startGiftless(): Promise<Giftless> {
  const program = findBuilt('giftless', 'bin', 'python')
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await makeTempFolder()).path
    const storage = join(folder, 'storage')
    const key = join(folder, 'key')
    await mkdir(storage)
    await writeFile(key, 'a key of this test alone, long enough for HS256')
    const port = await findFreePort()
    const config = join(folder, 'giftless.yaml')
    await writeFile(config, makeConfig(storage, key))
    const server = stack.use(
      await startProcess({
        program,
        args: ['-m', 'flask', '--app', 'giftless.wsgi_entrypoint', 'run', '-h', '127.0.0.1', '-p', `${port}`],
        env: { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8', GIFTLESS_CONFIG_FILE: config },
        limit: 60_000,
        ready: async () => (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)) !== undefined,
      }),
    )
    const owned = stack.move()
    return {
      port,
      objects: async (repository) => await readdir(join(storage, repository)).catch(() => []),
      output: () => server.output(),
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

function makeConfig(storage: string, key: string): string {
  return `AUTH_PROVIDERS:
  - giftless.auth.allow_anon:read_write
PRE_AUTHORIZED_ACTION_PROVIDER:
  options:
    private_key_file: ${key}
    algorithm: HS256
LEGACY_ENDPOINTS: false
TRANSFER_ADAPTERS:
  basic:
    factory: giftless.transfer.basic_streaming:factory
    options:
      storage_class: giftless.storage.local_storage:LocalStorage
      storage_options:
        path: ${storage}
`
}
