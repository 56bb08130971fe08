import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, makeBareRepository } from '../support/git.ts'
import { type Endpoint, fileEndpoint, listRefs, mirror } from '../support/real-hosts/endpoint.ts'
import { type Gitolite, startGitolite } from '../support/real-hosts/gitolite.ts'
import { changesOf, describeMirror } from '../support/real-hosts/mirror-story.ts'
import { addCommits } from '../support/repositories.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

describe('gitolite', () => {
  let server: Gitolite
  let folder: TempFolder
  let source: Endpoint

  beforeAll(async () => {
    server = await startGitolite()
    folder = await makeTempFolder()
    const { path } = await makeBareRepository({ parent: folder.path })
    source = fileEndpoint(path)
    await addCommits(path, 3)
    await git(path, 'branch', 'locked', 'main')
    await git(path, 'tag', 'v1', 'main')
  })

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]()
    await folder?.[Symbol.asyncDispose]()
  })

  describeMirror('ssh', { create: (name) => server.create(name), few: 'ascii' })

  it('keeps a branch that its rules deny, with its words, and moves the rest', async () => {
    const rules = ['- refs/heads/locked = writer', 'RW+ = writer']
    const destination = await server.create('guarded', rules, 'writer')
    const result = await mirror(source, destination)
    expect(result.exitCode, result.log).toBe(1)
    expect(changesOf(result)).toEqual(['create refs/heads/main', 'create refs/tags/v1'])
    expect(JSON.parse(result.outputs['rejected-refs']!)).toMatchObject([{ ref: 'refs/heads/locked' }])
    expect(result.log).toMatch(/DENIED by refs\/heads\/locked/)
    expect([...(await listRefs(destination)).keys()]).toEqual(['refs/heads/main', 'refs/tags/v1'])
  })

  it('does not rewind or delete where the user may only add, and says that', async () => {
    const destination = await server.create('forward', ['RW = writer', 'RW+ = keeper'], 'writer')
    expect((await mirror(source, destination)).exitCode).toBe(0)
    const { path } = await makeBareRepository({ parent: folder.path, name: 'rewound.git' })
    await git(source.url, 'push', '-q', path, 'main')
    await git(path, 'update-ref', 'refs/heads/main', 'main~2')
    const before = await listRefs(destination)
    const result = await mirror(fileEndpoint(path), destination)
    expect(result.exitCode, result.log).toBe(1)
    const rejected = JSON.parse(result.outputs['rejected-refs']!) as { ref: string }[]
    expect(rejected.map(({ ref }) => ref).toSorted(), result.log).toEqual([
      'refs/heads/locked',
      'refs/heads/main',
      'refs/tags/v1',
    ])
    expect(await listRefs(destination)).toEqual(before)
    expect(result.log).toMatch(/DENIED by fallthru/)
  })

  it.each([
    ['a repository that may only be read', 'reading', ['R = reader', 'RW+ = keeper']],
    ['a repository that is not there', 'nowhere', undefined],
  ] as const)('refuses %s, in its words', async (_, name, rules) => {
    if (rules !== undefined) await server.create(name, rules)
    const result = await mirror(source, server.endpoint(name, 'reader'), { retries: '0' })
    expect(result.exitCode, result.log).toBe(1)
    expect(result.outputs['changed']).toBe('false')
    expect(result.errors.join('\n')).toMatch(/does not let this key run git-receive-pack/)
    expect(result.errors.join('\n')).toMatch(/no such repository at this gitolite, or its rules/)
    expect(result.log).toMatch(/DENIED by fallthru/)
  })
})
