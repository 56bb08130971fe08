import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { type Spooled, spoolPack } from '../../../src/mirror/pack/spool.ts'
import { makeTempFolder } from '../../support/temp.ts'

const SLICE = 1024 * 1024

async function* slices(count: number): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield new Uint8Array(SLICE).fill(index)
}

async function digest(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const slice of body) hash.update(slice)
  return hash.digest('hex')
}

describe('spoolPack', () => {
  it('keeps a small pack in memory and writes nothing', async () => {
    await using folder = await makeTempFolder()
    const spooled = await spoolPack(slices(3), { folder: folder.path })
    expect(spooled).toMatchObject({ length: 3 * SLICE, onDisk: false })
    expect(await digest(spooled.body())).toBe(await digest(slices(3)))
    expect(await readdir(folder.path)).toEqual([])
    await spooled.dispose()
  })

  it('keeps a large pack in a file without a name, readable more than once', async () => {
    await using folder = await makeTempFolder()
    const spooled = await spoolPack(slices(40), { folder: folder.path })
    expect(spooled).toMatchObject({ length: 40 * SLICE, onDisk: true })
    if (process.platform !== 'win32') expect(await readdir(folder.path)).toEqual([])
    const expected = await digest(slices(40))
    expect(await digest(spooled.body())).toBe(expected)
    expect(await digest(spooled.body())).toBe(expected)
    await spooled.dispose()
    expect(await readdir(folder.path)).toEqual([])
  })

  it('leaves nothing behind when the pack breaks off', async () => {
    await using folder = await makeTempFolder()
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield* slices(36)
      throw new Error('source died')
    }
    await expect(spoolPack(broken(), { folder: folder.path })).rejects.toThrow('source died')
    expect(await readdir(folder.path)).toEqual([])
  })

  it('takes nine tenths of what is free, and leaves nothing behind where that is not enough', async () => {
    await using folder = await makeTempFolder()
    const run = (megabytes: number): Promise<Spooled> =>
      spoolPack(slices(megabytes), { folder: folder.path, freeBytes: async () => 40 * 1024 ** 2 })
    const spooled = await run(36)
    expect(spooled.onDisk).toBe(true)
    await spooled.dispose()
    await expect(run(37)).rejects.toMatchObject({
      code: 'local',
      message: expect.stringContaining(folder.path),
      hint: expect.stringContaining('RUNNER_TEMP'),
    })
    expect(await readdir(folder.path)).toEqual([])
  })

  it('names the folder that cannot take the pack, and what to do', async () => {
    await using folder = await makeTempFolder()
    const run = spoolPack(slices(36), { folder: `${folder.path}/missing` })
    await expect(run).rejects.toMatchObject({ code: 'local', hint: expect.stringContaining('RUNNER_TEMP') })
  })
})
