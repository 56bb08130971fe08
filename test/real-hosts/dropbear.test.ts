import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, makeBareRepository } from '../support/git.ts'
import { type Dropbear, startDropbear } from '../support/real-hosts/dropbear.ts'
import { fileEndpoint, listRefs, mirror } from '../support/real-hosts/endpoint.ts'
import { changesOf, describeMirror } from '../support/real-hosts/mirror-story.ts'
import { addCommits } from '../support/repositories.ts'
import { makeTempFolder } from '../support/temp.ts'

describe('dropbear', () => {
  let server: Dropbear

  beforeAll(async () => {
    server = await startDropbear()
  })

  afterAll(() => server?.[Symbol.asyncDispose]())

  describeMirror('ssh', { create: (name) => server.create(name) })

  it('loses a branch that was merged, though it stands where the default branch does', async () => {
    await using folder = await makeTempFolder()
    const source = (await makeBareRepository({ parent: folder.path })).path
    await addCommits(source, 2)
    await git(source, 'branch', 'merged', 'main')
    const destination = await server.create('merged')
    expect((await mirror(fileEndpoint(source), destination)).exitCode).toBe(0)
    await git(source, 'branch', '-D', 'merged')
    const result = await mirror(fileEndpoint(source), destination)
    expect(result.exitCode, result.log).toBe(0)
    expect(changesOf(result), result.log).toEqual(['delete refs/heads/merged'])
    expect(await listRefs(destination)).toEqual(await listRefs(fileEndpoint(source)))
  })
})
