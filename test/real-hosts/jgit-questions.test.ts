import { describe, expect, it } from 'vitest'
import { askAncestry } from '../../src/mirror/history/ancestry.ts'
import { ask } from '../mirror/history/asking.ts'
import { git } from '../support/git.ts'
import { startJgit } from '../support/real-hosts/jgit.ts'
import { addCommits } from '../support/repositories.ts'

describe.each(['6', '7'] as const)('JGit %s, asked about ancestry', (version) => {
  it('is not believed that a way leads from a commit without parents', async () => {
    await using server = await startJgit(version)
    const source = await server.create('orphans', 'git')
    const ids = await addCommits(source.path!, 4)
    const [orphan, next] = await addCommits(source.path!, 2, { ref: 'refs/heads/orphan', path: 'x' })
    await git(source.path!, 'branch', 'root', orphan!)
    for (const old of [false, true]) {
      await using asked = ask(source.url, { old })
      const answers = await askAncestry(asked.server, [
        { old: ids[1]!, new: orphan! },
        { old: ids[1]!, new: next! },
        { old: ids[1]!, new: ids[3]! },
        { old: orphan!, new: next! },
      ])
      expect(answers).toEqual([false, false, true, true])
    }
  })
})
