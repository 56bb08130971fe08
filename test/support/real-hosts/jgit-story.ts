import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { git, makeBareRepository } from '../git.ts'
import { addCommits } from '../repositories.ts'
import { makeTempFolder } from '../temp.ts'
import { fileEndpoint, listRefs, mirror } from './endpoint.ts'
import { type JgitServer, type JgitTransport, type JgitVersion, startJgit } from './jgit.ts'
import { changesOf, describeMirror } from './mirror-story.ts'

const TRANSPORTS: readonly JgitTransport[] = ['http', 'ssh', 'git']

/** All tests of one version of JGit. */
export function describeJgit(version: JgitVersion): void {
  describe(`JGit ${version}`, () => {
    let server: JgitServer

    beforeAll(async () => {
      server = await startJgit(version)
    })

    afterAll(() => server?.[Symbol.asyncDispose]())

    for (const transport of TRANSPORTS) {
      describeMirror(transport, { create: (name) => server.create(`${transport}-${name}`, transport) })

      it(`shows what its hook says of a ref, over ${transport}, and moves the rest`, async () => {
        await using folder = await makeTempFolder()
        const source = (await makeBareRepository({ parent: folder.path })).path
        await addCommits(source, 2)
        await git(source, 'branch', 'locked/one', 'main')
        await git(source, 'tag', 'locked/two', 'main')
        const destination = await server.create(`${transport}-locked`, transport)
        const result = await mirror(fileEndpoint(source), destination)
        expect(result.exitCode, result.log).toBe(1)
        expect(changesOf(result)).toEqual(['create refs/heads/main'])
        expect(JSON.parse(result.outputs['rejected-refs']!)).toMatchObject([
          { ref: 'refs/heads/locked/one', reason: 'this ref is locked by policy' },
          { ref: 'refs/tags/locked/two', reason: 'this ref is locked by policy' },
        ])
        expect([...(await listRefs(destination)).keys()]).toEqual(['refs/heads/main'])
        expect(result.log).toContain('hook: saw 3 commands')
      })
    }

    for (const transport of ['http', 'ssh'] as const) {
      it(`refuses somebody who may only read, over ${transport}`, async () => {
        await using folder = await makeTempFolder()
        const source = (await makeBareRepository({ parent: folder.path })).path
        await addCommits(source, 1)
        const destination = await server.create(`${transport}-read`, transport, { user: 'reader' })
        const result = await mirror(fileEndpoint(source), destination, { retries: '0' })
        expect(result.exitCode, result.log).toBe(1)
        expect(result.outputs['changed']).toBe('false')
        expect((await listRefs(destination)).size).toBe(0)
        expect(result.errors.join('\n')).toContain(destination.url)
      })
    }
  })
}
