import { afterAll, beforeAll, describe } from 'vitest'
import { type Dropbear, startDropbear } from '../support/real-hosts/dropbear.ts'
import { describeMirror } from '../support/real-hosts/mirror-story.ts'

describe('dropbear', () => {
  let server: Dropbear

  beforeAll(async () => {
    server = await startDropbear()
  })

  afterAll(() => server?.[Symbol.asyncDispose]())

  describeMirror('ssh', { create: (name) => server.create(name) })
})
