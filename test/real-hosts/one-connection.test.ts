import { describe, expect, it } from 'vitest'
import { git, makeBareRepository } from '../support/git.ts'
import { fileEndpoint, gitEndpoint, listRefs, mirror } from '../support/real-hosts/endpoint.ts'
import { addCommits } from '../support/repositories.ts'
import { startGitDaemon } from '../support/servers/git-daemon.ts'
import { makeTempFolder } from '../support/temp.ts'

describe('git daemon with --max-connections=1', () => {
  it('takes a deletion', async () => {
    await using folder = await makeTempFolder()
    const source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
    const path = (await makeBareRepository({ parent: folder.path, name: 'destination.git' })).path
    await using daemon = await startGitDaemon(folder.path, ['--max-connections=1'])
    const destination = gitEndpoint(daemon.url('destination.git'), path)
    await addCommits(source, 2)
    await git(source, 'branch', 'gone', 'main')
    await git(source, 'push', '-q', path, 'main', 'gone')
    await git(source, 'branch', '-D', 'gone')
    await addCommits(source, 1)
    const result = await mirror(fileEndpoint(source), destination, { 'idle-timeout': '10', retries: '1' })
    expect(result.exitCode, result.log).toBe(0)
    expect(await listRefs(fileEndpoint(path))).toEqual(await listRefs(fileEndpoint(source)))
  })
})
