import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FastImport } from '../support/fast-import.ts'
import { makeBareRepository } from '../support/git.ts'
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

  it.each(['http', 'ssh'] as const)('takes 1,000 branches, 250 a push, over %s', async (transport) => {
    await using folder = await makeTempFolder()
    const { path } = await makeBareRepository({ parent: folder.path })
    const stream = new FastImport()
    const root = stream.commit({ ref: 'refs/heads/main', message: 'Root\n', files: { file: 'root\n' } })
    for (let number = 1000; number < 2000; number += 1) {
      // None is behind another: each must arrive with its own push, or be kept there until then.
      stream.commit({ ref: `refs/heads/n${number}`, parents: [root], files: { file: `${number}\n` } })
    }
    await stream.run(path)
    const destination = await gerrit.create(`many-${transport}`, transport)
    const inputs = { 'max-refs-per-push': '250', retries: '1' }
    const result = await mirror(fileEndpoint(path), destination, inputs)
    expect(Object.fromEntries(await listRefs(destination)), result.log.slice(-3_000)).toEqual(
      Object.fromEntries(await listRefs(fileEndpoint(path))),
    )
    expect(result.exitCode, result.log.slice(-3_000)).toBe(0)
    expect(result.outputs).toMatchObject({ created: '1001', rejected: '0' })
  })
})
