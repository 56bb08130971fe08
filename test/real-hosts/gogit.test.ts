import { afterAll, beforeAll, describe } from 'vitest'
import { type GogitServer, startGogit } from '../support/real-hosts/gogit.ts'
import { describeMirror } from '../support/real-hosts/mirror-story.ts'

describe('go-git', () => {
  let server: GogitServer

  beforeAll(async () => {
    server = await startGogit()
  })

  afterAll(() => server?.[Symbol.asyncDispose]())

  for (const transport of ['http', 'ssh', 'git'] as const) {
    describeMirror(transport, { create: (name) => server.create(`${transport}-${name}`, transport) })
  }
})
