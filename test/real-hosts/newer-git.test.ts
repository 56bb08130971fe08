import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { startHttpBackend } from '../support/http-backend.ts'
import {
  type Endpoint,
  fileEndpoint,
  httpEndpoint,
  scanHostKeys,
  sshEndpoint,
} from '../support/real-hosts/endpoint.ts'
import { describeMirror } from '../support/real-hosts/mirror-story.ts'
import { makeNewerRepository, newerGit, newerGitEnv } from '../support/real-hosts/newer-git.ts'
import { startSshd } from '../support/sshd.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

describe.each(['sha1', 'sha256'] as const)('the newest git, reftable with %s', (format) => {
  const env = newerGitEnv()
  let stack: AsyncDisposableStack
  let folder: TempFolder
  let endpoint: Readonly<Record<'file' | 'http' | 'ssh', (path: string) => Endpoint>>

  beforeAll(async () => {
    stack = new AsyncDisposableStack()
    folder = stack.use(await makeTempFolder())
    const { path: root } = folder
    const backend = stack.use(
      await startHttpBackend({ root, env, program: join(newerGit(), 'git-http-backend') }),
    )
    const sshd = stack.use(await startSshd({ env }))
    const knownHosts = await scanHostKeys(sshd.port, `${sshd.folder}/known_hosts`)
    endpoint = {
      file: (path) => fileEndpoint(path, env),
      http: (path) => httpEndpoint(`${backend.url}${path.slice(root.length)}`, undefined, path),
      ssh: (path) => sshEndpoint(sshd.url(path), { key: sshd.clientKey, knownHosts }, path),
    }
  })

  afterAll(() => stack?.disposeAsync())

  for (const transport of ['file', 'http', 'ssh'] as const) {
    describeMirror(transport, {
      create: async (side) => {
        const name = `${transport}-${side}.git`
        return endpoint[transport](
          await makeNewerRepository(folder.path, name, { format, refFormat: 'reftable' }),
        )
      },
      env,
      format,
    })
  }
})
