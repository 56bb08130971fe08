import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countObjects, forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { type HttpBackend, startHttpBackend } from '../support/http-backend.ts'
import { waitFor, waitForNoProcess } from '../support/processes.ts'
import { addCommits } from '../support/repositories.ts'
import { type ActionResult, startAction } from '../support/runner.ts'
import type { Running } from '../support/running.ts'
import { makeSlowPackHook } from '../support/slow-git.ts'
import { type Scheme, type Servers, startServers } from '../support/windows/servers.ts'
import { WINDOWS } from '../support/windows/wine.ts'

/** Five seconds are promised; the rest is for a machine with other things to do. */
const LIMIT_MS = 9_000

let servers: Servers
/** A server that stops in the middle of each pack, longer than a test takes. */
let slow: HttpBackend

beforeAll(async () => {
  servers = await startServers()
  await makeBareRepository({ parent: servers.root, name: 'source.git' })
  await addCommits(at('source.git'), 3, { size: 300_000 })
  const hook = await makeSlowPackHook(servers.root, { seconds: 300, first: 300_000 })
  slow = await startHttpBackend({ root: servers.root, env: { GIT_CONFIG_GLOBAL: hook } })
})
afterAll(async () => {
  await slow?.[Symbol.asyncDispose]()
  await servers?.[Symbol.asyncDispose]()
})

const at = (name: string): string => join(servers.root, name)

/** A mirror of the first commit alone, with a run to it that hangs in the middle of its pack. */
async function startTransfer(scheme: Scheme, name: string): Promise<Running<ActionResult>> {
  await makeBareRepository({ parent: servers.root, name })
  await git(at('source.git'), 'push', '-q', at(name), 'main~2:refs/heads/main')
  const running = await startAction({
    machine: WINDOWS,
    env: servers.env,
    inputs: {
      ...servers.inputs,
      source: `${slow.url}/source.git`,
      destination: servers.url(scheme, name),
    },
  })
  await waitFor('the push', async () => (await quarantines(name)).length > 0, 60_000)
  return running
}

/** Quarantined objects of a push. */
async function quarantines(name: string): Promise<readonly string[]> {
  return (await readdir(join(at(name), 'objects'))).filter((entry) => entry.startsWith('tmp_objdir'))
}

describe.each<Scheme>(['ssh', 'git'])('on Windows, a run to %s that is cancelled', (scheme) => {
  it('by Ctrl+C ends within seconds, with outputs and summary, and nothing has changed', async () => {
    const name = `ctrl-c-${scheme}.git`
    await using running = await startTransfer(scheme, name)
    const [refs, objects] = [await forEachRef(at(name)), await countObjects(at(name))]
    const start = performance.now()
    running.cancel()
    const result = await running.done
    expect(performance.now() - start, result.log).toBeLessThan(LIMIT_MS)
    expect(result, result.log).toMatchObject({ exitCode: 1, signal: null })
    expect(result.errors.join('\n')).toContain('cancelled (SIGINT)')
    expect(result.summary).toContain('ancelled')
    expect(result.outputs).toMatchObject({ changed: 'false', 'updated-refs': '[]' })
    expect(await waitForNoProcess(at(name))).toEqual([])
    expect(await forEachRef(at(name))).toEqual(refs)
    expect(await countObjects(at(name))).toBe(objects)
    await fsck(at(name))
    // What Git still has in quarantine is no part of the repository, and goes with the rubbish.
    await git(at(name), 'prune', '--expire=now')
    expect(await quarantines(name)).toEqual([])
  })
})

it('on Windows, a run that is terminated leaves the destination as it was, and the next one goes on', async () => {
  const name = 'terminated.git'
  await using running = await startTransfer('ssh', name)
  const [refs, objects] = [await forEachRef(at(name)), await countObjects(at(name))]
  running.kill('SIGKILL')
  expect(await running.done).toMatchObject({ signal: 'SIGKILL', summary: '' })
  expect(await waitForNoProcess(at(name))).toEqual([])
  expect(await forEachRef(at(name))).toEqual(refs)
  expect(await countObjects(at(name))).toBe(objects)

  await using again = await startAction({
    machine: WINDOWS,
    inputs: {
      ...servers.inputs,
      source: servers.url('http', 'source.git'),
      destination: servers.url('ssh', name),
    },
  })
  const result = await again.done
  expect(result, result.log).toMatchObject({ exitCode: 0, errors: [] })
  expect(await forEachRef(at(name))).toEqual(await forEachRef(at('source.git')))
  await fsck(at(name))
})
