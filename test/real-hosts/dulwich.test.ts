import { afterAll, beforeAll, describe } from 'vitest'
import { type DulwichServer, startDulwich } from '../support/real-hosts/dulwich.ts'
import { describeMirror } from '../support/real-hosts/mirror-story.ts'

describe('dulwich', () => {
  let server: DulwichServer

  beforeAll(async () => {
    server = await startDulwich()
  })

  afterAll(() => server?.[Symbol.asyncDispose]())

  for (const transport of ['http', 'git'] as const) {
    describeMirror(transport, {
      create: (name) => server.create(`${transport}-${name}`, transport),
      few: 'ascii',
      inputs: { 'idle-timeout': '8', retries: '0' },
    })
  }
})
