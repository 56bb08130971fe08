import { describe, expect, it } from 'vitest'
import { readLfsUrl } from '../../../src/lfs/pointers/lfs-config.ts'
import { git } from '../../support/git.ts'
import { makeTempFolder } from '../../support/temp.ts'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

describe('lfs.url of a .lfsconfig', () => {
  it.each([
    '[lfs]\n\turl = https://lfs.example/o/r\n',
    '[lfs]\r\n\turl = https://lfs.example/o/r\r\n',
    '[LFS]\nURL=https://lfs.example/o/r',
    '[lfs] url = "https://lfs.example/o/r" # here',
    '[lfs]\nurl = https://lfs.example/a\nurl = https://lfs.example/b ; the last one counts\n',
    '[lfs "other"]\nurl = https://lfs.example/x\n',
    '[core]\nurl = https://lfs.example/x\n[lfs]\nfetchinclude = *\n',
    '# [lfs]\n; url = x\n[lfs]\n  pushurl = https://lfs.example/p\n  url = https://lfs.example/with\\"quote\\"\n',
    '',
  ])('is what git reads: %j', async (text) => {
    await using folder = await makeTempFolder()
    const path = join(folder.path, 'config')
    await writeFile(path, text)
    const theirs = await git(folder.path, 'config', '--file', path, '--get', 'lfs.url').catch(() => undefined)
    expect(readLfsUrl(text)).toBe(theirs)
  })
})
