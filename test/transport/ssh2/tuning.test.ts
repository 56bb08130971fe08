import { describe, expect, it } from 'vitest'
import { endedByServer } from '../../../src/transport/ssh2/channel-state.ts'
import { isStrict } from '../../../src/transport/ssh2/strict-kex.ts'
import { chooseTuning } from '../../../src/transport/ssh2/tuning.ts'
import { watchGrants } from '../../../src/transport/ssh2/window-grants.ts'
import { sshLibrary } from '../../../src/transport/ssh2/library.ts'
import { readFile } from '../../repo/files.ts'

describe('what reaches into the ssh library', () => {
  it('is used with the version that package.json pins, and it was tried with that one', () => {
    const manifest = JSON.parse(readFile('package.json')) as { dependencies: Record<string, string> }
    expect(manifest.dependencies['ssh2']).toMatch(/^\d+\.\d+\.\d+$/)
    expect(sshLibrary.tried).toBe(true)
    expect(chooseTuning(sshLibrary)).not.toBe(chooseTuning({ tried: false }))
  })

  it('leaves a library without the fields that it uses as it is', () => {
    for (const other of [undefined, {}, { outgoing: {} }]) {
      watchGrants(other, () => expect.unreachable())
      expect(isStrict(other)).toBe(false)
    }
    expect(endedByServer({ readableEnded: true } as never)).toBe(true)
  })

  it('tells of what the server grants, and not of what is used up', () => {
    const channel = { outgoing: { window: 100 } }
    const grants: number[] = []
    watchGrants(channel, (bytes) => grants.push(bytes))
    channel.outgoing.window -= 60
    channel.outgoing.window += 30
    channel.outgoing.window += 0
    expect(channel.outgoing.window).toBe(70)
    expect(grants).toEqual([30])
  })
})
