import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { makeBareRepository } from '../git.ts'
import { type Mirrored, runMirror } from '../hosts/run.ts'
import { makeTempFolder } from '../temp.ts'
import { commitPointers, makeBytes } from './lfs-repositories.ts'
import type { LfsObject } from './lfs-server.ts'
import { type LfsSite, type Login, startLfsSite } from './lfs-site.ts'

/** What the destination asks for. */
export const LOGIN: Login = { username: 'mirror', password: 'token-of-the-mirror' }

export interface LfsSites extends AsyncDisposable {
  /** Paths of the two repositories. */
  readonly source: string
  readonly destination: string
  readonly from: LfsSite
  readonly to: LfsSite
  /** Adds objects to the source's LFS server, and a commit that points to them. */
  add(sizes: readonly number[], files?: Readonly<Record<string, string>>): Promise<readonly LfsObject[]>
  /** Runs the command line from one to the other. `retries`: 0 by default. */
  run(args?: readonly string[], retries?: number): Promise<Mirrored>
}

/** A source that anybody may read, and an empty destination with a login; each has LFS. */
export async function startLfsSites(options: { readonly filters?: boolean } = {}): Promise<LfsSites> {
  const folder = await makeTempFolder()
  const [fromRoot, toRoot] = [join(folder.path, 'from'), join(folder.path, 'to')]
  await Promise.all([mkdir(fromRoot), mkdir(toRoot)])
  const config = { 'uploadpack.allowFilter': String(options.filters ?? true) }
  const source = (await makeBareRepository({ parent: fromRoot, name: 'source.git', config })).path
  const destination = (await makeBareRepository({ parent: toRoot, name: 'destination.git' })).path
  const from = await startLfsSite({ root: fromRoot })
  const to = await startLfsSite({ root: toRoot, login: LOGIN })
  let made = 0
  return {
    source,
    destination,
    from,
    to,
    async add(sizes, files) {
      const objects = sizes.map((size) => from.lfs.add(makeBytes(size, `${made++}`)))
      await commitPointers(source, objects, { files })
      return objects
    },
    run: (args = [], retries = 0) =>
      runMirror({
        source: from.url('source.git'),
        destination: to.url('destination.git'),
        args: ['--destination-username', LOGIN.username, ...args],
        env: { KALANDRA_DESTINATION_TOKEN: LOGIN.password },
        retries,
      }),
    async [Symbol.asyncDispose]() {
      await Promise.all([from[Symbol.asyncDispose](), to[Symbol.asyncDispose]()])
      await folder[Symbol.asyncDispose]()
    },
  }
}
