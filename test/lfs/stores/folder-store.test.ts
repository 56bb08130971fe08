import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFolderStore } from '../../../src/lfs/stores/folder-store.ts'
import { pathInFolder } from '../../support/lfs/lfs-repositories.ts'
import { makeTempFolder } from '../../support/temp.ts'

/** More than 32 bits can count, and the same in 32 bits. */
const LARGE_BYTES = 5 * 2 ** 30
const CUT_BYTES = LARGE_BYTES % 2 ** 32

describe('a file of more than four gibibytes', () => {
  it('is told from one whose length is equal in 32 bits', async () => {
    await using folder = await makeTempFolder()
    const oid = 'ab'.repeat(32)
    const path = pathInFolder(folder.path, oid)
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'w')
    await file.truncate(LARGE_BYTES)
    await file.close()
    const store = openFolderStore(folder.path, 'source')
    const standings = await store.find([
      { oid, size: LARGE_BYTES },
      { oid, size: CUT_BYTES },
    ])
    expect(standings.map(({ kind }) => kind)).toEqual(['there', 'missing'])
  })
})
