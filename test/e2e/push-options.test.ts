import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forEachRef, git } from '../support/git.ts'
import { makePair } from '../support/pair.ts'
import { pairInputs, startPlace, TRANSPORTS } from '../support/places.ts'
import { addCommits } from '../support/repositories.ts'
import { runAction, runCli } from '../support/runner.ts'

/** A hook that writes down what receive-pack tells it of push options. */
async function installHook(repository: string): Promise<{ readonly told: () => Promise<string> }> {
  const path = join(repository, 'told')
  const hook = join(repository, 'hooks', 'pre-receive')
  await writeFile(
    hook,
    `#!/bin/sh\nenv | grep '^GIT_PUSH_OPTION_' | sort >>'${path}'\necho "end \${GIT_PUSH_OPTION_COUNT-none}" >>'${path}'\n`,
  )
  await chmod(hook, 0o755)
  return { told: async () => await readFile(path, 'utf8') }
}

const TWO = 'ci.skip\nci.variable=NAME=a value'

describe('push-options', () => {
  for (const transport of TRANSPORTS) {
    it(`reach the hooks of the destination over ${transport}`, async () => {
      await using pair = await makePair({ config: { 'receive.advertisePushOptions': 'true' } })
      const hook = await installHook(pair.destination)
      await using from = await startPlace('file', pair.folder)
      await using to = await startPlace(transport, pair.folder)
      const inputs = pairInputs({ place: from, path: pair.source }, { place: to, path: pair.destination })
      const result = await runAction({ inputs: { ...inputs, 'push-options': TWO } })
      expect(result.exitCode, result.log).toBe(0)
      expect(result.warnings).toEqual([])
      expect(await hook.told()).toBe(
        'GIT_PUSH_OPTION_0=ci.skip\nGIT_PUSH_OPTION_1=ci.variable=NAME=a value\nGIT_PUSH_OPTION_COUNT=2\nend 2\n',
      )
      expect(await forEachRef(pair.destination)).toEqual(await forEachRef(pair.source))
    })
  }

  it('go with every push of a run, and with those of the command line', async () => {
    await using pair = await makePair({ config: { 'receive.advertisePushOptions': 'true' } })
    await git(pair.source, 'branch', 'second', 'main')
    const hook = await installHook(pair.destination)
    const args = [pair.source, pair.destination, '--push-options', 'one', '--push-options', 'two']
    const result = await runCli([...args, '--max-refs-per-push', '1'])
    expect(result.exitCode, result.stderr).toBe(0)
    const lines = (await hook.told()).trim().split('\n')
    expect(lines.filter((line) => line === 'end 2')).toHaveLength(2)
    expect(lines).toContain('GIT_PUSH_OPTION_1=two')
  })

  it('are left out with a warning where the destination takes none, and nothing else changes', async () => {
    await using pair = await makePair()
    const hook = await installHook(pair.destination)
    const result = await pair.run({ 'push-options': TWO })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.warnings).toHaveLength(1)
    expect(result.warnings[0]).toContain('takes no push options')
    expect(result.warnings[0]).toContain('ci.skip')
    expect(await hook.told()).toMatch(/^(GIT_PUSH_OPTION_COUNT=0\n)?end (0|none)\n$/)
    await addCommits(pair.source, 1)
    // A run with nothing to push has nothing to warn of.
    expect((await pair.run()).warnings).toEqual([])
    expect((await pair.run({ 'push-options': TWO })).warnings).toEqual([])
  })
})
