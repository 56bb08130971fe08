import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileEndpoint, listRefs, mirror } from '../support/real-hosts/endpoint.ts'
import { type GogitServer, type GogitTransport, startGogit } from '../support/real-hosts/gogit.ts'
import { describeMirror } from '../support/real-hosts/mirror-story.ts'
import { makeFilledRepository } from '../support/repositories.ts'

const TRANSPORTS: readonly GogitTransport[] = ['http', 'ssh', 'git']

describe('go-git', () => {
  let server: GogitServer

  beforeAll(async () => {
    server = await startGogit()
  })

  afterAll(() => server?.[Symbol.asyncDispose]())

  for (const transport of TRANSPORTS) {
    describeMirror(transport, {
      create: (name) => server.create(`${transport}-${name}`, transport),
      sides: ['source'],
      // Its receive-pack leaves the folder of a/b behind, and then cannot write a.
      onDisk: true,
      // Its words for an object that it does not have, `object not found`, HTTP 500 and a hang-up, are not known.
      fails: { source: ['keeps a diverged branch with force: false, and moves the rest'] },
    })
  }

  describeMirror('http', {
    create: (name) => server.create(`http-${name}`, 'http'),
    sides: ['destination'],
    // See above: git push fails in the same words.
    without: { destination: ['renames a to a/b and back'] },
  })

  for (const transport of ['ssh', 'git'] as const) {
    // It reads the pack until the end of its input. Git ends that with the pack, and we hold it open: both sides
    // wait. When this passes, describeMirror takes the place of it.
    it.fails(`takes a pack over ${transport}`, async () => {
      await using source = await makeFilledRepository()
      const destination = await server.create(`${transport}-pack`, transport)
      const result = await mirror(fileEndpoint(source.path), destination, {}, { limit: 10_000 })
      expect(result.exitCode, result.log).toBe(0)
      expect(await listRefs(destination)).toEqual(await listRefs(fileEndpoint(source.path)))
    })
  }
})
