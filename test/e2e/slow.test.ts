import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { startHttpBackend } from '../support/http-backend.ts'
import { makeFilledRepository } from '../support/repositories.ts'
import { runAction } from '../support/runner.ts'
import { makeTempFolder } from '../support/temp.ts'

/** A global configuration under which upload-pack counts for `seconds` before its pack. */
async function slowConfig(folder: string, seconds: number): Promise<string> {
  const hook = join(folder, 'slow-hook')
  await writeFile(hook, `#!/bin/sh\nsleep ${seconds}\nexec "$@"\n`, { mode: 0o755 })
  const config = join(folder, 'config')
  await writeFile(config, `[uploadpack]\n\tpackObjectsHook = ${hook}\n`)
  return config
}

describe.concurrent('a source that counts for long', () => {
  it('[K7] has the destination greeted anew when the pack comes', async () => {
    await using folder = await makeTempFolder()
    const parent = folder.path
    const source = await makeFilledRepository({ parent, name: 'source.git' })
    const destination = await makeBareRepository({ parent, name: 'destination.git' })
    const log = join(parent, 'receive-packs')
    // A `git` on the path that writes down each receive-pack and when it began.
    const bin = join(parent, 'git')
    const real = await git(parent, '--exec-path')
    await writeFile(
      bin,
      `#!/bin/sh\n[ "$1" = receive-pack ] && date +%s >> ${log}\nexec "${real}/git" "$@"\n`,
      { mode: 0o755 },
    )
    const result = await runAction({
      inputs: { source: source.path, destination: destination.path, 'source-token': '' },
      env: { GIT_CONFIG_GLOBAL: await slowConfig(parent, 12), PATH: `${parent}:${process.env['PATH']}` },
    })
    expect(result.exitCode, result.log).toBe(0)
    expect(await forEachRef(destination.path)).toEqual(
      new Map([...(await forEachRef(source.path))].filter(([name]) => !name.startsWith('refs/notes/'))),
    )
    await fsck(destination.path)
    const { readFile } = await import('node:fs/promises')
    const times = (await readFile(log, 'utf8')).trim().split('\n').map(Number)
    // Listing, push, verification: the push does not use the connection that waited.
    expect(times).toHaveLength(3)
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(11)
  })

  it('[F13] keeps no POST open at the destination meanwhile', async () => {
    await using folder = await makeTempFolder()
    const parent = folder.path
    const source = await makeFilledRepository({ parent, name: 'source.git' })
    await makeBareRepository({ parent, name: 'destination.git' })
    await using backend = await startHttpBackend({ root: parent })
    const started = Date.now()
    let posted = 0
    const watch = setInterval(() => {
      if (posted === 0 && backend.requests.some(({ method }) => method === 'POST'))
        posted = Date.now() - started
    }, 20)
    const result = await runAction({
      inputs: { source: source.path, destination: `${backend.url}/destination.git`, 'source-token': '' },
      env: { GIT_CONFIG_GLOBAL: await slowConfig(parent, 3) },
    })
    clearInterval(watch)
    expect(result.exitCode, result.log).toBe(0)
    expect(posted).toBeGreaterThanOrEqual(3000)
  })
})
