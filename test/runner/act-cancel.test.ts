import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countObjects, forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { type HttpBackend, startHttpBackend } from '../support/http-backend.ts'
import { waitFor, waitForNoProcess } from '../support/processes.ts'
import { addCommits } from '../support/repositories.ts'
import { makeSlowPackHook } from '../support/slow-git.ts'
import { type Sshd, startSshd } from '../support/sshd.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'
import { type ActOptions, runWorkflow, startWorkflow } from '../support/workflows/act.ts'

let folder: TempFolder
let source: string
let fast: HttpBackend
let slow: HttpBackend
let sshd: Sshd

/** The slow server stops in the middle of each pack, longer than a test takes. */
beforeAll(async () => {
  folder = await makeTempFolder()
  source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
  await addCommits(source, 2)
  const hook = await makeSlowPackHook(folder.path, { seconds: 300, first: 300_000 })
  fast = await startHttpBackend({ root: folder.path })
  slow = await startHttpBackend({ root: folder.path, env: { GIT_CONFIG_GLOBAL: hook } })
  sshd = await startSshd()
})
afterAll(async () => {
  await fast?.[Symbol.asyncDispose]()
  await slow?.[Symbol.asyncDispose]()
  await sshd?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
})

function workflow(from: HttpBackend, destination: string): ActOptions {
  const text = `
on: push
jobs:
  mirror:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
      - id: kalandra
        uses: ./
        with:
          source: ${from.url}/source.git
          destination: ${destination}
          destination-ssh-key: \${{ secrets.KEY }}
          ssh-known-hosts: \${{ vars.KNOWN_HOSTS }}
      - id: after
        run: echo after
`
  return {
    workflow: text,
    secrets: { KEY: sshd.clientKey.privateKey },
    vars: { KNOWN_HOSTS: sshd.knownHosts },
  }
}

/** Quarantined objects of a push. */
async function quarantines(repository: string): Promise<readonly string[]> {
  return (await readdir(join(repository, 'objects'))).filter((name) => name.startsWith('tmp_objdir'))
}

it.each(['file', 'ssh'])('a cancelled run leaves its destination over %s as it was', async (transport) => {
  const destination = (await makeBareRepository({ parent: folder.path, name: `${transport}.git` })).path
  const address = transport === 'ssh' ? sshd.url(destination) : destination
  const first = await runWorkflow(workflow(fast, address))
  expect(first.exitCode, first.log).toBe(0)
  const before = await forEachRef(destination)
  const objects = await countObjects(destination)
  await addCommits(source, 3, { size: 300_000 })
  await git(source, 'update-ref', `refs/heads/${transport}`, 'main')

  await using running = await startWorkflow(workflow(slow, address))
  await waitFor('the push', async () => (await quarantines(destination)).length > 0, 60_000)
  running.kill('SIGINT')
  const result = await running.done
  expect(result.exitCode, result.log).toBe(1)
  expect(result.step('mirror', 'kalandra').result, result.log).not.toBe('success')
  expect(result.step('mirror', 'after').printed).toBe('')
  expect(await waitForNoProcess(destination)).toEqual([])
  expect(await forEachRef(destination)).toEqual(before)
  expect(await countObjects(destination)).toBe(objects)
  await fsck(destination)
  // act kills a step outright. What Git had in quarantine then is no part of the repository, and goes with the rubbish.
  await git(destination, 'prune', '--expire=now')
  expect(await quarantines(destination)).toEqual([])

  const next = await runWorkflow(workflow(fast, address))
  expect(next.exitCode, next.log).toBe(0)
  expect(await forEachRef(destination)).toEqual(await forEachRef(source))
  await fsck(destination)
})
