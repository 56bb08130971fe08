import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Complaints } from '../../../src/fleet/config/complaints.ts'
import { type FillIn, makeFillIn } from '../../../src/fleet/config/fill-in.ts'
import { makeTempFolder } from '../../support/temp.ts'

interface Bench {
  readonly fill: FillIn
  readonly said: string[]
}

function bench(env: NodeJS.ProcessEnv, folder = '/nowhere'): Bench {
  const said: string[] = []
  const complaints: Pick<Complaints, 'add'> = {
    add: (path, text) => said.push(`${path.join('.')}: ${text}`),
  }
  return { fill: makeFillIn({ env, folderOf: () => folder, complaints }), said }
}

describe('text', () => {
  it('fills in variables, dollar signs and parts of a repository, once', () => {
    const { fill, said } = bench({ A: '$$ ${B} {path} x: y\nz', EMPTY: '' })
    const template = { repository: '${A}', 'path-flat': 'a-b' }
    expect(fill.text([], 'p${A}q${EMPTY}r', template)).toBe('p$$ ${B} {path} x: y\nzqr')
    expect(fill.text([], '$$A $$$${A} $A $', template)).toBe('$A $${A} $A $')
    expect(fill.text([], '{repository}/{path-flat}', template)).toBe('${A}/a-b')
    expect(said).toEqual([])
  })

  it('tells every variable that is not set', () => {
    const { fill, said } = bench({})
    expect(fill.text(['a'], '${ONE}/${TWO}')).toBeUndefined()
    expect(said).toEqual(['a: the variable ONE is not set', 'a: the variable TWO is not set'])
  })

  it.each(['${}', '${A', '${a b}', '${A:-x}', '${hunter22 }'])('takes %s for a slip', (text) => {
    const { fill, said } = bench({ A: 'x' })
    expect(fill.text(['a'], text)).toBeUndefined()
    expect(said).toEqual(['a: ${…} does not hold the name of a variable'])
  })

  it('refuses braces that stand for nothing', () => {
    const { fill, said } = bench({})
    expect(fill.text(['a'], '{repo}', { repository: 'x' })).toBeUndefined()
    expect(fill.text(['b'], '{repository}')).toBeUndefined()
    expect(said).toEqual([
      'a: {repo} stands for nothing',
      'b: {repository} stands for something with `discover` alone',
    ])
  })
})

describe('place', () => {
  it('reads variables and files, relative to the folder of the config', async () => {
    await using temp = await makeTempFolder()
    await mkdir(join(temp.path, 'keys'))
    await writeFile(join(temp.path, 'keys', 'a'), 'from file\n')
    const { fill, said } = bench({ TOKEN: 'from env', DIR: 'keys' }, temp.path)
    expect(fill.place(['t'], { env: 'TOKEN' })).toBe('from env')
    expect(fill.place(['t'], '${TOKEN}')).toBe('from env')
    expect(fill.place(['t'], { file: 'keys/a' })).toBe('from file\n')
    expect(fill.place(['t'], { file: '${DIR}/a' })).toBe('from file\n')
    expect(fill.place(['t'], { file: join(temp.path, 'keys', 'a') })).toBe('from file\n')
    expect(said).toEqual([])
  })

  it('reads a file anew for each round', async () => {
    await using temp = await makeTempFolder()
    const path = join(temp.path, 'token')
    await writeFile(path, 'first')
    const { fill } = bench({}, temp.path)
    expect(fill.place([], { file: 'token' })).toBe('first')
    await writeFile(path, 'second')
    expect(fill.place([], { file: 'token' })).toBe('first')
    expect(bench({}, temp.path).fill.place([], { file: 'token' })).toBe('second')
  })

  it('tells what is missing, empty, too large or unreadable', async () => {
    await using temp = await makeTempFolder()
    await writeFile(join(temp.path, 'empty'), ' \n')
    await writeFile(join(temp.path, 'large'), 'x'.repeat(64 * 1024 + 1))
    await writeFile(join(temp.path, 'full'), 'x'.repeat(64 * 1024))
    const { fill, said } = bench({ EMPTY: '' }, temp.path)
    for (const file of ['none', 'empty', 'large', '.']) expect(fill.place(['f'], { file })).toBeUndefined()
    expect(fill.place(['f'], { file: 'full' })).toHaveLength(64 * 1024)
    expect(fill.place(['e'], { env: 'EMPTY' })).toBeUndefined()
    expect(fill.place(['e'], '${NONE}')).toBeUndefined()
    expect(said).toEqual([
      "f.file: the file none can't be read (ENOENT)",
      'f.file: the file empty is empty',
      'f.file: the file large is larger than 64 KiB',
      "f.file: the file . can't be read (EISDIR)",
      'e.env: the variable EMPTY is empty',
      'e: the variable NONE is not set',
    ])
  })

  it('repeats no token that stands where a name should', () => {
    const { fill, said } = bench({})
    const token = 'ghp_hunter22hunter22hunter22hunter22'
    expect(fill.place(['e'], { env: token })).toBeUndefined()
    expect(fill.place(['f'], { file: token })).toBeUndefined()
    expect(fill.place(['g'], { env: 'KALANDRA_DESTINATION_SSH_PASSPHRASE' })).toBeUndefined()
    expect(said).toEqual([
      'e.env: the variable that is named here is not set',
      "f.file: this file can't be read (ENOENT)",
      'g.env: the variable KALANDRA_DESTINATION_SSH_PASSPHRASE is not set',
    ])
  })
})
