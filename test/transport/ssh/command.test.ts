import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { buildCommand } from '../../../src/transport/ssh/command.ts'

const run = promisify(execFile)

it('[J7] quotes the path with single quotes and keeps a leading slash', () => {
  expect(buildCommand('git-upload-pack', '/org/repo.git')).toBe("git-upload-pack '/org/repo.git'")
  expect(buildCommand('git-receive-pack', 'org/repo.git')).toBe("git-receive-pack 'org/repo.git'")
})

it('[J7] leaves the home folder of a user to the server', () => {
  expect(buildCommand('git-upload-pack', '/~ann/x.git')).toBe("git-upload-pack '~ann/x.git'")
  expect(buildCommand('git-upload-pack', '~ann/x.git')).toBe("git-upload-pack '~ann/x.git'")
})

it.each(["it's", "'", "''a''", '$(id) `id` "x" \\ !1 ; & | > * ?', "!'!", 'two words', 'über'])(
  '[J7] a shell reads back the path %j',
  async (path) => {
    const command = buildCommand('git-upload-pack', path).replace('git-upload-pack', "printf '%s'")
    expect((await run('sh', ['-c', command])).stdout).toBe(path)
  },
)

it('[J7] writes ! outside of the quotes, as git does for csh', () => {
  expect(buildCommand('git-upload-pack', 'a!b')).toBe("git-upload-pack 'a'\\!'b'")
})

it('asks for the version in words of every shell, where it has to be in the command', async () => {
  const command = buildCommand('git-upload-pack', '/x.git', { version: 2 })
  expect(command).toBe("env GIT_PROTOCOL=version=2 git-upload-pack '/x.git'")
  const asked = command.replace('git-upload-pack', `sh -c 'echo "$GIT_PROTOCOL"'`)
  expect((await run('sh', ['-c', asked])).stdout).toBe('version=2\n')
})
