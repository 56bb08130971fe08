import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FastImport } from '../support/fast-import.ts'
import { git, makeBareRepository } from '../support/git.ts'
import { fileEndpoint, listRefs, mirror } from '../support/real-hosts/endpoint.ts'
import { type Gerrit, startGerrit } from '../support/real-hosts/gerrit.ts'
import { describeMirror } from '../support/real-hosts/mirror-story.ts'
import { makeTempFolder } from '../support/temp.ts'

describe('Gerrit', () => {
  let gerrit: Gerrit

  beforeAll(async () => {
    gerrit = await startGerrit()
  })

  afterAll(() => gerrit?.[Symbol.asyncDispose]())

  for (const transport of ['http', 'ssh'] as const) {
    describeMirror(transport, {
      create: (name) => gerrit.create(`${transport}-${name}`, transport),
      few: true,
      // Its own push of a rename fails with `failed to lock`, from git, too.
      onDisk: true,
    })
  }

  /** A repository of `count` branches beside main, none behind another. */
  const makeManyBranches = async (parent: string, count: number): Promise<string> => {
    const { path } = await makeBareRepository({ parent })
    const stream = new FastImport()
    const root = stream.commit({ ref: 'refs/heads/main', message: 'Root\n', files: { file: 'root\n' } })
    for (let number = 1000; number < 1000 + count; number += 1) {
      stream.commit({ ref: `refs/heads/n${number}`, parents: [root], files: { file: `${number}\n` } })
    }
    await stream.run(path)
    return path
  }

  it.each(['http', 'ssh'] as const)('takes 1,000 branches, 250 a push, over %s', async (transport) => {
    await using folder = await makeTempFolder()
    // Each must arrive with its own push, or be kept there until then.
    const path = await makeManyBranches(folder.path, 1000)
    const destination = await gerrit.create(`many-${transport}`, transport)
    const inputs = { 'max-refs-per-push': '250', retries: '1' }
    const result = await mirror(fileEndpoint(path), destination, inputs)
    expect(Object.fromEntries(await listRefs(destination)), result.log.slice(-3_000)).toEqual(
      Object.fromEntries(await listRefs(fileEndpoint(path))),
    )
    expect(result.exitCode, result.log.slice(-3_000)).toBe(0)
    expect(result.outputs).toMatchObject({ created: '1001', rejected: '0' })
  })

  it('takes branches in pieces, and keeps nothing of ours', async () => {
    await using folder = await makeTempFolder()
    const path = await makeManyBranches(folder.path, 100)
    const destination = await gerrit.create('pieces', 'http')
    const result = await mirror(fileEndpoint(path), destination, { 'max-pack-size': '20k', retries: '1' })
    expect(result.exitCode, result.log.slice(-3_000)).toBe(0)
    expect(Object.fromEntries(await listRefs(destination))).toEqual(
      Object.fromEntries(await listRefs(fileEndpoint(path))),
    )
    expect(Number(result.outputs['pack-bytes'])).toBeGreaterThan(20_000)
    expect(await git(destination.path!, 'for-each-ref', 'refs/kalandra', 'refs/tags')).toBe('')
  })
})
