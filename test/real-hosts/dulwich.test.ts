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
      // A run that deletes keeps one connection to the destination waiting while it opens another: the server,
      // which serves one at a time, never gets to that. When this passes, so do the two steps behind it.
      fails: { destination: ['forces a branch back, moves tags and deletes what is gone, in one push'] },
      without: {
        destination: [
          'renames a to a/b and back',
          'keeps a diverged branch with force: false, and moves the rest',
        ],
      },
    })
  }
})
