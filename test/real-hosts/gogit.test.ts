import { afterAll, beforeAll, describe } from 'vitest'
import { type GogitServer, type GogitTransport, startGogit } from '../support/real-hosts/gogit.ts'
import { describeMirror } from '../support/real-hosts/mirror-story.ts'

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
      // Its receive-pack leaves the folder of a/b behind, and then cannot write a; git push fails in the same words.
      onDisk: true,
      without: { destination: ['renames a to a/b and back'] },
    })
  }
})
