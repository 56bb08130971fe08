import { expect, it } from 'vitest'
import { findGit } from '../../src/transport/local-git.ts'

const there =
  (...paths: readonly string[]) =>
  (path: string) =>
    paths.includes(path)

it('leaves it to the system where that does not look into the current folder', () => {
  expect(findGit({ PATH: '/usr/bin' }, 'linux', () => false)).toBe('git')
})

it('takes git on Windows from an absolute folder of PATH, and never from the current one', () => {
  const env = { Path: '.;;bin;C:tools;\\tools;"C:\\Program Files\\Git\\cmd";D:/git/bin' }
  const asked: string[] = []
  const git = findGit(env, 'win32', (path) => {
    asked.push(path)
    return path.startsWith('D:')
  })
  expect(git).toBe('D:\\git\\bin\\git.exe')
  expect(asked).toEqual(['C:\\Program Files\\Git\\cmd\\git.exe', 'D:\\git\\bin\\git.exe'])
  expect(findGit({ PATH: '\\\\server\\tools' }, 'win32', there('\\\\server\\tools\\git.exe'))).toBe(
    '\\\\server\\tools\\git.exe',
  )
})

it('says on Windows that there is none', () => {
  for (const env of [{}, { PATH: '.;bin' }, { PATH: 'C:\\nothing' }]) {
    expect(() => findGit(env, 'win32', there('git.exe', '.\\git.exe'))).toThrow(
      expect.objectContaining({ code: 'local', message: 'there is no git program on this machine' }),
    )
  }
})
